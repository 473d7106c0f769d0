"""A tokenizer for papers: spaCy's rules for English and a few more, each chunk of text tokenised once.

Text repeats itself: nearly every chunk between two spaces has been seen before. So the tokens of a
chunk are kept, with the facts that the components ask for, and putting a text together is a walk
through a dictionary. What spaCy would make of the text is what comes out, at a third of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain
from operator import add, gt
from typing import Any, NamedTuple

from spacy.attrs import LOWER as LOWER_ATTR
from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg.words import fold_word

#: Shapes that tell names from words.
LOWER, CAPITALISED, ACRONYM, MIXED, NUMBER, OTHER = range(6)

#: Chunks kept at most (some 100 MB); then the cache begins anew.
CACHE_SIZE = 250_000

#: Where a document keeps its `Columns`.
COLUMNS = "paperkg_columns"
_EXTRA_INFIXES = [
    r"(?<=[0-9])-(?=[a-z]{3})",  # ResNet-50-based
    r"(?<=[0-9A-Za-z)])/(?=-?[A-Z0-9]|-[a-z])",  # CIFAR-10/CIFAR-100, CIFAR-10/-100
    r"(?<=[a-z0-9])\((?=[A-Za-z])",  # network(CNN)
    r"(?<=[A-Za-z0-9%])[,;](?=[A-Z])",  # MNIST,SVHN
]
# What components and a learned recogniser read; computing spaCy's other attributes of every new word
# would cost more than tokenising it.
_ATTRIBUTES = (LOWER_ATTR, NORM, PREFIX, SHAPE, SUFFIX)
_HYPHEN = re.compile("(-)")
_RUNS = re.compile(r"\S+|\s+")
# A chunk that needs no affix rules: words, joined by hyphens or in brackets, before a mark.
_PLAIN = re.compile(r"(\(?)((?:[A-Za-z]{2,}-)*)([A-Za-z]{2,})(?:(\)?)([.,;]?)|([:?]))")
# Several names in one: "ResNet-{18,50}"; of "ResNet-{18, 50}" the first chunk.
_BRACES = re.compile(
    r"\(?[A-Za-z][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*-\{\w+,(?:\w+(?:,\w+)*\}?[).,;:]*)?"
)
_BRACE_PIECES = re.compile(r"\w+|-\{|\W")
# A word of no natural text: spaCy's affix rules take time quadratic in its length.
_LONG = 400
_PIECES = re.compile(r"\w{1,100}|[^\w\s]")

#: Facts of tokens, one token's after the other's: text, fold, shape, length, and length with the blank
#: behind it. In one tuple for each chunk, not one for each token: what is scattered in memory takes
#: longer to fetch than to use.
Rows = tuple[Any, ...]
_FACTS = 5


class Columns(NamedTuple):
    """The tokens of a text as parallel lists; see `kg.extract.tokens.Tokens`."""

    text: str
    words: list[str]
    folds: list[str]
    shapes: list[int]
    starts: list[int]
    ends: list[int]


class PaperEnglish(English):  # type: ignore[misc]
    """English whose lexemes carry, as NORM, the folded form by which names are matched.

    Beside English's rules it splits names from what is glued to them: "CIFAR-10/CIFAR-100",
    "ResNet-50-based". It does not cut the unit off "ImageNet-1K"; only the per cent sign is one here.

    Attributes:
        steps: What `kg.extract.pipeline` does with a document, step by step, by name.
    """

    steps: dict[str, Callable[[Any], None]]

    class Defaults(English.Defaults):  # type: ignore[misc]  # noqa: D106
        lex_attr_getters = {**English.Defaults.lex_attr_getters, NORM: fold_word}  # noqa: RUF012
        infixes = (*(English.Defaults.infixes or ()), *_EXTRA_INFIXES)
        suffixes = (
            *(rule for rule in English.Defaults.suffixes or () if "km" not in rule),
            r"(?<=[0-9])%",
            r"(?<=[A-Za-z0-9]{2})\.",
        )


def language() -> PaperEnglish:
    """Return an empty spaCy pipeline with the tokenizer for papers."""
    if "paperkg_en" not in registry.languages:
        registry.languages.register("paperkg_en", func=PaperEnglish)
    nlp: PaperEnglish = PaperEnglish()
    getters = nlp.vocab.lex_attr_getters
    nlp.vocab.lex_attr_getters = {name: getters[name] for name in _ATTRIBUTES}
    nlp.tokenizer = PaperTokenizer(nlp.vocab, nlp.tokenizer)
    nlp.max_length = 1 << 31
    return nlp


class PaperTokenizer:
    """Makes documents from chunks that it has seen before.

    Args:
        vocab: Vocabulary of the documents.
        rules: What tokenises a chunk seen for the first time.
    """

    def __init__(self, vocab: Vocab, rules: Tokenizer) -> None:
        self.vocab = vocab
        self._chunks = _Chunks(vocab, rules)

    def __call__(self, text: str) -> Doc:
        """Return the document of a text."""
        columns = self.columns(text)
        follows = [*columns.starts[1:], len(text)]
        spaces = list(map(gt, follows, columns.ends))
        doc = Doc(self.vocab, columns.words, spaces, user_data={COLUMNS: columns})
        for token, fold in zip(doc, columns.folds, strict=True):
            if token.norm_ != fold:
                token.norm_ = fold
        return doc

    def columns(self, text: str) -> Columns:
        """Return the tokens of a text alone: all that extraction reads, without making a document."""
        if len(self._chunks) > CACHE_SIZE:
            self._chunks.forget()
        try:
            rows = [*chain.from_iterable(map(self._chunks.__getitem__, text.split(" ")))]
            rows[-1] = rows[-2]
        except _UnevenSpace:
            rows = self._chunks.uneven(text)
        words, folds, shapes, lengths, widths = (rows[fact::_FACTS] for fact in range(_FACTS))
        starts = list(accumulate(widths, initial=0))[:-1]
        return Columns(text, words, folds, shapes, starts, list(map(add, starts, lengths)))

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Yield the document of each text."""
        return map(self, texts)


