"""New records meet the papers of a graph file."""

import json

import pytest

import kg

TEA = {"id": "1", "title": "On Tea", "abstract": "We evaluate on SVHN."}
BREAD = {
    "id": "1",
    "title": "On Bread",
    "abstract": "We evaluate on MNIST.",
    "cites": ["10.1000/c"],
}
CAKE = {"title": "On Cake", "abstract": "We evaluate on CIFAR-10.", "doi": "10.1000/C"}
RECORDS = [TEA, BREAD, CAKE]


def dump(graph):
    return [p.to_json() for p in graph.store.papers()], list(graph.store.citations())


@pytest.fixture
def build(tmp_path):
    def run(*records, to=None):
        path = tmp_path / "a.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        return kg.build(path, to=tmp_path / to if to else None)

    return run


def test_papers_that_their_sources_call_the_same_are_told_apart(build):
    graph = build(*RECORDS)
    ids = [p.id for p in graph.store.papers()]
    assert ids == ["1-ade5c0ae", "1-e305a741", "10.1000/c"]
    assert {p.title for p in graph.papers(on="MNIST")} == {"On Bread"}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_portions_give_the_same_graph_as_one_build(build, order):
    whole = dump(build(*RECORDS))
    for number in order:
        graph = build(RECORDS[number], to="parts.kg")
    assert dump(graph) == whole
    again = build(*RECORDS, to="parts.kg")
    assert (again.report.unchanged, dump(again)) == (3, whole)


def test_an_id_becomes_free_when_the_other_paper_gets_a_better_one(build):
    build(TEA, BREAD, to="x.kg").close()
    graph = build(dict(TEA, doi="10.1000/tea"), to="x.kg")
    assert [p.id for p in graph.store.papers()] == ["1", "10.1000/tea"]


def test_citations_link_papers_of_the_graph_by_any_identifier(build):
    first = build(BREAD, to="x.kg")
    assert list(first.store.citations()) == []
    graph = build(CAKE, to="x.kg")
    assert list(graph.store.citations()) == [("1", "10.1000/c")]


def test_a_build_that_was_killed_before_its_last_step_is_ended_by_the_next(build):
    with build(BREAD, to="x.kg") as graph:
        expected = graph.store.db.execute("SELECT * FROM meta").fetchall()
    with build(BREAD, to="x.kg") as graph:
        db = graph.store.db
        db.execute("DELETE FROM meta")
        db.execute("INSERT INTO entity (kind, id, name) VALUES ('Method', 'left', 'Left')")
    with build(BREAD, to="x.kg") as graph:
        assert graph.store.db.execute("SELECT * FROM meta").fetchall() == expected
        assert "left" not in {e.id for e in graph.store.entities()}


def test_a_title_that_lost_still_recognises_its_paper(build):
    build(dict(CAKE, title="On Cake and Other Sweets"), CAKE, to="x.kg").close()
    graph = build({"title": "On cake", "abstract": "Short."}, to="x.kg")
    assert [p.title for p in graph.store.papers()] == ["On Cake and Other Sweets"]
    assert any("title" in p.message for p in build(dict(CAKE, title="Cakes"), CAKE).report.problems)
