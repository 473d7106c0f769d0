"""The graph in the terms of Linked Papers With Code (https://linkedpaperswithcode.com).

Its ontology knows what evaluates on, uses, addresses and introduces; what it has no term for
(comparisons, wins, evidence, benchmarks apart from data sets) is left out or becomes its nearest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.graph.store import Store, paper_of
from kg.model import Paper
from kg.rdf.terms import TYPE, Block, Pair, literal, named, typed
from kg.vocabulary import instance, safe_iri

#: Our kinds as its classes; a benchmark is a data set there, and a metric only a name.
CLASSES = {"Method": "method", "Dataset": "dataset", "Benchmark": "dataset", "Task": "task"}

#: Our predicates as its properties.
_PROPERTIES = {
    "evaluated_on": "usesDataset",
    "addresses": "hasTask",
    "builds_on": "hasMethod",
}


def blocks(store: Store, base: str) -> Iterator[Block]:
    """Yield papers, what they use, and their evaluations, under `base`."""
    for key, record in store.db.execute("SELECT key, record FROM paper ORDER BY id"):
        yield from _paper(store, key, paper_of(record), base)
    for key, kind, id, name in store.db.execute(
        "SELECT key, kind, id, name FROM entity WHERE kind <> 'Metric' ORDER BY kind, id"
    ).fetchall():
        yield _entity_iri(kind, id, base), _entity(store, key, kind, name, base)


def _paper(store: Store, key: int, paper: Paper, base: str) -> Iterator[Block]:
    subject = f"<{instance('Paper', paper.id, base)}>"
    pairs: list[Pair] = [
        (TYPE, named("lpwcc:paper")),
        (named("dcterms:title"), literal(paper.title)),
    ]
    if paper.abstract:
        pairs.append((named("dcterms:abstract"), literal(paper.abstract)))
    pairs += [(named("lpwcp:creatorName"), literal(name)) for name in dict.fromkeys(paper.authors)]
    if paper.date and len(paper.date) == 10:
        pairs.append((named("dcterms:date"), typed(paper.date, "date")))
    if paper.arxiv_id:
        pairs.append((named("fabio:hasArXivId"), literal(paper.arxiv_id)))
    if paper.url and (iri := safe_iri(paper.url)):
        pairs.append((named("fabio:hasURL"), typed(iri, "anyURI")))
    for (url,) in store.db.execute("SELECT url FROM code WHERE paper = ? ORDER BY url", (key,)):
        if iri := safe_iri(url):
            pairs.append((named("lpwcp:hasOfficialRepository"), f"<{iri}>"))
    for predicate, kind, id in store.db.execute(
        "SELECT l.predicate, e.kind, e.id FROM link l JOIN entity e ON e.key = l.entity"
        " WHERE l.paper = ? ORDER BY l.predicate, e.kind, e.id",
        (key,),
    ):
        if predicate in _PROPERTIES and kind in CLASSES:
            term = named(f"lpwcp:{_PROPERTIES[predicate]}")
            pairs.append((term, _entity_iri(kind, id, base)))
    evaluations = list(_evaluations(store, key, paper.id, base))
    pairs += [
        (named("lpwcp:hasEvaluation"), block[0])
        for block in evaluations
        if block[1][0][1] == named("lpwcc:evaluation")
    ]
    yield subject, pairs
    yield from evaluations


def _evaluations(store: Store, key: int, paper: str, base: str) -> Iterator[Block]:
    """Yield an evaluation and its result for each absolute figure of known metric and data set."""
    rows = store.db.execute(
        "SELECT r.place, r.value, r.unit, m.name, d.kind, d.id, x.kind, x.id FROM result r"
        " JOIN entity m ON m.key = r.metric JOIN entity d ON d.key = r.dataset"
        " LEFT JOIN entity x ON x.key = r.method WHERE r.paper = ? AND NOT r.relative ORDER BY r.place",
        (key,),
    ).fetchall()
    for place, value, unit, metric, kind, id, model_kind, model in rows:
        evaluation = f"<{instance('Evaluation', f'{paper}/{place}', base)}>"
        result = f"<{instance('EvaluationResult', f'{paper}/{place}', base)}>"
        pairs: list[Pair] = [
            (TYPE, named("lpwcc:evaluation")),
            (named("lpwcp:hasDataset"), _entity_iri(kind, id, base)),
        ]
        if model:
            pairs.append((named("lpwcp:hasModel"), _entity_iri(model_kind, model, base)))
        yield evaluation, [*pairs, (named("lpwcp:hasEvaluationResult"), result)]
        yield (
            result,
            [
                (TYPE, named("lpwcc:evaluationresult")),
                (named("lpwcp:metricName"), literal(metric)),
                (named("lpwcp:metricValue"), literal(f"{value} {unit}".strip())),
            ],
        )


def _entity(store: Store, key: int, kind: str, name: str, base: str) -> list[Pair]:
    pairs = [(TYPE, named(f"lpwcc:{CLASSES[kind]}"))]
    if kind == "Method" and _is_model(store, key):
        pairs.append((TYPE, named("lpwcc:model")))
    pairs.append((named("foaf:name"), literal(name)))
    if kind in ("Dataset", "Benchmark"):
        pairs.append((named("dcterms:title"), literal(name)))
    pairs += [
        (named("lpwcp:hasVariant"), literal(alias))
        for alias in store.aliases(key, name)
        if kind in ("Dataset", "Benchmark")
    ]
    introduced = _introduced(store, key)
    pairs += [
        (named("lpwcp:introducedBy"), f"<{instance('Paper', paper, base)}>")
        for paper, _ in introduced
    ]
    years = [year for _, year in introduced if year]
    if kind == "Method" and years:
        pairs.append((named("lpwcp:introducedYear"), typed(f"{min(years):04d}", "gYear")))
    if kind != "Task":
        query = "SELECT count(DISTINCT paper) FROM link WHERE entity = ?"
        count = store.db.execute(query, (key,)).fetchone()[0]
        pairs.append((named("lpwcp:numberPapers"), typed(count, "integer")))
    return pairs


def _introduced(store: Store, key: int) -> list[Any]:
    return store.db.execute(
        "SELECT p.id, p.year FROM link l JOIN paper p ON p.key = l.paper"
        " WHERE l.entity = ? AND l.predicate = 'introduces' ORDER BY p.id",
        (key,),
    ).fetchall()


def _is_model(store: Store, key: int) -> bool:
    """Tell whether an evaluation names the method, which Linked Papers With Code calls a model."""
    query = "SELECT 1 FROM result WHERE method = ? AND dataset NOTNULL AND metric NOTNULL LIMIT 1"
    return store.db.execute(query, (key,)).fetchone() is not None


def _entity_iri(kind: str, id: str, base: str) -> str:
    # Data sets and benchmarks share a class there, not their ids: they keep places of their own.
    return f"<{instance(kind, id, base)}>"
