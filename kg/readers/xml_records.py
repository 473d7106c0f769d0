"""Records of XML, one at a time: cut out of the text, then parsed alone.

What is broken in one record costs that record alone, and memory is constant. Entities are refused, so
that no file can grow in memory or fetch another one; the named characters of HTML are read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers.expat import ExpatError, ParserCreate

from kg.errors import Problem
from kg.readers.entry import Place
from kg.readers.source import LONGEST_LINE, Source

_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = ("amp", "lt", "gt", "quot", "apos")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 100


@dataclass(slots=True)
class Element:
    """An element without namespaces: `dc:title` is found as "title"."""

    tag: str
    attributes: dict[str, str]
    content: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, tags left out."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def all(self, *path: str) -> list[Element]:
        """Return the elements at a path, such as `all("author", "name")`."""
        found = [self]
        for tag in path:
            inside = (part for one in found for part in one.content)
            found = [part for part in inside if isinstance(part, Element) and part.tag == tag]
        return found

    def first(self, *path: str) -> str:
        """Return the text of the first element at a path; "" where there is none."""
        found = self.all(*path)
        return found[0].text if found else ""


def root(head: str) -> str:
    """Return the name of the first element of an XML text without its namespace, or ""."""
    if not head.lstrip().startswith("<"):
        return ""
    match = re.search(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)", _without_comments(head))
    return match[1] if match else ""


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start)
        at = end + 3 if end >= 0 else len(text)
    return "".join([*parts, text[at:]])


def elements(
    source: Source, *tags: str, openings: tuple[str, ...] = ()
) -> Iterator[tuple[Place, Element | Problem]]:
    """Yield the elements of these tags, none of them inside another, with their places.

    Args:
        source: The text.
        tags: Names of the elements wanted.
        openings: Names of elements around them, of which only the attributes are wanted.
    """
    if "<!ENTITY" in source.head.upper():
        at = Place(
            source.name, 1 + source.head[: source.head.upper().index("<!ENTITY")].count("\n")
        )
        yield at, at.problem("XML that declares entities is refused", "take the DOCTYPE out")
        return
    for at, cut in _Cutter(source, tags, openings).pieces():
        yield at, cut if isinstance(cut, Problem) else parse(cut, at)


def parse(cut: str, at: Place) -> Element | Problem:
    """Return the element of a piece of XML; the text stays as it is, prefixes of names are dropped."""
    top = Element("", {})
    stack = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise ValueError(f"elements nested more than {_DEEPEST} deep")
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(":")[2], local)
        stack[-1].content.append(element)
        stack.append(element)

    def text(data: str) -> None:
        stack[-1].content.append(data)

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(_NOT_XML.sub(" ", _NAMED.sub(_character, cut)), True)
    except (ExpatError, ValueError) as error:
        return at.problem(f"not XML: {error}", "check the tags of this record")
    (element,) = top.content
    return element if isinstance(element, Element) else at.problem("not XML", "")


def _character(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name in _OF_XML else html5.get(f"{name};", match[0])


class _Cutter:
    """Finds the elements wanted in a text that comes in pieces."""

    def __init__(self, source: Source, tags: tuple[str, ...], openings: tuple[str, ...]) -> None:
        self._source = source
        self._openings = openings
        names = "|".join(map(re.escape, (*tags, *openings)))
        self._token = re.compile(
            rf"<!--(?:.*?-->)?|<!\[CDATA\[(?:.*?\]\]>)?"
            rf"|<(?P<close>/?)(?P<name>(?:[\w.-]+:)?(?:{names}))"
            rf"(?:\s(?:\"[^\"]*\"|'[^']*'|[^<>\"'/]|/(?!>))*)?(?P<empty>/?)>",
            re.S,
        )
        self._text, self._line = "", 1
        self._at = 0  # where the search goes on
        self._start, self._name = -1, ""  # where the element that is being read begins

    def pieces(self) -> Iterator[tuple[Place, str | Problem]]:
        """Yield the text of each element wanted, and of the openings as empty elements."""
        chunks = self._source.chunks
        last = False
        while not last:
            # As much again as is held, so that a long element is not searched over and over.
            block, size = [], max(1 << 16, len(self._text))
            while size > 0 and (chunk := next(chunks, "")):
                block.append(chunk)
                size -= len(chunk)
            last = not block
            self._text += "".join(block)
            while (match := self._token.search(self._text, self._at)) and (
                last or match[0] not in ("<!--", "<![CDATA[")
            ):
                half = match[0] in ("<!--", "<![CDATA[")
                self._at = len(self._text) if half else match.end()
                yield from self._take(match)
            if self._start >= 0 and (last or len(self._text) - self._start > LONGEST_LINE):
                yield self._unclosed()
            self._forget(match.start() if match else self._text.rfind("<", self._at))

    def _take(self, match: re.Match[str]) -> Iterator[tuple[Place, str | Problem]]:
        name = match["name"]
        if name is None or (self._start >= 0 and name != self._name):
            return
        if match["close"]:
            if self._start >= 0:
                yield self._place(self._start), self._text[self._start : match.end()]
            self._start = -1
            return
        if self._start >= 0:
            yield self._unclosed()
        if name.rpartition(":")[2] in self._openings and not match["empty"]:
            yield self._place(match.start()), f"{match[0][:-1]}/>"
        elif match["empty"]:
            yield self._place(match.start()), match[0]
        else:
            self._start, self._name = match.start(), name

    def _unclosed(self) -> tuple[Place, Problem]:
        at = self._place(self._start)
        self._start = -1
        return at, at.problem(
            f"<{self._name}> is not closed", "the file may be cut off; fetch it again"
        )

    def _place(self, position: int) -> Place:
        return Place(self._source.name, self._line + self._text.count("\n", 0, position))

    def _forget(self, half: int) -> None:
        """Drop what was read, but for an element that is open and a tag that may be half there."""
        keep = self._start if self._start >= 0 else half if half >= 0 else len(self._text)
        if self._start < 0 and len(self._text) - keep > LONGEST_LINE:
            keep = len(self._text)
        self._line += self._text.count("\n", 0, keep)
        self._text = self._text[keep:]
        self._at = max(self._at, half if half >= 0 else len(self._text) + keep) - keep
        self._start = 0 if self._start >= 0 else -1
