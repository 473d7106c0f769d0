"""The snippets of the README run, and say something."""

import re
import shlex
import subprocess
import sys

import pytest

import kg
from tests.conftest import EXAMPLES, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def snippets(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_there_are_snippets():
    assert snippets("python")
    assert snippets("sparql")
    assert snippets("sh")


@pytest.mark.parametrize("code", snippets("python"))
def test_every_line_of_python_gives_an_answer(code, monkeypatch):
    pytest.importorskip("pandas")
    monkeypatch.chdir(ROOT)
    names = {}
    for line in code.splitlines():
        if line.startswith("graph."):
            assert len(eval(line, names)) > 0, line
        else:
            exec(line, names)
    names["graph"].close()


@pytest.mark.parametrize("query", snippets("sparql"))
def test_sparql_finds_something(query):
    with kg.build(EXAMPLES) as graph:
        assert graph.sparql(query)


def test_every_command_that_is_named_exists():
    named = set(re.findall(r"^kg (\w+)", "\n".join(snippets("sh")), re.MULTILINE))
    named |= set(re.findall(r"`kg (\w+)", README))
    help = subprocess.run(
        [sys.executable, *shlex.split("-c 'from kg.cli import main; main()' --help")],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    ).stdout
    assert all(re.search(rf"^  {name} ", help, re.MULTILINE) for name in named)
