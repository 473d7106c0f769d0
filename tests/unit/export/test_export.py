"""Every format: golden file, an independent reader (hostile text: tests/security)."""

from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
import rdflib

import kg
from kg.errors import KgError, UnknownFormat
from kg.export import WRITERS, export, graphml
from kg.graph.network import to_networkx
from kg.graph.store import Store
from kg.graph.writer import Writer
from kg.model import Annotation, Entity, Mention, Paper, Relation, Result
from kg.vocabulary import NAMESPACE, vocabulary

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.fixture(scope="module")
def small():
    """A graph written by hand, so that golden files do not change with the rules."""
    frog, resnet, kan = (
        Entity("Method", "frognet", "FrogNet"),
        Entity("Method", "resnet-50", "ResNet-50", ("ResNet50",), "residual-network"),
        Entity("Method", "kolmogorov-arnold-network", "Kolmogorov-Arnold Network", ("KAN",)),
    )
    cifar = Entity("Dataset", "cifar-10", "CIFAR-10", ("CIFAR10", "Cifar-10"), "cifar")
    both = Entity("Dataset", "cifar", "CIFAR")
    accuracy = Entity("Metric", "accuracy", "accuracy", ("acc.",))
    detection = Entity("Task", "object-detection", "object detection")
    one = Paper(
        "10.1000/frog.1",
        "FrogNet: Leaps",
        "We propose FrogNet. It reaches 91.5% accuracy on CIFAR-10 and beats ResNet-50 by 2.0."
        " Code: https://github.com/frogs/frognet.",
        ("B. Toad", "A. Frog"),
        "2024-05-01",
        "Pond",
        "10.1000/frog.1",
        "2405.00001",
        "https://example.org/frog",
        (),
        ("cs.LG",),
        ("title:toads", "doi:10.1000/unknown"),
        ("small.jsonl",),
        ("openalex:W1",),
    )
    two = Paper(
        "toads",
        "Toads",
        "We work on object detection with a KAN on CIFAR.",
        sources=("small.jsonl",),
    )
    annotations = [
        Annotation(
            one,
            (
                Mention("title", 0, 7, "FrogNet", *frog.key, "title-prefix"),
                Mention("abstract", 11, 18, "FrogNet", *frog.key, "names"),
                Mention("abstract", 37, 45, "accuracy", *accuracy.key, "names"),
                Mention("abstract", 49, 57, "CIFAR-10", *cifar.key, "names"),
                Mention("abstract", 68, 77, "ResNet-50", *resnet.key, "learned", 0.75),
            ),
            (frog, accuracy, cifar, resnet),
            (
                Relation("introduces", *frog.key, "title", 0, 14, "title-prefix"),
                Relation("evaluated_on", *cifar.key, "abstract", 20, 85, "default"),
                Relation("mentions", *accuracy.key, "abstract", 20, 85, "default"),
                Relation("outperforms", *resnet.key, "abstract", 20, 85, "outperforms"),
            ),
            (
                Result("91.5", "%", accuracy, cifar, frog, False, "abstract", 20, 85, "figure"),
                Result("2.0", "", None, None, None, True, "abstract", 20, 85, "figure"),
            ),
            ("https://github.com/frogs/frognet",),
        ),
        Annotation(
            two,
            (
                Mention("abstract", 11, 27, "object detection", *detection.key, "names"),
                Mention("abstract", 35, 38, "KAN", *kan.key, "names"),
                Mention("abstract", 42, 47, "CIFAR", *both.key, "names"),
            ),
            (detection, kan, both),
            (
                Relation("addresses", *detection.key, "abstract", 0, 48, "default"),
                Relation("builds_on", *kan.key, "abstract", 0, 48, "default"),
                Relation("evaluated_on", *both.key, "abstract", 0, 48, "default"),
            ),
        ),
    ]
    store = Store.open(None, write=True)
    Writer(store, lambda kind, id: None).write([(a, "digest", ()) for a in annotations])
    store.db.execute("INSERT INTO meta VALUES ('version', '0.1.0-rules')")
    return kg.Graph(store)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *((f"graph.{suffix}", {}) for suffix in sorted(set(WRITERS) - {"html"})),
        ("evidence.ttl", {"evidence": True}),
        ("lpwc.ttl", {"profile": "lpwc"}),
    ],
)
def test_golden(small, tmp_path, name, options, request):
    written = content(small.export(tmp_path / name, **options))
    golden = GOLDEN / name
    if request.config.getoption("--update-golden"):
        if len(written) > 1:
            golden.mkdir(exist_ok=True)
        for file, text in written.items():
            (golden / file).write_text(text, encoding="utf-8", newline="")
    assert written == content(golden)


def content(path):
    """The texts of a file, or of the files in a folder, by name."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {
        str(file.relative_to(path)) if path.is_dir() else "": file.read_bytes().decode()
        for file in files
    }


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
    # The namespace itself is named in the description of the graph.
    assert used - {""} <= vocabulary().terms
    assert {"Paper", "introduces", "evaluatedOn", "reports"} <= used


def test_graphml_reads_back_with_the_same_counts(graph, tmp_path):
    read = nx.read_graphml(graph.export(tmp_path / "g.graphml"))
    view = graph.to_networkx()
    assert (len(read), read.number_of_edges()) == (len(view), view.number_of_edges())
    assert {d["kind"] for _, d in read.nodes(data=True)} >= {"Paper", "Method"}


def test_exports_are_the_same_bytes_each_time(graph, tmp_path):
    for suffix in WRITERS:
        a, b = graph.export(tmp_path / f"a.{suffix}"), graph.export(tmp_path / f"b.{suffix}")
        assert content(a) == content(b)


def test_a_failed_export_leaves_nothing(graph, tmp_path):
    with pytest.raises(UnknownFormat) as caught:
        graph.export(tmp_path / "graph.docx")
    assert ".ttl" in caught.value.hint
    with pytest.raises(KgError, match="Cannot write"):
        graph.export(tmp_path / "no" / "such" / "graph.ttl")
    with pytest.raises(TypeError):
        graph.export(tmp_path / "graph.html", max_nodes="many")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("papers", [0, 1, 3])
def test_graphml_is_what_networkx_writes_of_the_graph(papers, tmp_path):
    store = Store.open(None, write=True)
    nasty = 'A < B & "C"\t\u00e9\r\n]]> \x0b \U0001f438'
    found = []
    for n in range(papers):
        entity, above = Entity("Method", f"m{n}", nasty, (), "m0"), Entity("Task", "t", "T")
        paper = Paper(f"10.1000/a b&{n}", f"{nasty} {n}", f"{nasty} says so.", url="http://a/?b&c")
        said = [("builds_on", entity), ("mentions", above), ("outperforms", entity)]
        relations = tuple(Relation(p, *e.key, "abstract", 0, 9, "r") for p, e in said if n != 1)
        found.append((Annotation(paper, (), (entity, above), relations), str(n), ()))
    Writer(store, lambda kind, id: ()).write(found)
    ours, theirs = tmp_path / "ours.graphml", tmp_path / "theirs.graphml"
    export(store, ours)
    network = to_networkx(store)
    for data in [d for _, d in network.nodes(data=True)] + [
        d for *_, d in network.edges(data=True)
    ]:
        data |= {k: graphml.clean(v) for k, v in data.items() if isinstance(v, str)}
    nx.write_graphml_xml(network, theirs, prettyprint=True, named_key_ids=True)
    assert ours.read_bytes() == theirs.read_bytes()
