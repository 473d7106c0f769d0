"""Speed against peers in one run: python benchmarks/speed.py [PAPERS] (JSON Lines; else the examples)."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import rdflib
import spacy

import kg
from kg.extract.annotator import Annotator
from kg.rulebook.book import load
from kg.rulebook.names import IGNORE

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "papers.txt"
REPEATS, PAPERS = 5, 1000


def median(run: Callable[[], object]) -> float:
    """Return the median seconds of several runs."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(source: Path) -> None:
    """Print papers a second, and export times, each as a ratio to a named peer."""
    papers = list(islice(kg.read(source), PAPERS))
    texts = [f"{p.title}\n\n{p.abstract}" for p in papers]
    blank, ruled = spacy.blank("en"), spacy.blank("en")
    names = [s for s in load().catalogue.surfaces if s.kind != IGNORE]
    ruler = ruled.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": s.kind, "pattern": s.pattern, "id": s.id} for s in names])
    annotator = Annotator()
    runs: dict[str, Callable[[], object]] = {
        "spaCy blank tokenizer": lambda: [blank.tokenizer(text) for text in texts],
        "spaCy EntityRuler, same names": lambda: list(ruled.pipe(texts)),
        "paperkg, everything": lambda: list(annotator.annotate(papers)),
    }
    print(f"{len(papers)} papers, median of {REPEATS}\n\n| | papers/s | ratio |\n|---|---|---|")
    base = 0.0
    for name, run in runs.items():
        seconds = median(run)
        base = base or seconds
        print(f"| {name} | {len(papers) / seconds:,.0f} | {base / seconds:.2f} |")
    graph = kg.build(source) if len(papers) < PAPERS else kg.build(EXAMPLES)
    turtle = Path("/tmp") / "paperkg-speed.ttl"
    triples = rdflib.Graph().parse(graph.export(turtle))
    ours, theirs = (
        median(lambda: graph.export(turtle)),
        median(lambda: triples.serialize(format="turtle")),
    )
    print(
        f"\nTurtle of {len(triples):,} triples: {theirs / ours:.1f} times as fast as rdflib's serializer"
    )
    turtle.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
