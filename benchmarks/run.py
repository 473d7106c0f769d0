"""Every benchmark in small, one table: python benchmarks/run.py FOLDER [--papers N] [--output FILE.md]

Takes the first papers of a folder or file (300 if not told) and ends in some minutes. Ratios are of one
run; seconds are of processor time unless the row says otherwise, medians of five in turns.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import networkx as nx
from pyvis.network import Network

sys.path.insert(0, str(Path(__file__).resolve().parent))
import speed

import kg
from kg.export import export
from kg.graph.network import to_networkx
from kg.query.sparql import examples

Row = tuple[str, str, float, float, str]
# Not ru_maxrss, which begins with that of the process before on Linux.
_PEAK = """
import re, resource, sys, kg
{}
try:
    print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024)
except OSError:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20))
"""


def extraction(papers: list[kg.Paper], source: Path) -> Iterator[Row]:
    """Yield the speed of finding names, and of a whole build, beside spaCy's."""
    runs = speed.extraction(papers)
    runs["build"] = lambda: kg.build(source, recogniser=False).close()
    found = speed.medians(runs)
    ruler, blank = found["spaCy EntityRuler, same names"], found["spaCy blank tokenizer"]
    fast, learned = found["paperkg, rules alone"], found["paperkg with the recogniser"]
    yield "tokens", "spaCy blank tokenizer", found["paperkg's tokenizer"], blank, ""
    yield "names and relations, rules alone", "spaCy EntityRuler, same names", fast, ruler, ""
    yield "… the same", "spaCy blank tokenizer", fast, blank, ""
    bare = found["our recogniser's network alone"]
    yield "… with the recogniser", "its network alone", learned, bare, ""
    theirs = found["spaCy's own recogniser, untrained"]
    yield "… with the recogniser", "spaCy's own recogniser, untrained", learned, theirs, ""
    yield "… with the recogniser", "spaCy blank tokenizer", learned, blank, ""
    yield "whole build, rules alone", "spaCy EntityRuler finding names", found["build"], ruler, ""


def workers(source: Path) -> Iterator[Row]:
    """Yield the time on the clock of a build by one process and by two."""
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(speed.REPEATS):
        for count, taken in times.items():
            start = time.perf_counter()
            kg.build(source, recogniser=False, workers=count).close()
            taken.append(time.perf_counter() - start)
    one, two = (statistics.median(taken) for taken in times.values())
    yield "whole build, two workers", "one (needs two free cores)", two, one, "on the clock"


def exports(graph: kg.Graph, folder: Path) -> Iterator[Row]:
    """Yield the speed of writing a graph, beside the libraries that are used for it."""
    triples, network = graph.to_rdflib(), to_networkx(graph.store)

    def pyvis() -> None:
        net = Network(directed=True, cdn_resources="remote")
        net.from_nx(nx.MultiDiGraph(network))
        (folder / "pyvis.html").write_text(net.generate_html(), encoding="utf-8")

    def ours(suffix: str) -> Callable[[], object]:
        return lambda: export(graph.store, folder / f"graph.{suffix}")

    peers: dict[str, tuple[str, Callable[[], object]]] = {
        "ttl": ("rdflib's serializer", lambda: triples.serialize(format="turtle")),
        "nt": ("rdflib's serializer", lambda: triples.serialize(format="nt")),
        "graphml": (
            "networkx's writer",
            lambda: nx.write_graphml_xml(network, folder / "x.graphml", prettyprint=True),
        ),
        "html": ("pyvis bare, without any layout", pyvis),
    }
    for suffix, (peer, run) in peers.items():
        mine, theirs = speed.medians({"ours": ours(suffix), "theirs": run}).values()
        yield f".{suffix} from the graph file", f"{peer}, its graph in memory", mine, theirs, ""


def queries(graph: kg.Graph) -> Iterator[Row]:
    """Yield the time of all SPARQL examples; rdflib's once, since it takes so long."""
    texts, triples = [text for _, _, text in examples()], graph.to_rdflib()
    graph.sparql("ASK {}")

    def clock(run: Callable[[], object]) -> float:
        start = time.perf_counter()
        run()
        return time.perf_counter() - start

    mine = statistics.median(
        clock(lambda: [graph.sparql(text) for text in texts]) for _ in range(speed.REPEATS)
    )
    theirs = clock(lambda: [list(triples.query(text)) for text in texts])
    yield f"{len(texts)} SPARQL examples", "rdflib", mine, theirs, "on the clock; rdflib once"


def start_up() -> Iterator[Row]:
    """Yield how soon a command answers, beside the import of spaCy alone."""

    def spent(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def median(code: str) -> float:
        return statistics.median(spent(code) for _ in range(speed.REPEATS))

    helped = "import sys; sys.argv = ['kg', '--help']; from kg.cli import main; main()"
    yield "kg --help", "import spacy", median(helped), median("import spacy"), ""


def memory(source: Path, file: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Yield the peak of processes that do one thing, in MB."""
    out = f"{str(folder / 'peak')!r} + "
    todo = {"import kg": "pass"}
    todo["build, rules alone"] = f"kg.build({str(source)!r}, recogniser=False).close()"
    todo["build with the recogniser"] = f"kg.build({str(source)!r}).close()"
    for suffix in ("nt", "ttl", "graphml"):
        todo[f"export .{suffix}"] = f"kg.open({str(file)!r}).export({out}'.{suffix}')"
    for name, code in todo.items():
        command = [sys.executable, "-c", _PEAK.format(code)]
        yield name, float(subprocess.check_output(command, encoding="utf-8"))


def table(asked: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    papers = list(islice(kg.read(asked.source), asked.papers))
    source = folder / "papers.jsonl"
    records = (json.dumps(paper.to_json(), ensure_ascii=False) for paper in papers)
    source.write_text("\n".join(records), encoding="utf-8")
    cores = os.cpu_count()
    yield f"{len(papers)} papers; {platform.machine()}, {cores} cores, {platform.system()},"
    yield f"load {os.getloadavg()[0]:.1f} at the start; Python {platform.python_version()}, " + (
        ", ".join(f"{name} {version(name)}" for name in ("spacy", "rdflib", "networkx", "pyvis"))
        + f", paperkg {version('paperkg')}. Medians of {speed.REPEATS}.\n"
    )
    yield "| what | beside | paperkg, s | peer, s | times as fast | |\n|---|---|---|---|---|---|"
    file = folder / "papers.kg"
    with kg.build(source, to=file, recogniser=False) as graph:
        parts = [extraction(papers, source), workers(source), exports(graph, folder)]
        for rows in [*parts, queries(graph), start_up()]:
            for what, peer, mine, theirs, note in rows:
                cells = f"{mine:.3f} | {theirs:.3f} | {theirs / mine:.2f} | {note}"
                yield f"| {what} | {peer} | {cells} |"
    yield "\n| memory | peak MB |\n|---|---|"
    for what, peak in memory(source, file, folder):
        yield f"| {what} | {peak:,.0f} |"


def main() -> None:
    """Print the table as it grows, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--papers", type=int, default=300)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for line in table(asked, Path(folder)):
            print(line, flush=True)
            lines.append(line)
    if asked.output:
        asked.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
