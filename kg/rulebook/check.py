"""The lint of the rule set: what loads without error and is wrong all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.errors import Problem
from kg.rulebook.book import Rulebook
from kg.rulebook.names import IGNORE, Catalogue, Surface
from kg.words import fold_word, surface_key

_RULES = "rules"


def check(book: Rulebook) -> list[Problem]:
    """Return the mistakes in a rule set, by file and line.

    Found are: lines that say the same twice; a surface that several entities claim without senses
    to tell them apart, hyphens and plurals aside; single words of everyday English without a sense,
    among them words that are names only by their capital; broader links to nothing, or in a circle;
    context rules whose `match` sentences lack their cue.
    """
    problems = [
        *_claims(book.catalogue),
        *_common(book),
        *_broader(book.catalogue),
        *_cues(book),
    ]
    return sorted(set(problems))


def _claims(catalogue: Catalogue) -> Iterator[Problem]:
    seen: set[tuple[str, str, str]] = set()
    claims: dict[str, list[Surface]] = defaultdict(list)
    for surface in catalogue.surfaces:
        pattern = surface.pattern if surface.exact else surface.pattern.lower()
        if (surface.kind, surface.id, pattern) in seen:
            yield _problem(surface, f"{pattern!r} stands here twice", "remove one line")
        seen.add((surface.kind, surface.id, pattern))
        if surface.sense is None and surface.kind != IGNORE:
            claims[_written(surface)].append(surface)
    for surfaces in claims.values():
        owners = {(s.kind, s.id) for s in surfaces}
        if len(owners) > 1:
            names = ", ".join(f"{kind} {id}" for kind, id in sorted(owners))
            last = surfaces[-1]
            message = f"{last.pattern!r} is claimed by {names}"
            yield _problem(last, message, "give all but one a sense")


def _written(surface: Surface) -> str:
    """Return what two surfaces share that match the same text."""
    if surface.exact:
        return surface.pattern.replace("-", "").replace(" ", "")
    return surface_key(surface.pattern)


def _common(book: Rulebook) -> Iterator[Problem]:
    """A word of everyday English is a name only where a sense makes it one.

    A capital alone does not ("Places"): it also begins a sentence, and every word of a title.
    """
    surfaces = [s for s in book.catalogue.surfaces if s.kind != IGNORE]
    plain = {fold_word(s.pattern) for s in surfaces if s.pattern.islower()}
    for surface in surfaces:
        word = surface.pattern
        if surface.sense is not None or not word.isalpha():
            continue
        capital = word.istitle() and surface.exact and fold_word(word) not in plain
        if (word.islower() and word in book.words.generic) or (
            capital and word.lower() in book.words.common
        ):
            yield _problem(surface, f"{word!r} is an everyday word", "give it a sense")


def _broader(catalogue: Catalogue) -> Iterator[Problem]:
    lines = {(s.kind, s.id): s for s in reversed(catalogue.surfaces)}
    for key, name in catalogue.names.items():
        seen = {key}
        while name.broader:
            up = (name.kind, name.broader)
            if up not in catalogue.names:
                yield _problem(lines[key], f"broader {name.broader!r} is no {name.kind}", "add it")
                break
            if up in seen:
                yield _problem(lines[key], "the broader concepts run in a circle", "cut it")
                break
            seen.add(up)
            name = catalogue.names[up]  # noqa: PLW2901 - climbing


def _cues(book: Rulebook) -> Iterator[Problem]:
    for rule in book.context:
        for sentence, _ in rule.match:
            if not any(cue.replace("- ", "-").lower() in sentence.lower() for cue in rule.cues):
                yield Problem(f"{_RULES}/context", 0, f"rule {rule.id!r}: no cue in {sentence!r}")


def _problem(surface: Surface, message: str, hint: str) -> Problem:
    return Problem(f"{_RULES}/names/{surface.file}", surface.line, message, hint)
