"""The graph as compact data for the page: lists of small lists, entities and papers by number."""

from __future__ import annotations

from typing import Any

from kg.graph.store import Store
from kg.model import KINDS, PREDICATES
from kg.vocabulary import safe_iri

#: Shape and colour by kind, distinct for colour-blind readers (the palette of Okabe & Ito, 2008).
KIND_STYLE: dict[str, dict[str, str]] = {
    "Method": {"shape": "dot", "color": "#0072B2"},
    "Dataset": {"shape": "square", "color": "#E69F00"},
    "Benchmark": {"shape": "diamond", "color": "#D55E00"},
    "Task": {"shape": "triangle", "color": "#009E73"},
    "Metric": {"shape": "triangleDown", "color": "#CC79A7"},
}


def compact(store: Store, max_papers: int) -> dict[str, Any]:
    """Return everything that the page knows.

    Args:
        store: The graph.
        max_papers: Papers to keep, those with the most links first.

    Returns:
        `papers` as [id, title, year, url, code links, abstract], `entities` as [kind, id, name,
        aliases], `links` as [paper, entity, predicate, field, start, stop], `results` as [paper,
        value, unit, metric, dataset, method, relative], where entities and papers are numbers in
        those lists (-1: none), and what was left out.
    """
    papers, number = _papers(store, max_papers)
    raw = [link for link in store.links() if link.paper in number]
    entities, place = _entities(store, {(link.kind, link.entity) for link in raw})
    return {
        "kinds": list(KINDS),
        "styles": KIND_STYLE,
        "predicates": list(PREDICATES),
        "papers": papers,
        "entities": entities,
        "links": [
            [
                number[link.paper],
                place[link.kind, link.entity],
                PREDICATES.index(link.predicate),
                int(link.field == "abstract"),
                link.start,
                link.end,
            ]
            for link in raw
        ],
        "results": [
            [
                number[id],
                result.value,
                result.unit,
                *(
                    place.get(e.key, -1) if e else -1
                    for e in (result.metric, result.dataset, result.method)
                ),
                int(result.relative),
            ]
            for id, _, result in store.results()
            if id in number
        ],
        "omitted": store.count("paper") - len(papers),
    }


def _papers(store: Store, max_papers: int) -> tuple[list[list[Any]], dict[str, int]]:
    kept = _kept(store, max_papers)
    code: dict[str, list[str]] = {}
    for id, url in store.db.execute(
        "SELECT p.id, c.url FROM code c JOIN paper p ON p.key = c.paper ORDER BY p.id, c.url"
    ):
        if iri := safe_iri(url):
            code.setdefault(id, []).append(iri)
    papers: list[list[Any]] = []
    number: dict[str, int] = {}
    for paper in store.papers():
        if kept is None or paper.id in kept:
            number[paper.id] = len(papers)
            url = (safe_iri(paper.url) if paper.url else None) or ""
            links = code.get(paper.id, [])
            papers.append([paper.id, paper.title, paper.year or 0, url, links, paper.abstract])
    return papers, number


def _entities(
    store: Store, used: set[tuple[str, str]]
) -> tuple[list[list[Any]], dict[tuple[str, str], int]]:
    entities: list[list[Any]] = []
    place: dict[tuple[str, str], int] = {}
    for entity in store.entities():
        if entity.key in used:
            place[entity.key] = len(entities)
            kind = KINDS.index(entity.kind)
            entities.append([kind, entity.id, entity.name, list(entity.aliases)])
    return entities, place


def _kept(store: Store, max_papers: int) -> set[str] | None:
    if store.count("paper") <= max_papers:
        return None
    rows = store.db.execute(
        "SELECT p.id FROM paper p JOIN link l ON l.paper = p.key"
        " GROUP BY p.key ORDER BY count(*) DESC, p.id LIMIT ?",
        (max_papers,),
    )
    return {id for (id,) in rows}
