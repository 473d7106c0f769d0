from kg.errors import Problem
from kg.model import Paper
from kg.readers import read

LONG = "We study how birds find their way home over open water. " * 6
OTHER = "This text is about bread, its crust and its crumb, and nothing else. " * 5
BLANK = (
    f"new\n\nSubscribe\n\nDaily Papers\n\nMar 12\n\nBirds at Sea\n\n{LONG}\n\nOn Bread\n\n{OTHER}\n"
)
DENSE = (
    f"Get trending papers in your email inbox!\nSubscribeBirds at Sea\n{LONG}\nOn Bread\n{OTHER}"
)


def papers(tmp_path, text):
    problems: list[Problem] = []
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    return list(read(tmp_path / "page.txt", on_problem=problems.append)), problems


def test_layout_with_blank_lines(tmp_path):
    found, problems = papers(tmp_path, BLANK)
    assert [p.title for p in found] == ["Birds at Sea", "On Bread"]
    assert found[0].abstract == LONG.strip()
    assert found[0].sources == ("page.txt",)
    assert problems == []


def test_layout_without_blank_lines_and_glued_title(tmp_path):
    found, problems = papers(tmp_path, DENSE)
    assert [p.title for p in found] == ["Birds at Sea", "On Bread"]
    assert problems == []


def test_line_that_fits_nowhere_is_reported_and_costs_nothing_else(tmp_path):
    found, problems = papers(tmp_path, f"A lonely heading\nBirds at Sea\n{LONG}\nTrailing words")
    assert [p.title for p in found] == ["Birds at Sea"]
    assert [(p.line, p.source) for p in problems] == [(1, "page.txt"), (4, "page.txt")]
    assert "A lonely heading" in problems[0].message


def test_abstract_of_two_paragraphs_stays_whole(tmp_path):
    found, _ = papers(tmp_path, f"Birds at Sea\n{LONG}\n{OTHER}\n")
    assert found[0].abstract == f"{LONG.strip()}\n{OTHER.strip()}"


def test_abstract_without_title_is_reported(tmp_path):
    found, problems = papers(tmp_path, LONG)
    assert found == []
    assert problems[0].message == "an abstract without title"


def test_long_titles_in_other_languages(tmp_path):
    title = "Redes neuronales para la previsión de la demanda eléctrica: " + "un estudio " * 9
    found, _ = papers(tmp_path, f"{title}\n{LONG}")
    assert isinstance(found[0], Paper)
    assert found[0].title == title.strip()
