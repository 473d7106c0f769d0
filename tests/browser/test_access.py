"""Accessibility: axe-core finds nothing serious, and the keyboard reaches everything."""

import pytest
from axe_playwright_python.sync_playwright import Axe

SCREENS = {
    "overview": "",
    "entity": "#show=Dataset/imagenet",
    "neighbours": "#near=Method/transformer&hide=Task&without=Method/mamba",
    "path": "#path=Method/kolmogorov-arnold-network+Method/mamba",
    "paper": "#show=Paper/deep-residual-learning-for-image-recognition",
}

#: All that the dark scheme can change.
CONTRAST = {"runOnly": ["color-contrast"]}


@pytest.mark.parametrize(("scheme", "rules"), [("light", {}), ("dark", CONTRAST)])
def test_axe_finds_nothing_serious(visit, page_file, scheme, rules):
    page = visit(page_file, color_scheme=scheme)
    for name, fragment in SCREENS.items():
        page.evaluate("hash => { location.hash = hash; }", fragment)
        page.wait_for_timeout(50)
        if name == "overview":
            page.fill("#search", "net")
        assert faults(page, name, rules) == []
        page.fill("#search", "")


def faults(page, name, rules=None):
    options = {"resultTypes": ["violations"], **(rules or {})}
    found = Axe().run(page, options=options).response["violations"]
    return [
        (name, fault["id"], fault["impact"], [node["html"][:120] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


def test_axe_is_awake(visit, page_file):
    page = visit(page_file)
    page.evaluate("document.querySelector('#in').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('#in').textContent = ''")
    assert [fault[1] for fault in faults(page, "broken")] == ["button-name"]


def test_everything_is_reached_by_keyboard(visit, page_file):
    page = visit(page_file)
    seen = []
    for _ in range(24):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    order = [seen.index(name) for name in ("search", "home", "panel", "rank")]
    assert order == sorted(order)
    page.locator("#panel .rank").first.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#panel .kind") == "Method"
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    assert page.inner_text("#panel h2").startswith("What")
