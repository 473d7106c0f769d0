"""Graph files: idempotent, independent of order, safe against strangers."""

import json
import sqlite3

import pytest

import kg
from kg.errors import GraphFileError

RECORDS = [
    {
        "title": "FrogNet: Leaps",
        "abstract": "We propose FrogNet and test it on CIFAR-10.",
        "year": 2020,
    },
    {
        "title": "Toads",
        "abstract": "Unlike FrogNet, toads walk. We evaluate on SVHN.",
        "doi": "10.1000/t",
    },
    {
        "title": "FROGNET - leaps",
        "abstract": "We propose FrogNet.",
        "code": "https://github.com/a/b",
    },
]


def write(folder, name, records):
    path = folder / name
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def turtle(graph, tmp_path):
    return graph.export(tmp_path / "graph.ttl").read_bytes()


def test_repeated_listings_are_one_paper_that_knows_its_sources(tmp_path):
    a, b = write(tmp_path, "a.jsonl", RECORDS[:2]), write(tmp_path, "b.jsonl", RECORDS[2:])
    graph = kg.build(a, b)
    assert (graph.report.listings, graph.report.papers) == (3, 2)
    paper = graph.papers(on="CIFAR-10")[0]
    assert paper.sources == ("a.jsonl", "b.jsonl")
    assert paper.code_urls == ("https://github.com/a/b",)
    assert paper.year == 2020


def test_building_again_changes_nothing(tmp_path):
    source, target = write(tmp_path, "a.jsonl", RECORDS), tmp_path / "papers.kg"
    with kg.build(source, to=target) as first:
        before = turtle(first, tmp_path)
    with kg.build(source, to=target) as second:
        assert (second.report.added, second.report.updated) == (0, 0)
        assert turtle(second, tmp_path) == before


def test_order_and_portions_do_not_matter(tmp_path):
    a, b = write(tmp_path, "a.jsonl", RECORDS[:1]), write(tmp_path, "b.jsonl", RECORDS[1:])
    whole = turtle(kg.build(a, b), tmp_path)
    assert turtle(kg.build(b, a), tmp_path) == whole
    kg.build(b, to=tmp_path / "parts.kg").close()
    assert turtle(kg.build(a, to=tmp_path / "parts.kg"), tmp_path) == whole


def test_a_changed_paper_replaces_its_links(tmp_path):
    target = tmp_path / "papers.kg"
    kg.build(write(tmp_path, "a.jsonl", RECORDS[:1]), to=target).close()
    longer = dict(
        RECORDS[0], abstract="We propose FrogNet. It is tested on MNIST alone, and not elsewhere."
    )
    graph = kg.build(write(tmp_path, "a.jsonl", [longer]), to=target)
    assert graph.report.updated == 1
    assert len(graph.papers(on="MNIST")) == 1
    assert "cifar-10" not in {c.entity.id for c in graph.entities("Dataset")}


def test_strangers_are_refused(tmp_path):
    with pytest.raises(GraphFileError, match="no graph file"):
        kg.open(tmp_path / "none.kg")
    (tmp_path / "text.kg").write_text("not a database, but long enough to look at" * 50)
    with pytest.raises(GraphFileError):
        kg.open(tmp_path / "text.kg")
    sqlite3.connect(tmp_path / "other.kg").execute("CREATE TABLE t (a)").connection.close()
    with pytest.raises(GraphFileError, match="not a graph file"):
        kg.open(tmp_path / "other.kg")


def test_newer_files_are_refused(graph_file, tmp_path):
    copy = tmp_path / "newer.kg"
    copy.write_bytes(graph_file.read_bytes())
    db = sqlite3.connect(copy)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(GraphFileError, match="newer paperkg"):
        kg.open(copy)
