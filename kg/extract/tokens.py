"""The spaCy side of reading: a tokenizer for papers, and a cheap view of a tokenised text.

Every later component asks for the same few facts of a token (its folded form, its shape, where it
stands), so they are taken from spaCy's arrays once, as plain lists; creating a `Token` object for
every question would cost more than all the rules together.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from functools import lru_cache

from spacy.attrs import IDX, LENGTH, NORM, ORTH
from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

from kg.resolve.words import fold_word

#: Shapes that tell names from words.
LOWER, CAPITALISED, ACRONYM, MIXED, NUMBER, OTHER = range(6)

_EXTRA_INFIXES = [
    r"(?<=[0-9])-(?=[a-z]{3})",  # ResNet-50-based
    r"(?<=[0-9A-Za-z)])/(?=[A-Z0-9])",  # CIFAR-10/CIFAR-100
    r"(?<=[a-z0-9])\((?=[A-Za-z])",  # network(CNN)
    r"(?<=[A-Za-z0-9%])[,;](?=[A-Z])",  # MNIST,SVHN
]
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])|\n\n+")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|et al|resp|Fig|Eq|Sec|Tab|approx|Dr|Prof|No|Ref|w\.r\.t|[A-Z]))\.$"
)


class PaperEnglish(English):  # type: ignore[misc]
    """English whose lexemes carry, as NORM, the folded form by which names are matched."""

    class Defaults(English.Defaults):  # type: ignore[misc]  # noqa: D106
        lex_attr_getters = {**English.Defaults.lex_attr_getters, NORM: fold_word}  # noqa: RUF012


def language() -> PaperEnglish:
    """Return an empty spaCy pipeline with the tokenizer for papers.

    Beside English's rules it splits names from what is glued to them: "CIFAR-10/CIFAR-100",
    "ResNet-50-based".
    """
    if "paperkg_en" not in registry.languages:
        registry.languages.register("paperkg_en", func=PaperEnglish)
    nlp: PaperEnglish = PaperEnglish()
    infixes = [*(nlp.Defaults.infixes or ()), *_EXTRA_INFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    # English would cut the unit off "ImageNet-1K"; only the per cent sign is one here.
    suffixes = [s for s in nlp.Defaults.suffixes or () if "km" not in s]
    suffixes += [r"(?<=[0-9])%", r"(?<=[A-Za-z0-9]{2})\."]
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    nlp.max_length = 1 << 31
    return nlp


@lru_cache(maxsize=200_000)
def shape_of(word: str) -> int:
    """Return which of the shapes above a word has.

    Example:
        >>> [shape_of(w) for w in ("network", "Network", "SHD", "CNNs", "MgNO", "GPT-4", "83.8", "%")]
        [0, 1, 2, 2, 3, 3, 4, 5]
    """
    if not any(c.isalpha() for c in word):
        return NUMBER if any(c.isdigit() for c in word) else OTHER
    if word.islower():
        return MIXED if any(c.isdigit() for c in word) and word[0].isalpha() else LOWER
    core = word[:-1] if word.endswith("s") and len(word) > 2 else word
    if core.isupper() and core.isalpha():
        return ACRONYM if len(core) > 1 else CAPITALISED
    tail = word[1:]
    if word[0].isupper() and (tail.islower() or not tail) and tail.replace("'", "").isalpha():
        return CAPITALISED
    if any(c.isdigit() for c in word) and not word[0].isdigit():
        return MIXED
    capitals = sum(c.isupper() for c in word)
    if capitals >= 2 or (capitals and word[0].islower()):
        return MIXED
    return CAPITALISED if word[0].isupper() else LOWER


class Tokens:
    """The tokens of a text as parallel lists; positions are token indices, `end` is exclusive.

    Attributes:
        doc: The spaCy document.
        text: Its text.
        words: Tokens as written.
        folds: Their folded forms (see `kg.resolve.words.fold_word`).
        starts: Character at which each token starts.
        ends: One past its last character.
        shapes: Shape of each token (`LOWER`, `CAPITALISED`, …).
        sentences: (first token, one past the last) of each sentence.
        title_end: Number of tokens in the title; 0 when there is none.
    """

    __slots__ = (
        "_sentence_starts",
        "doc",
        "ends",
        "folds",
        "sentences",
        "shapes",
        "starts",
        "text",
        "title_end",
        "words",
    )

    def __init__(self, doc: Doc, title_length: int) -> None:
        strings = doc.vocab.strings
        orth, norm, idx, length = doc.to_array([ORTH, NORM, IDX, LENGTH]).T.tolist()
        self.doc = doc
        self.text: str = doc.text
        self.words: list[str] = [strings[o] for o in orth]
        self.folds: list[str] = [strings[n] for n in norm]
        self.starts: list[int] = idx
        self.ends: list[int] = [i + n for i, n in zip(idx, length, strict=True)]
        self.shapes: list[int] = [shape_of(w) for w in self.words]
        self.title_end = bisect_right(idx, title_length - 1) if title_length else 0
        self.sentences = self._split()
        self._sentence_starts = [s for s, _ in self.sentences]

    def _split(self) -> list[tuple[int, int]]:
        cuts = []
        for match in _SENTENCE_END.finditer(self.text):
            before = self.text[max(0, match.start() - 12) : match.start() + 1]
            if match.group()[0] == "\n" or not _NO_END.search(before):
                cuts.append(bisect_right(self.starts, match.end() - 1))
        bounds = [0, *cuts, len(self.words)]
        return [(a, b) for a, b in itertools.pairwise(bounds) if a < b]

    def __len__(self) -> int:
        return len(self.words)

    def sentence(self, position: int) -> int:
        """Return the index of the sentence that holds a token."""
        return bisect_right(self._sentence_starts, position) - 1

    def slice(self, start: int, end: int) -> str:
        """Return the text of the tokens from `start` up to `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def at(self, char: int) -> int:
        """Return the token that holds, or follows, a character position."""
        place = bisect_right(self.starts, char) - 1
        return place if place >= 0 and char < self.ends[place] else place + 1
