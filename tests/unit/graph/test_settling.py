"""Names follow the papers: what only a replaced abstract or older rules said is forgotten."""

import json

import pytest

import kg
from tests.faults.killing import content


@pytest.fixture
def build(tmp_path):
    def run(target, *records, **options):
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        kg.build(tmp_path / "a.jsonl", to=tmp_path / target, recogniser=False, **options).close()
        return tmp_path / target

    return run


OLD = {"title": "Toads", "abstract": "We propose FROGNet, a net for toads. We use CIFAR10."}
NEW = {
    "title": "Toads",
    "abstract": "We propose FrogNet, a net for toads. We now use Cifar-10 too.",
}
OTHER = {"title": "Newts", "abstract": "We propose Frognet for newts."}


def test_names_that_no_paper_gives_any_more_are_forgotten(build):
    target = build("x.kg", OLD)
    with kg.open(target) as graph:
        assert graph.entity("frognet").entity.name == "FROGNet"
    build("x.kg", OTHER)
    build("x.kg", NEW)
    with kg.open(target) as graph:
        found = graph.entity("frognet").entity
        assert (found.name, found.aliases) == ("FrogNet", ("Frognet",))
        assert graph.find("FROGNet") == graph.find("frognet")
    assert content(target) == content(build("y.kg", NEW, OTHER))


def test_other_rules_give_other_names(build, tmp_path):
    rules = tmp_path / "rules" / "names"
    rules.mkdir(parents=True)
    (rules / "mine.jsonl").write_text(
        '{"label": "Method", "pattern": "Frog Network", "id": "frognet"}\n'
        '{"label": "Method", "pattern": "FrogNet", "id": "frognet"}\n'
    )
    build("x.kg", NEW, OTHER)
    build("x.kg", NEW, OTHER, rules=tmp_path / "rules")
    fresh = build("y.kg", NEW, OTHER, rules=tmp_path / "rules")
    with kg.open(fresh) as graph:
        assert graph.entity("FrogNet").entity.name == "Frog Network"
    assert content(tmp_path / "x.kg") == content(fresh)


def test_what_a_killed_build_left_unsettled_is_settled_by_the_next(build, monkeypatch):
    target = build("x.kg", OLD)
    with monkeypatch.context() as patch:
        patch.setattr("kg.builder._Run.close", lambda run: run.store.close() or 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build("x.kg", NEW)
    build("x.kg", NEW)
    assert content(target) == content(build("y.kg", NEW))
