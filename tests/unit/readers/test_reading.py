import bz2
import gzip
import json
import lzma

import pytest

from kg.errors import InputError, UnknownFormat
from kg.readers import READERS, read
from kg.readers.values import date

RECORD = {"title": "On Bread", "summary": "Crust and crumb.", "published": "2021-05-03"}


def test_json_lines_keep_good_records_and_report_bad_ones(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(f'{json.dumps(RECORD)}\n{{"title": \n{{"abstract": "x"}}\n[1]\n')
    problems = []
    found = list(read(file, on_problem=problems.append))
    assert [(p.title, p.abstract, p.date) for p in found] == [
        ("On Bread", "Crust and crumb.", "2021-05-03")
    ]
    assert [p.line for p in problems if p.level == "error"] == [2, 3, 4]
    with pytest.raises(InputError, match=r"a\.jsonl:2"):
        list(read(file, strict=True))


def test_a_title_alone_is_a_good_record(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"title": "On Bread"}\n{"title": "On Tea", "year": "soon"}\n')
    problems = []
    with pytest.raises(InputError, match=r"a\.jsonl:2: no date"):
        list(read(file, strict=True, on_problem=problems.append))
    assert [(p.line, p.level) for p in problems] == [(1, "note"), (2, "warning")]


def test_json_array_and_object_of_papers(tmp_path):
    file = tmp_path / "a.json"
    for content in ([RECORD], {"papers": [RECORD]}):
        file.write_text(json.dumps(content, indent=1))
        assert [p.title for p in read(file)] == ["On Bread"]


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.tsv", "\t"), ("lies.json", ",")])
def test_tables_are_recognised_by_content(tmp_path, name, mark):
    file = tmp_path / name
    rows = [
        ["Title", "Abstract", "Year", "Authors"],
        ["On Bread", "Crust", "2020", "A. Baker; B. Cook"],
    ]
    file.write_text("\n".join(mark.join(row) for row in rows))
    paper = next(read(file))
    assert (paper.title, paper.abstract, paper.year) == ("On Bread", "Crust", 2020)
    assert paper.authors == ("A. Baker", "B. Cook")


def test_row_with_too_many_cells_is_reported(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("title,abstract\nOn Bread,Crust,and,crumb\nOn Tea,Leaves\n")
    problems = []
    assert [p.title for p in read(file, on_problem=problems.append)] == ["On Tea"]
    assert "4 cells in a row of 2 columns" in problems[0].message


def test_a_stray_quote_costs_its_own_row_at_most(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(
        'title,abstract\nOn "Bread,Crust\n"On ""5"" oats","a\nb"\n5" pies,x\nOn Tea,"Leaves\nOn Rye,ok'
    )
    problems = []
    titles = [paper.title for paper in read(file, on_problem=problems.append)]
    assert titles == ['On "Bread', 'On "5" oats', '5" pies', "On Rye"]
    assert [str(p) for p in problems] == [
        "a.csv:6: a quote that is never closed (double quotes inside a cell)"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE html><html><body>Bread</body></html>", "a.x: is a web page"),
        (
            '\ufeff<?xml version="1.0"?>\n<rss><channel><title>Bread</title></channel></rss>',
            "a.x: is",
        ),
        ("%PDF-1.5 bread", "a.x: is a PDF"),
    ],
)
def test_what_is_no_list_of_papers_is_told_with_its_name(tmp_path, content, said):
    (tmp_path / "a.x").write_text(content, encoding="utf-8")
    problems = []
    assert list(read(tmp_path, on_problem=problems.append)) == []
    assert [str(p)[: len(said)] for p in problems] == [said]
    assert str(problems[0]).count("a.x") == 1


@pytest.mark.parametrize("opener", [gzip.open, bz2.open, lzma.open])
def test_compressed_files_whatever_their_name(tmp_path, opener):
    file = tmp_path / "packed"
    with opener(file, "wt", encoding="utf-8") as out:
        out.write(json.dumps(RECORD) + "\n")
    assert [p.title for p in read(file)] == ["On Bread"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": "Über Brötchen"}, ensure_ascii=False), encoding=encoding)
    assert [p.title for p in read(file)] == ["Über Brötchen"]


def test_folders_are_read_in_order_and_hidden_files_left_out(tmp_path):
    for name in ("b.jsonl", "a.jsonl", ".hidden.jsonl"):
        (tmp_path / name).write_text(json.dumps({"title": name}))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.jsonl").write_text(json.dumps({"title": "c"}))
    assert [p.sources[0] for p in read(tmp_path)] == ["a.jsonl", "b.jsonl", "deep/c.jsonl"]


def test_missing_paths_and_unknown_formats(tmp_path):
    with pytest.raises(InputError, match="no file or folder"):
        list(read(tmp_path / "nowhere"))
    with pytest.raises(UnknownFormat) as caught:
        list(read(tmp_path, format="papyrus"))
    assert all(name in caught.value.hint for name in READERS)


def test_ids_come_from_arxiv_then_doi_then_the_source(tmp_path):
    file = tmp_path / "a.jsonl"
    records = [
        {"title": "A", "doi": "https://doi.org/10.1000/X", "arxiv_id": "2312.00752v2"},
        {"title": "B", "doi": "10.1000/Y", "id": "b7"},
        {"title": "C", "id": "c7"},
        {"title": "On  Tea!"},
    ]
    file.write_text("\n".join(map(json.dumps, records)))
    assert [p.id for p in read(file)] == ["2312.00752", "10.1000/y", "c7", "on-tea"]


@pytest.mark.parametrize("value", ["9999", "soon", "", "0000-00-00", "13/2020"])
def test_absurd_dates_are_left_out(value):
    assert date(value) is None
