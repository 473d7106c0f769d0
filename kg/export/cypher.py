"""Cypher that builds the graph in Neo4j, Memgraph and their like; running it again changes nothing.

cypher-shell -f graph.cypher
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.export.property_graph import Edge, Node, edges, nodes
from kg.graph.store import Store

#: Nodes or edges in one statement.
_BATCH = 200

#: Labels of nodes; every node has Item too, so that edges find their ends by one index.
LABELS = ("Paper", "Result", "Method", "Dataset", "Benchmark", "Task", "Metric")
_LONE = re.compile("[\ud800-\udfff]")


def write(store: Store, path: Path, **_: object) -> None:
    """Write MERGE statements; all text is data in string literals, never part of a statement."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("CREATE CONSTRAINT item_id IF NOT EXISTS FOR (n:Item) REQUIRE n.id IS UNIQUE;\n")
        for kind, rows in _batches((n.kind, _node(n)) for n in nodes(store)):
            out.write(f"UNWIND [\n{rows}\n] AS row MERGE (n:Item {{id: row.id}})")
            out.write(f" SET n:{kind}, n += row;\n")
        for type, rows in _batches((e.type.upper(), _edge(e)) for e in edges(store)):
            out.write(
                f"UNWIND [\n{rows}\n] AS row MATCH (a:Item {{id: row.a}}), (b:Item {{id: row.b}})"
            )
            out.write(f" MERGE (a)-[r:{type}]->(b) SET r += row.set;\n")


def _batches(items: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (label, literals), so many of a label at a time; in the order in which they fill up."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for label, row in items:
        waiting[label].append(row)
        if len(waiting[label]) == _BATCH:
            yield label, ",\n".join(waiting.pop(label))
    for label in sorted(waiting):
        yield label, ",\n".join(waiting[label])


def _node(node: Node) -> str:
    return _map({"id": node.id, "name": node.name, **node.properties})


def _edge(edge: Edge) -> str:
    return f"{{a: {_value(edge.source)}, b: {_value(edge.target)}, set: {_map(edge.properties)}}}"


def _map(values: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in values.items()) + "}"


def _value(value: Any) -> str:
    r"""Return a Cypher literal; the escapes of its strings are those of JSON.

    Example:
        >>> print(_value('"}) DETACH DELETE n //'))
        "\"}) DETACH DELETE n //"
    """
    text = json.dumps(value, ensure_ascii=False)
    return _LONE.sub("\ufffd", text).replace("\x7f", "\\u007f")
