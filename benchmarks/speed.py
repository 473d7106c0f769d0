"""Speed against peers in one run: python benchmarks/speed.py [PAPERS] (JSON Lines; else the examples)."""

from __future__ import annotations

import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import rdflib
import spacy
from spacy.tokens import Doc

import kg
from kg.extract.annotator import Annotator
from kg.model import KINDS
from kg.rulebook.book import load
from kg.rulebook.names import IGNORE

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "papers.txt"
REPEATS, PAPERS = 5, 1000


def medians(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median seconds of several runs of each, in turns, by processor time.

    In turns, and by processor time, so that what else the machine does falls on all alike.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(REPEATS + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            if turn:  # the first fills the caches
                times[name].append(time.process_time() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def drain(items: Iterable[object]) -> None:
    """Take all items and keep none, as a build does."""
    deque(items, maxlen=0)


def bare(annotator: Annotator, texts: Iterable[str]) -> Iterator[Doc]:
    """Yield texts that nothing but the recogniser's own component has read."""
    others = [name for name in annotator.nlp.pipe_names if name != "paperkg_recogniser"]
    return annotator.nlp.pipe(texts, disable=others)


def extraction(papers: list[kg.Paper]) -> dict[str, Callable[[], object]]:
    """Return what finds names in papers: peers, parts of ours, and ours."""
    texts = [f"{p.title}\n\n{p.abstract}" for p in papers]
    blank, ruled = spacy.blank("en"), spacy.blank("en")
    names = [s for s in load().catalogue.surfaces if s.kind != IGNORE]
    ruler = ruled.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": s.kind, "pattern": s.pattern, "id": s.id} for s in names])
    theirs = spacy.blank("en")  # its standard size: width 96, depth 4, as ours
    recogniser = theirs.add_pipe("ner")
    for kind in KINDS:
        recogniser.add_label(kind)
    theirs.initialize()
    fast, learned = Annotator(recogniser=False), Annotator()
    return {
        "spaCy blank tokenizer": lambda: drain(map(blank.tokenizer, texts)),
        "paperkg's tokenizer": lambda: drain(map(fast.nlp.tokenizer.columns, texts)),
        "spaCy EntityRuler, same names": lambda: drain(ruled.pipe(texts)),
        "paperkg, rules alone": lambda: drain(fast.annotate(papers)),
        "spaCy's own recogniser, untrained": lambda: drain(theirs.pipe(texts)),
        "our recogniser's network alone": lambda: drain(bare(learned, texts)),
        "paperkg with the recogniser": lambda: drain(learned.annotate(papers)),
    }


def main(source: Path) -> None:
    """Print papers a second, and export times, each as a ratio to a named peer."""
    papers = list(islice(kg.read(source), PAPERS))
    runs = extraction(papers)
    if len(papers) < PAPERS:  # benchmarks/scale.py measures large builds
        build = lambda: kg.build(source, recogniser=False).close()  # noqa: E731
        runs["paperkg, rules alone, into a graph"] = build
    print(f"{len(papers)} papers, median of {REPEATS}\n\n| | papers/s | ratio |\n|---|---|---|")
    found = medians(runs)
    base = found["spaCy blank tokenizer"]
    for name, seconds in found.items():
        print(f"| {name} | {len(papers) / seconds:,.0f} | {base / seconds:.2f} |")
    graph = kg.build(source) if len(papers) < PAPERS else kg.build(EXAMPLES)
    turtle = Path("/tmp") / "paperkg-speed.ttl"
    triples = rdflib.Graph().parse(graph.export(turtle))
    ours, theirs = medians(
        {
            "ours": lambda: graph.export(turtle),
            "theirs": lambda: triples.serialize(format="turtle"),
        }
    ).values()
    print(
        f"\nTurtle of {len(triples):,} triples: {theirs / ours:.1f} times as fast as rdflib's serializer"
    )
    turtle.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
