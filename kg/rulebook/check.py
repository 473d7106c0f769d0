"""The lint of the rule set: what loads without error and is wrong all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.errors import Problem
from kg.rulebook.book import Rulebook
from kg.rulebook.names import IGNORE, Catalogue, Surface

_RULES = "rules"


def check(book: Rulebook) -> list[Problem]:
    """Return the mistakes in a rule set, by file and line.

    Found are: lines that say the same twice; a surface that several entities claim without senses
    to tell them apart; single words of everyday English without a sense; broader links to nothing,
    or in a circle; context rules whose `match` sentences lack their cue.
    """
    problems = [
        *_claims(book.catalogue),
        *_common(book),
        *_broader(book.catalogue),
        *_cues(book),
    ]
    return sorted(set(problems))


def _claims(catalogue: Catalogue) -> Iterator[Problem]:
    by_pattern: dict[str, list[Surface]] = defaultdict(list)
    for surface in catalogue.surfaces:
        key = surface.pattern if surface.exact else surface.pattern.lower()
        by_pattern[key].append(surface)
    for pattern, surfaces in by_pattern.items():
        seen: set[tuple[str, str]] = set()
        for surface in surfaces:
            if (surface.kind, surface.id) in seen:
                yield _problem(surface, f"{pattern!r} stands here twice", "remove one line")
            seen.add((surface.kind, surface.id))
        plain = [s for s in surfaces if s.sense is None and s.kind != IGNORE]
        owners = {(s.kind, s.id) for s in plain}
        if len(owners) > 1:
            names = ", ".join(f"{kind} {id}" for kind, id in sorted(owners))
            yield _problem(
                plain[-1], f"{pattern!r} is claimed by {names}", "give all but one a sense"
            )


def _common(book: Rulebook) -> Iterator[Problem]:
    """A word of everyday English is a name only where a sense, or its length, makes it one."""
    for surface in book.catalogue.surfaces:
        alone = surface.pattern.islower() and surface.pattern.isalpha() and surface.sense is None
        if alone and surface.kind != IGNORE and surface.pattern in book.words.generic:
            yield _problem(surface, f"{surface.pattern!r} is an everyday word", "give it a sense")


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
