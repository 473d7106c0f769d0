"""Questions and file names that mean harm."""

from __future__ import annotations

import pytest

import kg
from kg.errors import KgError, UnknownName

INJECTIONS = [
    "'; DROP TABLE paper; --",
    '" OR 1=1 --',
    "x' UNION SELECT name FROM sqlite_master --",
    "* NEAR/3 (",
    "> . } DELETE WHERE { ?s ?p ?o } #",
    "\x00",
]


@pytest.mark.parametrize("name", INJECTIONS)
def test_names_are_values_and_never_commands(graph_file, name):
    with kg.open(graph_file) as graph:
        before = graph.stats()
        for ask in (graph.entity, graph.leaderboard, graph.related, lambda n: graph.papers(on=n)):
            with pytest.raises(UnknownName):
                ask(name)
        graph.find(name)  # finds something or nothing; what matters is that it is a search
        assert graph.stats() == before


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "LOAD <http://127.0.0.1:9/data>",
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
    ],
)
def test_sparql_reads_and_nothing_else(graph_file, query):
    with kg.open(graph_file) as graph:
        before = graph.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        with pytest.raises(KgError):
            graph.sparql(query)
        assert graph.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


@pytest.mark.parametrize("name", ["folder.ttl", "file.txt/x.ttl", "no/such/folder/x.ttl"])
def test_outputs_that_cannot_be_written_are_told_and_leave_all_as_it_was(graph, tmp_path, name):
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "file.txt").write_text("bread")
    with pytest.raises((KgError, OSError)):
        graph.export(tmp_path / name)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file.txt", "folder.ttl"]
    assert (tmp_path / "file.txt").read_text() == "bread"
