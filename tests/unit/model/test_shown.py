"""How answers print, and the frames they turn into."""

import builtins
import dataclasses

import pytest

from kg.errors import KgError
from kg.model import Entity, Listing, Paper

EVIL = '<script>alert("x")</script>'


def test_answers_are_frozen(graph):
    for answer in (
        graph.entity("KAN"),
        graph.papers()[0],
        graph.find("kan")[0],
        graph.related("ImageNet")[0],
        graph.leaderboard("ImageNet")[0],
        graph.evidence(entity="KAN")[0],
        graph.path("KAN", "Mamba")[0],
        graph.compare("KAN", "Mamba"),
    ):
        name = dataclasses.fields(answer)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(answer, name, "changed")
        assert type(answer).__name__ in repr(answer)
        assert len(repr(answer)) < 1500
        assert "<table>" in answer._repr_html_()


def test_listings_print_as_tables(graph):
    lines = repr(graph.papers()).splitlines()
    assert lines[0].split() == ["id", "title", "year", "venue"]
    assert len(lines) == 22
    assert lines[-1] == "… 30 in all"
    assert len(repr(graph.papers()[:3]).splitlines()) == 4
    assert repr(Listing()) == "(none)"
    assert "30 in all" in graph.papers()._repr_html_()
    assert "papers</th>" in graph._repr_html_()


def test_notebooks_get_hostile_text_escaped():
    paper = Paper("x", EVIL, url='https://x.org/"><b>', authors=(EVIL,))
    for html in (paper._repr_html_(), Listing([paper])._repr_html_()):
        assert "<script>" not in html
        assert "<b>" not in html
    assert "<script>" not in Entity("Method", EVIL, EVIL, (EVIL,))._repr_html_()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_hold_every_answer(graph, library):
    pytest.importorskip(library)
    papers = graph.papers()
    frame = papers.to_frame(library)
    assert list(frame["title"]) == [paper.title for paper in papers]
    wins = graph.compare("Mamba", "Transformer").wins.to_frame(library)
    assert list(wins["winner"]) == ["Mamba"]
    said = graph.entity("KAN").to_frame(library)
    assert list(said.columns) == ["entity", "predicate", "paper"]


def test_a_missing_library_says_how_to_install_it(monkeypatch):
    real = builtins.__import__
    monkeypatch.setattr("kg.model.shown.import_module", lambda name: real(f"no_such_{name}"))
    with pytest.raises(KgError) as caught:
        Listing().to_frame()
    assert "pip install pandas" in caught.value.hint
    with pytest.raises(KgError, match="no frame library"):
        Listing().to_frame("excel")
