"""From settled candidates to entities: definitions first, then repeated names, then identity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.abbreviations import Definition
from kg.extract.candidates import RANKS, Candidate
from kg.extract.tokens import MIXED, Tokens
from kg.words import fold_word


def apply_definitions(
    text: Tokens, candidates: Sequence[Candidate], definitions: Sequence[Definition]
) -> list[Candidate]:
    """Return candidates in which a paper's own "long form (SHORT)" overrules the catalogue.

    Where the long form is known, the short form means the same, whatever else it may mean elsewhere.
    Where only the short form is known, it keeps its meaning if the long form reads like the known
    name, and else means the long form.
    """
    out = list(candidates)
    for definition in definitions:
        long = _at(out, definition.long_start, definition.long_end)
        short = _at(out, definition.short_start, definition.short_end)
        if long is None or (short and short.id == long.id and short.kind == long.kind):
            continue
        meant = long
        titled = _titled(text, out, definition)
        if titled and not long.id:
            meant = long._replace(kind=titled.kind)
            out = [meant if c is long else c for c in out]
        elif not long.id and short and short.id and _alike(text, definition, short.id):
            meant = long._replace(id=short.id, kind=short.kind)
            out = [meant if c is long else c for c in out]
        out = [c for c in out if c is not short]
        out += [
            meant._replace(start=start, end=end, rule="definition", rank=RANKS["definition"])
            for start, end in _occurrences(text, definition.short_start, definition.short_end)
            if not (titled and start == titled.start)
        ]
    return out


def _titled(
    text: Tokens, candidates: Sequence[Candidate], definition: Definition
) -> Candidate | None:
    """Return the find that opens the title with the short form: the title tells the kind best."""
    short = text.folds[definition.short_start : definition.short_end]
    return next(
        (
            c
            for c in candidates
            if c.rule == "title-prefix" and text.folds[c.start : c.end] == short
        ),
        None,
    )


def _at(candidates: Sequence[Candidate], start: int, end: int) -> Candidate | None:
    best = None
    for c in candidates:
        if c.start == start and c.end == end and (best is None or c.rank > best.rank):
            best = c
    return best


def _alike(text: Tokens, definition: Definition, id: str) -> bool:
    words = set(text.folds[definition.long_start : definition.long_end]) - {"-"}
    known = {fold_word(word) for word in id.split("-")}
    return len(words & known) * 2 >= len(known)


def _occurrences(text: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Return every place where the same tokens stand, capitals agreeing, plural or not."""
    wanted, written = text.folds[start:end], text.words[start]
    size = end - start
    return [
        (i, i + size)
        for i in text.places.get(wanted[0], ())
        if text.folds[i : i + size] == wanted
        and (text.words[i][0].isupper() or written[0].islower())
        and not _goes_on(text, i + size)
    ]


def _goes_on(text: Tokens, end: int) -> bool:
    """Whether a longer name goes on behind a name: "SVT" in "SVT-H-S", not in "SVT-based"."""
    return (
        text.words[end : end + 1] == ["-"]
        and end + 1 < len(text)
        and text.starts[end + 1] == text.ends[end - 1] + 1
        and (text.words[end + 1].isupper() or text.shapes[end + 1] == MIXED)
    )


#: Rules that see what kind of thing a name is.
_TELLING = frozenset("title-prefix called data-noun definition proposed".split())


def agree(text: Tokens, settled: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates in which a name that the paper discovers has one kind throughout.

    Data and measures are only so called for a reason, so one such mention decides.
    """
    kinds: dict[str, list[Candidate]] = {}
    for c in settled:
        if not c.id:
            kinds.setdefault(text.slice(c.start, c.end), []).append(c)
    decided = {
        name: max(found, key=lambda c: (c.rule in _TELLING and c.kind != "Method", c.rank)).kind
        for name, found in kinds.items()
        if len({c.kind for c in found}) > 1
    }
    if not decided:
        return list(settled)
    return [
        c if c.id else c._replace(kind=decided.get(text.slice(c.start, c.end), c.kind))
        for c in settled
    ]


def repeat(text: Tokens, settled: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates for further occurrences of names that were discovered in this paper."""
    more = []
    for name in {text.slice(c.start, c.end): c for c in settled if not c.id}.values():
        proper = any(word != word.lower() for word in text.words[name.start : name.end])
        if name.end - name.start == 1 and not proper:
            continue
        for start, end in _occurrences(text, name.start, name.end):
            if start != name.start:
                more.append(name._replace(start=start, end=end))
    return more


_PLAIN = re.compile(r"[a-z][a-z\s-]*$")


def is_proper(surface: str) -> bool:
    """Return whether a surface is written as a proper name rather than as a common noun."""
    return not _PLAIN.match(surface)
