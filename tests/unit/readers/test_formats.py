"""Every format: a file made by hand after its specification, and what is read from it."""

import json
import shutil

import pytest

from kg.readers import READERS, read
from kg.readers.formats import recognise
from kg.readers.source import open_source
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "readers"
EXPECTED = GOLDEN / "expected.json"
FILES = sorted(path for path in GOLDEN.iterdir() if path != EXPECTED)
DOCS = ROOT / "docs" / "formats.md"


def format_of(path):
    with open_source(path, path.name) as source:
        return recognise(source)


def outcome(path, **options):
    """Everything that reading a file gives."""
    names, problems = [], []
    papers = list(read(path, on_name=names.append, on_problem=problems.append, **options))
    assert all(paper.sources == (path.name,) for paper in papers)
    records = [paper.to_json() for paper in papers]
    return {
        "format": format_of(path),
        "papers": [{k: v for k, v in record.items() if k != "sources"} for record in records],
        "names": [name.to_json() for name in names],
        "problems": [f"{p.level} {p.line}: {p.message}" for p in problems],
    }


def test_golden_files_are_read_as_expected(request):
    found = {path.name: outcome(path) for path in FILES}
    if request.config.getoption("--update-golden"):
        text = json.dumps(found, ensure_ascii=False, indent=1)
        EXPECTED.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_no_reader_lacks_a_golden_file_or_a_section_in_the_docs():
    formats = {format_of(path) for path in FILES}
    assert formats == set(READERS)
    headings = {
        line[3:].split("`")[1]
        for line in DOCS.read_text(encoding="utf-8").splitlines()
        if line.startswith("## `")
    }
    assert headings == set(READERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_format_is_recognised_although_the_suffix_lies(path, tmp_path):
    for suffix in (".bib", ".json", ".csv", ".xml", ""):
        copy = tmp_path / f"lies{suffix}"
        shutil.copy(path, copy)
        assert format_of(copy) == format_of(path), suffix


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_format_that_is_named_is_read_alike(path):
    assert outcome(path, format=format_of(path)) == outcome(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_kept_is_what_the_docs_say(path):
    sections = DOCS.read_text(encoding="utf-8").split("\n## `")
    section = next(s for s in sections if s.startswith(f"{format_of(path)}`"))
    kept = next(line for line in section.splitlines() if line.startswith("Kept: "))
    for paper in outcome(path)["papers"]:
        lost = [name for name in paper if name != "id" and f"{name}" not in kept.split("`")]
        assert lost == []
