"""GEXF, CSV and Cypher: read by others, importable, and deaf to what hostile text says."""

import csv
import json
import re
from collections import Counter

import networkx as nx
import pytest

import kg
from kg.errors import KgError

EVIL = [
    {
        "title": "\"}) DETACH DELETE n; // \\ ' <b> ]]> \n:param x => 1;",
        "abstract": "=HYPERLINK(1) We propose FrogNet; it reaches 91% accuracy on CIFAR-10.",
        "authors": ["=cmd|' /C calc'!A0", "B; C", "-3"],
        "venue": "+1+1",
        "date": "2020-02",
    },
    {"title": "Toads\u0007\u2028 walk", "abstract": "We use BERT on SQuAD."},
]


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    path = tmp_path_factory.mktemp("evil") / "evil.jsonl"
    path.write_text("\n".join(map(json.dumps, EVIL)), encoding="utf-8")
    return kg.build(path)


def tables(graph, tmp_path):
    folder = graph.export(tmp_path / "tables.csv")
    read = []
    for name in ("nodes.csv", "edges.csv"):
        with (folder / name).open(newline="", encoding="utf-8") as file:
            read.append(list(csv.DictReader(file)))
    return read


def test_gexf_is_read_by_networkx_with_its_dates(evil, tmp_path):
    read = nx.read_gexf(evil.export(tmp_path / "g.gexf"), version="1.3")
    view = evil.to_networkx()
    assert set(read) == set(view)
    assert read.number_of_edges() == view.number_of_edges()
    starts = {d["label"]: d.get("start") for _, d in read.nodes(data=True)}
    assert starts["FrogNet"] == "2020-02-01"
    assert starts["BERT"] is None
    assert {d["predicate"] for *_, d in read.edges(data=True)} >= {"introduces", "evaluated_on"}


@pytest.mark.parametrize("which", ["evil", "graph"])
def test_tables_pass_what_the_importer_checks(which, request, tmp_path):
    nodes, edges = tables(request.getfixturevalue(which), tmp_path)
    head = re.compile(r"\w*(:(ID|LABEL|START_ID|END_ID|TYPE|(int|boolean|string)(\[\])?))?$")
    assert all(head.match(name) for row in (nodes[0], edges[0]) for name in row)
    ids = Counter(row["id:ID"] for row in nodes)
    assert max(ids.values()) == 1
    assert all(row[":START_ID"] in ids and row[":END_ID"] in ids for row in edges)
    assert all(re.match(r"[A-Z_]+$", row[":TYPE"]) for row in edges)
    assert all(re.match(r"\w+$", row[":LABEL"]) for row in nodes)
    for row in nodes:
        assert row["year:int"] == "" or int(row["year:int"])
        assert row["relative:boolean"] in ("", "true", "false")
    assert all("\n" not in cell for row in [*nodes, *edges] for cell in row.values())
    assert all(None not in row and None not in row.values() for row in [*nodes, *edges])


def test_tables_hold_the_whole_graph(graph, tmp_path):
    nodes, edges = tables(graph, tmp_path)
    count = graph.store.count
    kinds = Counter(row[":LABEL"] for row in nodes)
    assert kinds["Paper"] == 30
    assert len(nodes) == count("paper") + count("entity") + count("result")
    said = sum(
        row[":TYPE"] not in ("REPORTS", "METRIC", "DATASET", "METHOD", "BROADER") for row in edges
    )
    assert said == count("link")
    assert sum(row[":TYPE"] == "REPORTS" for row in edges) == count("result")


def test_tables_run_nothing_in_a_spreadsheet(evil, tmp_path):
    nodes, edges = tables(evil, tmp_path)
    cells = [cell for row in [*nodes, *edges] for cell in row.values()]
    assert "'+1+1" in cells
    assert "'=cmd|' /C calc'!A0;B, C;-3" in cells
    assert all(re.fullmatch(r"[-+][\d.,]+", c) for c in cells if c[:1] in tuple("=+-@\t\r") and c)


def test_a_folder_of_something_else_is_left_alone(evil, tmp_path):
    (tmp_path / "mine.csv").mkdir()
    (tmp_path / "mine.csv" / "thesis.txt").write_text("years of work")
    with pytest.raises(KgError, match="no folder of tables"):
        evil.export(tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv" / "thesis.txt").read_text() == "years of work"
    (tmp_path / "table.csv").write_text("a,b")
    with pytest.raises(KgError, match="no folder of tables"):
        evil.export(tmp_path / "table.csv")
    evil.export(tmp_path / "new.csv")
    evil.export(tmp_path / "new.csv")
    assert {p.name for p in tmp_path.iterdir()} == {"mine.csv", "table.csv", "new.csv"}


def test_cypher_holds_text_in_strings_alone(evil, tmp_path):
    text = evil.export(tmp_path / "g.cypher").read_text(encoding="utf-8")
    # Without its strings, only the skeleton of the statements is left.
    skeleton = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    assert '"' not in skeleton.replace('""', "")
    assert "DELETE" not in skeleton
    assert "//" not in skeleton
    statements = [s.strip() for s in skeleton.split(";") if s.strip()]
    assert statements[0].startswith("CREATE CONSTRAINT")
    shapes = (
        r"UNWIND \[[^\]]*(\[[^\]]*\][^\]]*)*\] AS row MERGE \(n:Item \{id: row.id\}\) SET n:\w+, n \+= row",
        r"UNWIND \[[^\]]*\] AS row MATCH \(a:Item \{id: row.a\}\), \(b:Item \{id: row.b\}\)"
        r" MERGE \(a\)-\[r:[A-Z_]+\]->\(b\) SET r \+= row.set",
    )
    assert all(any(re.fullmatch(shape, s) for shape in shapes) for s in statements[1:])


def test_cypher_strings_are_the_very_texts(evil, tmp_path):
    text = evil.export(tmp_path / "g.cypher").read_text(encoding="utf-8")
    strings = {json.loads(s) for s in re.findall(r'"(?:[^"\\]|\\.)*"', text)}
    for paper in evil.papers():
        assert {paper.title, paper.abstract} <= strings


def test_json_lines_hold_every_record(graph, tmp_path):
    lines = graph.export(tmp_path / "g.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = Counter(json.loads(line)["type"] for line in lines)
    count = graph.store.count
    assert kinds == {
        "paper": count("paper"),
        "entity": count("entity"),
        "link": count("link"),
        "result": count("result"),
    }


def test_graphml_is_read_by_igraph_too(evil, tmp_path):
    igraph = pytest.importorskip("igraph")
    read = igraph.Graph.Read_GraphML(str(evil.export(tmp_path / "g.graphml")))
    view = evil.to_networkx()
    assert (read.vcount(), read.ecount()) == (len(view), view.number_of_edges())
    assert set(read.vs["kind"]) >= {"Paper", "Method"}
