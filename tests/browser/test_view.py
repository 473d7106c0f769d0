"""The HTML network in a real browser, with the network cut off."""

import json
import shutil

import pytest

import kg

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser):
    """Open a page offline; afterwards there must be no request but the page and no console message."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    requests, messages = [], []

    def run(path, fragment=""):
        page = context.new_page()
        page.on("request", lambda r: requests.append(r.url))
        page.on("console", lambda m: messages.append(m.text))
        page.on("pageerror", lambda e: messages.append(str(e)))
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]")
        return page

    yield run
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert messages == []
    context.close()


@pytest.fixture(scope="module")
def page_file(graph, tmp_path_factory):
    return graph.export(tmp_path_factory.mktemp("view") / "graph.html")


def test_first_screen_shows_counts_legend_and_drawing(visit, page_file):
    page = visit(page_file)
    assert "30 papers" in page.inner_text("#counts")
    assert all(
        kind in page.inner_text("#legend") for kind in ("Method", "Dataset", "Task", "Metric")
    )
    drawn = page.evaluate(
        "() => { const c = document.querySelector('canvas'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; return d.some((v, i) => i % 4 === 3 && v > 0); }"
    )
    assert drawn


def test_search_by_alias_and_read_the_evidence(visit, page_file):
    page = visit(page_file)
    page.keyboard.press("/")
    page.keyboard.type("SHD")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Spiking Heidelberg Digits"
    assert "95.07% accuracy on SHD" in page.inner_text("#panel")
    assert page.locator("#panel mark").count() > 0
    assert "show=" in page.url


def test_state_comes_back_from_the_link(visit, page_file):
    page = visit(page_file, "#show=Method/mamba&hide=Task")
    assert page.inner_text("#panel h2") == "Mamba"
    assert page.locator("#legend button", has_text="Task").get_attribute("aria-pressed") == "false"


def test_path_between_two_entities(visit, page_file):
    page = visit(page_file, "#show=Method/kolmogorov-arnold-network")
    page.click("text=Path from here to")
    page.keyboard.type("Mamba")
    page.keyboard.press("Enter")
    assert "Kolmogorov-Arnold Network → Mamba" in page.inner_text("#panel h2")


def test_hostile_text_stays_text(visit, tmp_path):
    title = "</script><img src=x onerror=alert(1)>"
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"title": title, "abstract": f"We use BERT. {title}"})
    )
    page = visit(kg.build(tmp_path / "a.jsonl").export(tmp_path / "a.html"), "#show=Method/bert")
    assert title in page.inner_text("#panel")
    assert page.locator("img").count() == 0
