"""The graph as compact data for the page: flat lists, entities and papers by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from kg.export.html.selection import Selection
from kg.graph.store import Store, paper_of
from kg.model import KINDS, PREDICATES
from kg.resolve.figures import board_order
from kg.vocabulary import safe_iri

#: Integer keys of the store → numbers in the page.
Numbers = dict[int, int]


def compact(store: Store, selection: Selection) -> dict[str, Any]:
    """Return everything that the page knows.

    Args:
        store: The graph.
        selection: The part of it to carry.

    Returns:
        `papers` as [id, title, year, url, code links, abstract, authors, venue, mentions],
        `entities` as [kind, id, name, aliases, broader, papers in the whole graph], `links` as a
        flat list of paper, entity, predicate, field, start, stop, and `results` as [paper, value,
        unit, metric, dataset, method, relative], best first within a metric. Papers, entities,
        kinds and predicates are numbers in their lists (-1: none), fields 0 for title and 1 for
        abstract, mentions a flat list of field, start, stop, entity; places in a text count UTF-16
        units, as JavaScript does.
    """
    links = _links(store, selection)
    entities, place = _entities(store, {link[1] for link in links})
    papers, number, units = _papers(store, selection)
    for paper, mentions in _mentions(store, number, place, units).items():
        papers[paper][-1] = mentions
    flat: list[int] = []
    for paper, entity, predicate, field, start, stop in sorted(
        (number[p], place[e], PREDICATES.index(predicate), *rest)
        for p, e, predicate, *rest in links
    ):
        at = units[paper, field]
        flat += (paper, entity, predicate, field, at(start), at(stop))
    return {
        "kinds": list(KINDS),
        "predicates": list(PREDICATES),
        "papers": papers,
        "entities": entities,
        "links": flat,
        "results": _results(store, number, place),
        "start": place.get(selection.focus, -1) if selection.focus is not None else -1,
        "leftOut": selection.left_out,
    }


def _links(store: Store, selection: Selection) -> list[tuple[int, int, str, int, int, int]]:
    marks = ", ".join("?" * len(selection.kinds))
    rows = store.db.execute(
        "SELECT l.paper, l.entity, l.predicate, l.field = 'abstract', l.start, l.stop"
        f" FROM link l JOIN entity e ON e.key = l.entity WHERE e.kind IN ({marks})",
        selection.kinds,
    )
    return [row for row in rows if row[0] in selection.papers]


def _papers(
    store: Store, selection: Selection
) -> tuple[list[list[Any]], Numbers, dict[tuple[int, int], Callable[[int], int]]]:
    code: dict[int, list[str]] = defaultdict(list)
    for key, url in store.db.execute("SELECT paper, url FROM code ORDER BY paper, url"):
        if key in selection.papers and (iri := safe_iri(url)):
            code[key].append(iri)
    papers: list[list[Any]] = []
    number: Numbers = {}
    units: dict[tuple[int, int], Callable[[int], int]] = {}
    for key, record in store.db.execute("SELECT key, record FROM paper ORDER BY id"):
        if key not in selection.papers:
            continue
        paper = paper_of(record)
        number[key] = len(papers)
        units[len(papers), 0], units[len(papers), 1] = _units(paper.title), _units(paper.abstract)
        url = (safe_iri(paper.url) if paper.url else None) or ""
        about = [paper.abstract, ", ".join(paper.authors), paper.venue or "", []]
        papers.append([paper.id, paper.title, paper.year or 0, url, code.get(key, []), *about])
    return papers, number, units


def _units(text: str) -> Callable[[int], int]:
    """Return what turns a place in a text into UTF-16 units."""
    if not text or max(text) <= "\uffff":
        return int
    return lambda place: len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _entities(store: Store, used: set[int]) -> tuple[list[list[Any]], Numbers]:
    total = dict(store.db.execute("SELECT entity, count(DISTINCT paper) FROM link GROUP BY entity"))
    aliases: dict[int, list[str]] = defaultdict(list)
    for key, name in store.db.execute("SELECT entity, name FROM alias ORDER BY entity, name"):
        aliases[key].append(name)
    rows = store.db.execute("SELECT key, kind, id, name, broader FROM entity ORDER BY kind, id")
    known = [row for row in rows if row[0] in used]
    by_id = {(kind, id): number for number, (_, kind, id, _, _) in enumerate(known)}
    entities = [
        [
            KINDS.index(kind),
            id,
            name,
            [alias for alias in aliases[key] if alias != name],
            by_id.get((kind, broader), -1),
            total.get(key, 0),
        ]
        for key, kind, id, name, broader in known
    ]
    return entities, {row[0]: number for number, row in enumerate(known)}


def _mentions(
    store: Store,
    number: Numbers,
    place: Numbers,
    units: dict[tuple[int, int], Callable[[int], int]],
) -> dict[int, list[int]]:
    mentions: dict[int, list[int]] = defaultdict(list)
    for key, field, start, stop, entity in store.db.execute(
        "SELECT paper, field = 'abstract', start, stop, entity FROM mention"
        " ORDER BY paper, field DESC, start"
    ):
        if key in number and entity in place:
            at = units[number[key], field]
            mentions[number[key]] += (field, at(start), at(stop), place[entity])
    return mentions


def _results(store: Store, number: Numbers, place: Numbers) -> list[list[Any]]:
    def entity(key: int | None) -> int:
        return -1 if key is None else place.get(key, -1)

    names = dict(store.db.execute("SELECT key, name FROM entity WHERE kind = 'Metric'"))
    rows = store.db.execute(
        "SELECT paper, value, unit, metric, dataset, method, relative, place FROM result"
    )
    found = [
        (
            board_order(names.get(metric), value, bool(relative)),
            [number[paper], value, unit, entity(metric), entity(dataset), entity(method), relative],
            row,
        )
        for paper, value, unit, metric, dataset, method, relative, row in rows
        if paper in number
    ]
    return [result for _, result, _ in sorted(found, key=lambda f: (f[0], f[1][0], f[2]))]
