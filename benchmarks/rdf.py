"""RDF and SPARQL against rdflib in one run: python benchmarks/rdf.py GRAPH [LARGE]

The first graph file is written and queried on both sides, its evidence too where that brings it over
200,000 triples. Of a second, larger one, the times of the questions in Python are measured.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rdflib

import kg
from kg.query.sparql import examples

REPEATS = 3

#: Triples that tell a fast serializer from a slow one; a smaller graph is written with its evidence too.
ENOUGH = 200_000


def seconds(
    run: Callable[[], object],
    repeats: int = REPEATS,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """Return the median seconds of several runs."""
    times = []
    for _ in range(repeats):
        start = clock()
        run()
        times.append(clock() - start)
    return statistics.median(times)


def turtle(graph: kg.Graph) -> None:
    """Print how fast the graph becomes Turtle, from the file and from rdflib.

    Both run in this process, so its own time is taken: what else the machine does does not count.
    """
    own = time.process_time
    with tempfile.TemporaryDirectory() as folder:
        for evidence in (False, True):
            path = Path(folder) / "graph.ttl"
            ours = seconds(lambda: graph.export(path, evidence=evidence), clock=own)  # noqa: B023
            triples = graph.to_rdflib(evidence=evidence)
            theirs = seconds(lambda: triples.serialize(format="turtle"), clock=own)  # noqa: B023
            what = "with evidence" if evidence else "plain"
            print(
                f"| Turtle, {what}, {len(triples):,} triples | {ours:.2f} s | {theirs:.2f} s"
                f" | {theirs / ours:.1f} |"
            )
            if len(triples) > ENOUGH:
                return


def sparql(graph: kg.Graph) -> None:
    """Print how fast the examples are answered, and whether the answers are equal."""
    triples = graph.to_rdflib()
    graph.sparql("ASK {}")
    ours = theirs = 0.0
    unequal = []
    queries = list(examples())
    for name, _, text in queries:
        ours += seconds(lambda: graph.sparql(text))  # noqa: B023
        theirs += seconds(lambda: list(triples.query(text)), 1)  # noqa: B023
        found = [tuple(row.to_json().values()) for row in graph.sparql(text)]
        if found != [tuple(map(plain, row)) for row in triples.query(text)]:
            unequal.append(name)
    answers = f"unequal: {', '.join(unequal)}" if unequal else "equal"
    print(
        f"| {len(queries)} SPARQL examples, {len(triples):,} triples, answers {answers} |"
        f" {ours:.2f} s | {theirs:.2f} s | {theirs / ours:.1f} |"
    )


def plain(value: Any) -> Any:
    """Return a term as `Graph.sparql` gives it."""
    if isinstance(value, rdflib.Literal) and value.datatype in (
        rdflib.XSD.integer,
        rdflib.XSD.decimal,
    ):
        return float(value)
    return None if value is None else str(value)


def questions(graph: kg.Graph) -> None:
    """Print the processor time of questions, each asked of ten names, the best known first."""
    methods = [c.entity for c in graph.entities("Method", 60)[0:60:6]]
    data = [c.entity for c in graph.entities("Dataset", 60)[0:60:6]]
    pairs = [(d, graph.related(d, "Method", 3)[-1].entity) for d in data]
    far = list(zip(data[::-1], methods, strict=True))
    runs: dict[str, list[Callable[[], object]]] = {
        "papers(on=, using=)": [lambda d=d, m=m: graph.papers(on=d, using=m) for d, m in pairs],
        "entity": [lambda m=m: graph.entity(m.name) for m in methods],
        "find": [lambda m=m: graph.find(m.name.split()[0]) for m in methods],
        "leaderboard": [lambda d=d: graph.leaderboard(d) for d in data],
        "related": [lambda m=m: graph.related(m) for m in methods],
        "path": [lambda d=d, m=m: graph.path(d, m) for d, m in far],
        "compare": [lambda a=a, b=b: graph.compare(a, b) for a, b in zip(methods, methods[1:])],  # noqa: B905, RUF007
    }
    print("\n| question | median, warm | slowest |\n|---|---|---|")
    for name, asked in runs.items():
        for run in asked:
            run()
        times = [seconds(run, 5, time.process_time) * 1000 for run in asked]
        print(f"| {name} | {statistics.median(times):.1f} ms | {max(times):.1f} ms |")


def main(paths: list[Path]) -> None:
    """Measure the graph files that are named."""
    with kg.open(paths[0]) as graph:
        print("| | paperkg | rdflib | ratio |\n|---|---|---|---|")
        turtle(graph)
        sparql(graph)
    for path in paths[1:]:
        with kg.open(path) as graph:
            print(f"\n{graph}")
            questions(graph)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
