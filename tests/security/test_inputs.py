"""Input that means harm: it is refused or read as text, and reaches nothing."""

import io
import time
import zipfile

import pytest

from kg.readers import read

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol">
 <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol9 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>
<feed><entry><id>1</id><title>&lol9;</title><summary>x</summary></entry></feed>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE feed [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>
<feed><entry><id>1</id><title>&xxe;</title><summary>x</summary></entry></feed>"""
UNDECLARED = "<feed><entry><id>1</id><title>A &xxe; B</title><summary>x</summary></entry>"


def outcome(path, **options):
    problems = []
    return list(read(path, on_problem=problems.append, **options)), problems


@pytest.mark.parametrize("text", [BOMB, EXTERNAL])
@pytest.mark.parametrize("format", [None, "arxiv", "pubmed", "acl", "oai"])
def test_entities_are_refused_with_their_file(tmp_path, text, format):
    (tmp_path / "a.xml").write_text(text)
    papers, problems = outcome(tmp_path / "a.xml", format=format)
    assert papers == []
    assert (problems[0].source, problems[0].line) == ("a.xml", 2)
    assert "entities" in problems[0].message


def test_entities_behind_the_head_stay_unknown(tmp_path):
    text = f"<!-- {'x' * 300_000} -->{EXTERNAL}"
    (tmp_path / "a.xml").write_text(text)
    papers, problems = outcome(tmp_path / "a.xml", format="arxiv")
    assert papers == []
    assert "undefined entity" in problems[0].message


def test_an_entity_that_nobody_declares_costs_its_record_alone(tmp_path):
    good = "<entry><id>2</id><title>Good &eacute;</title><summary>x</summary></entry></feed>"
    (tmp_path / "a.xml").write_text(UNDECLARED + good)
    papers, problems = outcome(tmp_path / "a.xml")
    assert [p.title for p in papers] == ["Good é"]
    assert "undefined entity" in problems[0].message


def test_names_in_archives_lead_nowhere(tmp_path):
    path = tmp_path / "inner" / "a.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../evil.jsonl", "/etc/evil.jsonl", "C:\\evil.jsonl", "a\x1b[2J.jsonl"):
            archive.writestr(name, '{"title": "Bread", "abstract": "Crust."}')
    before = sorted(tmp_path.rglob("*"))
    papers, _ = outcome(path)
    assert len(papers) == 4
    assert sorted(tmp_path.rglob("*")) == before
    assert all("\x1b" not in source for paper in papers for source in paper.sources)


def test_one_broken_member_costs_no_other(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.jsonl", '{"title": "Bread", "abstract": "x"}\n' * 99)
        archive.writestr("b.jsonl", '{"title": "Tea", "abstract": "x"}')
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[60:70] = b"xxxxxxxxxx"
    (tmp_path / "a.zip").write_bytes(data)
    papers, problems = outcome(tmp_path / "a.zip")
    assert "Tea" in {p.title for p in papers}
    assert any("damaged" in p.message for p in problems)


@pytest.mark.parametrize(
    "damaged", [b"\x28\xb5\x2f\xfdnew\n", b"\xfd7zXZ\x00bread", b"\x1f\x8bbread", b"BZhbread"]
)
def test_a_damaged_stream_inside_an_archive_costs_itself(tmp_path, damaged):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", damaged)
        archive.writestr("b.jsonl", '{"title": "Tea", "abstract": "x"}')
    papers, problems = outcome(tmp_path / "a.zip")
    assert [p.title for p in papers] == ["Tea"]
    assert str(problems[0]).startswith("a.zip/a: is damaged")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd", "http://a b<c"]
)
def test_addresses_that_are_no_web_pages_are_left_out(tmp_path, url):
    (tmp_path / "a.csv").write_text(f'title,abstract,url,code\nBread,Crust,"{url}","{url}"\n')
    (paper,), problems = outcome(tmp_path / "a.csv")
    assert paper.url is None
    assert paper.code_urls == ()
    assert "no web address" in problems[0].message


@pytest.mark.parametrize(
    ("content", "format"),
    [
        ("[" * 200_000, "json"),
        ('{"a":' * 200_000, "json"),
        ('[{"a":' * 100_000 + "1", "json"),
        ("<feed><entry>" + "<a>" * 100_000, "arxiv"),
        ("<feed><entry>" + "<a>" * 50_000 + "</a>" * 50_000 + "</entry></feed>", "arxiv"),
        ("<feed><!--" * 20_000, "arxiv"),
        ("<entry " * 50_000, "arxiv"),
        ("@article{a, title = " + "{" * 100_000 + "}" * 100_000 + "}", "bibtex"),
        ("@article{a, title = " + '"' * 100_001, "bibtex"),
        ("@string{a = b # " * 5_000, "bibtex"),
        ("\\'" * 100_000, "bibtex"),
        ('title,abstract\n"' * 3_000, "csv"),
        ("TY  - \nTI  - " * 20_000, "ris"),
        (" \n" * 100_000, "text"),
        ("a\n\n" * 30_000, "pages"),
    ],
)
def test_depth_and_repetition_end_soon(tmp_path, content, format):
    (tmp_path / "a").write_text(content)
    begun = time.process_time()
    outcome(tmp_path / "a", format=format)
    assert time.process_time() - begun < 20


def test_a_line_without_end_costs_itself(tmp_path):
    with (tmp_path / "a.jsonl").open("w") as out:
        out.write('{"title": "Before", "abstract": "x"}\n{"title": "')
        for _ in range(101):
            out.write("x" * 1_000_000)
        out.write('"}\n{"title": "After", "abstract": "x"}\n')
    papers, problems = outcome(tmp_path / "a.jsonl")
    assert [p.title for p in papers] == ["Before", "After"]
    assert problems[0].line == 2
    assert "a line of 101,0" in problems[0].message


def test_an_array_on_one_line_is_read_as_a_stream(tmp_path):
    record = '{"title": "Bread %d", "abstract": "x"}'
    text = ",".join(record % n for n in range(50_000))
    (tmp_path / "a.json").write_text(f"[{text}]")
    papers, problems = outcome(tmp_path / "a.json")
    assert (len(papers), problems) == (50_000, [])


def test_packed_zeros_are_read_in_constant_memory(tmp_path, monkeypatch):
    import gzip

    with gzip.open(tmp_path / "a.gz", "wb", compresslevel=1) as out:
        for _ in range(60):
            out.write(b" " * 1_000_000)
    papers, problems = outcome(tmp_path / "a.gz")
    assert papers == []
    assert problems


def test_standard_input_is_read_like_a_file(monkeypatch):
    class Fake:
        buffer = io.BytesIO(b'{"title": "Bread", "abstract": "x"}')

    monkeypatch.setattr("sys.stdin", Fake)
    assert [p.sources for p in read("-")] == [("-",)]
