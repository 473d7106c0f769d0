"""A real browser with the network cut off."""

import json
import shutil

import pytest

import kg

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DATED = [
    {
        "title": f"A Study of KAN, Part {year}",
        "abstract": "We build on KAN and evaluate it on CIFAR-10.",
        "date": str(year),
        "authors": ["A. Frog", "B. Toad"],
        "venue": "Pond",
    }
    for year in range(2019, 2025)
]


@pytest.fixture(scope="session")
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
    contexts, requests, messages = [], [], []

    def run(path, fragment="", **options):
        options = {"viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(
            120_000
        )  # a busy machine is slow, and that is no fault of the page
        page.on("request", lambda r: requests.append(r.url))
        page.on("console", lambda m: messages.append(m.text))
        page.on("pageerror", lambda e: messages.append(str(e)))
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]")
        return page

    yield run
    for context in contexts:
        context.close()
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert messages == []


@pytest.fixture(scope="session")
def page_file(graph, tmp_path_factory):
    return graph.export(tmp_path_factory.mktemp("view") / "graph.html")


@pytest.fixture(scope="session")
def dated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dated")
    (folder / "dated.jsonl").write_text("\n".join(map(json.dumps, DATED)), encoding="utf-8")
    with kg.build(folder / "dated.jsonl") as built:
        yield built
