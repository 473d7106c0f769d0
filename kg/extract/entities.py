"""From settled candidates to entities with ids and names."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import linking
from kg.extract.abbreviations import Definition
from kg.extract.candidates import Candidate
from kg.extract.relations import Placed
from kg.extract.tokens import Tokens
from kg.resolve.entities import group
from kg.rulebook.names import Catalogue

Key = tuple[str, str]


class Entities:
    """Tells which entity each candidate names.

    Args:
        catalogue: The names known beforehand.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        names = catalogue.names
        self._known = {key: name.name for key, name in names.items()}
        # A technique that has a common noun among its names is nobody's to introduce.
        self._common = {
            k for k, n in names.items() if any(a.islower() for a in (n.name, *n.aliases))
        }

    def place(
        self, text: Tokens, settled: Sequence[Candidate], definitions: Sequence[Definition]
    ) -> tuple[list[Placed], dict[Key, str]]:
        """Return each candidate with its entity, and the name of each entity (kind, id).

        Args:
            text: The tokens.
            settled: Candidates that do not overlap, in reading order.
            definitions: Abbreviations that the paper defines.
        """
        surfaces = {(c.kind, c.id, text.slice(c.start, c.end)): None for c in settled}
        forms = [
            (text.slice(d.long_start, d.long_end), text.slice(d.short_start, d.short_end))
            for d in definitions
        ]
        identity = group(list(surfaces), forms, self._known)
        placed: list[Placed] = []
        names: dict[Key, str] = {}
        for c in settled:
            surface = text.slice(c.start, c.end)
            kind, id, name = identity[c.kind, c.id, surface]
            names.setdefault((kind, id), name)
            proper = (kind, id) not in self._common and linking.is_proper(surface)
            placed.append(Placed(c, kind, id, (kind, id) in self._known, proper))
        return placed, names
