"""Hostile papers come out of every format as they went in, read by programs that are not ours."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph
import pytest
import rdflib

import kg
from kg.export import WRITERS

HOSTILE = (
    '</script><img src=x onerror=alert(1)> ]]> <!-- &lol; " \' """ \\ \\u0022 \\" ${x} `x` %3Cscript%3E '
    "\"}) DETACH DELETE n; // '; DROP TABLE paper; -- > . } DELETE WHERE { ?s ?p ?o } # @en ^^<x:y> "
    "{{ 7*7 }} \u202e عربي 面包 🦆 é e\u0301 \u2028 \u0085 \ufeff end"
)
FIELDS = {
    "title": f"=1+1 {HOSTILE} title",
    "abstract": f"@SUM(A1) We use BERT on CIFAR-10. {HOSTILE} abstract",
    "authors": [f"+1 {HOSTILE} author".replace(";", ","), "-2+3 Baker"],
    "venue": f"-1 {HOSTILE} venue",
}
URL = "https://x.org/?q=%22%3E%3Cscript%3E&a='b'(c);//--%0A{d}|^`#=1+1"


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    path = tmp_path_factory.mktemp("evil") / "evil.jsonl"
    # A lone surrogate and control characters are as bad as the rest, but for no reader to keep.
    record = {**FIELDS, "url": URL, "date": "2024", "categories": ["\ud800\x00\x1b[2J", HOSTILE]}
    path.write_text(json.dumps(record), encoding="utf-8")
    return kg.build(path, recogniser=False)


@pytest.fixture(scope="module")
def paper(evil):
    (found,) = evil.papers()
    assert found.title.startswith("=1+1 </script><img")
    assert found.title.endswith(" end title")
    return found


def triples(path):
    """Objects by an independent parser: rdflib for what Oxigraph has written, and the other way round."""
    if path.suffix in (".nt", ".nq"):
        found = {quad.object for quad in pyoxigraph.parse(path=str(path))}
        return {t.value for t in found if hasattr(t, "value")}
    return {str(term) for term in rdflib.Graph().parse(path).objects()}


def strings(value):
    if isinstance(value, str):
        return {value}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(strings, inner))


def attributes(path):
    """Every attribute value and text of an XML file."""
    root = ElementTree.parse(path).getroot()
    return {text for e in root.iter() for text in (*e.attrib.values(), e.text or "")}


def cells(path):
    found = set()
    for file in path.iterdir():
        with file.open(newline="", encoding="utf-8") as rows:
            cells = [cell for row in csv.reader(rows) for cell in row]
            found.update(cells, *(cell.split(";") for cell in cells))
    return found


def literals(path):
    """The strings of Cypher; what is left of it must be ours alone."""
    text = path.read_text(encoding="utf-8")
    pattern = r'"(?:[^"\\\n]|\\.)*"'
    assert not re.search(r"DETACH|DELETE|script|DROP|//|'", re.sub(pattern, "", text))
    return set(map(json.loads, re.findall(pattern, text)))


READ = {
    **dict.fromkeys(("ttl", "nt", "nq", "jsonld", "rdf"), triples),
    **dict.fromkeys(("graphml", "gexf"), attributes),
    "csv": cells,
    "cypher": literals,
    "jsonl": lambda path: set().union(
        *(strings(json.loads(line)) for line in path.read_text("utf-8").split("\n") if line)
    ),
}
#: What a format has room for, beside the title.
HELD = {
    **dict.fromkeys(READ, ("abstract", "author", "venue", "url")),
    "graphml": ("url",),
    "gexf": ("url",),
}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's own, of its reader of JSON-LD
@pytest.mark.parametrize("suffix", sorted(READ))
def test_every_field_comes_out_intact(evil, paper, tmp_path, suffix):
    found = READ[suffix](evil.export(tmp_path / f"g.{suffix}"))
    values = {
        "author": paper.authors[0],
        **{n: getattr(paper, n) for n in ("abstract", "venue", "url")},
    }
    for name, value in {"title": paper.title, **{n: values[n] for n in HELD[suffix]}}.items():
        assert as_written(suffix, value) in found, name


def as_written(suffix, text):
    if suffix == "csv":  # one line, and nothing that a spreadsheet runs
        text = re.sub("[\u2028\x85]", " ", text)
        return text if text.startswith("http") else f"'{text}"
    if READ[suffix] is triples and text.startswith("http"):  # RFC 3987 knows no such characters
        return re.sub("[{}|^`]", lambda found: f"%{ord(found[0]):02X}", text)
    return text


def test_networkx_reads_the_networks(evil, paper, tmp_path):
    for read in (
        nx.read_graphml(evil.export(tmp_path / "g.graphml")),
        nx.read_gexf(evil.export(tmp_path / "g.gexf"), version="1.3"),
    ):
        assert paper.title in {data["label"] for _, data in read.nodes(data=True)}


def test_a_page_has_no_more_elements_than_any_other(evil, graph, tmp_path):
    class Tags(HTMLParser):
        def __init__(self, text):
            super().__init__()
            self.seen = []
            self.feed(text)

        def handle_starttag(self, tag, attrs):
            self.seen.append((tag, sorted(name for name, _ in attrs)))

    one, other = (
        Tags(g.export(tmp_path / "g.html", title="Bread").read_text("utf-8")).seen
        for g in (evil, graph)
    )
    assert one == other
    assert not {tag for tag, _ in one} & {"img", "iframe", "base", "object"}


def test_no_format_is_left_out():
    assert {*READ, "html"} == set(WRITERS)
