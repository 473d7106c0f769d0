"""The whole recipe on a handful of made-up papers."""

from __future__ import annotations

import json

import numpy as np
import pytest
from thinc.api import fix_random_seed

from kg.extract.annotator import Annotator
from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.relating import Relating
from kg.extract.recogniser.weights import Weights, load, save
from kg.model import PREDICATES, Paper
from kg.training.card import card
from kg.training.recipe import Settings, train
from kg.training.trainable import Trainable

NAMES = ("Foo", "Bar", "Baz", "Qux", "Zap", "Wib", "Lob", "Nim", "Pod", "Rud", "Sog", "Tup")


def write_gold(path, names=NAMES):
    papers, lines = [], []
    for name in names:
        title = f"{name}Net: Baking with Dropout"
        abstract = f"We propose {name}Net, which uses dropout. It reaches 91% accuracy on ImageNet."
        papers.append(Paper(name.lower(), title, abstract))
        entities = [
            {"type": "Method", "name": f"{name}Net", "surfaces": [f"{name}Net"]},
            {"type": "Method", "name": "Dropout", "surfaces": ["Dropout", "dropout"]},
            {"type": "Dataset", "name": "ImageNet", "surfaces": ["ImageNet"]},
        ]
        record = {"id": name.lower(), "title": title, "entities": entities}
        record |= {
            "introduces": [f"{name}Net"],
            "builds_on": ["Dropout"],
            "evaluated_on": ["ImageNet"],
        }
        lines.append(json.dumps(record))
    path.write_text("\n".join(lines) + "\n")
    return papers


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    fix_random_seed(0)
    vectors = np.zeros((2, 8), dtype=np.float32)
    network = Trainable(vectors, width=16, dilations=(1,)).frozen()
    models = Forest.undecided(), Relating.undecided(), Forest.undecided(len(PREDICATES))
    start = Weights(["dropout"], vectors, network, *models)
    gold = tmp_path_factory.mktemp("gold") / "mine.jsonl"
    settings = Settings([gold], write_gold(gold), start=start, parts=2)
    lines: list[str] = []
    return train(settings, lines.append), settings, lines


def test_training_scores_papers_that_it_left_out(outcome):
    trained, _, lines = outcome
    assert trained.papers == {"mine": len(NAMES)}
    assert trained.scores["mine"].rows["entity:ALL"].f1 > 0.8
    assert any("part 2 of 2" in line for line in lines)


def test_trained_weights_annotate(outcome, tmp_path):
    save(outcome[0].weights, tmp_path / "mine.npz")
    assert load(tmp_path / "mine.npz").words == ["dropout"]
    annotator = Annotator(recogniser=tmp_path / "mine.npz")
    paper = Paper("x", "MopNet: Baking", "We propose MopNet, which uses dropout, on ImageNet.")
    found = next(annotator.annotate([paper])).to_json()
    assert "MopNet" in {e["name"] for e in found["entities"]}
    assert found["introduces"] == ["MopNet"]


def test_the_card_tells_data_and_figures(outcome):
    text = card(*outcome[:2])
    assert "| mine | 12 |" in text
    assert "entity:ALL" in text
    assert "Limits" in text
