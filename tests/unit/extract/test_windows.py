"""Texts without end: every find stands where it says, and no text makes a rule hang."""

import time
from itertools import accumulate

import pytest

from kg.extract.annotator import Annotator
from kg.extract.windows import TITLE, WINDOW, windows
from kg.model import Paper

FAST = Annotator(recogniser=False)
SENTENCE = "We propose FrogNet and test it on CIFAR-10. "


def test_windows_are_the_whole_text_cut_between_sentences():
    paper = Paper("x", "Frogs", SENTENCE * 2000)
    parts = list(windows(paper))
    assert "".join(w.part.abstract for w in parts) == paper.abstract
    assert [w.offset for w in parts[1:]] == list(accumulate(len(w.part.abstract) for w in parts))[
        :-1
    ]
    assert all(len(w.part.abstract) <= WINDOW for w in parts)
    assert all(w.part.abstract.lstrip().startswith("We") for w in parts)
    short = Paper("x", "Frogs", SENTENCE)
    assert [(w.part, w.offset) for w in windows(short)] == [(short, 0)]


@pytest.mark.parametrize("abstract", ["", SENTENCE, SENTENCE * 1000])
def test_only_the_beginning_of_an_endless_title_is_read(abstract):
    title = "FrogNet: Leaps on CIFAR-10 " + "and MNIST " * 1000
    paper = Paper("x", title, abstract)
    found = next(FAST.annotate([paper]))
    assert found.paper is paper
    read = [m for m in found.mentions if m.field == "title"]
    assert {m.text for m in read} >= {"CIFAR-10", "MNIST"}
    assert all(title[m.start : m.end] == m.text and m.end <= TITLE for m in read)


def test_every_find_stands_where_it_says():
    paper = Paper("x", "FrogNet: Leaps", SENTENCE * 1000 + "Code: https://github.com/frog/net")
    found = next(FAST.annotate([paper]))
    assert found.paper == paper
    assert all(paper.text(m.field)[m.start : m.end] == m.text for m in found.mentions)
    assert [m.start for m in found.mentions if m.text == "CIFAR-10"] == [
        34 + len(SENTENCE) * n for n in range(1000)
    ]
    assert [(e.name, e.kind) for e in found.entities] == [
        ("FrogNet", "Method"),
        ("CIFAR-10", "Dataset"),
    ]
    assert [r.predicate for r in found.relations] == ["introduces", "evaluated_on"]
    assert found.code_urls == ("https://github.com/frog/net",)


def test_a_megabyte_made_to_be_slow_is_read_soon():
    """Some seconds, where a rule whose cost is the square of the length needs a day."""
    pieces = (
        "(",
        "Foo Bar Network (FBN) ",
        "called X1Net ",
        "ResNet-50 outperforms BERT on CIFAR-10, ",
        "82.1%, 76.3% and ",
        "novel ",
    )
    text = "".join(piece * (1_000_000 // len(pieces) // len(piece)) for piece in pieces)
    start = time.process_time()
    assert next(FAST.annotate([Paper("x", "Frogs", text)])).entities
    for piece in pieces:
        next(FAST.annotate([Paper("x", piece * (1_000_000 // len(piece)), SENTENCE)]))
    assert time.process_time() - start < 120
