"""Cost and memory by size: python benchmarks/scale.py PAPERS [SIZE ...] [--workers N] [--learned] [--keep FOLDER].

Each size is built in a process of its own, by rules alone unless --learned is given. A size beyond the
papers there are takes them again under other ids and titles. Processor time is that of all processes,
so that a busy machine matters little; memory is the peak of each process, added up.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import kg

SIZES = (1_000, 10_000, 76_331, 500_000)


def papers(source: Path, size: int) -> Iterator[dict[str, object]]:
    """Yield so many papers as records, those of the source over and over under other names."""
    written = 0
    for turn in itertools.count():
        for paper in kg.read(source):
            if written == size:
                return
            written += 1
            title, id = f"{paper.title} {turn}", f"{paper.id}-{turn}"
            again = replace(paper, id=id, title=title, doi=None, arxiv_id=None, ids=())
            yield (again if turn else paper).to_json()


def measure(source: Path, workers: int, learned: bool, keep: Path | None) -> dict[str, float]:
    """Build a graph, and build it again, and return what that took."""
    with tempfile.TemporaryDirectory() as folder:
        begun, spent = time.perf_counter(), _processor()
        target = Path(folder) / "papers.kg"
        graph = kg.build(source, to=target, workers=workers, recogniser=learned)
        graph.close()
        built, wall = _processor() - spent, time.perf_counter() - begun
        peak = _peak(resource.RUSAGE_SELF) + workers * _peak(resource.RUSAGE_CHILDREN)
        size = graph.report.papers if graph.report else 0
        again = time.process_time()
        kg.build(source, to=target, workers=workers, recogniser=learned).close()
        again = time.process_time() - again
        if keep:
            (Path(folder) / "papers.kg").replace(keep / f"{size}.kg")
        return {"papers": size, "cpu": built, "wall": wall, "peak": peak, "again": again}


def _processor() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))


def _peak(who: int) -> float:
    """Return the peak of this process, or the largest of its children, in MB."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(who).ru_maxrss / unit


def main() -> None:
    """Print one row for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--learned", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder for the graph files")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(asked.source, asked.workers, asked.learned, asked.keep)))
        return
    print("| papers | ms of processor a paper | papers/s | peak MB | the same again, s |")
    print("|---|---|---|---|---|")
    for size in asked.sizes or SIZES:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as chosen:
            for record in papers(asked.source, size):
                chosen.write(json.dumps(record, ensure_ascii=False) + "\n")
            chosen.flush()
            options = ["--measure", "--workers", str(asked.workers)]
            options += ["--learned"] if asked.learned else []
            options += ["--keep", str(asked.keep)] if asked.keep else []
            done = subprocess.run(
                [sys.executable, __file__, chosen.name, *options],
                check=True,
                capture_output=True,
                text=True,
            )
        row = json.loads(done.stdout)
        each, rate = row["cpu"] / row["papers"] * 1000, row["papers"] / row["wall"]
        cells = f"{row['papers']:,} | {each:.2f} | {rate:,.0f} | {row['peak']:,.0f}"
        print(f"| {cells} | {row['again']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
