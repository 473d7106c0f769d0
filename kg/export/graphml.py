"""GraphML, for Gephi, Cytoscape, yEd and networkx."""

from __future__ import annotations

import re
from pathlib import Path

from kg.graph.network import to_networkx
from kg.graph.store import Store

#: What XML 1.0 cannot carry, escaped or not.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(store: Store, path: Path, **_: object) -> None:
    """Write the networkx view of the graph; every attribute is typed and present on every node."""
    import networkx as nx

    graph = to_networkx(store)
    attributes = [data for _, data in graph.nodes(data=True)]
    attributes += [data for _, _, data in graph.edges(data=True)]
    for data in attributes:
        for name, value in data.items():
            if isinstance(value, str) and NOT_XML.search(value):
                data[name] = NOT_XML.sub("\ufffd", value)
    nx.write_graphml_xml(graph, path, encoding="utf-8", prettyprint=True, named_key_ids=True)
