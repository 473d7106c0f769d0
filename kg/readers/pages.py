"""Listing pages as people paste them: a title, its abstract, the next title …

The layouts differ (blank lines or none, headings of the site, a date, a button's label glued to the
first title), so lines are told apart by what they are: an abstract is a long line, a title the short
line right before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import Problem
from kg.model import Paper
from kg.readers.source import Source
from kg.resolve.ids import paper_id

#: A line of at least this many characters is an abstract: titles stay below, abstracts far above.
LONG = 200
_SENTENCE = 110
_CHROME = re.compile(
    r"(?:new|subscribe|(?:hugging face )?(?:daily|trending) papers|get trending papers in your email inbox.*"
    r"|by\s?ak and the research community|log ?in|sign ?up|search|share|previous|next|upvote|\d+|-|submitted by.*"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)$",
    re.I,
)
_GLUED = re.compile(r"^(?:Subscribe|New)(?=[A-Z0-9\"'($])")


def read(source: Source) -> Iterator[Paper | Problem]:
    """Yield the papers of a page; a line that is no title, abstract or heading is a problem."""
    title: tuple[int, str] | None = None
    waiting: tuple[str, str] | None = None  # a paper whose abstract may go on
    for number, raw in enumerate(source.lines, 1):
        line = raw.replace("\x00", " ").strip("\ufeff \t\r")
        if not line:
            continue
        if _is_abstract(line):
            if title is None and waiting is None:
                yield Problem(
                    source.name, number, "an abstract without title", "put its title before it"
                )
            elif title is None and waiting:
                waiting = (waiting[0], f"{waiting[1]}\n{line}")
            elif title:
                if waiting:
                    yield _paper(*waiting)
                waiting, title = (title[1], line), None
            continue
        if title and not _CHROME.match(title[1]):
            yield _lone(source.name, title)
        title = (number, _GLUED.sub("", line))
        if _CHROME.match(title[1]):
            title = None
    if waiting:
        yield _paper(*waiting)
    if title:
        yield _lone(source.name, title)


def _is_abstract(line: str) -> bool:
    return len(line) >= LONG or (
        len(line) >= _SENTENCE and line.endswith(".") and line.count(". ") > 0
    )


def _lone(name: str, title: tuple[int, str]) -> Problem:
    shown = title[1] if len(title[1]) < 60 else title[1][:57] + "…"
    return Problem(
        name,
        title[0],
        f"a line that fits nowhere: {shown!r}",
        "a title is followed by its abstract",
    )


def _paper(title: str, abstract: str) -> Paper:
    return Paper(paper_id(title), title, abstract)
