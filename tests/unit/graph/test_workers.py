"""All cores, portions and rules that change: the graph is the same, and only what must be is redone."""

import json
import os
import signal
import subprocess
import sys

import pytest

import kg
from kg import builder
from kg.errors import KgError
from kg.export import WRITERS
from kg.extract import parallel
from kg.extract.annotator import Annotator

PAPERS = [
    {
        "title": f"Frog{n}Net: Leaps of Length {n}",
        "abstract": f"We propose Frog{n}Net. It reaches {60 + n % 40}.5% accuracy on CIFAR-10.",
        "year": 2000 + n % 25,
    }
    for n in range(130)
]


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    return path


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(parallel, "WORTHWHILE", 10)
    monkeypatch.setattr(parallel, "CHUNK", 7)


def exports(graph, tmp_path):
    """Return the bytes of every export, by file."""
    folder = tmp_path / "exports"
    folder.mkdir(exist_ok=True)
    for suffix in WRITERS:
        graph.export(folder / f"graph.{suffix}")
    graph.export(folder / "evidence.nt", evidence=True)
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*.*")
        if path.is_file()
    }


def test_workers_and_portions_change_nothing(source, tmp_path, monkeypatch, small_steps):
    whole = exports(kg.build(source), tmp_path)
    assert len(whole) > len(WRITERS)
    assert exports(kg.build(source, workers=2), tmp_path) == whole
    monkeypatch.setattr(builder, "PORTION", 40)
    graph = kg.build(source, source, workers=2)
    assert exports(graph, tmp_path) == whole
    assert (graph.report.listings, graph.report.papers, graph.report.added) == (260, 130, 130)


def test_annotations_come_in_order_from_any_number_of_workers(small_steps):
    papers = [kg.Paper(str(n), p["title"], p["abstract"]) for n, p in enumerate(PAPERS)]
    assert list(kg.annotate(papers, workers=2)) == list(kg.annotate(papers))


def _die(annotation):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_is_an_error_with_a_way_out(small_steps):
    papers = [kg.Paper(str(n), "Frogs") for n in range(30)]
    with pytest.raises(KgError, match="ended from outside"):
        list(parallel.extract(Annotator(), papers, _die, workers=2))


def test_new_rules_redo_what_old_ones_made(source, tmp_path):
    target, rules = tmp_path / "papers.kg", tmp_path / "rules"
    kg.build(source, to=target).close()
    (rules / "names").mkdir(parents=True)
    (rules / "names" / "own.jsonl").write_text(
        json.dumps({"label": "Task", "pattern": "leaps of length", "id": "leaping"})
    )
    graph = kg.build(to=target, rules=rules, refresh=True)
    assert (graph.report.listings, graph.report.refreshed) == (0, 130)
    assert len(graph.papers(mentions="leaping")) == 130
    again = kg.build(source, to=target, rules=rules, refresh=True)
    assert (again.report.unchanged, again.report.refreshed) == (130, 0)


def test_who_has_nothing_to_annotate_loads_neither_spacy_nor_rules(source, tmp_path):
    kg.build(source, to=tmp_path / "papers.kg").close()
    script = (
        "import sys, kg, kg.rulebook.book; report = kg.build(sys.argv[1], to=sys.argv[2]).report;"
        "print(report.unchanged, *{'spacy', 'numpy', 'kg.extract.annotator'} & set(sys.modules), kg.rulebook.book._load.cache_info().currsize)"
    )
    command = [sys.executable, "-c", script, source, tmp_path / "papers.kg"]
    assert subprocess.check_output(command, encoding="utf-8").split() == ["130", "0"]
