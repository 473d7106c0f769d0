"""The questions, asked of the example graph."""

import itertools

import networkx as nx
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


def test_filters_take_several_names_that_must_all_hold(graph):
    both = titles(graph.papers(on=["ImageNet", "CIFAR-10"]))
    assert both == titles(graph.papers(on="ImageNet")) & titles(graph.papers(on="CIFAR-10"))
    with_code, without = graph.papers(code=True), graph.papers(code=False)
    assert len(with_code) + len(without) == 30
    kan = graph.entity("KAN").entity
    assert graph.papers(mentions=kan) == graph.papers(mentions="Method:kolmogorov-arnold-network")


def test_papers_go_by_id_title_or_the_paper_itself(graph):
    paper = graph.papers(using="Mamba", introduces="Mamba")[0]
    assert graph.paper(paper) == graph.paper(paper.id) == graph.paper(paper.title.upper())
    assert graph.evidence(paper) == graph.evidence(paper.id)
    with pytest.raises(UnknownName) as caught:
        graph.paper("Mamba: Linear-Time Modeling")
    assert "Selective State Spaces" in caught.value.hint


def test_kinds_are_taken_in_any_form_or_refused(graph):
    assert graph.entities("datasets") == graph.entities("Dataset")
    with pytest.raises(UnknownName, match="no kind 'gadget'"):
        graph.related("KAN", kind="gadget")


def test_entity_tells_who_introduces_it(graph):
    profile = graph.entity("KAN")
    assert profile.entity.name == "Kolmogorov-Arnold Network"
    assert profile.papers["introduces"] == ("kan-kolmogorov-arnold-networks",)


def test_find_searches_names_and_texts(graph):
    assert graph.find("kolmogorov")[0].name == "Kolmogorov-Arnold Network"
    assert any(hit.kind == "Paper" for hit in graph.find("bank cheques"))
    assert graph.find("mogoro")[0].name == "Kolmogorov-Arnold Network"
    assert graph.find("net arnold kolmo")[0].name == "Kolmogorov-Arnold Network"
    assert {hit.name for hit in graph.find("sh")} >= {"Spiking Heidelberg Digits"}
    assert "[bank] [cheques]" in next(h for h in graph.find("bank cheques") if h.text).text
    assert graph.find('"; DROP TABLE paper; --') == []
    assert graph.find("*") == graph.find('"') == []


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
    assert all(step.paper in step.papers for step in steps)
    assert graph.path("KAN", "KAN") == []


def test_path_is_as_short_as_networkx_finds_it(graph):
    network = graph.to_networkx().to_undirected()
    # Broader concepts are no papers: a path leads over papers alone.
    network.remove_edges_from(
        [edge[:2] for edge in network.edges(data="predicate") if edge[2] == "broader"]
    )
    names = [c.entity for c in graph.entities(limit=12)] + [graph.entity("KAN").entity]
    for a, b in itertools.combinations(names, 2):
        ends = [f"{e.kind.lower()}/{e.id}" for e in (a, b)]
        expected = nx.shortest_path_length(network, *ends) // 2
        assert len(graph.path(a, b)) == expected


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
