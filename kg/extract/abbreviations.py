"""Short and long forms that a paper defines itself: "Kolmogorov-Arnold Network (KAN)".

The algorithm is Schwartz & Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text" (PSB 2003): the letters of the short form are looked for in the words before the
bracket, from right to left, the first of them at the start of a word. Added: words whose initials spell
the short form come first (of "Active Appearance Model (AAM)", the algorithm would take the last two), the
reverse order "KAN (Kolmogorov-Arnold Network)", plural short forms, and words that begin no long form.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.tokens import Tokens

_BRACKET = re.compile(r"\(([^()\n]{2,90})\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w\-+^/.*]{1,14}$")
_NO_START = frozenset(
    "a an the of for in on with and or by via our this that new novel proposed called named "
    "using propose present introduce we is are as from to which use develop based into new "
    "its their popular classical standard traditional so-called simple improved efficient "
    "existing".split()
)

_SMALL = frozenset("of for in on with and or the to by from".split())
_JOINTS = frozenset("-–'\"*")
_SORTS = frozenset("framework method approach technique strategy scheme module mechanism".split())


class Definition(NamedTuple):
    """A pair of forms; all four are token positions, ends exclusive."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


def find(text: Tokens) -> list[Definition]:
    """Return the abbreviations that a text defines, in reading order."""
    found = _title(text)
    for match in _BRACKET.finditer(text.text):
        inner = match.group(1)
        start, end = text.at(match.start(1)), text.at(match.end(1))
        if start == 0 or start >= end:
            continue
        before = start - 1  # the bracket itself
        definition = _long_before(text, before, start, inner) or _long_inside(
            text, before, start, end, inner
        )
        if definition:
            found.append(definition)
    return found


def _title(text: Tokens) -> list[Definition]:
    """'FAN: Fourier Analysis Networks': a short form before a colon and the words it stands for."""
    if text.title_end < 4 or text.words[1] != ":" or not _is_short(text.words[0]):
        return []
    letters, end, spelt = _letters(text.words[0]), 2, ""
    while end < text.title_end and len(spelt) < len(letters) and text.words[end][0].isalnum():
        spelt += text.words[end][0].lower()
        end += 1 + (text.words[end + 1 : end + 2] == ["-"])
    return [Definition(2, end, 0, 1)] if spelt == letters and len(letters) > 2 else []


def _long_before(text: Tokens, bracket: int, start: int, inner: str) -> Definition | None:
    short = re.split(r"[,;]| or ", inner)[0].strip()
    if short[:1] in "'\"":
        short = short.strip("'\"")
        start += 1
    if not _is_short(short):
        return None
    short_end = text.at(text.starts[start] + len(short) - 1) + 1
    letters = _letters(short)
    first = max(
        text.sentences[text.sentence(bracket)][0],
        bracket - min(len(letters) + 6, 2 * len(letters) + 6),
    )
    long_start = _initials(text, letters, first, bracket)
    if long_start is None:
        char = text.ends[bracket - 1] if bracket else 0
        begin = _align(text.text, letters, text.starts[first], char)
        if begin is None:
            return None
        long_start = text.at(begin)
    while (
        long_start < bracket
        and text.folds[long_start] in _NO_START
        and text.words[long_start + 1] != "-"
    ):
        long_start += 1
    # "Efficient EigenScore (EES)": the algorithm is content with one word where two fit better.
    words = bracket - long_start
    before = text.words[long_start - 1 : long_start]
    if words == 1 and len(letters) > 2 and before and before[0][:1].lower() == letters[0]:
        long_start -= 1
    long_end = _long_end(text, long_start, bracket, letters[-1])
    if long_end - long_start < 1 or long_end - long_start > 2 * len(letters) + 3:
        return None
    if text.slice(long_start, long_end).lower() == short.lower() or long_end <= long_start:
        return None
    return Definition(long_start, long_end, start, short_end)


def _long_end(text: Tokens, start: int, bracket: int, letter: str) -> int:
    """Return where a long form ends: before quotes, and before a word of sort without a letter.

    "Multimodal Curriculum Learning framework (MCL)" does not stand for the framework.
    """
    end = bracket
    while end > start and text.words[end - 1] in "'\"*_":
        end -= 1
    while end - start > 2 and text.folds[end - 1] in _SORTS and text.folds[end - 1][0] != letter:
        end -= 1
    return end


def _long_inside(text: Tokens, bracket: int, start: int, end: int, inner: str) -> Definition | None:
    short_start = bracket - 1
    short = text.words[short_start]
    if not _is_short(short) or (" " not in inner.strip() and "-" not in inner):
        return None
    begin = _align(text.text, _letters(short), text.starts[start], text.ends[end - 1])
    if begin is None or begin - text.starts[start] > 4:
        return None
    return Definition(start, end, short_start, bracket)


def _is_short(short: str) -> bool:
    if not _SHORT.match(short) or not any(c.isalpha() for c in short):
        return False
    capitals = sum(c.isupper() for c in short)
    return (
        capitals >= 2
        or (capitals == 1 and len(short) <= 6 and not short[1:].islower())
        or (capitals == 1 and any(c.isdigit() for c in short))
    )


def _letters(short: str) -> str:
    core = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
    return "".join(c.lower() for c in core if c.isalnum())


def _initials(text: Tokens, letters: str, first: int, bracket: int) -> int | None:
    """Return where the words begin, small ones aside, whose first letters are `letters`."""
    token, left = bracket - 1, len(letters)
    while left and token >= first:
        word = text.words[token]
        if word[0].lower() == letters[left - 1]:
            left -= 1
        elif word not in _SMALL and word not in _JOINTS:
            return None
        token -= 1
    return None if left else token + 1


def _align(text: str, letters: str, start: int, end: int) -> int | None:
    """Return where the long form begins whose letters, right to left, spell `letters`."""
    position = end - 1
    for index in range(len(letters) - 1, -1, -1):
        letter = letters[index]
        while position >= start and (
            text[position].lower() != letter
            or (index == 0 and position > start and text[position - 1].isalnum())
        ):
            position -= 1
        if position < start:
            return None
        position -= 1
    return position + 1