class _UnevenSpace(Exception):
    """A text has other space between its chunks than single blanks."""


class _Chunks(dict[str, Rows]):
    """The tokens of every chunk seen; the last of each is followed by a blank."""

    def __init__(self, vocab: Vocab, rules: Tokenizer) -> None:
        self._vocab = vocab
        self._rules = rules
        self._special = frozenset(rules.rules)
        self._rows: dict[str, Rows] = {}

    def __missing__(self, chunk: str) -> Rows:
        if not chunk or chunk[-1].isspace():
            raise _UnevenSpace
        if len(_RUNS.findall(chunk)) > 1:
            return _open(self.uneven(chunk))
        rows = self[chunk] = _open([*chain.from_iterable(self._split(chunk))])
        return rows

    def forget(self) -> None:
        """Empty the cache."""
        self.clear()
        self._rows.clear()

    def uneven(self, text: str) -> list[Any]:
        """Return the tokens of a text of any spacing, as spaCy sees it.

        A blank belongs to the token before it; all other space is a token.
        """
        rows: list[Any] = []
        for run in _RUNS.findall(text):
            if not run.isspace():
                rows += self[run]
                rows[-1] = rows[-2]
                continue
            space = run
            if rows and run[0] == " ":
                rows[-1] = rows[-2] + 1
                space = run[1:]
            if space:
                rows += self._row(space)
        return rows

    def _split(self, chunk: str) -> list[Rows]:
        plain = _PLAIN.fullmatch(chunk)
        if plain and self._special.isdisjoint((chunk, plain[2] + plain[3], plain[3] + ".")):
            opening, before, word, *after = plain.groups("")
            parts = [opening, *_HYPHEN.split(before), word, *after]
            return [self._row(part) for part in parts if part]
        if "-{" in chunk and len(chunk) < _LONG and _BRACES.fullmatch(chunk):
            head, rest = chunk.split("{", 1)
            name = [self._row(t.text) for t in self._rules(head[:-1])]
            return [*name, *map(self._row, _BRACE_PIECES.findall("-{" + rest))]
        if len(chunk) > _LONG:
            return [self._row(part) for part in _PIECES.findall(chunk)]
        return [
            self._row(t.text, t.norm_ if t.norm != t.lex.norm else "") for t in self._rules(chunk)
        ]

    def _row(self, word: str, norm: str = "") -> Rows:
        row = self._rows.get(word)
        if row is None:
            # spaCy folds quotes and dashes itself; of words, NORM is the fold.
            fold = fold_word(word) if word.isascii() and word.isalnum() else self._vocab[word].norm_
            row = self._rows[word] = (word, fold, shape_of(word), len(word), len(word))
        return row if not norm else (word, norm, *row[2:])


def _open(rows: list[Any]) -> Rows:
    """Return tokens with a blank behind the last."""
    return (*rows[:-1], rows[-2] + 1)


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
