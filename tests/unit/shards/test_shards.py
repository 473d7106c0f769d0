"""Files annotated one by one: the same as a build of all, whoever annotates them, and nothing is lost."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import kg
from kg.errors import InputError, KgError
from kg.extract.annotator import Annotator
from kg.graph.store import Store
from kg.rulebook.book import load as load_rules
from kg.shards import on_ray, running, tables, work
from kg.shards.loading import Loader
from kg.shards.places import find
from tests.conftest import EXAMPLES

PAPERS = [
    {
        "title": f"Newt{n}Net: Swimming at Depth {n}",
        "abstract": f"We propose Newt{n}Net. It reaches {60 + n % 40}.5% accuracy on CIFAR-10"
        f" and beats ResNet-50. Code: https://github.com/newts/{n}",
        "authors": ["A. Newt", "B. Toad"],
        "date": f"20{n:02}",
    }
    for n in range(30)
]
#: The same paper in two files: the second says more of it.
SHORT = {"title": "On Ponds", "doi": "10.1000/pond", "abstract": "We study SVHN."}
LONG = {"title": "On Ponds", "abstract": "We study image classification on SVHN and MNIST."}


def write(path, records):
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    (folder / "more").mkdir(parents=True)
    write(folder / "a.jsonl", [*PAPERS[:12], SHORT])
    write(folder / "b.jsonl", PAPERS[12:20])
    write(folder / "more" / "c.jsonl", [LONG, *PAPERS[20:]])
    return folder


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(running, "PAUSE", 0)


def annotate(folder, *paths, **options):
    problems = []
    done = kg.annotate_to(folder, *paths, recogniser=False, on_problem=problems.append, **options)
    return done, problems


def contents(folder):
    """Return the bytes of all files, by name."""
    files = (p for p in Path(folder).rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def nt(graph, tmp_path):
    return graph.export(tmp_path / "graph.nt", evidence=True).read_bytes()


def test_annotations_come_back_whole_from_parquet(annotator, tmp_path):
    found = list(annotator.annotate(kg.read(EXAMPLES)))
    assert any(r.dataset or r.method for a in found for r in a.results)
    path = tmp_path / "x.parquet"
    assert tables.write(path, map(tables.to_row, found), "v7") == len(found)
    assert list(tables.read(path, "x")) == [(annotation, "v7") for annotation in found]


def test_a_graph_of_shards_is_that_of_the_papers_to_the_byte(source, tmp_path):
    done, problems = annotate(tmp_path / "out", source)
    assert (done.files, done.papers, done.failed, problems) == (3, 32, 0, [])
    graph = kg.build(tmp_path / "out")
    assert (graph.report.listings, graph.report.papers, graph.report.added) == (32, 31, 31)
    assert nt(graph, tmp_path) == nt(kg.build(source, recogniser=False), tmp_path)
    assert [p.doi for p in graph.papers(on="MNIST")] == ["10.1000/pond"]


def test_loading_again_or_building_the_papers_changes_nothing(source, tmp_path):
    annotate(tmp_path / "out", source)
    kg.build(tmp_path / "out", to=tmp_path / "x.kg").close()
    again = kg.build(tmp_path / "out", to=tmp_path / "x.kg").report
    assert (again.added, again.updated, again.unchanged) == (0, 0, 31)
    direct = kg.build(source, to=tmp_path / "x.kg", recogniser=False).report
    assert (direct.added, direct.updated, direct.unchanged) == (0, 0, 31)


def test_title_and_abstract_of_two_records_keep_what_was_found_in_either(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    write(source / "a.jsonl", [{"title": "FrogNet, at Length", "abstract": "", "doi": "10.1000/f"}])
    write(source / "b.jsonl", [{"title": "FrogNet", "abstract": "On MNIST.", "doi": "10.1000/f"}])
    annotate(tmp_path / "out", source)
    (paper,) = kg.build(tmp_path / "out").papers(on="MNIST")
    assert (paper.title, paper.abstract) == ("FrogNet, at Length", "On MNIST.")


def test_processes_order_and_addresses_change_no_byte(source, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.extract.parallel.WORTHWHILE", 4)
    monkeypatch.setattr("kg.extract.parallel.CHUNK", 3)
    annotate(tmp_path / "one", source)
    whole = contents(tmp_path / "one")
    assert sorted(name.partition("/")[0] for name in whole) == sorted(
        3 * ["annotations", "reports", "triples"]
    )
    annotate(tmp_path / "two", source, workers=2)
    assert contents(tmp_path / "two") == whole
    # pyarrow's file systems, by URI, a few files at a time and the last first
    annotate((tmp_path / "three").as_uri(), source.as_uri())
    files = {n: made for n, made in contents(tmp_path / "three").items() if "reports" not in n}
    assert files == {name: made for name, made in whole.items() if "reports" not in name}


def test_triples_of_shards_are_those_of_the_graph(source, tmp_path):
    annotate(tmp_path / "out", source / "a.jsonl", source / "b.jsonl")
    shards = {
        line
        for path in (tmp_path / "out" / "triples").iterdir()
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    graph = kg.build(tmp_path / "out").export(tmp_path / "graph.nt").read_text(encoding="utf-8")
    described = {
        line for line in graph.splitlines() if line.startswith("<https://w3id.org/paperkg/graph")
    }
    # A broader name that no paper of its shard names is one of the catalogue there.
    missing = set(graph.splitlines()) - shards - described
    assert len(described) > 10
    assert all("skos/core#broader" in line for line in missing), missing
    assert len(kg.merge(*(tmp_path / "out" / "triples").iterdir()).papers()) == 21


def test_what_is_annotated_is_not_annotated_again(source, tmp_path, monkeypatch):
    annotate(tmp_path / "out", source)
    before = contents(tmp_path / "out")
    monkeypatch.setattr(Annotator, "nlp", property(lambda self: pytest.fail("it was loaded")))
    assert annotate(tmp_path / "out", source)[0].papers == 32
    assert contents(tmp_path / "out") == before
    monkeypatch.undo()
    write(source / "b.jsonl", PAPERS[12:19])
    assert annotate(tmp_path / "out", source)[0].papers == 31


def test_unreadable_records_are_counted_and_listed_also_the_second_time(source, tmp_path):
    with (source / "a.jsonl").open("a") as file:
        file.write("\n{broken")
    (source / "b.jsonl.gz").write_bytes(b"\x1f\x8b\x08 this is no gzip")
    for _ in range(2):
        done, problems = annotate(tmp_path / "out", source)
        assert (done.files, done.papers, done.failed) == (4, 32, 0)
        assert [(p.source, p.line) for p in problems] == [("a.jsonl", 14), ("b.jsonl.gz", 0)]
    told = kg.build(tmp_path / "out").report.problems
    assert [problem for problem in told if problem.level != "note"] == problems


def test_an_abstract_waits_for_its_title():
    def annotations(*papers):
        return ((kg.Annotation(paper), "v") for paper in papers)

    text, title = (kg.Paper("10.1/x", *words, doi="10.1/x") for words in (("", "Text."), ("T",)))
    loader = Loader(Store.open(None, write=True), load_rules().catalogue)
    loader.load(annotations(text))
    assert (loader.read, len(loader.papers), len(loader.problems)) == (1, 0, 1)
    loader = Loader(Store.open(None, write=True), load_rules().catalogue)
    loader.load(annotations(text, title))
    assert (loader.read, len(loader.papers), loader.problems) == (2, 1, [])


def test_failed_shards_are_tried_again_and_lost_ones_told(source, tmp_path, monkeypatch):
    open_shard, tries = work.opened, []

    def shaky(where):
        tries.append(where)
        if where.endswith("b.jsonl") or (where.endswith("a.jsonl") and tries.count(where) < 3):
            raise OSError("the line is dead")
        return open_shard(where)

    monkeypatch.setattr(work, "opened", shaky)
    done, problems = annotate(tmp_path / "out", source)
    assert (done.files, done.failed, len(tries)) == (2, 1, 7)
    assert str(problems[0]).startswith("b.jsonl: not annotated: the line is dead (mend that")
    assert not (tmp_path / "out" / "unfinished").exists()
    monkeypatch.undo()
    assert annotate(tmp_path / "out", source)[0].failed == 0


def test_missing_shards_are_told_and_cost_nothing_else(source, tmp_path):
    annotate(tmp_path / "out", source)
    (tmp_path / "out" / "annotations" / "a.jsonl.parquet").unlink()
    (tmp_path / "out" / "reports" / "b.jsonl.json").unlink()
    report = kg.build(tmp_path / "out").report
    assert [str(problem).split(" (")[0] for problem in report.problems] == [
        "b.jsonl: the shard is not complete; left out",
        "a.jsonl: the shard's annotations are missing",
    ]
    assert report.papers == 11
    table = tmp_path / "out" / "annotations" / "more%2Fc.jsonl.parquet"
    table.write_bytes(table.read_bytes()[:-40])
    with pytest.raises(InputError, match="is damaged"):
        kg.build(tmp_path / "out")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "There is no file or folder nowhere"),
        ("file:///nowhere", "There is no file or folder file:///nowhere"),
        ("gopher://a/b", "Known: local paths"),
        ("-", "Standard input is no shard"),
    ],
)
def test_what_is_not_there_is_told_before_anything_is_begun(tmp_path, path, message):
    with pytest.raises(KgError, match=message):
        annotate(tmp_path / "out", path)
    assert not (tmp_path / "out").exists()


def test_names_that_two_files_share_are_refused(source, tmp_path):
    with pytest.raises(InputError, match="would both be called"):
        find([str(source / "a.jsonl"), str(source), str(_copy(source))])
    annotate(tmp_path / "out", source / "a.jsonl")
    _, problems = annotate(tmp_path / "out", _copy(source))
    assert "holds a shard a.jsonl already" in problems[0].message


def _copy(source):
    other = source.parent / "a.jsonl"
    other.write_bytes((source / "a.jsonl").read_bytes())
    return other


def test_folders_and_papers_do_not_mix(source, tmp_path):
    annotate(tmp_path / "out", source / "a.jsonl")
    with pytest.raises(InputError, match="cannot be built in one go"):
        kg.build(tmp_path / "out", source)
    with pytest.raises(InputError, match="holds no annotations"):
        kg.build(source.as_uri())


def test_a_missing_engine_is_told_with_the_way_to_it(source, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(KgError, match=r"pip install 'paperkg\[ray\]'"):
        annotate(tmp_path / "out", source, engine="ray")
    with pytest.raises(KgError, match="Known: local, ray"):
        annotate(tmp_path / "out", source, engine="steam")


def test_an_actor_with_other_rules_is_refused(tmp_path):
    with pytest.raises(KgError, match="Install the same paperkg"):
        on_ray.Actor(work.Work, work.Job(str(tmp_path), recogniser=False), 1, "other")


@pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed: pip install 'paperkg[ray]'"
)
def test_a_cluster_gives_the_same_bytes_also_when_a_node_dies(source, tmp_path):
    annotate(tmp_path / "here", source)
    whole = contents(tmp_path / "here")
    script = Path(__file__).with_name("cluster.py")
    root = str(Path(kg.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, script, source, tmp_path / "unhurt", tmp_path / "hurt"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path},
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = [
        line for line in done.stdout.splitlines() if line.startswith(("unhurt", "hurt", "nodes"))
    ]
    assert said == ["unhurt 3 0", "hurt 3 0", "nodes alive 1"]
    assert contents(tmp_path / "unhurt") == whole
    hurt = {n: made for n, made in contents(tmp_path / "hurt").items() if "unfinished" not in n}
    assert hurt == whole
