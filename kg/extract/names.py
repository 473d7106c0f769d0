"""Catalogue names in a text: one walk over its folded forms.

Names are phrase patterns in the form of spaCy's EntityRuler, cut by the same tokenizer as the texts.
What is compared is the folded form of a word (`kg.words`), so that plurals and British spellings need
no patterns of their own; hyphens are optional. Capitals and senses are checked afterwards, on the few
matches there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache

from kg.extract.candidates import RANKS, Candidate
from kg.extract.matching import PhraseTable
from kg.extract.tokenizer import PaperTokenizer
from kg.extract.tokens import Tokens
from kg.rulebook.names import Catalogue, Sense, Surface
from kg.words import fold_word, singular


class NameMatcher:
    """Finds the surfaces of a catalogue.

    Args:
        tokenizer: What the texts are cut by.
        catalogue: The names.
    """

    def __init__(self, tokenizer: PaperTokenizer, catalogue: Catalogue) -> None:
        self._table = PhraseTable[list[tuple[Surface, str]]]()
        by_phrase: dict[tuple[str, ...], dict[Surface, None]] = defaultdict(dict)
        for surface in catalogue.surfaces:
            for spelling in _spellings(surface.pattern):
                by_phrase[tuple(tokenizer.columns(spelling).folds)][surface] = None
        for phrase, surfaces in by_phrase.items():
            # Demands first: a surface with a sense is tried before the one that asks for nothing.
            ordered = sorted(surfaces, key=lambda s: (s.sense is None, not s.exact))
            self._table.add(phrase, [(s, _bare(s.pattern)) for s in ordered])

    def __call__(self, text: Tokens) -> list[Candidate]:
        """Return every catalogue name of the text, overlapping ones included."""
        context = _Context(text)
        found = []
        for surfaces, start, end in self._table.matches(text.folds):
            candidate = self._choose(surfaces, text, start, end, context)
            if candidate:
                found.append(candidate)
        return found

    def _choose(
        self,
        surfaces: list[tuple[Surface, str]],
        text: Tokens,
        start: int,
        end: int,
        context: _Context,
    ) -> Candidate | None:
        chosen: Surface | None = None
        written = None
        for surface, bare in surfaces:
            if surface.exact:
                written = written or _bare(text.slice(start, end))
                if written != bare and not (
                    start < text.title_end and written.upper() == written == bare.upper()
                ):
                    continue
            if surface.sense is None or context.allows(surface.sense):
                chosen = surface
                break
        if chosen is None:
            return None
        over: tuple[str, ...] = ()
        if len(surfaces) > 1:
            over = tuple(f"{s.kind} {s.id}" for s, _ in surfaces if s.id != chosen.id)
        return Candidate(start, end, chosen.kind, chosen.id, "names", RANKS["names"], None, over)


class _Context:
    """The words of a paper, gathered only when a sense asks for them."""

    def __init__(self, text: Tokens) -> None:
        self._text = text

    @cached_property
    def _words(self) -> set[str]:
        return set(self._text.folds)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self._text.folds)} "

    def allows(self, sense: Sense) -> bool:
        if sense.with_any and not self._holds(sense.with_any):
            return False
        return not (sense.without and self._holds(sense.without))

    def _holds(self, phrases: tuple[str, ...]) -> bool:
        words, longer = _parted(phrases)
        return not words.isdisjoint(self._words) or any(p in self._joined for p in longer)


@lru_cache(maxsize=5_000)
def _parted(phrases: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words and the longer phrases of a sense as they stand in a folded text."""
    folded = [[fold_word(w) for w in p.replace("-", " - ").split()] for p in phrases]
    words = frozenset(f[0] for f in folded if len(f) == 1)
    return words, tuple(f" {' '.join(f)} " for f in folded if len(f) > 1)


@lru_cache(maxsize=50_000)
def _bare(written: str) -> str:
    """Return a name without hyphens, spaces and plural, capitals kept."""
    return singular(written.replace("-", "").replace(" ", ""))


def _spellings(pattern: str) -> Iterator[str]:
    """Yield a pattern with its hyphens as written, as spaces, and its only space as a hyphen."""
    yield pattern
    parts = pattern.split("-")
    if len(parts) > 1:
        if all(part[:1].isalpha() for part in parts[1:]):
            yield " ".join(parts)
        if len(parts) == 2 and all(p.isalpha() and len(p) > 3 for p in parts) and pattern.islower():
            yield "".join(parts)
    words = pattern.split(" ")
    if len(words) == 2 and all(word.isalpha() and word.islower() for word in words):
        yield "-".join(words)
    elif len(words) > 2:
        for place in range(len(words) - 1):
            yield " ".join(
                [*words[:place], f"{words[place]}-{words[place + 1]}", *words[place + 2 :]]
            )
