"""The HTML network before a browser sees it: what it carries, and where everything stands."""

import json
import re
from itertools import combinations

import pytest

import kg
from kg.errors import KgError, UnknownName
from kg.export.html import showing
from kg.export.html.data import compact
from kg.export.html.layout import Box, layout
from kg.export.html.overview import overview
from kg.export.html.selection import select

ASTRAL = "𝕏 is not 𝕐. We evaluate it on MNIST, where 𝕏 reaches 91% accuracy."


def embedded(path):
    return json.loads(
        re.search(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S)[1]
    )


@pytest.fixture(scope="module")
def known(graph):
    return compact(graph.store, select(graph.store, 5000))


def test_everything_is_carried(graph, known):
    count = graph.store.count
    assert len(known["papers"]) == count("paper")
    assert len(known["links"]) == 6 * count("link")
    assert len(known["results"]) == count("result")
    assert known["leftOut"] == ""


def test_places_count_as_javascript_does(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "T", "abstract": ASTRAL}))
    built = kg.build(tmp_path / "a.jsonl")
    known = compact(built.store, select(built.store, 9))
    units = ASTRAL.encode("utf-16-le")
    mentions = known["papers"][0][-1]
    words = [
        units[2 * start : 2 * stop].decode("utf-16-le")
        for start, stop in zip(mentions[1::4], mentions[2::4], strict=True)
    ]
    assert {"MNIST", "accuracy"} <= set(words)
    sentence = units[2 * known["links"][4] : 2 * known["links"][5]].decode("utf-16-le")
    assert sentence.startswith("We evaluate")


def test_leaderboard_comes_best_first(known):
    names = [entity[2] for entity in known["entities"]]
    rows = [
        float(value)
        for _, value, _, metric, dataset, _, relative in known["results"]
        if metric >= 0 and names[metric] == "top-1 accuracy" and not relative
        if dataset >= 0 and names[dataset] == "ImageNet"
    ]
    assert len(rows) > 3 and rows == sorted(rows, reverse=True)


def test_the_most_connected_papers_are_kept(graph):
    kept = select(graph.store, 5)
    assert len(kept.papers) == 5
    assert kept.left_out == "5 of 30 papers are in this page: the most connected."
    links = dict(graph.store.db.execute("SELECT paper, count(*) FROM link GROUP BY paper"))
    assert sum(links[key] for key in kept.papers) > 5 * sum(links.values()) / len(links)


def test_focus_hops_and_kinds(graph, tmp_path):
    one = embedded(graph.export(tmp_path / "a.html", focus="KAN"))
    two = embedded(
        graph.export(tmp_path / "a.html", focus="KAN", hops=2, kinds=["task", "Methods"])
    )
    assert {paper[0] for paper in one["papers"]} == {
        paper.id for paper in graph.papers(mentions="KAN")
    }
    assert len(one["papers"]) < len(two["papers"]) < 30
    assert {two["kinds"][entity[0]] for entity in two["entities"]} == {"Method", "Task"}
    assert one["entities"][one["start"]][2] == "Kolmogorov-Arnold Network"
    with pytest.raises(KgError, match="no kind 'Author'"):
        graph.export(tmp_path / "b.html", kinds=["Author"])
    with pytest.raises(UnknownName):
        graph.export(tmp_path / "b.html", focus="xyzzy")
    assert not (tmp_path / "b.html").exists()


def test_an_empty_graph_gives_a_page(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "Nothing at all"}')
    assert embedded(kg.build(tmp_path / "a.jsonl").export(tmp_path / "a.html"))["entities"] == []


def test_the_page_loads_nothing_and_is_the_same_each_time(graph, tmp_path):
    first, second = (graph.export(tmp_path / name).read_bytes() for name in ("a.html", "b.html"))
    assert first == second and len(first) < 800_000
    assert re.search(rb"default-src 'none'; script-src 'sha256-[^;]+' 'sha256-[^;]+';", first)
    assert re.findall(rb"<(?:script|link|img|iframe)[^>]+(?:src|href)=", first) == []


def test_overview_shows_the_most_named_with_ties(known):
    first = overview(known, 40)
    assert len(first.spots) == 40
    fewest = min(spot.papers for spot in first.spots)
    assert sum(entity[5] > fewest for entity in known["entities"]) <= 40
    shown = {spot.entity for spot in first.spots}
    assert all({tie.a, tie.b} <= shown and tie.shared > 0 for tie in first.ties)
    assert len({spot.island for spot in first.spots}) > 1


def test_boxes_do_not_lie_on_each_other(known):
    first = overview(known, 60)
    boxes = [(s.x, s.y, *Box(s.radius, s.font, s.label).size) for s in first.spots]
    on_each_other = [
        1
        for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2)
        if abs(ax - bx) < (aw + bw) / 2 - 4 and abs(ay - by) < (ah + bh) / 2 - 16
    ]
    assert len(on_each_other) <= 2


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_layout_of_few(count):
    places, islands = layout([Box(5, 12, "a")] * count, [(0, 1, 1.0)] if count > 1 else [])
    assert len(places) == len(islands) == count
    assert len(set(places)) == count


def test_view_opens_the_browser_or_shows_a_frame(graph, tmp_path, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(showing.webbrowser, "open", opened.append)
    assert graph.view().read_bytes()[:9] == b"<!DOCTYPE"
    assert opened[0].startswith("file:///") and opened[0].endswith("graph.html")
    monkeypatch.setattr(showing, "in_notebook", lambda: True)
    graph.view(tmp_path / "a.html")
    assert len(opened) == 1
    assert showing.frame(tmp_path / "a.html", 500).count("<") == 4
