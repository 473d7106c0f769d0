"""RDF: sorted, streamed, and in the terms of ontology/paperkg.ttl alone.

Subjects come in a fixed order (papers, entities, results, each by id), so that the same graph gives
the same bytes; no more than one subject is held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph.store import Store
from kg.model import Entity, Link, Paper, Result
from kg.vocabulary import BASE, NAMESPACE, PREFIXES, instance, safe_iri, vocabulary

if TYPE_CHECKING:
    import rdflib

#: A predicate with its object, both as N-Triples terms.
Pair = tuple[str, str]
#: A subject as N-Triples term with what is said of it.
Block = tuple[str, list[Pair]]

_TYPE = f"<{PREFIXES['rdf']}type>"
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?$")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ODD = re.compile(r'[\\"\n\r\t]|[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_LOCAL = re.compile(r"[A-Za-z][\w-]*$", re.ASCII)


def write_turtle(store: Store, path: Path, *, base_iri: str = BASE, **_: object) -> None:
    """Write Turtle."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for prefix, iri in PREFIXES.items():
            out.write(f"@prefix {prefix}: <{iri}> .\n")
        for subject, pairs in blocks(store, base_iri):
            out.write(f"\n{subject} {_turtle(pairs)} .\n")


def write_ntriples(store: Store, path: Path, *, base_iri: str = BASE, **_: object) -> None:
    """Write N-Triples."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for subject, pairs in blocks(store, base_iri):
            out.writelines(f"{subject} {predicate} {object} .\n" for predicate, object in pairs)


def blocks(store: Store, base: str = BASE) -> Iterator[Block]:
    """Yield every subject of the graph with its predicates and objects."""
    links = groupby(store.links(), key=lambda link: link.paper)
    results = groupby(store.results(), key=lambda row: row[0])
    codes = store.db.execute(
        "SELECT p.id, c.url FROM paper p JOIN code c ON c.paper = p.key ORDER BY p.id, c.url"
    )
    by_code = groupby(codes, key=lambda row: str(row[0]))
    linked, reported, coded = _Behind(links), _Behind(results), _Behind(by_code)
    for paper in store.papers():
        urls = [url for _, url in coded.at(paper.id)]
        figures = [place for _, place, _ in reported.peek(paper.id)]
        yield _paper(paper, linked.at(paper.id), figures, urls, base)
        for _, place, result in reported.at(paper.id):
            yield _result(paper.id, place, result, base)
    for entity in store.entities():
        yield _entity(entity, base)


class _Behind:
    """Groups that follow another stream in the same order; a paper may have none."""

    def __init__(self, groups: Iterator[tuple[str, Iterator[object]]]) -> None:
        self._groups = groups
        self._held: tuple[str, list[object]] | None = None
        self._advance()

    def _advance(self) -> None:
        group = next(self._groups, None)
        self._held = (group[0], list(group[1])) if group else None

    def peek(self, id: str) -> list[Any]:
        return self._held[1] if self._held and self._held[0] == id else []

    def at(self, id: str) -> list[Any]:
        items = self.peek(id)
        if items:
            self._advance()
        return items


def _paper(paper: Paper, links: list[Link], places: list[int], urls: list[str], base: str) -> Block:
    dcterms, fabio = PREFIXES["dcterms"], PREFIXES["fabio"]
    pairs = [(_TYPE, _kg("Paper")), (f"<{dcterms}title>", literal(paper.title))]
    if paper.abstract:
        pairs.append((_kg("abstract"), literal(paper.abstract)))
    pairs += [(f"<{dcterms}creator>", literal(name)) for name in paper.authors]
    if paper.date:
        pairs.append((f"<{dcterms}date>", literal(paper.date)))
    if paper.year:
        pairs.append((_kg("year"), f'"{paper.year:04d}"^^<{PREFIXES["xsd"]}gYear>'))
    if paper.arxiv_id:
        pairs.append((f"<{fabio}hasArXivId>", literal(paper.arxiv_id)))
    if paper.doi:
        pairs.append((f"<{dcterms}identifier>", literal(f"doi:{paper.doi}")))
    if paper.url and (iri := safe_iri(paper.url)):
        pairs.append((f"<{PREFIXES['schema']}url>", f"<{iri}>"))
    pairs += [(_kg("hasCode"), f"<{iri}>") for url in urls if (iri := safe_iri(url))]
    pairs += [(_kg("listedIn"), literal(name)) for name in paper.sources]
    terms = vocabulary().predicates
    pairs += sorted(
        (_kg(terms[link.predicate]), f"<{instance(link.kind, link.entity, base)}>")
        for link in links
    )
    pairs += [(_kg("reports"), _result_iri(paper.id, place, base)) for place in places]
    return f"<{instance('Paper', paper.id, base)}>", list(dict.fromkeys(pairs))


def _entity(entity: Entity, base: str) -> Block:
    skos = PREFIXES["skos"]
    pairs = [(_TYPE, _kg(entity.kind)), (f"<{skos}prefLabel>", literal(entity.name))]
    pairs += [(f"<{skos}altLabel>", literal(alias)) for alias in entity.aliases]
    if entity.broader:
        pairs.append((f"<{skos}broader>", f"<{instance(entity.kind, entity.broader, base)}>"))
    return f"<{instance(entity.kind, entity.id, base)}>", pairs


def _result(paper: str, place: int, result: Result, base: str) -> Block:
    pairs = [(_TYPE, _kg("Result")), (_kg("value"), literal(result.value))]
    if _NUMBER.match(number := result.value.replace(",", "")):
        pairs.append((_kg("number"), f'"{number}"^^<{PREFIXES["xsd"]}decimal>'))
    if result.unit:
        pairs.append((_kg("unit"), literal(result.unit)))
    for term in ("metric", "dataset", "method"):
        entity: Entity | None = getattr(result, term)
        if entity:
            pairs.append((_kg(term), f"<{instance(entity.kind, entity.id, base)}>"))
    relative = "true" if result.relative else "false"
    pairs.append((_kg("relative"), f'"{relative}"^^<{PREFIXES["xsd"]}boolean>'))
    return _result_iri(paper, place, base), pairs


def _result_iri(paper: str, place: int, base: str) -> str:
    return f"<{instance('Result', f'{paper}/{place}', base)}>"


def _kg(term: str) -> str:
    return f"<{NAMESPACE}{term}>"


def literal(text: str) -> str:
    r"""Return a string as an N-Triples literal, whatever it holds.

    Control characters are written as escapes; lone surrogates and non-characters, which no RDF
    syntax can carry, become U+FFFD.

    Example:
        >>> literal('a "b"\n')
        '"a \\"b\\"\\n"'
    """
    return f'"{_ODD.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    return f"\\u{code:04X}" if code < 0x80 and code else "\ufffd"


def _turtle(pairs: list[Pair]) -> str:
    lines = []
    for predicate, group in groupby(pairs, key=lambda pair: pair[0]):
        verb = "a" if predicate == _TYPE else _short(predicate)
        lines.append(f"{verb} {', '.join(_short(object) for _, object in group)}")
    return " ;\n    ".join(lines)


def _short(term: str) -> str:
    """Return an N-Triples term with a prefix where one fits."""
    if term.startswith('"'):
        text, mark, datatype = term.rpartition("^^<")
        return f"{text}^^{_short('<' + datatype)}" if mark and text.endswith('"') else term
    for prefix, iri in PREFIXES.items():
        if term.startswith(f"<{iri}") and _LOCAL.match(local := term[len(iri) + 1 : -1]):
            return f"{prefix}:{local}"
    return term


def to_rdflib(store: Store, base: str = BASE) -> rdflib.Graph:
    """Return the graph as an rdflib Graph, prefixes bound."""
    import rdflib

    graph = rdflib.Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    lines = (f"{s} {p} {o} ." for s, pairs in blocks(store, base) for p, o in pairs)
    graph.parse(data="\n".join(lines), format="nt")
    return graph
