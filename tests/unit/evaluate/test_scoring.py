"""Counts agree with the scorer that comes with the gold annotations."""

import importlib.util
import json

from kg.evaluate.scoring import evaluate

GOLD = [
    {
        "title": "FrogNet: Leaps",
        "entities": [
            {"type": "Method", "name": "FrogNet", "surfaces": ["FrogNet"]},
            {"type": "Dataset", "name": "CIFAR-10", "surfaces": ["CIFAR10"]},
        ],
        "introduces": ["FrogNet"],
        "evaluated_on": ["CIFAR-10"],
        "results": [{"value": "91.5", "unit": "%", "metric": "accuracy", "dataset": "CIFAR-10"}],
        "code_urls": ["https://github.com/frogs/frognet"],
    }
]


def test_gold_against_itself_is_perfect():
    outcome = evaluate(GOLD, GOLD)
    assert {row: c.f1 for row, c in outcome.rows.items()} == dict.fromkeys(outcome.rows, 1.0)
    assert outcome.errors == ()
    assert outcome.interval("entity:ALL") == (1.0, 1.0)


def test_misses_and_false_finds_are_listed():
    entities = [*GOLD[0]["entities"][:1], {"type": "Task", "name": "leaping"}]
    outcome = evaluate(GOLD, [dict(GOLD[0], entities=entities, evaluated_on=[])])
    assert outcome.rows["entity:ALL"] == (1, 1, 1)
    assert {(e.row, e.what, e.name) for e in outcome.errors} == {
        ("entity:Data", "missed", "CIFAR-10"),
        ("entity:Task", "spurious", "leaping"),
        ("relation:evaluated_on", "missed", "CIFAR-10"),
    }


def test_counts_are_those_of_the_published_scorer(shared, annotator):
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    lines = (shared / "gold" / "dev-venues.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    found = [
        dict(r, entities=r["entities"][1:], results=r["results"][:1], addresses=[]) for r in gold
    ]
    found[3]["entities"] = gold[7]["entities"]
    theirs, _ = score.score(
        {score.norm(r["title"]): r for r in gold}, {score.norm(r["title"]): r for r in found}
    )
    ours = evaluate(gold, found).rows
    for row, counts in ours.items():
        assert (counts.tp + counts.fn, counts.tp + counts.fp) == (
            theirs[row]["gold"],
            theirs[row]["predicted"],
        )
        assert round(counts.f1, 3) == theirs[row]["F1"]


def test_errors_carry_the_rules_behind_them():
    found = {
        "title": "FrogNet: Leaps",
        "entities": [
            {"type": "Method", "id": "frog", "name": "Frog", "surfaces": ["Frog"]},
            {"type": "Dataset", "id": "cifar-10", "name": "CIFAR-10", "surfaces": ["CIFAR10"]},
        ],
        "mentions": [{"text": "Frog", "type": "Method", "entity": "frog", "rule": "shape"}],
        "relations": [
            {"predicate": "mentions", "type": "Dataset", "entity": "cifar-10", "rule": "default"}
        ],
    }
    outcome = evaluate(GOLD, [found])
    rules = {(e.row, e.what, e.name): e.rule for e in outcome.errors}
    assert rules["entity:Method", "spurious", "Frog"] == "shape"
    assert rules["entity:Method", "missed", "FrogNet"] == "Frog (Method, shape)"
    assert rules["relation:evaluated_on", "missed", "CIFAR-10"] == "mentions (default)"
    assert {e.row for e in outcome.disagreements("dataset")} <= {"entity:Data"}
    assert {e.row for e in outcome.disagreements("result")} == {"result:value+metric"}
