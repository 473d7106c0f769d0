"""The provenance of every statement: the words (Web Annotation) and the rule (PROV-O) behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.graph.store import Store
from kg.model import Paper
from kg.rdf.terms import TYPE, Block, Pair, kg, literal, named, resource, typed
from kg.version import __version__
from kg.vocabulary import vocabulary

#: A stretch of a paper: field, start, stop.
Stretch = tuple[str, int, int]


def of_paper(
    store: Store,
    key: int,
    paper: Paper,
    links: list[tuple[Any, ...]],
    results: list[tuple[Any, ...]],
    base: str,
) -> Iterator[Block]:
    """Yield the statements, results and mentions of a paper with the words they rest on.

    Args:
        store: The graph.
        key: Key of the paper in the graph.
        paper: The paper.
        links: Its links, as `kg.rdf.statements` reads them.
        results: Its results, likewise.
        base: Base of the IRIs.
    """
    version = rule_version(store)
    mentions = store.db.execute(
        "SELECT m.field, m.start, m.stop, e.kind, e.id, m.rule, m.score FROM mention m"
        " JOIN entity e ON e.key = m.entity WHERE m.paper = ? ORDER BY m.field DESC, m.start",
        (key,),
    ).fetchall()
    support = Counter((kind, id) for _, _, _, kind, id, *_ in mentions)
    source = resource("Paper", paper.id, base)
    for _, predicate, kind, id, field, start, stop, rule in links:
        subject = resource("Statement", f"{paper.id}/{predicate}/{kind.lower()}/{id}", base)
        pairs = [
            (TYPE, kg("Statement")),
            (named("rdf:subject"), source),
            (named("rdf:predicate"), f"<{vocabulary().predicate(predicate)}>"),
            (named("rdf:object"), resource(kind, id, base)),
            (kg("support"), typed(max(1, support[kind, id]), "integer")),
        ]
        yield subject, pairs + _origin(source, rule, version, base)
        yield from _annotation(subject, source, paper, (field, start, stop))
    for row in results:
        subject = resource("Result", f"{paper.id}/{row[1]}", base)
        yield subject, _origin(source, row[14], version, base)
        yield from _annotation(subject, source, paper, (row[11], row[12], row[13]))
    for field, start, stop, kind, id, rule, score in mentions:
        subject = resource("Mention", f"{paper.id}/{field}/{start}", base)
        pairs = [(TYPE, kg("Mention")), (named("oa:hasBody"), resource(kind, id, base))]
        pairs += [(named("oa:hasTarget"), _part(subject, "target"))]
        pairs += _origin(source, rule, version, base)
        if score is not None:
            pairs.append((kg("score"), typed(score, "double")))
        yield subject, pairs
        yield from _target(subject, source, paper, (field, start, stop))


def rules(store: Store, base: str) -> Iterator[Block]:
    """Yield the rules that the statements name, and the program that ran them."""
    version = rule_version(store)
    program = resource("Software", f"paperkg/{__version__}", base)
    for (name,) in store.db.execute(
        "SELECT rule FROM link UNION SELECT rule FROM mention UNION SELECT rule FROM result ORDER BY 1"
    ):
        pairs = [(TYPE, kg("RuleRun")), (named("rdfs:label"), literal(name))]
        if version:
            pairs.append((kg("ruleSet"), literal(version)))
        pairs.append((named("prov:wasAssociatedWith"), program))
        yield _rule(name, version, base), pairs
    label = literal(f"paperkg {__version__}")
    yield program, [(TYPE, named("prov:SoftwareAgent")), (named("rdfs:label"), label)]


def rule_version(store: Store) -> str:
    """Return the version of the rules that made the graph, "" where they are not known."""
    row = store.db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    return str(row[0]) if row else ""


def _rule(name: str, version: str, base: str) -> str:
    return resource("Rule", f"{name}/{version}" if version else name, base)


def _origin(source: str, rule: str, version: str, base: str) -> list[Pair]:
    return [
        (named("prov:wasDerivedFrom"), source),
        (named("prov:wasGeneratedBy"), _rule(rule, version, base)),
    ]


def _annotation(body: str, source: str, paper: Paper, at: Stretch) -> Iterator[Block]:
    subject = _part(body, "evidence")
    yield (
        subject,
        [
            (TYPE, named("oa:Annotation")),
            (named("oa:hasBody"), body),
            (named("oa:hasTarget"), _part(body, "target")),
        ],
    )
    yield from _target(body, source, paper, at)


def _target(owner: str, source: str, paper: Paper, at: Stretch) -> Iterator[Block]:
    field, start, stop = at
    position, quote = _part(owner, "position"), _part(owner, "quote")
    yield (
        _part(owner, "target"),
        [
            (TYPE, named("oa:SpecificResource")),
            (named("oa:hasSource"), source),
            (kg("field"), literal(field)),
            (named("oa:hasSelector"), position),
            (named("oa:hasSelector"), quote),
        ],
    )
    yield (
        position,
        [
            (TYPE, named("oa:TextPositionSelector")),
            (named("oa:start"), typed(start, "nonNegativeInteger")),
            (named("oa:end"), typed(stop, "nonNegativeInteger")),
        ],
    )
    exact = literal(paper.text(field)[start:stop])
    yield quote, [(TYPE, named("oa:TextQuoteSelector")), (named("oa:exact"), exact)]


def _part(owner: str, name: str) -> str:
    return f"{owner[:-1]}#{name}>"
