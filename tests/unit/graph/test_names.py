"""Names that inputs bring along are known to the graph, and not forgotten."""

import json
from functools import partial

import pytest

import kg
from kg.cli import main
from kg.model import Entity
from kg.readers import named
from kg.resolve.extra_names import with_names
from kg.rulebook.book import load

DATASET = {"name": "BreadBank", "full_name": "Bank of Bread", "variants": ["BB-10"], "url": "x"}
PAPER = {"title": "On Bread", "abstract": "We evaluate on BB-10 and on the bank of bread."}


@pytest.fixture
def write(tmp_path):
    def run(name, *records):
        path = tmp_path / name
        path.write_text(json.dumps(list(records)), encoding="utf-8")
        return path

    return run


def test_variants_become_names_of_the_graph(write, tmp_path):
    target = tmp_path / "x.kg"
    kg.build(write("datasets.json", DATASET), write("a.json", PAPER), to=target).close()
    with kg.open(target) as graph:
        assert graph.entity("BB-10").entity.name == "BreadBank"
        assert graph.papers(on="BreadBank")[0].title == "On Bread"
    more = {"title": "On Rye", "abstract": "We test on BB-10 again."}
    with kg.build(write("b.json", more), to=target) as graph:
        assert len(graph.papers(on="BreadBank")) == 2


def test_annotating_knows_the_names_that_a_build_knows(write, monkeypatch, capsys):
    papers, datasets = write("a.json", PAPER), write("datasets.json", DATASET)
    monkeypatch.setattr("sys.argv", ["kg", "annotate", "--fast", "-w1", str(papers), str(datasets)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    found = json.loads(capsys.readouterr().out)
    assert found["evaluated_on"] == ["BreadBank"]
    assert named(papers) == []
    assert [n.name for n in named(datasets, format="papers-with-code")] == ["BreadBank"]


def test_a_union_keeps_the_names_of_all(write, tmp_path):
    build = partial(kg.build, recogniser=False)
    build(write("a.json", PAPER), write("datasets.json", DATASET), to=tmp_path / "a.kg").close()
    build(write("b.json", {"title": "On Tea"}), to=tmp_path / "b.kg").close()
    for graphs in (("a.kg", "b.kg"), ("b.kg", "a.kg")):
        target = tmp_path / f"{graphs[0]}-first.kg"
        kg.merge(*(tmp_path / name for name in graphs), to=target).close()
        more = {"title": "On Rye", "abstract": "We test on BB-10 again."}
        with build(write("c.json", more), to=target) as graph:
            assert len(graph.papers(on="BreadBank")) == 2


def test_the_catalogue_knows_better_and_everyday_words_need_their_kind():
    book = with_names(
        load(),
        (
            Entity("Dataset", "cifar-10", "CIFAR-10", ("CIFAR-10 (20% noise)",)),
            Entity("Dataset", "letter", "Letter"),
            Entity("Method", "x", "X"),
        ),
    )
    new = {s.pattern: s for s in book.catalogue.surfaces if s.file == "input"}
    assert set(new) == {"CIFAR-10 (20% noise)", "Letter"}
    assert new["CIFAR-10 (20% noise)"].id == "cifar-10"
    assert new["Letter"].sense is not None
    assert book.version != load().version
