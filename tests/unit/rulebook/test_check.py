import json

import pytest

from kg.errors import RuleError
from kg.rulebook.book import load
from kg.rulebook.check import check


def overlay(tmp_path, *lines):
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "mine.jsonl").write_text(
        "\n".join(map(json.dumps, lines)), encoding="utf-8"
    )
    return tmp_path


def test_the_rules_of_the_package_are_clean():
    assert check(load()) == []


def test_the_catalogue_is_not_small():
    catalogue = load().catalogue
    names = catalogue.names
    assert len(names) >= 7000
    assert len(catalogue.surfaces) >= 12000
    assert sum(name.broader is not None for name in names.values()) >= 250
    assert {kind for kind, _ in names} == {"Method", "Dataset", "Benchmark", "Task", "Metric"}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([{"label": "Method", "id": "frogs", "pattern": "CIFAR-10"}], "is claimed by"),
        ([{"label": "Method", "id": "f", "pattern": "frob"}] * 2, "stands here twice"),
        ([{"label": "Method", "id": "f", "pattern": "Frob", "broader": "x"}], "is no Method"),
        ([{"label": "Method", "id": "f", "pattern": "novel"}], "everyday word"),
        ([{"label": "Dataset", "id": "f", "pattern": "Abstract"}], "everyday word"),
        ([{"label": "Method", "id": "frogs", "pattern": "gibbs-samplers"}], "is claimed by"),
    ],
)
def test_mistakes_are_found(tmp_path, lines, message):
    problems = check(load(overlay(tmp_path, *lines)))
    assert [p for p in problems if message in p.message and p.source.endswith("mine.jsonl")]


def test_lines_that_cannot_be_used_are_listed_together(tmp_path):
    folder = overlay(tmp_path, {"label": "Animal", "id": "f", "pattern": "x"}, {"label": "Method"})
    with pytest.raises(RuleError) as caught:
        load(folder)
    assert "mine.jsonl:1" in str(caught.value)
    assert "mine.jsonl:2" in str(caught.value)


def test_an_overlay_replaces_an_entity_whole(tmp_path):
    book = load(
        overlay(tmp_path, {"label": "Dataset", "id": "cifar-10", "pattern": "Tiny Pictures"})
    )
    assert book.catalogue.names["Dataset", "cifar-10"].name == "Tiny Pictures"
    assert book.version != load().version
