"""Graphs united: whatever the order, nothing lost, nothing doubled."""

import json

import pytest

import kg
from kg.errors import GraphFileError

PAPERS = [
    {"title": "FrogNet: Leaps", "abstract": "We propose FrogNet. It is tested on CIFAR-10."},
    {"title": "Toads", "abstract": "Unlike BERT, toads walk. We evaluate on SVHN.", "year": 2020},
    {"title": "Newts", "abstract": "We use a KAN and reach 93.1% accuracy on MNIST."},
]


def graph(folder, name, records):
    papers = folder / f"{name}.jsonl"
    papers.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    kg.build(papers, to=folder / f"{name}.kg").close()
    return folder / f"{name}.kg"


def content(graph, tmp_path):
    return graph.export(tmp_path / "x.jsonl").read_bytes()


def plain(graph, tmp_path):
    """All but the sources of papers."""
    lines = content(graph, tmp_path).decode().splitlines()
    return [{k: v for k, v in json.loads(line).items() if k != "sources"} for line in lines]


def test_the_union_is_what_one_build_would_give(tmp_path):
    a, b = graph(tmp_path, "a", PAPERS[:2]), graph(tmp_path, "b", PAPERS[1:])
    whole = kg.open(graph(tmp_path, "whole", PAPERS))
    ab, ba = kg.merge(a, b), kg.merge(b, a)
    assert content(ab, tmp_path) == content(ba, tmp_path)
    assert plain(ab, tmp_path) == plain(whole, tmp_path)
    assert ab.paper("Toads").sources == ("a.jsonl", "a.kg", "b.jsonl", "b.kg")
    assert ab.paper("Newts").sources == ("b.jsonl", "b.kg")


def test_a_graph_alone_and_with_itself_stays_as_it_is(tmp_path):
    a = graph(tmp_path, "a", PAPERS)
    before = content(kg.open(a), tmp_path)
    assert content(kg.merge(a), tmp_path) == before
    assert plain(kg.merge(a, a), tmp_path) == plain(kg.open(a), tmp_path)


def test_a_build_after_a_merge_finds_nothing_new(tmp_path):
    a, b = graph(tmp_path, "a", PAPERS[:2]), graph(tmp_path, "b", PAPERS[1:])
    kg.merge(a, b, to=tmp_path / "ab.kg").close()
    with kg.build(tmp_path / "a.jsonl", tmp_path / "b.jsonl", to=tmp_path / "ab.kg") as again:
        assert again.report.unchanged == 3


def test_a_file_that_exists_is_added_to(tmp_path):
    a, b = graph(tmp_path, "a", PAPERS[:1]), graph(tmp_path, "b", PAPERS[1:])
    with kg.merge(b, to=a) as merged:
        assert merged.report.papers == 3
    assert len(kg.open(a).papers()) == 3
    with pytest.raises(GraphFileError, match="Cannot write"):
        kg.merge(b, to=tmp_path / "no" / "such.kg")


def test_evidence_moves_with_its_words(tmp_path):
    longer = dict(
        PAPERS[0],
        abstract="Frogs leap a lot and far. We propose FrogNet. It is tested on CIFAR-10.",
    )
    other = dict(PAPERS[0], abstract="We propose FrogNet. It is tested on MNIST.")
    a, b = graph(tmp_path, "a", [longer]), graph(tmp_path, "b", [other])
    merged = kg.merge(a, b)
    (paper,) = merged.papers()
    assert paper.abstract == longer["abstract"]
    assert merged.papers(on="CIFAR-10") == merged.papers(on="MNIST") == [paper]
    words = {e.entity: e.text for e in merged.evidence(paper)}
    assert words["cifar-10"] == "It is tested on CIFAR-10."
    # The sentence about MNIST is not in the text that won: the statement stays, without words.
    assert words["mnist"] == ""
    for mention in merged.store.mentions(paper.id):
        assert mention.text == paper.text(mention.field)[mention.start : mention.end] != ""


def test_graphs_merge_with_rdf_and_in_memory(tmp_path):
    a, b = graph(tmp_path, "a", PAPERS[:2]), graph(tmp_path, "b", PAPERS[1:])
    ttl = kg.open(b).export(tmp_path / "b.ttl", evidence=True)
    assert plain(kg.merge(a, ttl), tmp_path) == plain(kg.merge(a, b), tmp_path)
    assert plain(kg.open(a).merge(kg.open(b)), tmp_path) == plain(kg.merge(a, b), tmp_path)
