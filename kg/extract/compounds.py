"""Names made of a head and the words before it: 'crowd counting', 'low-rank regularization'."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import RANKS, Candidate
from kg.extract.phrases import Phrases, said_again
from kg.extract.tokens import ACRONYM, CAPITALISED, LOWER, MIXED, NUMBER, Tokens
from kg.rulebook.words import Words

#: Before "prediction", these tell of one prediction rather than of the problem.
_NO_AIM = frozenset("a an the to by its our their this".split())
#: Heads that name a problem only where the paper says so again.
_VAGUE = frozenset("control calibration planning translation".split())
#: Words that tell how a problem is solved or on what, and make no other problem of it.
_MANNERS = frozenset(
    "automatic automated joint local global adaptive feature target fine-grained pixel-wise "
    "pixel-level image-level instance-level supervised statistical level bayesian simultaneous "
    "single-stage two-stage safe online offline unconstrained benchmark benchmarked downstream dense "
    "binary hybrid bottom-up top-down linear posterior information confidence".split()
)
_WORDS = (LOWER, CAPITALISED, ACRONYM, MIXED)


class Compounds:
    """Finds heads with their modifiers.

    Args:
        words: Word lists of the rule set.
        phrases: Answers about stretches of tokens.
    """

    def __init__(self, words: Words, phrases: Phrases) -> None:
        self._words = words
        self._phrases = phrases
        tasks = (head for head, kind in words.heads.items() if kind == "Task")
        self._kinds = dict.fromkeys(words.compounds, "Method") | dict.fromkeys(tasks, "Task")

    def __call__(self, text: Tokens, known: list[Candidate]) -> Iterator[Candidate]:
        """Yield candidates that end in a head, or extend a catalogue name that does, to the left."""
        yield from self._glued(text, known)
        yield from self._capitalised(text, known)
        ending = {c.end - 1: c for c in known}
        covered = {i for c in known for i in range(c.start, c.end)}
        for i in text.holding(self._kinds):
            kind = self._kinds[text.folds[i]]
            if not i or text.words[i + 1 : i + 2] == ["-"]:
                continue
            name = ending.get(i)
            if (name is None and i in covered) or (name and name.kind != kind):
                continue
            start = self._start(text, name.start if name else i, covered, 1 if name else 3)
            if kind == "Task":
                start = self._without_manner(text, start)
            if start >= (name.start if name else i):
                continue
            if kind == "Task" and not self._is_aim(text, start, i + 1):
                continue
            rank = RANKS["names"] if name else RANKS["shape"]
            yield Candidate(start, i + 1, kind, "", "compound", rank)

    def _without_manner(self, text: Tokens, start: int) -> int:
        """Return where a problem's name begins behind the words of its manner."""
        end = self._phrases.unit_end(text, start, len(text))
        while text.slice(start, end).lower() in _MANNERS:
            start, end = end, self._phrases.unit_end(text, end, len(text))
        return start

    def _glued(self, text: Tokens, known: list[Candidate]) -> Iterator[Candidate]:
        """'MoE-VRD', 'VAE-GAN': a name with capitals glued to it is a name of its own."""
        for c in known:
            if c.kind not in ("Method", "Dataset"):
                continue
            start = self._phrases.unit_start(text, c.start, 0)
            end = self._phrases.unit_end(text, c.end - 1, len(text))
            added = [*range(start, c.start), *range(c.end, end)]
            if added and all(
                text.shapes[i] in (ACRONYM, MIXED, NUMBER) or len(text.words[i]) == 1 for i in added
            ):
                yield Candidate(start, end, c.kind, "", "compound", RANKS["names"])

    def _capitalised(self, text: Tokens, known: list[Candidate]) -> Iterator[Candidate]:
        """'Robust Deep RankNet' within a sentence: capitals before a name belong to it."""
        for c in known:
            if c.kind != "Method" or c.start <= text.title_end:
                continue
            if text.shapes[c.start] == LOWER or text.words[c.start - 1] == "-":
                continue
            first = text.sentences[text.sentence(c.start)][0]
            start = c.start
            while (
                c.start - start < 3 and start - 1 > first and text.shapes[start - 1] == CAPITALISED
            ):
                start -= 1
            if c.start - start in (1, 2) and text.words[start - 1] not in "-\"'([:":
                yield Candidate(start, c.end, "Method", "", "compound", RANKS["names"])

    def _is_aim(self, text: Tokens, start: int, end: int) -> bool:
        """Whether a phrase can be a problem of its own, not one outcome of something."""
        if text.words[end - 1].lower() != text.folds[end - 1]:
            return False  # "predictions" are outcomes
        if end <= text.title_end or said_again(text, start, end):
            return True
        return (
            text.folds[end : end + 1] != ["of"]
            and text.folds[start - 1] not in _NO_AIM
            and text.folds[end - 1] not in _VAGUE
        )

    def _start(self, text: Tokens, start: int, covered: set[int], most: int) -> int:
        """Return where the modifiers before a token begin."""
        first = text.sentences[text.sentence(start)][0]
        for _ in range(most):
            unit = self._phrases.unit_start(text, start - 1, first) if start > first else start
            if unit == start or not self._modifies(text, unit, start, covered):
                break
            start = unit
        return start

    def _modifies(self, text: Tokens, start: int, end: int, covered: set[int]) -> bool:
        if start in covered or end - 1 in covered or text.words[end - 1] == "-":
            return False
        written = text.slice(start, end).lower()
        if text.shapes[start] not in _WORDS or written in self._words.generic:
            return False
        if end - start == 1:
            return text.folds[start] not in self._words.generic and not written.endswith(
                ("ly", "ing")
            )
        return True
