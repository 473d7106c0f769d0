"""Kills builds at random moments and looks at what they leave.

    python -m tests.faults.killing --papers 5000 --kills 100

Every build works on the file that the one before left when it was killed. After each kill the file must open,
be sound, and hold every paper that was reported as committed; when a build comes to its end, the content must
be that of an undisturbed build.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import kg
import kg.builder
from kg.errors import GraphFileError
from kg.extract.annotator import Annotator

NAMES = "ResNet-50 BERT KAN Mamba Transformer dropout Adam LSTM GPT-2 U-Net".split()
DATA = "CIFAR-10 ImageNet MNIST SQuAD COCO SHD SVHN GLUE WMT14 Cityscapes".split()
TASKS = ["image classification", "machine translation", "object detection", "question answering"]
TABLES = {
    "paper": "SELECT id, title_key, title, abstract, year, doi, arxiv_id, record, digest FROM paper",
    "identifier": "SELECT i.name, p.id FROM identifier i JOIN paper p ON p.key = i.paper",
    "reference": "SELECT p.id, r.name FROM reference r JOIN paper p ON p.key = r.paper",
    "code": "SELECT p.id, c.url FROM code c JOIN paper p ON p.key = c.paper",
    "entity": "SELECT kind, id, name, broader FROM entity",
    "alias": "SELECT e.kind, e.id, a.name, a.folded FROM alias a JOIN entity e ON e.key = a.entity",
    "link": "SELECT p.id, l.predicate, e.kind, e.id, l.field, l.start, l.stop, l.rule FROM link l"
    " JOIN paper p ON p.key = l.paper JOIN entity e ON e.key = l.entity",
    "mention": "SELECT p.id, m.field, m.start, m.stop, e.kind, e.id, m.rule FROM mention m"
    " JOIN paper p ON p.key = m.paper JOIN entity e ON e.key = m.entity",
    "result": "SELECT p.id, r.place, r.value, r.unit, r.relative, r.start, r.stop FROM result r"
    " JOIN paper p ON p.key = r.paper",
    "text": "SELECT p.id FROM paper_text t JOIN paper p ON p.key = t.rowid"
    " WHERE paper_text MATCH 'bread'",
    "meta": "SELECT name, value FROM meta",
}


def write_papers(path: Path, count: int) -> None:
    """Write made-up papers that name things, cite each other, and come twice."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            method, data, task = (chance.choice(names) for names in (NAMES, DATA, TASKS))
            record = {
                "title": f"Net{number}: Bread for {task}",
                "abstract": f"We propose Net{number}, which builds on {method}, for {task}. On {data} "
                f"it reaches {50 + number % 50}.{number % 10}% accuracy and outperforms "
                f"{chance.choice(NAMES)}. Code: https://github.com/bakers/net{number}",
                "doi": f"10.5555/net.{number}",
                "year": 2000 + number % 25,
                "cites": [f"10.5555/net.{chance.randrange(count)}"],
            }
            out.write(json.dumps(record) + "\n")
            if number % 10 == 0:
                out.write(json.dumps({**record, "abstract": "Short."}) + "\n")


def content(path: Path) -> dict[str, str]:
    """Return a digest of each table, integer keys resolved."""
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {}
        for table, query in TABLES.items():
            rows = sorted(map(repr, db.execute(query)))
            found[table] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:16]}"
    db.close()
    return found


def start(source: Path, target: Path) -> tuple[int, int]:
    """Build in a process of its own; return its id and where it reports the papers committed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    try:
        graph = kg.build(
            source,
            to=target,
            on_progress=lambda done, total: os.write(writing, f"{done} ".encode()),
        )
        graph.close()
        os._exit(0)
    finally:
        os._exit(1)


def papers_in(path: Path) -> int:
    """Return the number of papers in a file; 0 where a build has not come so far."""
    try:
        with kg.open(path) as graph:
            assert graph.store.db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            return graph.store.count("paper")
    except GraphFileError as error:
        assert "no graph file" in str(error) or "before the first paper" in str(error), error
        return 0


def run(papers: int, kills: int, seed: int = 1, say=print) -> dict[str, int]:
    """Kill so many builds and check each; return what happened."""
    # Made once: the kills are to fall into reading, annotating and writing, not into loading rules.
    annotator, batch = Annotator(recogniser=False), kg.builder.BATCH
    assert annotator.nlp
    kg.builder.BATCH = max(10, papers // 25)
    kg.builder.Annotator = lambda *_: annotator  # type: ignore[assignment, misc]
    try:
        return _run(papers, kills, random.Random(seed), say)
    finally:
        kg.builder.Annotator, kg.builder.BATCH = Annotator, batch  # type: ignore[misc]


def _run(papers: int, kills: int, chance: random.Random, say) -> dict[str, int]:
    folder = Path(tempfile.mkdtemp(prefix="paperkg-kill-"))
    source, whole, target = folder / "papers.jsonl", folder / "whole.kg", folder / "papers.kg"
    write_papers(source, papers)
    begun = time.monotonic()
    child, pipe = start(source, whole)
    assert os.waitpid(child, 0)[1] == 0
    os.close(pipe)
    length = time.monotonic() - begun
    expected, kept = content(whole), 0
    # Of the kills: before the first paper was committed, on the way, and after the last one.
    done = dict.fromkeys(("kills", "before", "partial", "after", "ended"), 0)
    while done["kills"] < kills or target.exists():
        child, pipe = start(source, target)
        wait = chance.uniform(0, length * (1 if done["kills"] < kills else 99))
        status = _wait(child, wait)
        reported = sum(map(int, os.read(pipe, 1 << 20).split()[-1:]))
        os.close(pipe)
        held = papers_in(target)
        assert held >= kept + reported, (held, kept, reported)
        if status is None:
            done["kills"] += 1
            done["before" if not held else "partial" if held < papers else "after"] += 1
            kept = held
            say(f"{done['kills']}: killed after {wait:.1f} s, {held} papers")
            continue
        assert status == 0, status
        assert content(target) == expected, (content(target), expected)
        done["ended"] += 1
        kept = 0
        target.unlink()
    shutil.rmtree(folder)
    return done


def _wait(child: int, seconds: float) -> int | None:
    """Return the status of a process that ends in time; kill it otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.write(f"{run(options.papers, options.kills, options.seed)}\n")
