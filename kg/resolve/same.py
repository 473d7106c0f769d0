"""Which entities of one paper are one thing under two names, told by the words alone.

A paper writes "Global Magnitude Pruning" and goes on with "Global MP", "speech decoding" and "decoding
speech", "semi-supervised object detection" and "SSOD" without ever joining them by brackets. Each rule
here was kept because, on annotated papers, what it joins is one entity far more often than two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.words import fold_word, stem

Key = tuple[str, str]

_WORD = re.compile(r"[^\W_]+|[+^*#]+")
_SMALL = frozenset("of for in on with and or via by to from the a an as at over".split())
_SORTS = frozenset("model method algorithm".split())
#: Longest bare end ("classification" of "image classification") by kind, in words.
_BARE = {"Task": 1, "Metric": 1}
#: The same where no catalogue knows either name.
_BARE_UNKNOWN = {"Task": 3, "Metric": 1}


class _Form(NamedTuple):
    """A surface as it is compared.

    Attributes:
        words: As written, without punctuation.
        folds: Folded.
        stems: Of the words that carry the meaning, in order.
        initials: Of the same words, lower case.
        short: Whether a word is an acronym of three letters or more, or of two beside other words.
    """

    words: tuple[str, ...]
    folds: tuple[str, ...]
    stems: tuple[str, ...]
    initials: str
    short: bool


def merge(entities: Mapping[Key, Sequence[str]], known: Mapping[Key, str]) -> dict[Key, Key]:
    """Return, for each entity that is another one under a second name, that other one.

    Args:
        entities: The surfaces of each entity (kind, id) of a paper, in order of first mention.
        known: Canonical names of those that a catalogue knows; two of them are never joined, but for
            a task that a longer one names again.

    Example:
        >>> merge({("Method", "global-magnitude-pruning"): ["Global Magnitude Pruning"],
        ...        ("Method", "global-mp"): ["Global MP"]}, {})
        {('Method', 'global-mp'): ('Method', 'global-magnitude-pruning')}
    """
    kinds: dict[str, list[Key]] = defaultdict(list)
    for key in entities:
        kinds[key[0]].append(key)
    joined: dict[Key, Key] = {}
    for kind, keys in kinds.items():
        if len(keys) > 1:
            forms = {key: [_form(s) for s in dict.fromkeys(entities[key])] for key in keys}
            for pair in _pairs(kind, forms, known):
                second, first = (_last(joined, key) for key in pair)
                if second != first:
                    joined[second] = first
    return {key: _last(joined, key) for key in joined}


def _last(joined: Mapping[Key, Key], key: Key) -> Key:
    while key in joined:
        key = joined[key]
    return key


def _pairs(
    kind: str, forms: Mapping[Key, Sequence[_Form]], known: Mapping[Key, str]
) -> Iterator[tuple[Key, Key]]:
    """Yield pairs (second name, first name)."""
    yield from _same_words(kind, forms, known)
    yield from _spelt_out(forms, known)
    if kind in _BARE:
        yield from _bare_ends(kind, forms, known)


def _same_words(
    kind: str, forms: Mapping[Key, Sequence[_Form]], known: Collection[Key]
) -> Iterator[tuple[Key, Key]]:
    """'Integer program' and 'integer programming'; of a task, 'speech decoding' and 'decoding speech'."""
    seen: dict[tuple[str, ...], Key] = {}
    for key, own in forms.items():
        for form in own:
            stems = tuple(sorted(form.stems)) if kind == "Task" else form.stems
            first = seen.setdefault(stems, key) if stems else key
            if first != key and not (first in known and key in known):
                yield (first, key) if key in known else (key, first)


def _spelt_out(
    forms: Mapping[Key, Sequence[_Form]], known: Mapping[Key, str]
) -> Iterator[tuple[Key, Key]]:
    """'SSOD' and 'semi-supervised object detection', 'Global MP' and 'Global Magnitude Pruning'."""
    for short, own in forms.items():
        for form in own:
            if not form.short or any(_is_spelt(form, other) for other in own):
                continue
            for long, others in forms.items():
                if long == short or (short in known and long in known):
                    continue
                if any(_is_spelt(form, t) and _agrees(known.get(short, ""), t) for t in others):
                    yield (long, short) if short in known else (short, long)


def _is_spelt(short: _Form, long: _Form) -> bool:
    return len(long.words) > len(short.words) and _stands_for(short.words, long.words)


def _agrees(name: str, form: _Form) -> bool:
    """Return whether a catalogue's name for a short form, if any, shares half its words with a long one."""
    theirs = set(_form(name).stems) if name else set()
    return len(theirs & set(form.stems)) * 2 >= len(theirs)


def _bare_ends(
    kind: str, forms: Mapping[Key, Sequence[_Form]], known: Collection[Key]
) -> Iterator[tuple[Key, Key]]:
    """'Classification' where 'image classification' is the only longer one that ends so."""
    for key, own in forms.items():
        for form in own:
            size = len(form.folds)
            if size > _BARE_UNKNOWN[kind] or form.words[0].isupper():
                continue
            longer = {
                other: None
                for other, theirs in forms.items()
                if other != key
                for t in theirs
                if len(t.folds) > size
                and t.folds[-size:] == form.folds
                and (kind != "Metric" or (key in known and len(t.folds) == size + 1))
                and (size <= _BARE[kind] or not (key in known or other in known))
            }
            if len(longer) == 1:
                other = next(iter(longer))
                yield (other, key) if kind == "Metric" else (key, other)


@lru_cache(maxsize=50_000)
def _form(surface: str) -> _Form:
    words = tuple(_WORD.findall(surface))
    folds = tuple(fold_word(word) for word in words)
    telling = [(w, f) for w, f in zip(words, folds, strict=True) if f not in _SMALL]
    if len(telling) > 1 and telling[-1][1] in _SORTS:
        telling.pop()
    stems = tuple(stem(f) if w[1:].islower() else w for w, f in telling)
    initials = "".join(f[0] for _, f in telling)
    least = 3 if len(words) == 1 else 2
    return _Form(words, folds, stems, initials, any(len(_acronym(w)) >= least for w in words))


def _acronym(word: str) -> str:
    """Return the letters of an acronym, in lower case and singular; "" for any other word."""
    letters = word[:-1] if word.endswith("s") else word
    return letters.lower() if len(letters) > 1 and letters.isupper() and letters.isalpha() else ""


def _stands_for(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether a name is another one with some of its words shortened to their initials."""
    if not short or not long:
        return not short and not long
    if fold_word(short[0]) == fold_word(long[0]):
        return _stands_for(short[1:], long[1:])
    letters = _acronym(short[0])
    taken = at = 0
    while letters and at < len(long) and taken < len(letters):
        if long[at][0].lower() == letters[taken]:
            taken += 1
        elif long[at].lower() not in _SMALL:
            return False
        at += 1
    return bool(letters) and taken == len(letters) and _stands_for(short[1:], long[at:])
