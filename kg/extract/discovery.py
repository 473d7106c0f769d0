"""Names that no catalogue knows, from how they are written and what stands around them.

Each finder below is one rule, named in the mentions it makes. All look only around tokens that call
for it, so the cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.abbreviations import Definition
from kg.extract.candidates import RANKS, Candidate
from kg.extract.phrases import BARE, CALLED, DATA_HEADS, OWN, PROPOSE, Phrases, count, find
from kg.extract.shapes import Shapes
from kg.extract.tokens import ACRONYM, CAPITALISED, LOWER, MIXED, Tokens
from kg.rulebook.words import Words

_BEFORE_NAME = frozenset(
    [
        "the",
        "a",
        "an",
        "as",
        "them",
        "this",
        "these",
        "it",
        "those",
        "neuron",
        ",",
        '"',
        "'",
        "new",
        "novel",
    ]
)


#: What may follow a phrase that leads a title.
_LEAD_ENDS = frozenset(["", "for", "with", "via", "in", "to", "on", "using", ":", "and", "as"])
#: Heads that more often name a subject than a method.
_VAGUE = frozenset(
    "learning bound representation function search field theory memory processing bounds test unit rule "
    "sampling policy regression optimization control".split()
)


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

    def __call__(
        self, text: Tokens, known: list[Candidate], definitions: list[Definition]
    ) -> list[Candidate]:
        """Return candidates for names of the text.

        Args:
            text: The tokens.
            known: Catalogue names found in it.
            definitions: Abbreviations that it defines.
        """
        spans = {(c.start, c.end) for c in known}
        methods = {(c.start, c.end) for c in known if c.kind == "Method"}
        return [
            *self._title_prefix(text),
            *self._definitions(text, definitions, known),
            *self._shapes(text, known),
            *self._proposals(text, spans, methods),
            *self._called(text, spans),
            *self._title_phrases(text, spans),
            *self._title_lead(text, spans),
            *self._tasks(text, {i for c in known for i in range(c.start, c.end)}),
        ]

    def _title_prefix(self, text: Tokens) -> Iterator[Candidate]:
        """'MAXIM: Multi-Axis MLP …': what stands before the colon names what the paper brings."""
        cut = next(
            (
                i
                for i in range(min(text.title_end, 9))
                if text.words[i] in (":", "-", "--")
                and (text.words[i] == ":" or text.text[text.starts[i] - 1] == " ")
            ),
            0,
        )
        if not 1 <= cut <= 6 or text.words[cut] == "?":
            return
        start = 1 if text.folds[0] in ("the", "a", "an") and cut > 1 else 0
        span = range(start, cut)
        if not any(text.shapes[i] in (ACRONYM, MIXED, CAPITALISED) for i in span):
            return
        if any(text.folds[i] in self._words.generic and text.shapes[i] != ACRONYM for i in span):
            return
        if self._is_named(text, start, cut) or self._phrases.phrase_end(text, start, cut) == cut:
            kind = self._phrases.kind(text, start, cut, title_rest=True)
            yield Candidate(start, cut, kind, "", "title-prefix", RANKS["definition"])

    def _is_named(self, text: Tokens, start: int, end: int) -> bool:
        """A prefix is a name when its shape says so, or when the abstract uses it with capitals."""
        if any(
            text.shapes[i] in (ACRONYM, MIXED) and text.words[i] not in self._stop
            for i in range(start, end)
        ):
            return True
        phrase = text.slice(start, end)
        if end - start == 1 and phrase.lower() not in self._words.common:
            return True
        parts = phrase.split("-")
        if " " not in phrase and len(parts) > 1 and all(part[:1].isupper() for part in parts):
            return True
        if (
            end - start > 1
            and count(text, start, end) > 1
            and not BARE.issuperset(text.folds[start:end])
        ):
            return True
        body = text.text[text.starts[text.title_end] :] if text.title_end < len(text) else ""
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", body):
            if match.start() > 1 and body[match.start() - 2] not in ".!?":
                return True
        return False

    def _title_phrases(self, text: Tokens, known: set[tuple[int, int]]) -> Iterator[Candidate]:
        """A phrase of the title that the abstract proposes: 'Fractal Generative Models'."""
        body = text.folds[text.title_end :]
        start = 0
        while start < text.title_end:
            end = self._phrases.run_end(text, start)
            for a, b in ((a, b) for b in range(end, start + 1, -1) for a in range(start, b - 1)):
                phrase = text.folds[a:b]
                cuts = text.words[a - 1 : a] == ["-"] or text.words[b : b + 1] == ["-"]
                if cuts or "-" in (phrase[0], phrase[-1]) or BARE.issuperset(phrase):
                    continue
                naming = [w for w in phrase if w != "-" and w not in self._words.generic]
                if (
                    len(naming) < 2
                    or " " not in text.slice(a, b)
                    or any(start <= a and b <= end for start, end in known)
                ):
                    continue
                place = find(body, phrase) + text.title_end
                if place >= text.title_end and self._phrases.proposes(text, place, place + b - a):
                    kind = self._phrases.kind(text, place, place + b - a)
                    for first, last in ((a, b), (place, place + b - a)):
                        yield Candidate(first, last, kind, "", "title-phrase", RANKS["definition"])
                    break
            start = max(end, start + 1)

    def _title_lead(self, text: Tokens, known: set[tuple[int, int]]) -> Iterator[Candidate]:
        """'Hierarchical Memory Networks for …': a new kind of something leads the title."""
        start = 1 if text.folds[:1] and text.folds[0] in ("the", "a", "an") else 0
        while start < text.title_end and text.words[start].lower() in self._words.generic:
            start += 1
        end = self._phrases.plain_end(text, start, text.title_end)
        follows = text.folds[end] if end < text.title_end else ""
        if end - start < 2 or start > 2 or follows not in _LEAD_ENDS or (start, end) in known:
            return
        head = text.folds[end - 1]
        modifiers = set(text.folds[start : end - 1]) - {"-"} - BARE - self._words.generic
        named = head not in _VAGUE and head not in self._words.generic and modifiers
        acting = text.folds[start].endswith("ing")  # "Learning …" tells what the paper does
        if self._words.heads.get(head) == "Method" and named and not acting:
            yield Candidate(start, end, "Method", "", "title-lead", RANKS["definition"])

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
        head = self._words.heads.get(text.folds[d.long_end - 1])
        if head:
            return head
        if self._phrases.proposed(text, d.long_start) or (
            after and self._words.heads.get(after[0]) == "Method"
        ):
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

    def _proposals(
        self, text: Tokens, known: set[tuple[int, int]], methods: set[tuple[int, int]]
    ) -> Iterator[Candidate]:
        """'we propose a cross-gating block': a phrase after a verb of proposing, by its head."""
        for i, fold in enumerate(text.folds):
            if fold not in PROPOSE or i < text.title_end:
                continue
            first, last = text.sentences[text.sentence(i)]
            if OWN.isdisjoint(text.folds[first:i]) and fold not in (
                "propose",
                "introduce",
                "present",
            ):
                continue
            start = i + 1
            while start < last and start - i < 6 and self._phrases.describes(text, start):
                start += 1
            end = self._phrases.phrase_end(text, start, last)
            if _extends(text, start, end, methods):
                yield Candidate(start, end, "Method", "", "proposed", RANKS["definition"])
                continue
            if end - start >= 2 and self._phrases.reused(text, start, end):
                yield Candidate(start, end, "Method", "", "proposed", RANKS["context"])
                continue
            end = self._phrases.named_kind(text, start, last)
            if end - start >= 2 and (start, end) not in known:
                yield Candidate(start, end, "Method", "", "proposed", RANKS["shape"])

    def _called(self, text: Tokens, known: set[tuple[int, int]]) -> Iterator[Candidate]:
        """'a new paradigm called strip MLP layer': a phrase after a verb of naming."""
        for i, fold in enumerate(text.folds):
            if fold not in CALLED and not (fold == "call" and text.folds[i - 1 : i] == ["we"]):
                continue
            first, last = text.sentences[text.sentence(i)]
            if OWN.isdisjoint(text.folds[first:i]) or i < text.title_end:
                continue
            start = i + 1
            while start < last and start - i < 4 and text.folds[start] in _BEFORE_NAME:
                start += 1
            end = self._phrases.plain_end(text, start, last)
            if end - start >= 2 and text.words[end - 1] != "-" and (start, end) not in known:
                kind = self._phrases.kind(text, start, end)
                kind = kind if kind in ("Dataset", "Benchmark") else "Method"
                yield Candidate(start, end, kind, "", "called", RANKS["definition"])

    def _tasks(self, text: Tokens, covered: set[int]) -> Iterator[Candidate]:
        """'EEG classification', 'crowd counting': modifiers before a word that names a task."""
        for i, fold in enumerate(text.folds):
            if self._words.heads.get(fold) != "Task" or i in covered or not i:
                continue
            start = i
            while start > 0 and i - start < 3 and self._modifies(text, start - 1, covered):
                start -= 1
            if start < i and i - start <= 3:
                yield Candidate(start, i + 1, "Task", "", "task-head", RANKS["shape"])

    def _modifies(self, text: Tokens, i: int, covered: set[int]) -> bool:
        fold = text.folds[i]
        return (
            i not in covered
            and text.shapes[i] in (LOWER, CAPITALISED, ACRONYM)
            and fold not in self._words.generic
            and text.words[i].lower() not in self._words.generic
            and not fold.endswith(("ly", "ing"))
            and text.sentence(i) == text.sentence(i + 1)
        )


def _extends(text: Tokens, start: int, end: int, known: set[tuple[int, int]]) -> bool:
    """Whether a phrase holds a known name and more: 'soft Hebbian learning' is a name of its own."""
    inside = [(a, b) for a, b in known if start <= a and b <= end and (a, b) != (start, end)]
    return bool(inside) and "based" not in text.folds[start:end] and end - start < 8
