"""Names that a list cuts short: "CIFAR-10 and -100", "ResNet-18/34/50", "ImageNet-{A,R}".

A name that ends in a version (a number, a letter, a size as in "BERT-base") lends its stem to the
versions listed after it. What is put together so counts only where the catalogue knows it: no number
becomes a name by standing beside one. The last of a list lends what follows it to the first in the same
way: "top-1 and top-5 error", "top-1 (top-5) error".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.candidates import Candidate
from kg.extract.tokens import Tokens
from kg.resolve.entities import CUT_SHORT
from kg.rulebook.names import IGNORE, Catalogue

#: The rule's name in mentions; their text is but a part of the name.
RULE = CUT_SHORT

_NUMBER = r"\d[0-9A-Za-z]{0,5}"
#: Versions that are no numbers; behind "and" they need a hyphen: a "large model" is no version.
_WORD = r"(?i:tiny|mini|small|medium|base|large|huge|giant|xx?l)|[A-Z]"
_VERSION = re.compile(rf"(.*[A-Za-z/@])[- ]?(?:{_NUMBER})|(.*\w)-(?:{_WORD})")
_NEXT = re.compile(rf" ?(/|,? ?and |,? ?or |& ?|, ?)([-@]?)({_NUMBER}|{_WORD})(?![\w%]|\.\d|-\w)")
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
_TAIL = re.compile(r" ?\) ?(\w+)")
_DATA = ("Dataset", "Benchmark")


class Ellipses:
    """Completes the names of a catalogue that lists cut short.

    Args:
        catalogue: The names.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._known: dict[str, list[tuple[str, str]]] = {}
        for surface in catalogue.surfaces:
            versioned = any(c.isdigit() for c in surface.pattern) or _VERSION.fullmatch(
                surface.pattern
            )
            if surface.kind != IGNORE and versioned:
                self._known.setdefault(_key(surface.pattern), []).append((surface.kind, surface.id))

    def __call__(self, text: Tokens, settled: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of a text with those that its lists imply, in reading order."""
        taken = {i for c in settled if c.id for i in range(c.start, c.end)}
        out: list[Candidate] = []
        read: set[int] = set()
        settled = self._bracketed(text, settled)
        for c, after in zip(settled, [*settled[1:], None], strict=False):
            cut = self._shared_end(text, c, after) if after else None
            implied = list(self._implied(text, c, taken)) if c.id else []
            first = [] if implied and implied[0].start == c.start else [cut or c]
            out += [*first, *implied]
            read.update(i for found in implied for i in range(found.start, found.end))
            taken |= read
        if not read:
            return out
        # What was taken for a name of its own by its shape gives way to the version that it is.
        return sorted(c for c in out if c.id or read.isdisjoint(range(c.start, c.end)))

    def _implied(self, text: Tokens, c: Candidate, taken: set[int]) -> Iterator[Candidate]:
        """Yield the versions that are listed behind a name, as long as the catalogue knows them."""
        end = text.ends[c.end - 1]
        version = _VERSION.fullmatch(text.slice(c.start, c.end))
        if version:
            yield from self._listed(text, c, version[1] or version[2], end, taken)
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
            counted = match[3][0].isdigit()
            follows = text.text[match.end() : match.end() + 20]
            if bare and not (counted and _NO_COUNT.match(follows)):
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

    def _bracketed(self, text: Tokens, settled: Sequence[Candidate]) -> list[Candidate]:
        """Complete 'top-1' and 'top-5' of "top-1 (top-5) error", which is no third measure."""
        out = list(settled)
        spent: set[int] = set()
        for place, (c, inner) in enumerate(pairwise(settled)):
            gap = text.text[text.ends[c.end - 1] : text.starts[inner.start]]
            if not (c.kind == inner.kind == "Metric" and gap == " ("):
                continue
            tail = _TAIL.match(text.text, text.ends[inner.end - 1])
            if not tail:
                continue
            for at, short in ((place, c), (place + 1, inner)):
                known = self._of_kind(f"{text.slice(short.start, short.end)} {tail[1]}", "Metric")
                if known:
                    out[at] = short._replace(id=known[1])
                    spent.add(tail.start(1))
        return [c for c in out if text.starts[c.start] not in spent]

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
