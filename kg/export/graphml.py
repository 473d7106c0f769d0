"""GraphML, for Gephi, Cytoscape, yEd and networkx: what networkx writes of the graph, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from kg.graph.network import node
from kg.graph.store import Store
from kg.model import Link

#: What XML 1.0 cannot carry, escaped or not.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_NODE = (("url", "string"), ("year", "long"), ("kind", "string"), ("label", "string"))
_EDGE = (("rule", "string"), ("evidence", "string"), ("predicate", "string"))
_IN_ATTRIBUTES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}


def write(store: Store, path: Path, **_: object) -> None:
    """Write papers, entities and links; every attribute is typed and present on every node.

    The bytes are those of `networkx.write_graphml_xml` on `to_networkx(store)`, with characters that
    XML cannot carry replaced; the memory they need does not grow with the graph.
    """
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(_HEAD)
        used = [("edge", key) for key in _EDGE if _has_edges(store)]
        used += [("node", key) for key in _NODE if store.count("paper")]
        for what, (name, kind) in used:
            out.write(f'  <key id="{name}" for="{what}" attr.name="{name}" attr.type="{kind}" />\n')
        if not used:
            out.write('  <graph edgedefault="directed" />\n</graphml>\n')
            return
        out.write('  <graph edgedefault="directed">\n')
        out.writelines(_nodes(store))
        out.writelines(_edges(store))
        out.write("  </graph>\n</graphml>\n")


def _nodes(store: Store) -> Iterator[str]:
    for paper in store.papers():
        yield _node(f"paper/{paper.id}", paper.title, "Paper", paper.year or 0, paper.url or "")
    for entity in _entities(store):
        yield _node(node(*entity[:2]), entity[2], entity[0], 0, "")


def _edges(store: Store) -> Iterator[str]:
    linked = groupby(store.links(), key=lambda link: link.paper)
    id, links = next(linked, ("", iter(())))
    for paper in store.papers():
        if paper.id != id:
            continue
        # Grouped by entity, as networkx keeps them.
        by_entity: dict[tuple[str, str], list[Link]] = {}
        for link in links:
            by_entity.setdefault((link.kind, link.entity), []).append(link)
        for entity, said in by_entity.items():
            for link in said:
                words = paper.text(link.field)[link.start : link.end]
                yield _edge(f"paper/{id}", node(*entity), link.predicate, words, link.rule)
        id, links = next(linked, ("", iter(())))
    for kind, id, _, broader, inside in _entities(store):
        if inside:
            yield _edge(node(kind, id), node(kind, broader), "broader", "", "catalogue")


def _entities(store: Store) -> Iterator[tuple[str, str, str, str, int | None]]:
    """Yield kind, id, name and broader concept of each entity, and whether the graph holds that."""
    yield from store.db.execute(
        "SELECT e.kind, e.id, e.name, e.broader, b.key FROM entity e"
        " LEFT JOIN entity b ON b.kind = e.kind AND b.id = e.broader ORDER BY e.kind, e.id"
    )


def _has_edges(store: Store) -> bool:
    return store.count("link") > 0 or any(inside for *_, inside in _entities(store))


def _node(id: str, label: str, kind: str, year: int, url: str) -> str:
    return (
        f'    <node id="{_attribute(id)}">\n{_data("label", label)}{_data("kind", kind)}'
        f'      <data key="year">{year}</data>\n{_data("url", url)}    </node>\n'
    )


def _edge(source: str, target: str, predicate: str, evidence: str, rule: str) -> str:
    return (
        f'    <edge source="{_attribute(source)}" target="{_attribute(target)}" id="{predicate}">\n'
        f"{_data('predicate', predicate)}{_data('evidence', evidence)}{_data('rule', rule)}"
        "    </edge>\n"
    )


def _data(key: str, text: str) -> str:
    if not text:
        return f'      <data key="{key}" />\n'
    return f'      <data key="{key}">{escape(clean(text))}</data>\n'


def _attribute(text: str) -> str:
    return escape(clean(text), _IN_ATTRIBUTES)


def clean(text: str) -> str:
    """Return a text with a mark for each character that XML cannot carry."""
    return NOT_XML.sub("\ufffd", text)
