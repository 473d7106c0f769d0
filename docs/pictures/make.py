"""Make the pictures of the README from the example graph: python docs/pictures/make.py."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import kg

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples" / "papers.txt"
SCREENS = {"view": "", "dataset": "#show=Dataset/imagenet"}

with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
    page_file = kg.build(EXAMPLES).export(Path(folder) / "graph.html")
    browser = play.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )
    for scheme in ("light", "dark"):
        page = browser.new_page(
            viewport={"width": 1280, "height": 760}, color_scheme=scheme, device_scale_factor=1.5
        )
        for name, fragment in SCREENS.items():
            page.goto("about:blank")
            page.goto(page_file.as_uri() + fragment)
            page.wait_for_selector("html[data-ready]")
            page.wait_for_timeout(500)
            page.screenshot(path=HERE / f"{name}-{scheme}.png")
    browser.close()
