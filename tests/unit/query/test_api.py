"""The questions, asked of the example graph."""

import itertools

import pytest

import kg
from kg.errors import UnknownName


def titles(papers):
    return {paper.title.split(":")[0] for paper in papers}


def test_papers_by_dataset_method_and_both(graph):
    assert "MLP-Mixer" in titles(graph.papers(on="ImageNet"))
    assert titles(graph.papers(using="mamba")) == {"Mamba", "Vision Mamba"}
    assert titles(graph.papers(on="ImageNet", using="Mamba")) == {"Vision Mamba"}
    assert len(graph.papers(on="SHD")) == 2
    assert len(graph.papers(limit=3)) == 3


def test_names_aliases_and_ids_mean_the_same(graph):
    ids = {
        graph.entity(name).entity.id
        for name in ("SHD", "spiking heidelberg digits", "spiking-heidelberg-digits")
    }
    assert ids == {"spiking-heidelberg-digits"}


def test_unknown_names_offer_near_ones(graph):
    with pytest.raises(UnknownName) as caught:
        graph.papers(on="CIFRA-10")
    assert "CIFAR-10" in caught.value.hint


def test_entity_tells_who_introduces_it(graph):
    profile = graph.entity("KAN")
    assert profile.entity.name == "Kolmogorov-Arnold Network"
    assert profile.papers["introduces"] == ("kan-kolmogorov-arnold-networks",)


def test_find_searches_names_and_texts(graph):
    assert graph.find("kolmogorov")[0].name == "Kolmogorov-Arnold Network"
    assert any(hit.kind == "Paper" for hit in graph.find("bank cheques"))
    assert graph.find('"; DROP TABLE paper; --') == []


def test_related_is_normalised_and_symmetric(graph):
    ab = next(r for r in graph.related("CIFAR-10", limit=99) if r.entity.id == "imagenet")
    ba = next(r for r in graph.related("ImageNet", limit=99) if r.entity.id == "cifar-10")
    assert (ab.shared, ab.score) == (ba.shared, ba.score)
    assert 0 < ab.score < 1


def test_leaderboard_gives_figures_with_their_words(graph):
    rows = graph.leaderboard("ImageNet", metric="top-1 accuracy")
    absolute = [float(row.value) for row in rows if not row.relative]
    assert absolute == sorted(absolute, reverse=True)
    assert rows[0].value == "88.55"
    assert "88.55%" in rows[0].evidence


def test_evidence_holds_the_very_words(graph):
    found = graph.evidence(
        "mamba-linear-time-sequence-modeling-with-selective-state-spaces", "Mamba"
    )
    assert [e.predicate for e in found] == ["introduces"]
    for e in graph.evidence(entity="CIFAR-10"):
        assert e.highlights
        assert all("CIFAR" in e.text[a:b] for a, b in e.highlights)


def test_path_leads_over_papers(graph):
    steps = graph.path("KAN", "Mamba")
    assert steps[0].start.id == "kolmogorov-arnold-network"
    assert steps[-1].end.id == "mamba"
    assert all(a.end == b.start for a, b in itertools.pairwise(steps))
    assert graph.path("KAN", "KAN") == []


def test_networkx_view_has_no_none(graph):
    network = graph.to_networkx()
    assert network.number_of_nodes() > 100
    values = [v for _, d in network.nodes(data=True) for v in d.values()]
    values += [v for *_, d in network.edges(data=True) for v in d.values()]
    assert all(isinstance(v, str | int) for v in values)
    assert {d["kind"] for _, d in network.nodes(data=True)} >= {
        "Paper",
        "Method",
        "Dataset",
        "Task",
    }


def test_lazy_package_names():
    assert "build" in dir(kg)
    with pytest.raises(AttributeError, match="bild"):
        _ = kg.bild
