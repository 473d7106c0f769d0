"""The graph as nodes and edges with properties, streamed: what CSV, Cypher and GEXF are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.graph.network import node
from kg.graph.store import Store, paper_of
from kg.model import Entity, Paper


@dataclass(slots=True)
class Node:
    """A paper, an entity or a result; `id` is unique in the graph, such as "method/mamba"."""

    id: str
    kind: str
    name: str
    start: str | None = None
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Edge:
    """From a node to another, with its type as in JSON: "evaluated_on"."""

    source: str
    target: str
    type: str
    start: str | None = None
    properties: dict[str, Any] = field(default_factory=dict)


def nodes(store: Store, results: bool = True) -> Iterator[Node]:
    """Yield papers with their results, then entities, each by id.

    Args:
        store: The graph.
        results: Whether figures are nodes too.
    """
    found = (
        "SELECT place, value, unit, relative, field, start, stop, rule FROM result"
        " WHERE paper = ? ORDER BY place"
    )
    codes = "SELECT url FROM code WHERE paper = ? ORDER BY url"
    for key, record in store.db.execute("SELECT key, record FROM paper ORDER BY id"):
        paper = paper_of(record)
        urls = [url for (url,) in store.db.execute(codes, (key,))]
        yield Node(f"paper/{paper.id}", "Paper", paper.title, paper.date, _paper(paper, urls))
        for row in store.db.execute(found, (key,)) if results else ():
            yield _result(paper, row)
    first = (
        "SELECT min(json_extract(p.record, '$.date')) FROM link l JOIN paper p ON p.key = l.paper"
        " JOIN entity e ON e.key = l.entity WHERE e.kind = ? AND e.id = ?"
    )
    for entity in store.entities():
        start = store.db.execute(first, entity.key).fetchone()[0]
        properties = {"aliases": list(entity.aliases)} if entity.aliases else {}
        yield Node(node(*entity.key), entity.kind, entity.name, start, properties)


def edges(store: Store, results: bool = True) -> Iterator[Edge]:
    """Yield what papers say, what they cite and report, then broader concepts; ends always exist."""
    links = (
        "SELECT l.predicate, e.kind, e.id, l.field, l.start, l.stop, l.rule FROM link l"
        " JOIN entity e ON e.key = l.entity WHERE l.paper = ? ORDER BY l.predicate, e.kind, e.id"
    )
    cited = "SELECT o.id FROM citation c JOIN paper o ON o.key = c.cited WHERE c.paper = ? ORDER BY o.id"
    for key, record in store.db.execute("SELECT key, record FROM paper ORDER BY id"):
        paper = paper_of(record)
        source = f"paper/{paper.id}"
        for predicate, kind, id, *evidence in store.db.execute(links, (key,)):
            said = _evidence(paper, *evidence)
            yield Edge(source, node(kind, id), predicate, paper.date, said)
        for (other,) in store.db.execute(cited, (key,)):
            yield Edge(source, f"paper/{other}", "cites", paper.date)
        if results:
            yield from _reported(store, key, paper)
    inside = "SELECT 1 FROM entity WHERE kind = ? AND id = ?"
    for entity in store.entities():
        if entity.broader and store.db.execute(inside, (entity.kind, entity.broader)).fetchone():
            yield Edge(node(*entity.key), node(entity.kind, entity.broader), "broader")


def _paper(paper: Paper, codes: list[str]) -> dict[str, Any]:
    values = {
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxivId": paper.arxiv_id,
        "url": paper.url,
        "abstract": paper.abstract,
        "authors": list(paper.authors),
        "code": codes,
        "sources": list(paper.sources),
    }
    return {name: value for name, value in values.items() if value}


def _result(paper: Paper, row: tuple[Any, ...]) -> Node:
    place, value, unit, relative, *evidence = row
    id, name = f"result/{paper.id}/{place}", f"{value} {unit}".strip()
    properties = {"value": value, "unit": unit, "relative": bool(relative)}
    return Node(id, "Result", name, paper.date, properties | _evidence(paper, *evidence))


def _reported(store: Store, key: int, paper: Paper) -> Iterator[Edge]:
    rows = store.db.execute(
        "SELECT place, metric, dataset, method FROM result WHERE paper = ? ORDER BY place", (key,)
    )
    for place, *named in rows.fetchall():
        result = f"result/{paper.id}/{place}"
        yield Edge(f"paper/{paper.id}", result, "reports", paper.date)
        for type, entity in zip(("metric", "dataset", "method"), named, strict=True):
            found: Entity | None = store.entity_of(entity)
            if found:
                yield Edge(result, node(*found.key), type, paper.date)


def _evidence(paper: Paper, field: str, start: int, stop: int, rule: str) -> dict[str, Any]:
    words = paper.text(field)[start:stop]
    return {"evidence": words, "field": field, "start": start, "end": stop, "rule": rule}
