"""The command line through its real entry point."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import EXAMPLES

COMMANDS = (
    "build export view stats find show papers related path timeline compare central communities"
    " leaderboard annotate explain eval merge validate sparql mcp"
).split()


def kg(*args, cwd=None, text=None):
    return subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        input=text,
        env={**os.environ, "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    done = kg(command, "--help")
    assert done.returncode == 0
    assert "Example: kg" in " ".join(done.stdout.split())


def test_help_lists_every_command():
    out = kg("--help").stdout
    assert all(f"\n  {command} " in out for command in [*COMMANDS, "rules"])


def test_build_and_export(tmp_path):
    done = kg("build", EXAMPLES, "-o", "papers.kg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "30" in done.stdout
    for suffix in ("ttl", "graphml", "html"):
        assert kg("export", "papers.kg", f"graph.{suffix}", cwd=tmp_path).returncode == 0
        assert (tmp_path / f"graph.{suffix}").stat().st_size > 1000
    again = json.loads(kg("build", EXAMPLES, "-o", "papers.kg", "--json", cwd=tmp_path).stdout)
    assert (again["added"], again["unchanged"]) == (0, 30)


@pytest.mark.parametrize(
    "args",
    [
        ("stats",),
        ("find", "kolmogorov"),
        ("show", "KAN"),
        ("papers", "--on", "CIFAR-10"),
        ("related", "ImageNet"),
        ("path", "KAN", "Mamba"),
        ("timeline", "KAN"),
        ("compare", "Mamba", "Transformer"),
        ("central", "--kind", "method", "--measure", "degree"),
        ("communities",),
        ("papers", "--on", "ImageNet", "--on", "CIFAR-10", "--no-code"),
        ("leaderboard", "ImageNet"),
    ],
)
def test_listings_speak_json_and_tables(graph_file, args):
    command, *rest = args
    done = kg(command, graph_file, *rest, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) is not None
    assert kg(command, graph_file, *rest).returncode == 0


def test_sparql_prints_tables_csv_json_and_examples(graph_file):
    listed = kg("sparql", "--examples").stdout
    assert listed.count("SELECT") >= 10
    rows = kg("sparql", graph_file, "papers-with-code", "-f", "csv").stdout.splitlines()
    assert rows[0] == "year,title,code"
    found = json.loads(kg("sparql", graph_file, "papers-with-code", "--json").stdout)
    assert len(found["results"]["bindings"]) == len(rows) - 1
    assert "https://github.com" in kg("sparql", graph_file, "papers-with-code").stdout
    wrong = kg("sparql", graph_file, "DELETE WHERE { ?s ?p ?o }")
    assert (wrong.returncode, "is wrong" in wrong.stderr) == (1, True)
    assert kg("sparql", graph_file).returncode == 2


def test_rdf_goes_out_and_comes_back(graph_file, tmp_path):
    out = tmp_path / "g.ttl"
    assert kg("export", graph_file, out, "--evidence").returncode == 0
    assert kg("validate", out).stdout == f"{out} conforms.\n"
    merged = json.loads(kg("merge", out, "-o", tmp_path / "new.kg", "--json").stdout)
    assert merged["papers"] == 30
    assert kg("papers", out, "--on", "SHD", "--json").returncode == 0
    out.write_text(out.read_text(encoding="utf-8").replace("dcterms:title", "rdfs:label"))
    bad = kg("validate", out)
    assert bad.returncode == 1
    assert "exactly one title" in bad.stdout


def test_papers_come_with_the_words_as_evidence(graph_file):
    found = json.loads(kg("papers", graph_file, "--on", "SHD", "--json").stdout)
    assert len(found) == 2
    assert all("SHD" in p["evidence"][0]["text"] for p in found)


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("stats", "none.kg"), 1, "There is no graph file none.kg"),
        (("build", "nowhere", "-o", "x.kg"), 1, "There is no file or folder nowhere"),
        (("build", "x", "-o", "x.kg", "--format", "papyrus"), 2, "There is no input format"),
        (("nonsense",), 2, "No such command"),
        (("explain",), 2, "Missing argument"),
    ],
)
def test_errors_are_clear_and_without_traceback(tmp_path, args, code, message):
    done = kg(*args, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_entity_gets_a_suggestion(graph_file):
    done = kg("show", graph_file, "Mambo")
    assert done.returncode == 1
    assert "Did you mean: Mamba" in done.stderr


def test_bad_records_are_counted_listed_and_reported(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "On Bread", "abstract": "Crust."}\nnonsense\n')
    done = kg("build", "a.jsonl", "-o", "x.kg", "--report", "bad.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert "a.jsonl:2: not JSON" in done.stderr
    assert json.loads((tmp_path / "bad.jsonl").read_text())["line"] == 2
    strict = kg("build", "a.jsonl", "-o", "y.kg", "--strict", cwd=tmp_path)
    assert strict.returncode == 1
    assert "a.jsonl:2" in strict.stderr


def test_explain_names_entities_relations_figures_and_rules(tmp_path):
    text = "We propose a KAN variant that beats ResNet-50 by 1.2% top-1 accuracy on ImageNet."
    out = kg("explain", text).stdout
    for part in (
        "Kolmogorov-Arnold Network",
        "outperforms",
        "ResNet-50",
        "1.2 %",
        "ImageNet",
        "names",
    ):
        assert part in out
    found = json.loads(kg("explain", text, "--json").stdout)
    assert found["outperforms"] == ["ResNet-50"]
    assert all("over" in mention for mention in found["mentions"])
    page = tmp_path / "why.html"
    assert kg("explain", text, "--html", page).returncode == 0
    assert "ResNet-50" in page.read_text(encoding="utf-8")
    assert found["results"][0]["relative"] is True


def test_annotate_to_a_folder_that_build_loads(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "FrogNet", "abstract": "On MNIST."}\nnonsense\n')
    done = kg("annotate", "a.jsonl", "--to", "out", "--fast", cwd=tmp_path)
    assert done.returncode == 1
    assert "a.jsonl:2: not JSON" in done.stderr
    assert kg("build", "out", "-o", "x.kg", cwd=tmp_path).returncode == 1
    assert (
        len(json.loads(kg("papers", "x.kg", "--on", "MNIST", "--json", cwd=tmp_path).stdout)) == 1
    )
    assert kg("annotate", "a.jsonl", "--engine", "ray", cwd=tmp_path).returncode == 2
    assert kg("annotate", "a.jsonl", "--to", "out", "-o", "x", cwd=tmp_path).returncode == 2
    wrong = kg("annotate", "nowhere", "--to", "out", "--engine", "steam", cwd=tmp_path)
    assert (wrong.returncode, "There is no engine" in wrong.stderr) == (1, True)


def test_annotate_writes_json_lines(tmp_path):
    page = EXAMPLES.read_text(encoding="utf-8")
    done = kg("annotate", "-", text=page)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(records) == 30
    assert all(m["rule"] for r in records for m in r["mentions"])
    gold = tmp_path / "gold.jsonl"
    gold.write_text(done.stdout, encoding="utf-8")
    scored = json.loads(kg("eval", gold, EXAMPLES, "--json").stdout)
    assert scored["entity:ALL"]["F1"] == 1.0


def test_rules_check_passes_and_fails(tmp_path):
    assert kg("rules", "check").returncode == 0
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "x.jsonl").write_text(
        '{"label": "Method", "id": "x", "pattern": "CIFAR-10"}'
    )
    done = kg("rules", "check", "--rules", tmp_path)
    assert done.returncode == 1
    assert "x.jsonl:1" in done.stdout


def test_a_page_of_a_part_of_the_graph(graph_file, tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER", "true")  # one that opens nothing
    out = tmp_path / "a.html"
    done = kg("view", graph_file, "-o", out, "--focus", "KAN", "--kinds", "task,method")
    assert (done.returncode, done.stdout.strip()) == (0, str(out))
    assert "Only entities of kind Method, Task." in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "args", "code", "says"),
    [
        ("a.ttl", ("--focus", "KAN"), 2, "for HTML only"),
        ("a.html", ("--hops", "0"), 2, "hops"),
        ("a.html", ("--kinds", "authors"), 1, "no kind 'authors'"),
        ("a.html", ("--focus", "xyzzy"), 1, "xyzzy"),
    ],
)
def test_a_page_that_cannot_be(graph_file, tmp_path, name, args, code, says):
    done = kg("export", graph_file, tmp_path / name, *args)
    assert done.returncode == code
    assert says in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / name).exists()
