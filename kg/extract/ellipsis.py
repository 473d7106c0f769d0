"""Names that a list cuts short: "CIFAR-10 and -100", "ResNet-18/34/50", "ResNet-{18,50}".

A name that ends in a version lends its stem to the versions listed after it. What is put together so
counts only where the catalogue knows it: no number becomes a name by standing beside one. The last of
a list lends what follows it to the first in the same way: "top-1 and top-5 error".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.candidates import Candidate
from kg.extract.tokens import Tokens
from kg.resolve.entities import CUT_SHORT
from kg.rulebook.names import IGNORE, Catalogue

#: The rule's name in mentions; their text is but a part of the name.
RULE = CUT_SHORT

_VERSION = re.compile(r"(.*[A-Za-z/@])[- ]?(\d[0-9A-Za-z]{0,5})")
_NEXT = re.compile(r" ?(/|,? ?and |,? ?or |& ?|, ?)(-?)(\d[0-9A-Za-z]{0,5})(?![\w%]|\.\d|-\w)")
#: The closing brace may be gone: text that LaTeX has left its marks in is read without them.
_BRACES = re.compile(r"-?\{ ?(\w{1,8}(?: ?, ?\w{1,8}){0,15})")
_FIRST = re.compile(r" (\d[0-9A-Za-z]{0,5})(?=/\d)")
_ITEM = re.compile(r"\w+")
#: A bare number after "and" is a version only where nothing is left for it to count.
_NO_COUNT = re.compile(
    r"\s*(?:$|[.,;:)\]]|(?:data ?sets?|benchmarks?|models?|networks?|architectures?|backbones?|and|or"
    r"|on|in|for|with|using|by|as|to|we|are|is|show|respectively)\b)"
)
_BETWEEN = re.compile(r" ?(?:/|,? and |,? or |& ?) ?")
_DATA = ("Dataset", "Benchmark")


class Ellipses:
    """Completes the names of a catalogue that lists cut short.

    Args:
        catalogue: The names.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._known: dict[str, list[tuple[str, str]]] = {}
        for surface in catalogue.surfaces:
            if surface.kind != IGNORE and any(c.isdigit() for c in surface.pattern):
                self._known.setdefault(_key(surface.pattern), []).append((surface.kind, surface.id))

    def __call__(self, text: Tokens, settled: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of a text with those that its lists imply, in reading order."""
        starts = {c.start for c in settled}
        taken = {i for c in settled for i in range(c.start, c.end)}
        out: list[Candidate] = []
        for place, c in enumerate(settled):
            after = settled[place + 1] if place + 1 < len(settled) else None
            cut = self._shared_end(text, c, after) if after else None
            implied = list(self._implied(text, c, taken)) if c.id else []
            first = [] if implied and implied[0].start == c.start else [cut or c]
            out += [*first, *implied]
            taken.update(i.start for i in implied)
        return sorted(out) if len(out) > len(starts) else out

    def _implied(self, text: Tokens, c: Candidate, taken: set[int]) -> Iterator[Candidate]:
        """Yield the versions that are listed behind a name, as long as the catalogue knows them."""
        end = text.ends[c.end - 1]
        version = _VERSION.fullmatch(text.slice(c.start, c.end))
        if version:
            yield from self._listed(text, c, version[1], end, taken)
            return
        stem = text.slice(c.start, c.end)
        braces = _BRACES.match(text.text, end)
        first = braces or _FIRST.match(text.text, end)
        if not first:
            return
        items = [*_ITEM.finditer(text.text, *first.span(1))]
        for place, item in enumerate(items):
            start = c.start if not place else text.at(item.start())
            found = self._find(text, c, stem + item[0], start, item.span(), taken)
            if found:
                yield found
            elif not place:
                return
        if not braces:
            yield from self._listed(text, c, stem, first.end(1), taken)

    def _listed(
        self, text: Tokens, c: Candidate, stem: str, end: int, taken: set[int]
    ) -> Iterator[Candidate]:
        while match := _NEXT.match(text.text, end):
            bare = not match[2] and match[1] != "/"
            if bare and not _NO_COUNT.match(text.text[match.end() : match.end() + 20]):
                return
            start = text.at(match.start(2))
            found = self._find(text, c, stem + match[3], start, match.span(3), taken)
            if not found:
                return
            yield found
            end = match.end()

    def _find(
        self,
        text: Tokens,
        c: Candidate,
        name: str,
        start: int,
        item: tuple[int, int],
        taken: set[int],
    ) -> Candidate | None:
        """Return the find of a version, if the name is known and its tokens are whole and free."""
        last = text.at(item[1] - 1)
        known = self._of_kind(name, c.kind)
        free = taken.isdisjoint(range(max(start, c.end), last + 1))
        whole = text.ends[last] == item[1] and (
            start == c.start or text.starts[start] >= item[0] - 1
        )
        if not known or not free or not whole:
            return None
        return c._replace(start=start, end=last + 1, kind=known[0], id=known[1], rule=RULE, over=())

    def _shared_end(self, text: Tokens, c: Candidate, after: Candidate) -> Candidate | None:
        """Return 'top-1' of "top-1 and top-5 error" as the measure that it is cut from."""
        if not (c.kind == after.kind == "Metric") or c.end - c.start > 1:
            return None
        gap = text.text[text.ends[c.end - 1] : text.starts[after.start]]
        tail = text.text[text.ends[after.start] : text.ends[after.end - 1]]
        if not tail or len(gap) > 8 or not _BETWEEN.fullmatch(gap):
            return None
        known = self._of_kind(text.slice(c.start, c.end) + tail, "Metric")
        return c._replace(id=known[1]) if known and known[1] != c.id else None

    def _of_kind(self, name: str, kind: str) -> tuple[str, str] | None:
        kinds = _DATA if kind in _DATA else (kind,)
        found = {k for k in self._known.get(_key(name), ()) if k[0] in kinds}
        return found.pop() if len(found) == 1 else None


def _key(name: str) -> str:
    return re.sub(r"[-\s]+", "", name).lower().removesuffix("s")
