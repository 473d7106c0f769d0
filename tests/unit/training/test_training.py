"""Training on small data of its own."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest
from thinc.api import fix_random_seed

from kg.errors import InputError
from kg.extract.recogniser.features import COLUMNS, FOUND
from kg.extract.recogniser.network import LABELS, window, word_means
from kg.extract.recogniser.relating import DENSE, Facts
from kg.extract.tokenizer import language
from kg.extract.tokens import Tokens
from kg.model import PREDICATES, Paper
from kg.training import trainable as layers
from kg.training.examples import span_labels
from kg.training.fitting import Example, fit
from kg.training.gold import join, named, read_gold
from kg.training.growing import grow
from kg.training.masking import Masking
from kg.training.relations import fit_relating
from kg.training.trainable import Trainable

RECORD = {
    "id": "p1",
    "title": "FooNet for bread",
    "entities": [
        {"type": "Method", "name": "FooNet", "surfaces": ["FooNet"]},
        {"type": "Method", "name": "Foo", "surfaces": ["Foo"]},
        {"type": "Dataset", "name": "BakeSet", "surfaces": ["BakeSet"]},
    ],
    "introduces": ["FooNet"],
    "evaluated_on": ["BakeSet"],
}
PAPER = Paper("other-id", "FooNet for Bread", "FooNet beats Foo on BakeSet.")


def test_records_find_their_texts_by_title_and_by_id(tmp_path):
    titled, bare = tmp_path / "titled.jsonl", tmp_path / "bare.jsonl"
    titled.write_text(json.dumps(RECORD) + "\n")
    untitled = {k: v for k, v in RECORD.items() if k != "title"}
    bare.write_text(json.dumps({**untitled, "id": "p2"}) + "\n")
    found = join(
        [titled, bare], [PAPER, Paper("p2", "On Crumbs", "FooNet."), Paper("p3", "No", "")]
    )
    assert [(a.paper.id, a.origin) for a in found] == [("other-id", "titled"), ("p2", "bare")]


@pytest.mark.parametrize(
    "line", ["nonsense", '{"id": "x"}', '{"id": "x", "entities": [{"type": "Task"}]}']
)
def test_a_line_that_is_no_annotation_is_named(line, tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(RECORD) + "\n" + line + "\n")
    with pytest.raises(InputError, match=r"gold\.jsonl:2"):
        read_gold(path)


def test_gold_without_texts_is_an_error(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(RECORD) + "\n")
    with pytest.raises(InputError, match="among the texts"):
        join([path], [Paper("z", "Another title", "")])


def test_surfaces_are_found_whole_with_the_relation_they_stand_in():
    text = Tokens(language().tokenizer.columns(PAPER.abstract), 0)
    places = named(text, RECORD)
    assert [(text.slice(p.start, p.end), p.kind, p.predicate) for p in places] == [
        ("FooNet", "Method", "introduces"),
        ("Foo", "Method", "mentions"),
        ("BakeSet", "Dataset", "evaluated_on"),
    ]


def test_labels_say_where_in_a_name_a_token_stands():
    labels = [LABELS[n] for n in span_labels(6, [(0, 1, "Task"), (2, 5, "Method")])]
    assert labels == ["U-Task", "O", "B-Method", "I-Method", "L-Method", "O"]


def _examples() -> list[Example]:
    rng = np.random.default_rng(0)
    examples = []
    for _ in range(24):
        labels = rng.integers(0, 2, 12)
        rows = np.zeros((12, 8), dtype=np.uint64)
        rows[:, 0] = labels + 100  # the word tells the label
        examples.append(Example(rows, {"span": labels, "relation": np.full(12, -1)}))
    return examples


def test_a_network_learns_and_learns_the_same_again():
    states = []
    for _ in range(2):
        fix_random_seed(0)
        network = Trainable(np.zeros((1, 4), dtype=np.float32), width=16, dilations=(1,))
        lines: list[str] = []
        fit(
            network,
            _examples(),
            20,
            weights={"span": 1.0, "relation": 1.0},
            rate=0.03,
            report=lines.append,
        )
        first, last = (float(line.split()[-3]) for line in (lines[0], lines[-1]))
        assert last < first / 2
        states.append(network.parameters())
    one, other = states
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_a_network_learns_from_opinions_as_from_labels():
    soft = [
        Example(e.rows, {"span": np.eye(len(LABELS), dtype=np.float16)[e.targets["span"]]})
        for e in _examples()
    ]
    network = Trainable(np.zeros((1, 4), dtype=np.float32), width=16, dilations=(1,))
    lines: list[str] = []
    fit(network, soft, 20, weights={"span": 1.0}, rate=0.03, report=lines.append)
    assert float(lines[-1].split()[-3]) < float(lines[0].split()[-3]) / 2


def test_the_forest_says_what_scikit_learn_says():
    from sklearn.ensemble import HistGradientBoostingClassifier

    from kg.training import growing

    rng = np.random.default_rng(1)
    facts = rng.normal(size=(800, 5)).astype(np.float32)
    right = facts[:, 0] * facts[:, 1] > 0.1
    forest = grow(facts, right)
    settings = growing._SETTINGS | growing._BINARY
    peer = HistGradientBoostingClassifier(**settings, min_samples_leaf=30).fit(facts, right)
    assert np.allclose(forest.chances(facts), peer.predict_proba(facts)[:, 1], atol=1e-4)


def test_a_forest_of_several_outputs_says_what_scikit_learn_says():
    from sklearn.ensemble import HistGradientBoostingClassifier

    from kg.training import growing

    rng = np.random.default_rng(1)
    facts = rng.normal(size=(600, 4)).astype(np.float32)
    numbers = np.where(facts[:, 0] > 0, 1, np.where(facts[:, 1] > 0, 4, 2))
    weights = rng.random(600).tolist()
    forest = grow(facts, numbers, 6, weights)
    settings = growing._SETTINGS | growing._SEVERAL
    peer = HistGradientBoostingClassifier(**settings, min_samples_leaf=30)
    theirs = peer.fit(facts, numbers, sample_weight=weights).predict_proba(facts)
    mine = forest.chances(facts)
    assert np.allclose(mine[:, [1, 2, 4]], theirs, atol=1e-4)
    assert mine[:, [0, 3, 5]].max() < 1e-6


@pytest.mark.parametrize(("outputs", "verdicts"), [(1, [True] * 5), (3, [2] * 5)])
def test_a_forest_that_saw_one_verdict_keeps_to_it(outputs, verdicts):
    forest = grow(np.zeros((5, 2), dtype=np.float32), np.array(verdicts), outputs)
    chances = forest.chances(np.zeros((1, 2), dtype=np.float32))
    assert (chances if outputs == 1 else chances[:, 2]).tolist()[0] > 0.9


def test_two_of_several_verdicts_are_told_apart():
    facts = np.array([[0.0], [1.0]] * 30, dtype=np.float32)
    chances = grow(facts, np.array([1, 2] * 30), 3).chances(facts[:2])
    assert chances[0, 1] > 0.9
    assert chances[1, 2] > 0.9


def test_what_is_frozen_says_what_it_learned():
    fix_random_seed(0)
    trainable = Trainable(np.ones((2, 4), dtype=np.float32), width=16, dilations=(1, 3))
    fit(trainable, _examples(), 2, weights={"span": 1.0, "relation": 1.0}, rate=0.03)
    rows = [e.rows for e in _examples()[:3]] + [_examples()[0].rows[:1]]
    hidden = trainable.encoder.predict(rows)
    for name, number in (("span", 0), ("relation", 1)):
        theirs = trainable.heads[name].predict(hidden)
        mine = [trainable.frozen().predict(r)[number] for r in rows]
        assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(mine, theirs, strict=True))
    again = Trainable.of(trainable.frozen(), np.ones((2, 4), dtype=np.float32))
    assert all(np.array_equal(v, again.parameters()[k]) for k, v in trainable.parameters().items())


def test_going_on_from_a_network_leaves_it_as_it_was():
    """Else what is learned without one part of the papers would begin from what all others taught."""
    vectors = np.ones((2, 4), dtype=np.float32)
    start = Trainable(vectors, width=16, dilations=(1,)).frozen()
    before = {name: value.copy() for name, value in start.parameters.items()}
    pupil = Trainable.of(start, vectors)
    fit(pupil, _examples(), 2, weights={"span": 1.0, "relation": 1.0}, rate=0.03)
    assert all(np.array_equal(before[name], start.parameters[name]) for name in before)
    assert not np.array_equal(before["mix_W"], pupil.parameters()["mix_W"])


def test_a_gradient_of_a_window_is_what_a_small_step_makes_of_it():
    chance = np.random.default_rng(0)
    hidden, weights = chance.normal(size=(7, 2)), chance.normal(size=(7, 6))
    for dilation in (1, 2, 9):
        gradient = layers._back(weights, dilation)
        for place in np.ndindex(*hidden.shape):
            step = np.zeros_like(hidden)
            step[place] = 1e-3
            change = (weights * (window(hidden + step, dilation) - window(hidden, dilation))).sum()
            assert gradient[place] == pytest.approx(change / 1e-3)


def test_a_gradient_of_the_whole_text_is_what_a_small_step_makes_of_it():
    chance = np.random.default_rng(0)
    hidden, outer = chance.normal(size=(5, 2)), chance.normal(size=(5, 6))
    rows = np.array([[7], [8], [7], [9], [8]], dtype=np.uint64)
    gradient = layers._back_beside(outer, rows)
    for token, unit in np.ndindex(hidden.shape):
        step = np.zeros_like(hidden)
        step[token, unit] = 1e-5
        moved = (
            (layers._beside(hidden + step, rows) - layers._beside(hidden - step, rows)) * outer
        ).sum()
        assert gradient[token, unit] == pytest.approx(moved / 2e-5, abs=1e-6)


def test_a_word_is_shown_what_the_text_says_of_it_elsewhere():
    rows = np.array([[7], [8], [7]], dtype=np.uint64)
    means, number = word_means(np.array([[1.0], [5.0], [3.0]], dtype=np.float32), rows)
    assert means[number].tolist() == [[2.0], [5.0], [2.0]]


def test_hidden_words_are_asked_for_and_nothing_else():
    rows = np.tile(np.arange(100, 400, dtype=np.uint64)[:, None], (1, COLUMNS))
    masking = Masking([rows], words=200)
    example = masking(Example(rows, {"span": np.zeros(300, dtype=np.int64)}), random.Random(0))
    asked = np.nonzero(example.targets["word"] >= 0)[0]
    assert 10 < len(asked) < 60
    assert not example.rows[np.ix_(asked, [0, 1, 2, 3, 6, 7])].any()
    assert (example.rows[asked, FOUND] == rows[asked, FOUND]).all()
    seen = np.nonzero(example.rows[:, 0])[0]
    assert (example.targets["word"][seen] == -1).all()
    assert (rows[seen] == example.rows[seen]).all()


def test_a_network_learns_to_guess_hidden_words():
    """Words come in pairs, so that each tells the other."""
    chance = np.random.default_rng(0)
    examples = []
    for _ in range(40):
        rows = np.zeros((16, COLUMNS), dtype=np.uint64)
        rows[:, 0] = np.repeat(chance.integers(100, 104, 8), 2)
        examples.append(Example(rows, {"span": np.zeros(16, dtype=np.int64)}))
    fix_random_seed(0)
    network = Trainable(np.zeros((1, 4), dtype=np.float32), width=16, dilations=(1,))
    before = network.parameters()["embed0"].copy()
    masking = Masking([e.rows for e in examples])
    fit(network, examples, 2, weights={"span": 1.0}, masking=masking)
    assert masking.labels == 4
    assert not np.allclose(before, network.parameters()["embed0"])


def test_relations_are_learned_from_hashed_and_dense_facts():
    dense = np.zeros(DENSE, dtype=np.float32)
    facts = [Facts(np.array([n % 2]), dense) for n in range(40)]
    holds = [("introduces", "builds_on")[n % 2] for n in range(40)]
    model = fit_relating(facts, holds, [1.0] * 40)
    assert PREDICATES[int(model.chances(facts[0]).argmax())] == "introduces"
    assert PREDICATES[int(model.chances(facts[1]).argmax())] == "builds_on"
