"""Names that a paper gives to what it proposes: 'we propose a cross-gating block', 'called …'."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import RANKS, Candidate
from kg.extract.phrases import CALLED, OWN, PROPOSE, Phrases
from kg.extract.tokens import LOWER, Tokens

_VERBS = PROPOSE | CALLED | {"call"}
_BEFORE_NAME = frozenset(
    "the a an as them this these it those neuron , \" ' new novel namely".split()
)


class Proposals:
    """Finds the objects of verbs of proposing and of naming.

    Args:
        phrases: Answers about stretches of tokens.
    """

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def __call__(self, text: Tokens, known: list[Candidate]) -> Iterator[Candidate]:
        """Yield candidates, given the catalogue names of the text."""
        spans = {(c.start, c.end) for c in known}
        methods = {(c.start, c.end) for c in known if c.kind == "Method"}
        for i in text.holding(_VERBS):
            fold = text.folds[i]
            if i < text.title_end:
                continue
            if fold in PROPOSE:
                yield from self._proposed(text, i, spans, methods)
            elif fold in CALLED or text.folds[i - 1] == "we":
                yield from self._called(text, i, spans)

    def _proposed(
        self, text: Tokens, i: int, known: set[tuple[int, int]], methods: set[tuple[int, int]]
    ) -> Iterator[Candidate]:
        first, last = text.sentences[text.sentence(i)]
        certain = text.folds[i] in ("propose", "introduce", "present")
        if not certain and OWN.isdisjoint(text.folds[first:i]):
            return
        start = self._phrases.name_start(text, i + 1, last)
        end = self._phrases.phrase_end(text, start, last)
        if _extends(text, start, end, methods):
            yield Candidate(start, end, "Method", "", "proposed", RANKS["definition"])
            return
        if end - start >= 2 and self._phrases.reused(text, start, end):
            yield Candidate(start, end, "Method", "", "proposed", RANKS["context"])
            return
        end = self._phrases.named_kind(text, start, last)
        if end - start >= 2 and (start, end) not in known:
            yield Candidate(start, end, "Method", "", "proposed", RANKS["shape"])

    def _called(self, text: Tokens, i: int, known: set[tuple[int, int]]) -> Iterator[Candidate]:
        """'a new paradigm called strip MLP layer': a phrase after a verb of naming."""
        first, last = text.sentences[text.sentence(i)]
        if OWN.isdisjoint(text.folds[first:i]):
            return
        start = i + 1
        while start < last and start - i < 4 and text.folds[start] in _BEFORE_NAME:
            start += 1
        end = self._phrases.plain_end(text, start, last)
        start = _capital(text, start, end)
        named = text.folds[i] != "namely"
        if end - start >= 2 and named and text.words[end - 1] != "-" and (start, end) not in known:
            kind = self._phrases.kind(text, start, end)
            kind = kind if kind in ("Dataset", "Benchmark") else "Method"
            yield Candidate(start, end, kind, "", "called", RANKS["definition"])


def _capital(text: Tokens, start: int, end: int) -> int:
    """Return where the name begins in 'the learning method Weight Maximization'."""
    for i in range(start + 1, end - 1):
        proper = all(text.shapes[k] != LOWER for k in range(i, end))
        if proper and text.shapes[i - 1] == LOWER and text.words[i - 1] != "-":
            return i
    return start


def _extends(text: Tokens, start: int, end: int, known: set[tuple[int, int]]) -> bool:
    """Whether a phrase holds a known name and more: 'soft Hebbian learning' is a name of its own."""
    inside = [(a, b) for a, b in known if start <= a and b <= end and (a, b) != (start, end)]
    return bool(inside) and "based" not in text.folds[start:end] and end - start < 8
