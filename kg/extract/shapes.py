"""Names that show by their shape: "MgNO", "GPT-4", "Oxford RobotCar"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import compress, count

from kg.extract.candidates import RANKS, Candidate
from kg.extract.phrases import CALLED, DATA_HEADS, Phrases
from kg.extract.tokens import ACRONYM, CAPITALISED, LOWER, MIXED, NUMBER, Tokens
from kg.rulebook.words import Words

_VERSION = re.compile(r"v?\d+(?:\.\d+)*[a-z]?$|[IVX]+$|[A-Z]$")
_MIXED = re.compile(r"[A-Za-z][\w+\-^*@]*(?:\.\d+)?$")
_HYPHEN_TAIL = frozenset(
    "based style like type level wise aware free driven inspired agnostic specific shot".split()
)
_BUILDS = frozenset("based base build built builds building rely relies improve".split())
#: What may stand between a name and the noun that tells its kind: "the CVACT test dataset".
_BETWEEN = frozenset("image video benchmark text speech test training validation public".split())


#: Behind these stands a part of an address, a formula or a compound.
_GLUE = frozenset("/ - [ \\ { _ = . @".split())

#: Shapes with which a name begins.
_NAMING = frozenset((ACRONYM, MIXED, CAPITALISED))


class Shapes:
    """Finds names by their capitals and digits.

    Args:
        words: Word lists of the rule set.
        phrases: Answers about stretches of tokens.
    """

    def __init__(self, words: Words, phrases: Phrases) -> None:
        self._words = words
        self._phrases = phrases
        self._stop = words.generic | words.not_names

    def __call__(self, text: Tokens, known: list[Candidate]) -> Iterator[Candidate]:
        """Yield candidates outside the names that are known; a name by shape alone must be sure."""
        covered = {i for c in known for i in range(c.start, c.end)}
        known_at = {c.start: c for c in known} | {c.end - 1: c for c in known}
        spans = list(self._spans(text, covered))
        counts = Counter(text.slice(a, b) for a, b, _ in spans)
        for start, end, strong in spans:
            surface = text.slice(start, end)
            kind, rule = self._kind_and_rule(text, start, end, known_at)
            if rule == "shape":
                if start < text.title_end or self._weak(text, start, end):
                    continue
                if not strong and counts[surface] < 2 and end - start < 2:
                    continue
                # Capitals alone are people and places; after "in" and "on" stands what is studied.
                plain = all(text.shapes[i] not in (ACRONYM, MIXED) for i in range(start, end))
                if plain or (start and self._studied(text, start)):
                    continue
            rank = RANKS["shape"] if rule == "shape" else RANKS["context"]
            found = Candidate(start, end, kind, "", rule, rank)
            if rule != "shape":  # the next of a list may take its kind from this one
                known_at |= {start: found, end - 1: found}
            yield found

    def _weak(self, text: Tokens, start: int, end: int) -> bool:
        """Whether a shape says little: digits, parts of addresses and formulas, "ABC" undefined."""
        before = text.words[start - 1] if start else ""
        if before in _GLUE and text.ends[start - 1] == text.starts[start]:
            return True
        if any(char.isdigit() for char in text.slice(start, end)):
            return "," not in (before, *text.words[end : end + 1])
        short = end == start + 1 and text.shapes[start] == ACRONYM
        return short and before != "(" and len(text.words[start].rstrip("s")) < 4

    def _studied(self, text: Tokens, start: int) -> bool:
        """Whether a name stands where data and subjects do: 'in X', 'on X', but not 'based on X'."""
        before = text.folds[max(0, start - 2) : start]
        return before[-1] == "in" or (before[-1] == "on" and _BUILDS.isdisjoint(before))

    def _spans(self, text: Tokens, covered: set[int]) -> Iterator[tuple[int, int, bool]]:
        """Yield runs of name-like tokens with whether their shape alone is proof of a name."""
        end = 0
        for i in compress(count(), map(_NAMING.__contains__, text.shapes)):
            if i < end or i in covered or not self._name_like(text, i):
                continue
            end = self._extend(text, i, covered)
            strong = any(
                text.shapes[k] == MIXED and not text.words[k].islower() for k in range(i, end)
            ) or any(text.shapes[k] == ACRONYM and len(text.words[k]) > 2 for k in range(i, end))
            if i >= text.title_end or strong:
                yield i, end, strong

    def _name_like(self, text: Tokens, i: int) -> bool:
        shape, word = text.shapes[i], text.words[i]
        if len(word) == 1 and word.isupper() and text.words[i + 1 : i + 2] == ["-"]:
            glued = i + 2 < len(text) and text.starts[i + 2] == text.starts[i] + 2
            return glued and text.shapes[i + 2] in (MIXED, ACRONYM)
        if shape not in _NAMING or (shape == CAPITALISED and i < text.title_end):
            return False
        if word in self._stop or word.lower() in self._words.generic or len(word) < 2:
            return False
        if word.rstrip("s") in self._words.not_names:
            return False
        if shape == MIXED:
            return not word.islower() and bool(_MIXED.match(word))
        if shape == ACRONYM:
            return (
                word.isalpha()
                and (len(word) > 2 or len(text.places[text.folds[i]]) > 1)
                and word.lower() not in self._words.generic
            )
        first = text.sentences[text.sentence(i)][0]
        if i == first or text.words[i - 1] in ("'", '"', ":", "(", "-"):
            return False
        return word.lower() not in self._words.common and text.folds[i] not in self._words.common

    def _extend(self, text: Tokens, start: int, covered: set[int]) -> int:
        end = start + 1
        while end < len(text) and end not in covered:
            glued = text.starts[end] == text.ends[end - 1]
            if glued and text.words[end] == "-" and end + 1 < len(text):
                after = text.folds[end + 1]
                if (
                    text.starts[end + 1] == text.ends[end]
                    and text.shapes[end + 1] not in (LOWER,)
                    and after not in _HYPHEN_TAIL
                ):
                    end += 2
                    continue
                break
            if not glued and (
                self._name_like(text, end)
                or (
                    _VERSION.match(text.words[end])
                    and text.shapes[end] == NUMBER
                    and text.shapes[end - 1] != ACRONYM
                    and self._closes(text, end + 1)
                )
            ):
                end += 1
                continue
            break
        return end

    def _closes(self, text: Tokens, i: int) -> bool:
        return (
            i >= len(text)
            or text.words[i] in (",", ".", ")", ";")
            or text.folds[i] in ("and", "dataset", "model")
        )

    def _kind_and_rule(
        self, text: Tokens, start: int, end: int, known_at: dict[int, Candidate]
    ) -> tuple[str, str]:
        noun = self._data_noun(text, start, end)
        if noun:
            return noun, "data-noun"
        neighbour = self._coordinated(text, start, end, known_at)
        if neighbour:
            return neighbour, "coordination"
        before = text.folds[max(0, start - 3) : start]
        if (
            start >= text.title_end
            and before
            and (
                before[-1] in CALLED
                or (before[-1] in ("the", "a") and before[-2:-1] and before[-2] in CALLED)
            )
        ):
            return self._phrases.kind(text, start, end), "called"
        if start >= text.title_end and self._phrases.proposed(text, start):
            return self._phrases.kind(text, start, end), "proposed"
        if (
            before
            and before[-1] == "on"
            and (
                {
                    "evaluate",
                    "experiment",
                    "test",
                    "accuracy",
                    "train",
                    "trained",
                    "tested",
                    "evaluated",
                }
                & set(text.folds[max(0, start - 8) : start])
            )
        ):
            return "Dataset", "evaluated-on"
        return self._phrases.kind(text, start, end, brought=False), "shape"

    def _data_noun(self, text: Tokens, start: int, end: int) -> str | None:
        """'the CVACT test dataset', 'a new dataset, Geo20Q': the kind that a noun beside it tells."""
        after = text.folds[end : end + 3]
        for word in after[:2]:
            if word in DATA_HEADS:
                return DATA_HEADS[word]
            if word not in _BETWEEN:
                break
        if text.words[start - 1 : start] == [","] and text.folds[max(0, start - 2)] in DATA_HEADS:
            return DATA_HEADS[text.folds[start - 2]]
        return None

    def _coordinated(
        self, text: Tokens, start: int, end: int, known_at: dict[int, Candidate]
    ) -> str | None:
        """'on CIFAR-10, Foo-300 and SVHN': a neighbour in a list lends its kind."""
        for step, edge in ((-1, start), (1, end - 1)):
            i = edge + step
            hops = 0
            while 0 <= i < len(text) and text.words[i] in (",", "and", "or", "/", "&") and hops < 2:
                i += step
                hops += 1
            if hops and i in known_at and known_at[i].kind in ("Dataset", "Benchmark", "Method"):
                return known_at[i].kind if known_at[i].kind != "Benchmark" else "Dataset"
        return None
