"""Tasks of one everyday word: "classification" names one in a list of aims, not in "the classification of"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.candidates import Candidate
from kg.extract.tokens import LOWER, Tokens

_BEFORE = frozenset(["for", "and", "as"])
_AFTER = frozenset([",", "and", "or", ".", "task"])


def told(text: Tokens, settled: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates without those tasks of one word that nowhere stand as an aim or in a list."""
    bare = [c for c in settled if c.kind == "Task" and _is_bare(text, c)]
    if not bare:
        return list(settled)
    kept = {c.id for c in bare if _is_aim(text, c)}
    kept |= {c.id for c in settled if c.kind == "Task" and not _is_bare(text, c)}
    dropped = {(c.start, c.end) for c in bare if c.id not in kept}
    return [c for c in settled if (c.start, c.end) not in dropped]


def _is_bare(text: Tokens, c: Candidate) -> bool:
    return c.rule == "names" and c.end == c.start + 1 and text.shapes[c.start] == LOWER


def _is_aim(text: Tokens, c: Candidate) -> bool:
    before = text.folds[c.start - 1] if c.start else ""
    after = text.folds[c.end] if c.end < len(text) else ""
    return before in _BEFORE or after in _AFTER
