"""The graph as RDF statements, and statements back into a graph; syntaxes are in `kg.export.rdf`."""
