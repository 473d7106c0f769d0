"""What a reader does with the page, in a real browser."""

import json

from playwright.sync_api import expect

import kg

DRAWN = """() => { const c = document.querySelector('#network canvas');
  const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""


def find(page, text):
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_first_screen_explains_itself(visit, page_file):
    page = visit(page_file)
    legend = page.inner_text("#kinds")
    assert all(
        f"{kind}s" in legend
        for kind in ("Method", "Dataset", "Benchmark", "Task", "Metric", "Paper")
    )
    assert page.locator("#kinds svg").count() == 6
    assert page.get_attribute("#search", "placeholder") == "Find a paper, method, dataset or task"
    assert "What 30 papers name" in page.inner_text("#panel h2")
    assert "named most often" in page.inner_text("#caption")
    assert page.evaluate(DRAWN) > 20_000


def test_search_by_alias_and_read_the_evidence(visit, page_file):
    page = visit(page_file)
    page.keyboard.press("/")
    page.keyboard.type("SHD")
    assert "SHD" in page.inner_text("#hits li:first-child")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Spiking Heidelberg Digits"
    assert "95.07% accuracy on SHD" in page.inner_text("#panel")
    assert "SHD" in page.locator("#panel section[data-group=evaluated_on] mark").all_inner_texts()
    assert "show=Dataset" in page.url
    assert page.evaluate("document.activeElement.textContent") == "Spiking Heidelberg Digits"


def test_search_finds_papers_and_says_when_it_finds_nothing(visit, page_file):
    page = visit(page_file)
    page.fill("#search", "recognition learning deep residual")
    assert "Deep Residual Learning" in page.inner_text("#hits li:first-child")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel .kind") == "Paper"
    page.fill("#search", "xyzzy")
    assert page.inner_text("#hits") == "Nothing by that name"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""
    assert page.inner_text("#panel .kind") == "Paper"


def test_filter_out_tasks(visit, page_file):
    page = visit(page_file)
    assert "Tasks" in page.inner_text("#panel")
    page.click("#kinds button[data-name=Task]")
    assert "Tasks" not in page.inner_text("#panel")
    assert page.get_attribute("#kinds button[data-name=Task]", "aria-pressed") == "false"
    assert "hide=Task" in page.url
    find(page, "Residual Network")
    assert page.locator("#panel section[data-group=addresses]").count() == 0


def test_relations_can_be_hidden(visit, page_file):
    page = visit(page_file, "#show=Dataset/imagenet")
    assert page.locator("section[data-group=evaluated_on]").count() == 1
    page.click("#relations summary")
    page.click("#predicates button[data-name=evaluated_on]")
    assert page.locator("section[data-group=evaluated_on]").count() == 0
    assert page.locator("section[data-group=introduces]").count() == 1


def test_state_comes_back_from_the_link(visit, page_file):
    page = visit(page_file, "#show=Method/mamba&hide=Task,mentions&without=Method/transformer")
    assert page.inner_text("#panel h2") == "Mamba"
    for name in ("Task", "mentions"):
        assert page.get_attribute(f"button[data-name={name}]", "aria-pressed") == "false"
    assert "without" in page.inner_text("#narrowed")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#panel h2") == "Mamba"
    page.click("#home")
    assert page.inner_text("#panel h2").startswith("What")
    page.go_back()
    assert page.inner_text("#panel h2") == "Mamba"


def test_path_between_two_entities(visit, page_file):
    page = visit(page_file, "#show=Method/kolmogorov-arnold-network")
    page.click("text=Path to …")
    page.keyboard.type("Mamba")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Kolmogorov-Arnold Network → Mamba"
    assert page.locator("#panel ol > li").count() >= 1
    assert page.locator("#panel ol q").count() >= 2
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#panel h2") == "Kolmogorov-Arnold Network → Mamba"


def test_leaderboard_neighbours_and_pairs(visit, page_file):
    page = visit(page_file, "#show=Dataset/imagenet")
    board = page.locator("#panel table", has_text="top-1 accuracy")
    figures = board.locator("td.figure").all_inner_texts()
    assert figures[:2] == ["88.55 %", "87.94 %"]
    page.click("text=Neighbours")
    page.locator("#panel .rank", has_text="top-1 accuracy").click()
    assert page.inner_text("#panel h2") == "ImageNet and top-1 accuracy"
    assert page.locator("#panel mark").count() >= 4


def test_only_its_papers_and_hide(visit, page_file):
    page = visit(page_file, "#show=Dataset/cifar-10")
    page.click("text=Only its papers")
    assert "of 30 papers" in page.inner_text("#panel h2")
    page.locator("#panel .rank").first.click()
    page.click("#panel .actions >> text=Hide")
    assert "without" in page.inner_text("#narrowed")
    for _ in range(2):
        page.locator("#narrowed button").first.click()
    assert page.inner_text("#panel h2") == "What 30 papers name"


def test_a_click_on_the_picture_opens_what_is_there(visit, dated, tmp_path):
    shown = "#both=Method/kolmogorov-arnold-network+Dataset/cifar-10&years=2020-2020"
    page = visit(dated.export(tmp_path / "a.html"), shown)
    box = page.locator("#network").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 30
    # Down the middle, to where the pointer says that there is something to click.
    while page.evaluate("document.querySelector('#network').style.cursor") != "pointer":
        y += 12
        page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.locator("#panel h2")).to_have_text("A Study of KAN, Part 2020")
    assert "A. Frog, B. Toad" in page.inner_text("#panel header")
    assert page.inner_text("#panel .about") == "2020 · Pond"


def test_years(visit, dated, tmp_path):
    page = visit(dated.export(tmp_path / "a.html"))
    assert "What 6 papers, 2019 to 2024 name" in page.inner_text("#panel h2")
    page.click("#when summary")
    page.locator("#from").fill("2023")
    assert "What 2 of 6 papers, 2023 to 2024 name" in page.inner_text("#panel h2")
    assert "years=2023-2024" in page.url
    find(page, "KAN")
    assert "Named in 2 papers of 6 before filtering" in page.inner_text("#panel")
    assert page.locator("#panel .timeline rect").count() == 6


def test_the_picture_can_be_saved(visit, page_file):
    page = visit(page_file, "#show=Dataset/imagenet")
    with page.expect_download() as waiting:
        page.click("#png")
    assert waiting.value.suggested_filename == "ImageNet.png"
    png = waiting.value.path().read_bytes()
    assert png.startswith(b"\x89PNG") and len(png) > 10_000


def test_phone(visit, page_file):
    page = visit(page_file, viewport={"width": 390, "height": 780}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not page.is_visible("#panel")
    page.fill("#search", "ImageNet")
    page.keyboard.press("Enter")
    panel, picture = page.locator("#panel").bounding_box(), page.locator("#network").bounding_box()
    assert panel["y"] >= picture["y"] + picture["height"] - 1
    assert panel["width"] == 390 and picture["height"] > 150


def test_what_was_left_out_is_said(visit, graph, tmp_path):
    page = visit(graph.export(tmp_path / "a.html", focus="KAN", max_papers=1, kinds=["methods"]))
    caption = page.inner_text("#caption")
    assert page.inner_text("#panel h2") == "Kolmogorov-Arnold Network"
    assert "within 1 hop of Kolmogorov-Arnold Network, of 30." in caption
    assert "Only entities of kind Method." in caption


def test_hostile_text_stays_text(visit, tmp_path):
    title = "</script><img src=x onerror=alert(1)>"
    record = {
        "title": f"{title} BERT",
        "abstract": f"We use BERT on the {title} dataset. 𝕏 {title} reaches 91% accuracy on MNIST.",
        "authors": [title],
        "venue": title,
        "url": "javascript:alert(1)",
        "date": "2020",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    path = kg.build(tmp_path / "a.jsonl").export(tmp_path / "a.html", title=title)
    page = visit(path, "#show=Method/bert")
    assert page.inner_text("h1") == title
    assert title in page.inner_text("#panel")
    assert page.locator("#panel mark", has_text="BERT").count() > 0
    page.locator("#panel .link", has_text=title).first.click()
    assert page.inner_text("#panel header").count(title) == 3
    assert page.locator("#panel header a").count() == 0
    page.fill("#search", "script")
    assert title in page.inner_text("#hits")
    assert page.locator("img").count() == 0


def test_no_other_script_runs(browser, page_file):
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); document.body.insertAdjacentHTML('beforeend',"
        " '<img src=x onerror=\"window.ran = 2\">'); }"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    page.close()


def test_a_notebook_shows_the_page_in_a_frame(browser, page_file):
    from kg.export.html.showing import frame

    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.set_content(frame(page_file, 640))
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for()
    inner.locator("#panel .rank").first.click()
    assert inner.locator("#panel h2").inner_text() == "Convolutional Neural Network"
    assert errors == []
    page.close()
