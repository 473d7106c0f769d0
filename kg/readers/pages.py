"""Listing pages as people paste them: a title, its abstract, the next title …

The layouts differ (blank lines or none, headings of the site, a date, a button's label glued to the
first title), so lines are told apart by what they are: an abstract is a long line, a title the short
line right before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers.entry import Item, Place, entry
from kg.readers.source import Source

Line = tuple[Place, str]

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


def looks_like(head: str) -> bool:
    """Return whether a text has abstracts of one line each."""
    return any(_is_abstract(line.strip()) for line in head.splitlines())


def read(source: Source) -> Iterator[Item]:
    """Yield the papers of a page; a line that is no title, abstract or heading is a problem."""
    title: Line | None = None
    waiting: tuple[Line, str] | None = None  # a paper whose abstract may go on
    for number, raw in enumerate(source.lines, 1):
        line = raw.strip("\ufeff \t\r\x00")
        at = Place(source.name, number)
        if not line:
            continue
        if _is_abstract(line):
            if title is None and waiting is None:
                yield at.problem("an abstract without title", "put its title before it")
            elif title is None and waiting:
                waiting = (waiting[0], f"{waiting[1]}\n{line}")
            elif title:
                if waiting:
                    yield from _paper(*waiting)
                waiting, title = (title, line), None
            continue
        if title and not _CHROME.match(title[1]):
            yield _lone(title)
        title = (at, _GLUED.sub("", line))
        if _CHROME.match(title[1]):
            title = None
    if waiting:
        yield from _paper(*waiting)
    if title:
        yield _lone(title)


def _is_abstract(line: str) -> bool:
    return len(line) >= LONG or (
        len(line) >= _SENTENCE and line.endswith(".") and line.count(". ") > 0
    )


def _lone(title: Line) -> Item:
    at, text = title
    shown = text if len(text) < 60 else text[:57] + "…"
    return at.problem(f"a line that fits nowhere: {shown!r}", "a title is followed by its abstract")


def _paper(title: Line, abstract: str) -> Iterator[Item]:
    at, text = title
    return entry(at, title=text, abstract=abstract)
