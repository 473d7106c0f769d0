"""Names that no catalogue knows, from how they are written and what stands around them.

Each finder below is one rule, named in the mentions it makes. All look only around tokens that call
for it, so the cost is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.abbreviations import Definition
from kg.extract.candidates import RANKS, Candidate
from kg.extract.compounds import Compounds
from kg.extract.phrases import DATA_HEADS, Phrases
from kg.extract.proposals import Proposals
from kg.extract.shapes import Shapes
from kg.extract.titles import Titles
from kg.extract.tokens import LOWER, Tokens
from kg.rulebook.words import Words


class Discovery:
    """Finds names by orthography and context.

    Args:
        words: Word lists of the rule set.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._stop = words.generic | words.not_names
        self._phrases = Phrases(words)
        self._shapes = Shapes(words, self._phrases)
        self._titles = Titles(words, self._phrases)
        self._proposals = Proposals(self._phrases)
        self._compounds = Compounds(words, self._phrases)

    def __call__(
        self, text: Tokens, known: list[Candidate], definitions: list[Definition]
    ) -> list[Candidate]:
        """Return candidates for names of the text.

        Args:
            text: The tokens.
            known: Catalogue names found in it.
            definitions: Abbreviations that it defines.
        """
        return [
            *self._titles(text, known),
            *self._definitions(text, definitions, known),
            *self._shapes(text, known),
            *self._proposals(text, known),
            *self._compounds(text, known),
        ]

    def _definitions(
        self, text: Tokens, definitions: list[Definition], known: list[Candidate]
    ) -> Iterator[Candidate]:
        """'Latent Spectral Models (LSM)': both forms, of the kind that the long form's head tells."""
        kinds = {(c.start, c.end): c for c in known if c.id}
        for d in definitions:
            long, short = (d.long_start, d.long_end), (d.short_start, d.short_end)
            if long in kinds:
                continue
            if text.slice(*short).rstrip("s") in self._words.not_names:
                continue
            kind = self._definition_kind(text, d)
            if kind:
                yield Candidate(*long, kind, "", "definition", RANKS["definition"])
                yield Candidate(*short, kind, "", "definition", RANKS["definition"])

    def _definition_kind(self, text: Tokens, d: Definition) -> str | None:
        after = text.folds[max(d.short_end, d.long_end) + 1 : max(d.short_end, d.long_end) + 2]
        if after and after[0] in DATA_HEADS:
            return DATA_HEADS[after[0]]
        proposed = self._phrases.proposed(text, d.long_start)
        head = self._words.heads.get(text.folds[d.long_end - 1])
        if head:
            return "Method" if head == "Task" and proposed else head
        if proposed or (after and self._words.heads.get(after[0]) == "Method"):
            return "Method"
        if (
            all(
                text.shapes[i] != LOWER or text.folds[i] in self._words.generic
                for i in range(d.long_start, d.long_end)
            )
            and text.sentence(d.long_start) > 0
        ):
            return "Method"
        return None
