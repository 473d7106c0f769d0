"""A cheap view of a tokenised text.

Every component asks for the same few facts of a token (its folded form, its shape, where it stands),
so the tokenizer leaves them as plain lists; creating a `Token` object for every question would cost
more than all the rules together.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator
from itertools import compress, count

from kg.extract.tokenizer import (
    ACRONYM,
    CAPITALISED,
    LOWER,
    MIXED,
    NUMBER,
    OTHER,
    Columns,
)

__all__ = ["ACRONYM", "CAPITALISED", "LOWER", "MIXED", "NUMBER", "OTHER", "Tokens"]

# That it begins with a set of characters lets the search skip all others.
_SENTENCE_END = re.compile(r"[.!?\n](?:(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])|(?<=\n)\n+)")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|et al|resp|Fig|Eq|Sec|Tab|approx|Dr|Prof|No|Ref|w\.r\.t|[A-Z]))\.$"
)

#: Tokens of the longest stretch that is taken for one sentence.
_LONGEST = 400


class Tokens:
    """The tokens of a text as parallel lists; positions are token indices, `end` is exclusive.

    Attributes:
        text: Its text.
        words: Tokens as written.
        folds: Their folded forms (see `kg.words.fold_word`).
        starts: Character at which each token starts.
        ends: One past its last character.
        shapes: Shape of each token (`LOWER`, `CAPITALISED`, …).
        sentences: (first token, one past the last) of each sentence.
        title_end: Number of tokens in the title; 0 when there is none.
    """

    __slots__ = (
        "_places",
        "_sentence_starts",
        "ends",
        "folds",
        "sentences",
        "shapes",
        "starts",
        "text",
        "title_end",
        "words",
    )

    def __init__(self, columns: Columns, title_length: int) -> None:
        self.text, self.words, self.folds, self.shapes, self.starts, self.ends = columns
        self.title_end = bisect_right(self.starts, title_length - 1) if title_length else 0
        self._places: defaultdict[str, list[int]] | None = None
        self.sentences = self._split()
        self._sentence_starts = [s for s, _ in self.sentences]

    def _split(self) -> list[tuple[int, int]]:
        cuts = []
        for match in _SENTENCE_END.finditer(self.text):
            before = self.text[max(0, match.start() - 12) : match.start() + 1]
            if match.group()[0] == "\n" or not _NO_END.search(before):
                cuts.append(bisect_right(self.starts, match.end() - 1))
        bounds = [0, *cuts, len(self.words)]
        # What goes on for longer is no sentence; cut, it costs rules no more than its length.
        return [
            (cut, min(b, cut + _LONGEST))
            for a, b in itertools.pairwise(bounds)
            for cut in range(a, b, _LONGEST)
        ]

    def __len__(self) -> int:
        return len(self.words)

    def sentence(self, position: int) -> int:
        """Return the index of the sentence that holds a token."""
        return bisect_right(self._sentence_starts, position) - 1

    @property
    def places(self) -> dict[str, list[int]]:
        """Where each folded form stands; made on first use."""
        if self._places is None:
            places = self._places = defaultdict(list)
            for i, fold in enumerate(self.folds):
                places[fold].append(i)
        return self._places

    def holding(self, folds: Container[str]) -> Iterator[int]:
        """Yield the places of tokens whose folded form is one of some."""
        return compress(count(), map(folds.__contains__, self.folds))

    def slice(self, start: int, end: int) -> str:
        """Return the text of the tokens from `start` up to `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def at(self, char: int) -> int:
        """Return the token that holds, or follows, a character position."""
        place = bisect_right(self.starts, char) - 1
        return place if place >= 0 and char < self.ends[place] else place + 1
