"""The graph file: schema, writer, sorted streams, and its networkx view."""
