"""Communities and centrality, and that they are the same in every run of Python."""

import os
import subprocess
import sys

import networkx as nx
import pytest

import kg
from kg.errors import UnknownName
from kg.query.network import MEASURES

SCRIPT = """
import sys, kg
graph = kg.open(sys.argv[1])
print([c.to_json() for c in graph.communities(1)])
for measure in ("pagerank", "betweenness"):
    print([c.to_json() for c in graph.central(measure)])
"""


@pytest.mark.parametrize("measure", MEASURES)
def test_the_most_named_is_central_in_every_measure(graph, measure):
    found = graph.central(measure, limit=500)
    assert "ImageNet" in {c.entity.name for c in found[:2]}
    assert len(found) == graph.store.count("entity")
    scores = [c.score for c in found]
    assert scores == pytest.approx(sorted(scores, reverse=True))
    assert all(c.entity.kind == "Metric" for c in graph.central(measure, kind="metrics"))


def test_pagerank_is_that_of_networkx(graph):
    scipy = pytest.importorskip("scipy")
    assert scipy
    network = nx.Graph(graph.to_networkx().to_undirected())
    network.remove_edges_from(
        [(a, b) for a, b, data in network.edges(data=True) if data["predicate"] == "broader"]
    )
    expected = nx.pagerank(network, tol=1e-9, max_iter=1000)
    for c in graph.central(limit=20):
        node = f"{c.entity.kind.lower()}/{c.entity.id}"
        assert c.score == pytest.approx(expected[node], rel=1e-3)


def test_unknown_measures_are_refused(graph):
    with pytest.raises(UnknownName) as caught:
        graph.central("fame")
    assert "pagerank" in caught.value.hint


def test_communities_part_the_papers(graph):
    found = graph.communities(least=1)
    assert sum(c.papers for c in found) == 30
    lonely = sum(c.papers == 0 for c in graph.entities())
    assert sum(c.size for c in found) == graph.store.count("entity") - lonely
    assert [c.number for c in found] == list(range(1, len(found) + 1))
    assert [c.papers for c in found] == sorted((c.papers for c in found), reverse=True)


def test_order_of_hashes_does_not_matter(graph_file):
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(graph_file)],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert kg.open(graph_file).communities()
