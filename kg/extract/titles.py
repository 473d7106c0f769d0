"""Names in titles: what stands before a colon, leads the title, or follows "via", "with", "using"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.candidates import RANKS, Candidate
from kg.extract.phrases import BARE, Phrases, find, said_again
from kg.extract.tokens import ACRONYM, CAPITALISED, MIXED, Tokens
from kg.rulebook.words import Words

#: What may follow a phrase that leads a title.
_LEAD_ENDS = frozenset(["", "for", "via", "in", "to", "on", ":", "and", "as"])
#: Heads that more often name a subject than a method.
_VAGUE = frozenset(
    "learning bound representation function search field theory memory processing bounds test unit rule "
    "sampling policy regression optimization control".split()
)
#: Words that lead to the means by which a paper does what it does.
_MEANS = frozenset("via with using by through".split())
#: Heads that tell of data, aims or circumstances rather than of a method.
_NO_METHOD = frozenset(
    "data structure framework architecture robot space evaluation study survey review image "
    "video system application case approach analysis perspective property environment bound "
    "constraint guarantee representation".split()
)
#: Words before a part that the paper itself brings, and before any part that is looked at.
_BRINGS = frozenset(["", ":", "with"])
_BEFORE = _MEANS | _BRINGS | frozenset("the a an and for to in of based as".split())
#: Words before an aim or a subject, never before a means.
_AIMS = frozenset("for to of as".split())
_ENDS = frozenset(["", "for", "and", ":"])


#: Tokens of a title that are looked at; what is longer is no title.
_LONGEST = 80


class Part(NamedTuple):
    """A stretch of a title between words that connect, with those words ("" at an edge)."""

    start: int
    end: int
    before: str
    after: str


class Titles:
    """Finds names in titles.

    Args:
        words: Word lists of the rule set.
        phrases: Answers about stretches of tokens.
    """

    def __init__(self, words: Words, phrases: Phrases) -> None:
        self._words = words
        self._stop = words.generic | words.not_names
        self._phrases = phrases

    def __call__(self, text: Tokens, known: list[Candidate]) -> Iterator[Candidate]:
        """Yield candidates of the title, given the catalogue names of the text."""
        if text.title_end > _LONGEST:
            return
        spans = {(c.start, c.end) for c in known}
        prefix = list(self._title_prefix(text))
        yield from prefix
        yield from self._title_phrases(text, spans)
        yield from self._title_lead(text, spans)
        yield from self._title_parts(text, known, bool(prefix))

    def _title_parts(
        self, text: Tokens, known: list[Candidate], named: bool
    ) -> Iterator[Candidate]:
        """'… via Approximate Diagonalization', '… for Camera Relocalization': means and aims."""
        spans = {(c.start, c.end) for c in known}
        ends = {c.end: c.kind for c in known if c.end <= text.title_end}
        for part in self._parts(text):
            words = [w for w in text.folds[part.start : part.end] if w != "-"]
            known_alone = (part.start, part.end) in spans or BARE.issuperset(words)
            if not 2 <= len(words) <= 6 or known_alone or part.before not in _BEFORE:
                continue
            if named and part.before in (":", "a", "an"):
                continue  # "FooNet: A Fast Network" describes what it has named
            if self._method_points(text, part, ends.get(part.end)) >= 3:
                rule = self._part_rule(text, part, len(words))
                yield Candidate(part.start, part.end, "Method", "", rule, RANKS["title"])
            elif self._task_points(text, part, ends.get(part.end)) >= 3:
                yield Candidate(part.start, part.end, "Task", "", "title-aim", RANKS["title"])

    def _part_rule(self, text: Tokens, part: Part, size: int) -> str:
        """What the paper brings has a name of some length and is not all that it speaks of."""
        brings = part.before in _BRINGS and not said_again(text, part.start, part.end)
        return "title-part" if brings and size > 2 else "title-means"

    def _method_points(self, text: Tokens, part: Part, ends: str | None) -> int:
        head = text.folds[part.end - 1]
        kind = self._words.heads.get(head)
        points = 2 * (part.before in _MEANS) + (part.before in ("", ":")) + (part.after in _ENDS)
        points += (kind == "Method" or ends == "Method") + said_again(text, part.start, part.end)
        points -= 2 * (kind == "Task" or ends == "Task") + 2 * (head in _NO_METHOD)
        points -= 3 * (text.words[part.start].lower().endswith("ing") or part.before in _AIMS)
        return points

    def _task_points(self, text: Tokens, part: Part, ends: str | None) -> int:
        kind = self._words.heads.get(text.folds[part.end - 1])
        points = 2 * (part.before in ("for", "to")) + (part.before in ("in", "of", "based"))
        points += part.after in ("", "via", "with", "using", "by", "from", "on")
        points += kind == "Task" or ends == "Task"
        points -= (kind not in ("Task", None)) + (ends == "Method")
        # "… for Unseen Poses" tells what a method works on, not what it is for.
        several = text.folds[part.end - 1] != text.words[part.end - 1].lower()
        points -= 2 * (several or text.folds[part.end - 1] in _NO_METHOD)
        return points

    def _parts(self, text: Tokens) -> Iterator[Part]:
        """Yield the stretches of a title that hold no connecting or describing word."""
        i, before = 0, ""
        while i < text.title_end:
            end = self._phrases.stretch(text, i, text.title_end)
            if end == i:
                before = text.words[i].lower()
                i += 1
                continue
            after = text.words[end].lower() if end < text.title_end else ""
            yield Part(i, end, before, after)
            i, before = end, "…"

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
            and said_again(text, start, end)
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
            again = [_again(text, a, end) for a in range(start, end)]
            for a, b in _longest_first(start, again):
                phrase = text.folds[a:b]
                cuts = text.words[a - 1 : a] == ["-"] or text.words[b : b + 1] == ["-"]
                cuts = cuts or not self._at_edge(text, a, b)
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

    def _at_edge(self, text: Tokens, start: int, end: int) -> bool:
        """Whether a phrase leads the title, bare or behind an article, or ends it."""
        if start == 0 or (start == 1 and text.folds[0] in ("the", "a", "an")):
            return True
        return end == text.title_end and text.words[start - 1] != ":"

    def _title_lead(self, text: Tokens, known: set[tuple[int, int]]) -> Iterator[Candidate]:
        """'Hierarchical Memory Networks for …': a new kind of something leads the title."""
        start = 1 if text.folds[:1] and text.folds[0] in ("the", "a", "an") else 0
        end = self._phrases.plain_end(text, start, text.title_end)
        follows = text.folds[end] if end < text.title_end else ""
        if end - start < 2 or follows not in _LEAD_ENDS or (start, end) in known:
            return
        head = text.folds[end - 1]
        modifiers = set(text.folds[start : end - 1]) - {"-"} - BARE - self._words.generic
        named = head not in _VAGUE and head not in self._words.generic and modifiers
        acting = text.folds[start].endswith("ing")  # "Learning …" tells what the paper does
        if self._words.heads.get(head) == "Method" and named and not acting:
            yield Candidate(start, end, "Method", "", "title-lead", RANKS["definition"])


def _again(text: Tokens, start: int, end: int) -> int:
    """Return up to where the title's words from a token on stand in the abstract as well."""
    folds, size = text.folds, 0
    for place in text.places[folds[start]]:
        if place >= text.title_end:
            while (
                start + size < end
                and folds[start : start + size + 1] == folds[place : place + size + 1]
            ):
                size += 1
    return start + size


def _longest_first(start: int, again: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a run, two words at least, that the abstract says again."""
    for end in range(max(again, default=start), start + 1, -1):
        yield from ((a, end) for a in range(start, end - 1) if again[a - start] >= end)
