"""Phrases of many tokens, thousands of them, found in one walk over a text.

spaCy's PhraseMatcher does the same on a `Doc`, but making the `Doc` costs more than this walk, and
nothing else here needs one: names and cues are compared by the folded forms that the tokenizer keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, count
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
#: Where a node keeps what a phrase that ends there stands for.
_HERE = None


class PhraseTable(Generic[_T]):
    """Phrases, each with what it stands for.

    Example:
        >>> table = PhraseTable[int]()
        >>> table.add(["vision", "transformer"], 7)
        >>> list(table.matches(["a", "vision", "transformer", "see"]))
        [(7, 1, 3)]
    """

    def __init__(self) -> None:
        self._root: dict[str | None, Any] = {}

    def add(self, phrase: Sequence[str], value: _T) -> None:
        """Add a phrase, given as folded forms; one that is there already gets the new value."""
        node = self._root
        for fold in phrase:
            node = node.setdefault(fold, {})
        node[_HERE] = value

    def matches(self, folds: Sequence[str]) -> Iterator[tuple[_T, int, int]]:
        """Yield value, first token and one past the last of every phrase in some folded forms.

        By where they start, the shorter first; overlapping ones included.
        """
        size, root = len(folds), self._root
        for start in compress(count(), map(root.__contains__, folds)):
            node, end = root[folds[start]], start + 1
            while node is not None:
                if _HERE in node:
                    yield node[_HERE], start, end
                if end == size:
                    break
                node = node.get(folds[end])
                end += 1
