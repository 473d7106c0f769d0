"""How soon the HTML network can be used: python benchmarks/view.py [FOLDER] [--no-peer] [GRAPH...].

FOLDER holds `pages/` and `corpus/` (../shared by default); further graph files are measured too. The
peer is pyvis used bare on the same nodes and edges, in the same run and browser, until it has drawn
its first frame and until its physics settles.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import kg

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Minutes that the peer is given to settle.
PATIENCE = 15
FRAMES = """(zoom) => new Promise((done) => {
  const stage = document.querySelector('#network canvas'), box = stage.getBoundingClientRect(), times = [];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const fire = (type, dx, more) => stage.dispatchEvent(new PointerEvent(type,
    { bubbles: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1, clientX: x + dx, clientY: y, ...more }));
  const wheel = (n) => stage.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: x, clientY: y, deltaY: n % 20 < 10 ? -40 : 40 }));
  if (!zoom) fire('pointerdown', 0);
  let n = 0;
  const step = (now) => {
    times.push(now); n += 1;
    if (zoom) wheel(n); else fire('pointermove', 120 * Math.sin(n / 8));
    if (n < 120) { requestAnimationFrame(step); return; }
    if (!zoom) fire('pointerup', 0);
    done(times.slice(1).map((t, i) => t - times[i]));
  };
  requestAnimationFrame(step);
})"""


def main() -> None:
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    folders = [Path(a) for a in arguments if Path(a).is_dir()] or [SHARED]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        work = Path(name)
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS, timeout=120_000
        )
        graphs = {"pages": kg.build(folders[0] / "pages")}
        with gzip.open(folders[0] / "corpus" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines:
            (work / "some.jsonl").write_text("".join(islice(lines, 5000)), encoding="utf-8")
        graphs["5,000 papers"] = kg.build(work / "some.jsonl")
        graphs |= {Path(a).stem: kg.open(a) for a in arguments if Path(a).is_file()}
        print("| graph | page | written in | usable after | search answers in | pan | zoom |")
        print("|---|---|---|---|---|---|---|")
        usable = {label: ours(browser, graph, label, work) for label, graph in graphs.items()}
        if "--no-peer" not in sys.argv:
            peer(browser, graphs["pages"], work, usable["pages"])
        browser.close()


def ours(browser: Browser, graph: kg.Graph, label: str, work: Path) -> float:
    """Print a row for our page; return the median time until it can be used."""
    started = time.perf_counter()
    path = graph.export(work / "ours.html")
    written = time.perf_counter() - started
    usable, answers = zip(*(visit(browser, path) for _ in range(5)), strict=True)
    page = ready(browser, path)
    pan, zoom = (statistics.median(page.evaluate(FRAMES, zoom)) for zoom in (False, True))
    page.close()
    median = statistics.median(usable)
    print(
        f"| {label}: {graph.store.count('paper'):,} papers, {graph.store.count('entity'):,} entities "
        f"| {path.stat().st_size / 1e6:.1f} MB | {written:.1f} s | {median:.2f} s "
        f"| {1000 * statistics.median(answers):.0f} ms | {1000 / pan:.0f} frames/s | {1000 / zoom:.0f} frames/s |"
    )
    return median


def ready(browser: Browser, path: Path) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(120_000)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-ready]")
    return page


def visit(browser: Browser, path: Path) -> tuple[float, float]:
    """Return seconds from navigation to the first frame, and then to an answer of the search."""
    page = ready(browser, path)
    shown = page.evaluate("Number(document.documentElement.dataset.ready) / 1000")
    answer = page.evaluate(
        "() => { const box = document.querySelector('#search'), start = performance.now();"
        " box.value = 'imagenet'; box.dispatchEvent(new Event('input'));"
        " if (!document.querySelector('#hits li')) throw new Error('no answer');"
        " return (performance.now() - start) / 1000; }"
    )
    page.close()
    return shown + answer, answer


def peer(browser: Browser, graph: kg.Graph, work: Path, usable: float) -> None:
    """Print how long pyvis used bare takes for the same nodes and edges."""
    from pyvis.network import Network

    network = Network(height="750px", width="100%", directed=True, cdn_resources="in_line")
    nodes = graph.to_networkx()
    started = time.perf_counter()
    for name, about in nodes.nodes(data=True):
        network.add_node(name, label=about["label"], title=about["kind"])
    for source, target, about in nodes.edges(data=True):
        network.add_edge(source, target, title=about["predicate"])
    html = network.generate_html(notebook=False)
    written = time.perf_counter() - started
    # Bare pyvis keeps `network` to a function of its page; the events tell when it has drawn and settled.
    html = html.replace(
        "network = new vis.Network(container, data, options);",
        "network = new vis.Network(container, data, options);"
        "network.once('afterDrawing', () => requestAnimationFrame(() => { window.drawn = performance.now(); }));"
        "network.once('stabilizationIterationsDone', () => { window.iterated = performance.now(); });"
        "network.once('stabilized', () => { window.settled = performance.now(); });",
    )
    path = work / "bare.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(2 * PATIENCE * 60_000)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function("window.iterated", polling=250)
    drawn = page.evaluate("(window.drawn || window.iterated) / 1000")
    page.wait_for_function(
        f"window.settled || performance.now() > {PATIENCE * 60_000}", polling=250
    )
    still = "" if page.evaluate("window.settled") else "not yet "
    settled = page.evaluate("(window.settled || performance.now()) / 1000")
    page.close()
    print(
        f"\npyvis used bare, {nodes.number_of_nodes():,} nodes and {nodes.number_of_edges():,} edges: "
        f"written in {written:.1f} s, first picture after {drawn:.1f} s, {still}settled after {settled:.1f} s: "
        f"{drawn / usable:.0f} and {settled / usable:.0f} times as long as ours"
    )


if __name__ == "__main__":
    main()
