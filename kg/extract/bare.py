"""Everyday words that name something in the right company alone.

"Classification" names a task in a list of aims, not in "the classification of"; "model size" is a
measure beside a figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.candidates import Candidate
from kg.extract.tokens import LOWER, Tokens

#: Amounts: measures only in a sentence with a figure.
_AMOUNTS = frozenset(
    "number-of-parameters model-size frame-rate computational-cost energy-efficiency "
    "power-consumption log-likelihood".split()
)
_BEFORE = frozenset(["for", "and", "as"])
_AFTER = frozenset([",", "and", "or", ".", "task"])


def told(text: Tokens, settled: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates without the everyday words that nowhere stand in the right company."""
    doubted = {(c.kind, c.id) for c in settled if _is_bare(text, c)}
    if not doubted:
        return list(settled)
    doubted -= {(c.kind, c.id) for c in settled if not _is_bare(text, c) or _is_told(text, c)}
    return [c for c in settled if (c.kind, c.id) not in doubted]


def _is_bare(text: Tokens, c: Candidate) -> bool:
    if c.kind == "Metric":
        return c.id in _AMOUNTS
    one = c.kind == "Task" and c.rule == "names" and c.end == c.start + 1
    return one and text.shapes[c.start] == LOWER


def _is_told(text: Tokens, c: Candidate) -> bool:
    if c.kind == "Metric":
        first, last = text.sentences[text.sentence(c.start)]
        return any(word[:1].isdigit() for word in text.words[first:last])
    before = text.folds[c.start - 1] if c.start else ""
    after = text.folds[c.end] if c.end < len(text) else ""
    return before in _BEFORE or after in _AFTER
