"""The parts of the recogniser that need no weights."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.candidates import RANKS, Candidate
from kg.extract.recogniser.features import COLUMNS, FOUND, NOTHING, Features
from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.judge import Evidence, choose, gather
from kg.extract.recogniser.network import EMBEDDINGS, HEADS, LABELS, PIECES, Network, window
from kg.extract.recogniser.relating import DENSE, Facts, Relating, View
from kg.extract.recogniser.spans import spans
from kg.extract.recogniser.weighing import holding
from kg.extract.relations import Statement
from kg.extract.tokenizer import language
from kg.extract.tokens import Tokens
from kg.model import PREDICATES

NLP = language()


def tokens(text: str, title: int = 0) -> Tokens:
    return Tokens(NLP.tokenizer.columns(text), title)


def find(
    start: int, end: int, kind: str = "Method", id: str = "", rule: str = "names"
) -> Candidate:
    return Candidate(start, end, kind, id, rule, RANKS["names"])


def test_equal_words_have_equal_rows_but_for_what_stands_around_them():
    text = tokens("Foo uses foo and Foo.")
    rows = Features({"foo": 7})(text, [find(0, 1)])
    assert rows.shape == (len(text), COLUMNS)
    first, second, third = (rows[i] for i, w in enumerate(text.words) if w.lower() == "foo")
    assert first[0] == second[0] == third[0]
    assert first[3] != second[3] == rows[1, 3] or second[3] == rows[1, 3]
    assert first[FOUND] != NOTHING == second[FOUND] == third[FOUND]
    assert first[-1] == second[-1] == 7 != rows[1, -1] == 0


def test_spans_need_a_begin_and_a_last_or_a_unit():
    probabilities = np.full((5, len(LABELS)), 0.001, dtype=np.float32)
    label = {name: i for i, name in enumerate(LABELS)}
    probabilities[0, label["B-Method"]] = 0.9
    probabilities[1, label["I-Method"]] = 0.9
    probabilities[2, label["L-Method"]] = 0.9
    probabilities[4, label["U-Task"]] = 0.5
    probabilities[3, label["B-Dataset"]] = 0.8  # never ends
    found = spans(probabilities)
    assert [(s.start, s.end, s.kind) for s in found] == [(0, 3, "Method"), (4, 5, "Task")]
    assert found[0].score == pytest.approx(0.9, abs=1e-3)


def test_the_likelier_wins_an_overlap_and_a_longer_one_gains_a_little():
    evidence = {
        (0, 1, "Method"): Evidence([find(0, 1)]),
        (0, 2, "Method"): Evidence(score=0.6),
        (3, 4, "Task"): Evidence(score=0.2),
    }
    chances = np.array([0.7, 0.65, 0.2], dtype=np.float32)
    chosen = choose(evidence, chances)
    assert [(c.start, c.end, c.rule) for c in chosen] == [(0, 2, "recogniser")]
    chances[1] = 0.5
    chosen = choose(evidence, chances)
    assert [(c.start, c.end, c.rule) for c in chosen] == [(0, 1, "names")]
    assert chosen[0].score == pytest.approx(0.7)


def test_a_users_own_name_is_taken_and_an_ignored_phrase_is_not():
    evidence = {
        (0, 1, "Method"): Evidence([find(0, 1, id="mine")]),
        (2, 3, "Method"): Evidence([find(2, 3, id="theirs")]),
    }
    chances = np.array([0.01, 0.99], dtype=np.float32)
    chosen = choose(evidence, chances, sure={("Method", "mine")}, ignored={2})
    assert [c.id for c in chosen] == ["mine"]


def test_what_a_paper_defines_rules_out_what_the_catalogue_says():
    settled = [find(4, 5, "Metric", rule="definition")]
    found = [find(4, 5, "Dataset", "spiking-heidelberg-digits")]
    nothing = np.full((6, len(LABELS)), 0.001, dtype=np.float32)
    assert list(gather(found, settled, nothing)) == [(4, 5, "Metric")]


def test_a_forest_adds_up_its_leaves():
    # One question: is column 1 at most 0.5? Left leaf -2, right leaf +2.
    forest = Forest(
        np.array([[1]]),
        np.array([[0.5]], dtype=np.float32),
        np.array([[-2, 2]], dtype=np.float32),
        np.zeros(1, dtype=np.float32),
    )
    low, high = forest.chances(np.array([[9, 0.5], [9, 0.6]], dtype=np.float32))
    assert low == pytest.approx(0.1192, abs=1e-4)
    assert high == pytest.approx(0.8808, abs=1e-4)


@pytest.mark.parametrize(
    ("likely", "said", "held"),
    [
        ({"introduces": 0.9}, [], ["introduces"]),
        ({"builds_on": 0.5, "introduces": 0.4}, [], ["builds_on", "introduces"]),
        ({"mentions": 0.9}, [], ["mentions"]),
        ({"mentions": 0.5, "addresses": 0.4}, [], ["addresses"]),
        (
            {"builds_on": 0.9},
            [Statement("introduces", 4, "propose", 1)],
            ["introduces", "builds_on"],
        ),
        ({"builds_on": 0.9}, [Statement("introduces", 2, "our-own", 1)], ["builds_on"]),
    ],
)
def test_what_is_likely_enough_or_plainly_introduced_holds(likely, said, held):
    chances = np.array([likely.get(p, 0.01) for p in PREDICATES], dtype=np.float32)
    facts = Facts(np.zeros(0, dtype=np.int64), np.zeros(DENSE, dtype=np.float32))
    assert holding(chances, View("Method", [], said, "mentions", False, facts)) == held


def test_a_network_gives_probabilities_that_depend_on_the_text_alone():
    rows = Features({})(tokens("We train FooNet on CIFAR-10."), [])
    network = network_of(width=16, dilations=(1, 2))
    found, said = network.predict(rows)
    assert found.shape == (len(rows), len(LABELS))
    assert said.shape == (len(rows), len(PREDICATES))
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
    other = network_of(width=16, dilations=(1, 2))
    other.predict(Features({})(tokens("Frogs sing on CIFAR-10 at night."), []))
    assert all(
        np.array_equal(a, b) for a, b in zip((found, said), other.predict(rows), strict=True)
    )


def network_of(width, dilations):
    """Return a network of random weights."""
    chance = np.random.default_rng(0)
    shapes = {f"embed{n}": (rows, size) for n, (size, rows) in enumerate(EMBEDDINGS)}
    shapes |= {"project": (8, 8), "mix_W": (width, PIECES, 8 + sum(s for s, _ in EMBEDDINGS))}
    for n in range(len(dilations)):
        shapes[f"window{n}_W"] = (width, PIECES, 3 * width)
    shapes["document_W"] = (width, PIECES, 3 * width)
    for layer in ("mix", "document", *(f"window{n}" for n in range(len(dilations)))):
        shapes |= {f"{layer}_b": (width, PIECES)}
        shapes |= {f"{layer}_gain": (width,), f"{layer}_shift": (width,)}
    for name, labels in HEADS.items():
        shapes |= {f"{name}_W": (len(labels), width), f"{name}_b": (len(labels),)}
    parameters = {name: chance.normal(size=shape) for name, shape in shapes.items()}
    return Network(
        np.zeros((2, 8), dtype=np.float32), parameters | {"dilations": np.array(dilations)}
    )


def test_a_window_reaches_as_far_as_it_says_and_no_further_than_the_text():
    hidden = np.arange(1, 5, dtype=np.float32)[:, None]
    assert window(hidden, 1).tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 0]]
    assert window(hidden, 3).tolist() == [[0, 1, 4], [0, 2, 0], [0, 3, 0], [1, 4, 0]]
    assert window(hidden, 9).tolist() == [[0, 1, 0], [0, 2, 0], [0, 3, 0], [0, 4, 0]]


def test_undecided_models_find_all_equally_likely():
    assert Forest.undecided().chances(np.zeros((2, 3), dtype=np.float32)).tolist() == [0.5, 0.5]
    several = Forest.undecided(4).chances(np.zeros((1, 3), dtype=np.float32))
    assert several.tolist() == [[0.25] * 4]
    assert Relating.undecided().bias.tolist() == [0] * len(PREDICATES)
