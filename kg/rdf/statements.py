"""The statements of a graph: streamed, sorted, in the terms of ontology/paperkg.ttl.

Subjects come in a fixed order (papers with their results and evidence, entities, the description of
the graph), so that the same graph gives the same bytes; no more than one paper is held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.graph.store import Store, paper_of
from kg.model import Paper
from kg.rdf import evidence as evidence_
from kg.rdf.describe import describe
from kg.rdf.terms import TYPE, Block, Pair, kg, literal, named, resource, typed
from kg.vocabulary import BASE, safe_iri, vocabulary

#: Where the broader concepts of the catalogue stand that no paper of the graph names.
CATALOGUE = f"{BASE}catalogue/"

#: Why a result has no metric.
NO_METRIC = "The sentence names no metric."

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?$")


def blocks(
    store: Store, base: str = BASE, evidence: bool = False, described: bool = True
) -> Iterator[Block]:
    """Yield every subject of the graph with its predicates and objects.

    Args:
        store: The graph.
        base: Base of the instances' IRIs.
        evidence: Whether to add the words and the rule behind each statement.
        described: Whether to add the description of the graph; not for a part of one.
    """
    count = 0
    for block in _blocks(store, base, evidence):
        count += len(block[1])
        yield block
    if described:
        yield from describe(store, base, count)


def lines(
    store: Store, base: str = BASE, evidence: bool = False, described: bool = True
) -> Iterator[str]:
    """Yield the statements as lines of N-Triples; arguments as for `blocks`."""
    for subject, pairs in blocks(store, base, evidence, described):
        for predicate, object in pairs:
            yield f"{subject} {predicate} {object} .\n"


def _blocks(store: Store, base: str, evidence: bool) -> Iterator[Block]:
    linked = Behind(_links(store))
    reported = Behind(_results(store))
    coded = Behind(store.db.execute(_CODE))
    cited = Behind(store.citations())
    for key, record in store.db.execute("SELECT key, record FROM paper ORDER BY id"):
        paper = paper_of(record)
        links, results = sorted(linked.at(paper.id)), reported.at(paper.id)
        pairs = _paper(paper, base)
        urls = (iri for _, url in coded.at(paper.id) if (iri := safe_iri(url)))
        pairs += [(_HAS_CODE, f"<{iri}>") for iri in dict.fromkeys(urls)]
        pairs += [(_CITES, resource("Paper", other, base)) for _, other in cited.at(paper.id)]
        pairs += _said(links, base)
        pairs += [(_REPORTS, resource("Result", f"{paper.id}/{row[1]}", base)) for row in results]
        yield resource("Paper", paper.id, base), pairs
        for row in results:
            yield _result(row, base)
        if evidence:
            yield from evidence_.of_paper(store, key, paper, links, results, base)
    yield from _entities(store, base)
    if evidence:
        yield from evidence_.rules(store, base)


_CODE = "SELECT p.id, c.url FROM paper p JOIN code c ON c.paper = p.key ORDER BY p.id, c.url"
_IS_PAPER = (TYPE, kg("Paper"))
_TITLE, _ABSTRACT, _CREATOR = named("dcterms:title"), kg("abstract"), named("dcterms:creator")
_BYLINE, _DATE, _VENUE, _YEAR = kg("byline"), named("dcterms:date"), kg("venue"), kg("year")
_ARXIV, _IDENTIFIER = named("fabio:hasArXivId"), named("dcterms:identifier")
_URL, _SUBJECT, _OTHER = named("schema:url"), named("dcterms:subject"), kg("otherIdentifier")
_LISTED, _CITED = kg("listedIn"), kg("citesIdentifier")
_LABEL, _OTHER_LABEL = named("skos:prefLabel"), named("skos:altLabel")
_HAS_CODE, _REPORTS, _CITES = kg("hasCode"), kg("reports"), named("cito:cites")


def _links(store: Store) -> Iterator[tuple[Any, ...]]:
    """Yield (paper, predicate, kind, entity, field, start, stop, rule), by paper and predicate.

    CROSS JOIN makes SQLite walk the papers in order, instead of sorting all links at the end.
    """
    yield from store.db.execute(
        "SELECT p.id, l.predicate, e.kind, e.id, l.field, l.start, l.stop, l.rule"
        " FROM paper p CROSS JOIN link l ON l.paper = p.key CROSS JOIN entity e ON e.key = l.entity"
        " ORDER BY p.id"
    )


def _results(store: Store) -> Iterator[tuple[Any, ...]]:
    """Yield (paper, place, value, unit, relative, kind and id of metric, data set and method, field,
    start, stop, rule), sorted.
    """  # noqa: D205
    yield from store.db.execute(
        "SELECT p.id, r.place, r.value, r.unit, r.relative, m.kind, m.id, d.kind, d.id, x.kind, x.id,"
        " r.field, r.start, r.stop, r.rule FROM paper p JOIN result r ON r.paper = p.key"
        " LEFT JOIN entity m ON m.key = r.metric LEFT JOIN entity d ON d.key = r.dataset"
        " LEFT JOIN entity x ON x.key = r.method ORDER BY p.id, r.place"
    )


class Behind:
    """Rows that follow another stream in the order of their first column; an id may have none."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._held: tuple[str, list[tuple[Any, ...]]] | None = None
        self._advance()

    def _advance(self) -> None:
        group = next(self._groups, None)
        self._held = (group[0], list(group[1])) if group else None

    def at(self, id: str) -> list[tuple[Any, ...]]:
        """Return the rows of an id; ids must be asked for in order."""
        if self._held is None or self._held[0] != id:
            return []
        rows = self._held[1]
        self._advance()
        return rows


