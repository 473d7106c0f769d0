"""Plain text: a title, a blank line, its abstract, a blank line, the next title …

Lines may be broken at any width. Where two blank lines, or a line of dashes, stand between papers, an
abstract may have several paragraphs; else a paragraph that looks like a title begins the next paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers.entry import Item, Place, entry
from kg.readers.source import Source

Block = tuple[int, list[str]]

_RULE = re.compile(r"\s*(?:[-=*_~]{3,}|#{3,})\s*$")
_LABEL = re.compile(r"\s*(?:title|abstract)\s*[:.]\s*", re.I)
_TITLE = 250


def read(source: Source) -> Iterator[Item]:
    """Yield the papers of a text."""
    parted = _is_parted(source.head)
    title: Block | None = None
    abstract: list[str] = []
    for block in _blocks(source):
        if block is None or (abstract and not parted and _is_title(block[1])):
            yield from _paper(title, abstract, source.name)
            title, abstract = block, []
        elif title is None:
            title = block
        else:
            abstract.append(" ".join(block[1]))
    yield from _paper(title, abstract, source.name)


def _paper(title: Block | None, abstract: list[str], name: str) -> Iterator[Item]:
    if title is None:
        return
    yield from entry(
        Place(name, title[0]),
        title=_LABEL.sub("", " ".join(title[1]), count=1),
        abstract=_LABEL.sub("", "\n".join(abstract), count=1),
    )


def _blocks(source: Source) -> Iterator[Block | None]:
    """Yield paragraphs as (line, lines); None stands between papers."""
    kept: list[str] = []
    first = blank = 0
    for number, line in enumerate(source.lines, 1):
        rule = _RULE.match(line)
        if line.strip() and not rule:
            if not kept:
                if blank > 1:
                    yield None
                first = number
            kept.append(line.strip())
            blank = 0
            continue
        if kept:
            yield first, kept
            kept = []
        if rule:
            yield None
            blank = 0
        else:
            blank += 1
    if kept:
        yield first, kept


def _is_parted(head: str) -> bool:
    """Return whether two blank lines or a rule stand between papers."""
    blank = 2**30  # before the first line of text nothing is parted
    for line in head.splitlines():
        if _RULE.match(line):
            return True
        if not line.strip():
            blank += 1
        elif 1 < blank < 2**30:
            return True
        else:
            blank = 0
    return False


def _is_title(lines: list[str]) -> bool:
    whole = " ".join(lines)
    if _LABEL.match(whole):
        return whole.lower().startswith("title")
    return len(lines) < 3 and len(whole) <= _TITLE and not whole.endswith(".")
