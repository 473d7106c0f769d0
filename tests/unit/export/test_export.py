"""Every format: golden file, hostile text, an independent reader."""

import json
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
import rdflib

import kg
from kg.errors import KgError, UnknownFormat
from kg.export import WRITERS
from kg.vocabulary import NAMESPACE, vocabulary

GOLDEN = Path(__file__).parents[2] / "golden"
SMALL = [
    {
        "title": "FrogNet: Leaps",
        "abstract": "We propose FrogNet. It reaches 91.5% accuracy on CIFAR-10 and outperforms ResNet-50. "
        "Code: https://github.com/frogs/frognet.",
        "date": "2024-05-01",
        "authors": ["A. Frog", "B. Toad"],
        "doi": "10.1000/frog.1",
        "venue": "Pond",
    },
    {"title": "Toads", "abstract": "We work on object detection with a KAN."},
]
HOSTILE = '</script><img src=x onerror=alert(1)> "q" \\ \u0007 & <b> =1+1 \u2028 𝕏 عربي'


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("small") / "small.jsonl"
    path.write_text("\n".join(map(json.dumps, SMALL)), encoding="utf-8")
    return kg.build(path)


@pytest.mark.parametrize("suffix", sorted(set(WRITERS) - {"html"}))
def test_golden(small, tmp_path, suffix, request):
    written = small.export(tmp_path / f"graph.{suffix}").read_text(encoding="utf-8")
    golden = GOLDEN / f"graph.{suffix}"
    if request.config.getoption("--update-golden"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_every_writer_has_a_golden_file_or_a_browser_test():
    assert {p.suffix[1:] for p in GOLDEN.glob("graph.*")} | {"html"} == set(WRITERS)


def test_turtle_and_ntriples_hold_the_same_triples(graph, tmp_path):
    ttl, nt = graph.export(tmp_path / "g.ttl"), graph.export(tmp_path / "g.nt")
    first = set(rdflib.Graph().parse(ttl))
    assert first == set(rdflib.Graph().parse(nt)) == set(graph.to_rdflib())
    assert len(list(pyoxigraph.parse(path=str(ttl)))) == len(first)


def test_only_declared_terms_are_used(graph):
    used = {
        str(term)[len(NAMESPACE) :]
        for triple in graph.to_rdflib()
        for term in triple
        if str(term).startswith(NAMESPACE)
    }
    assert used <= vocabulary().terms
    assert {"Paper", "introduces", "evaluatedOn", "reports"} <= used


def test_graphml_reads_back_with_the_same_counts(graph, tmp_path):
    read = nx.read_graphml(graph.export(tmp_path / "g.graphml"))
    view = graph.to_networkx()
    assert (len(read), read.number_of_edges()) == (len(view), view.number_of_edges())
    assert {d["kind"] for _, d in read.nodes(data=True)} >= {"Paper", "Method"}


def test_hostile_text_comes_out_intact(tmp_path):
    source = tmp_path / "hostile.jsonl"
    record = {
        "title": HOSTILE,
        "abstract": f"We use BERT. {HOSTILE}",
        "url": 'https://x.org/a b<c>"d',
    }
    source.write_text(json.dumps(record), encoding="utf-8")
    graph = kg.build(source)
    title = graph.papers()[0].title
    labels = set(rdflib.Graph().parse(graph.export(tmp_path / "g.ttl")).objects())
    assert rdflib.Literal(title) in labels
    nodes = nx.read_graphml(graph.export(tmp_path / "g.graphml")).nodes(data="label")
    assert title in dict(nodes).values()
    lines = graph.export(tmp_path / "g.jsonl").read_text(encoding="utf-8").split("\n")
    assert json.loads(lines[0])["title"] == title
    page = graph.export(tmp_path / "g.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page


def test_exports_are_the_same_bytes_each_time(graph, tmp_path):
    for suffix in WRITERS:
        a, b = graph.export(tmp_path / f"a.{suffix}"), graph.export(tmp_path / f"b.{suffix}")
        assert a.read_bytes() == b.read_bytes()


def test_a_failed_export_leaves_nothing(graph, tmp_path):
    with pytest.raises(UnknownFormat) as caught:
        graph.export(tmp_path / "graph.docx")
    assert ".ttl" in caught.value.hint
    with pytest.raises(KgError, match="Cannot write"):
        graph.export(tmp_path / "no" / "such" / "graph.ttl")
    with pytest.raises(TypeError):
        graph.export(tmp_path / "graph.html", max_nodes="many")
    assert list(tmp_path.iterdir()) == []