def _paper(paper: Paper, base: str) -> list[Pair]:
    pairs = [_IS_PAPER, (_TITLE, literal(paper.title))]
    if paper.abstract:
        pairs.append((_ABSTRACT, literal(paper.abstract)))
    if paper.authors:
        authors = list(dict.fromkeys(paper.authors))
        pairs += [(_CREATOR, literal(name)) for name in authors]
        if len(authors) > 1:
            pairs.append((_BYLINE, literal("; ".join(authors))))
    if paper.date:
        pairs.append((_DATE, literal(paper.date)))
    if paper.venue:
        pairs.append((_VENUE, literal(paper.venue)))
    if paper.arxiv_id:
        pairs.append((_ARXIV, literal(paper.arxiv_id)))
    if paper.doi:
        pairs.append((_IDENTIFIER, literal(f"doi:{paper.doi}")))
    if paper.year:
        pairs.append((_YEAR, typed(f"{paper.year:04d}", "gYear")))
    if paper.url and (iri := safe_iri(paper.url)):
        pairs.append((_URL, f"<{iri}>"))
    for term, values in (
        (_SUBJECT, paper.categories),
        (_OTHER, paper.ids),
        (_LISTED, paper.sources),
        (_CITED, paper.cites),
    ):
        if values:
            pairs += [(term, literal(value)) for value in sorted(set(values))]
    return pairs


@lru_cache(maxsize=1)
def _predicates() -> dict[str, str]:
    return {name: kg(local) for name, local in vocabulary().predicates.items()}


def _said(links: list[tuple[Any, ...]], base: str) -> list[Pair]:
    terms = _predicates()
    return sorted([(terms[link[1]], resource(link[2], link[3], base)) for link in links])


def _result(row: tuple[Any, ...], base: str) -> Block:
    paper, place, value, unit, relative = row[:5]
    pairs = [(TYPE, kg("Result")), (kg("value"), literal(value))]
    if _NUMBER.match(number := value.replace(",", "")):
        pairs.append((kg("number"), typed(number, "decimal")))
    if unit:
        pairs.append((kg("unit"), literal(unit)))
    for term, kind, id in zip(
        ("metric", "dataset", "method"), row[5:11:2], row[6:11:2], strict=True
    ):
        if kind:
            pairs.append((kg(term), resource(kind, id, base)))
        elif term == "metric":
            pairs.append((kg("noMetric"), literal(NO_METRIC)))
    pairs.append((kg("relative"), typed("true" if relative else "false", "boolean")))
    return resource("Result", f"{paper}/{place}", base), pairs


def _entities(store: Store, base: str) -> Iterator[Block]:
    rows = store.db.execute(
        "SELECT e.key, e.kind, e.id, e.name, e.broader, b.key, a.name FROM entity e"
        " LEFT JOIN entity b ON b.kind = e.kind AND b.id = e.broader"
        " LEFT JOIN alias a ON a.entity = e.key AND a.name <> e.name"
        " ORDER BY e.kind, e.id, a.name"
    )
    for (_, kind, id, name, broader, inside), group in groupby(rows, key=itemgetter(slice(6))):
        pairs = [(TYPE, kg(kind)), (_LABEL, literal(name))]
        pairs += [(_OTHER_LABEL, literal(row[6])) for row in group if row[6] is not None]
        if broader and inside:
            pairs.append((named("skos:broader"), resource(kind, broader, base)))
        elif broader:
            pairs.append((named("skos:broadMatch"), resource(kind, broader, CATALOGUE)))
        yield resource(kind, id, base), pairs
