"""The catalogue: rules/names/*.jsonl as frozen objects.

Each line is one surface form in the keys of spaCy's EntityRuler (label, pattern, id), so that any
spaCy pipeline can read the files; ours are `broader`, `case` and `sense` (rules/README.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import Problem, RuleError
from kg.model import KINDS, Entity

#: Label of phrases that swallow a name inside them and yield nothing.
IGNORE = "Ignore"

_KEYS = {"label", "id", "pattern", "broader", "case", "sense", "name"}


@dataclass(frozen=True, slots=True)
class Sense:
    """What a paper's text must (not) hold for a surface to carry this meaning.

    Attributes:
        with_any: Words or phrases in lower case, of which one must occur; empty: no demand.
        without: Words or phrases of which none may occur.
    """

    with_any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surface:
    """One way of writing a catalogue entity.

    Attributes:
        kind: One of `kg.model.KINDS`, or `IGNORE`.
        id: Id of the entity within its kind.
        pattern: The words.
        exact: Whether capitals must agree.
        sense: Conditions on the paper, or None.
        file: Where it stands, for messages.
        line: Line in that file.
    """

    kind: str
    id: str
    pattern: str
    exact: bool
    sense: Sense | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Name:
    """A catalogue entity: its canonical name is the first pattern of its id."""

    kind: str
    id: str
    name: str
    aliases: tuple[str, ...]
    broader: str | None


@dataclass(frozen=True)
class Catalogue:
    """All names known beforehand.

    Attributes:
        names: Entities by (kind, id).
        surfaces: Every way of writing them, in file order.
        added: Entities (kind, id) that a user's own folder names.
    """

    names: Mapping[tuple[str, str], Name]
    surfaces: tuple[Surface, ...]
    problems: tuple[Problem, ...] = field(default=())
    added: frozenset[tuple[str, str]] = frozenset()

    def entity(self, kind: str, id: str) -> Entity | None:
        """Return an entity with its aliases, or None when the catalogue does not know it."""
        name = self.names.get((kind, id))
        return Entity(kind, id, name.name, name.aliases, name.broader) if name else None

    def name(self, kind: str, id: str) -> Name | None:
        """Return the entity, or None when the catalogue does not know it."""
        return self.names.get((kind, id))


def exact_case(pattern: str) -> bool:
    """Return whether a pattern is matched with its capitals as they stand (smart case).

    A single word with a capital is: "KAN", "Adam". Several words, or lower case alone, match in any
    case.

    Example:
        >>> [exact_case(p) for p in ("KAN", "dropout", "Vision Transformer", "CIFAR-10")]
        [True, False, False, True]
    """
    return " " not in pattern and not pattern.islower() and any(c.isupper() for c in pattern)


def load_names(folders: list[Path]) -> Catalogue:
    """Read the catalogue; later folders overlay earlier ones, entity by entity.

    An overlay's lines of an id replace the whole entity of that kind and id.

    Raises:
        RuleError: A line cannot be used; the message lists all such lines.
    """
    grouped: dict[tuple[str, str], list[tuple[Surface, dict[str, Any]]]] = {}
    problems: list[Problem] = []
    added: set[tuple[str, str]] = set()
    for place, folder in enumerate(folders):
        layer: dict[tuple[str, str], list[tuple[Surface, dict[str, Any]]]] = {}
        for surface, record in _lines(folder, problems):
            layer.setdefault((surface.kind, surface.id), []).append((surface, record))
        ignored = grouped.get((IGNORE, "-"), []) + layer.pop((IGNORE, "-"), [])
        grouped.update(layer)
        if place:
            added.update(layer)
        if ignored:
            grouped[IGNORE, "-"] = ignored
    if problems:
        raise RuleError("The catalogue has mistakes:\n" + "\n".join(map(str, problems)))
    names = {key: _name(key, lines) for key, lines in grouped.items() if key[0] != IGNORE}
    surfaces = tuple(s for lines in grouped.values() for s, _ in lines)
    return Catalogue(names, surfaces, added=frozenset(added))


def _name(key: tuple[str, str], lines: list[tuple[Surface, dict[str, Any]]]) -> Name:
    patterns = list(dict.fromkeys(s.pattern for s, _ in lines))
    name = next((r["name"] for _, r in lines if "name" in r), patterns[0])
    broader = next((r["broader"] for _, r in lines if "broader" in r), None)
    return Name(*key, name, tuple(sorted(p for p in patterns if p != name)), broader)


def _lines(folder: Path, problems: list[Problem]) -> Iterator[tuple[Surface, dict[str, Any]]]:
    for path in sorted((folder / "names").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                    yield _surface(record, path.name, number), record
                except (ValueError, KeyError, TypeError) as error:
                    problems.append(Problem(path.name, number, f"not a name: {error}"))


def _surface(record: dict[str, Any], file: str, line: int) -> Surface:
    if unknown := set(record) - _KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}; known are {sorted(_KEYS)}")
    kind, pattern = record["label"], " ".join(record["pattern"].split())
    if kind not in (*KINDS, IGNORE):
        raise ValueError(f"label {kind!r} is none of {', '.join((*KINDS, IGNORE))}")
    if not pattern:
        raise ValueError("the pattern is empty")
    sense = record.get("sense")
    return Surface(
        kind,
        record["id"],
        pattern,
        record.get("case", exact_case(pattern)),
        Sense(tuple(sense.get("with", ())), tuple(sense.get("without", ()))) if sense else None,
        file,
        line,
    )
