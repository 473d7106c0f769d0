"""Training on small data of its own."""

from __future__ import annotations

import json

import numpy as np
import pytest
from thinc.api import fix_random_seed

from kg.errors import InputError
from kg.extract.recogniser.network import LABELS, Network
from kg.extract.recogniser.relating import DENSE, Facts
from kg.extract.tokenizer import language
from kg.extract.tokens import Tokens
from kg.model import PREDICATES, Paper
from kg.training.examples import span_labels
from kg.training.fitting import Example, fit
from kg.training.gold import join, named, read_gold
from kg.training.growing import grow
from kg.training.relations import fit_relating

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
        network = Network(np.zeros((1, 4), dtype=np.float32), width=16, depth=1)
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
        states.append(network.state())
    assert all(np.array_equal(a, b) for a, b in zip(*states, strict=True))


def test_a_network_learns_from_opinions_as_from_labels():
    soft = [
        Example(e.rows, {"span": np.eye(len(LABELS), dtype=np.float16)[e.targets["span"]]})
        for e in _examples()
    ]
    network = Network(np.zeros((1, 4), dtype=np.float32), width=16, depth=1)
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
    peer = HistGradientBoostingClassifier(**growing._SETTINGS, min_samples_leaf=30).fit(
        facts, right
    )
    assert np.allclose(forest.chances(facts), peer.predict_proba(facts)[:, 1], atol=1e-4)


def test_relations_are_learned_from_hashed_and_dense_facts():
    dense = np.zeros(DENSE, dtype=np.float32)
    facts = [Facts(np.array([n % 2]), dense) for n in range(40)]
    holds = [("introduces", "builds_on")[n % 2] for n in range(40)]
    model = fit_relating(facts, holds, [1.0] * 40)
    assert PREDICATES[int(model.chances(facts[0]).argmax())] == "introduces"
    assert PREDICATES[int(model.chances(facts[1]).argmax())] == "builds_on"
