"""Why annotations disagree with gold: the rules behind false finds, and what was found instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Record = Mapping[str, Any]
Keys = Callable[[Record], set[str]]


class Reasons:
    """Explains the disagreements in one paper.

    Args:
        gold: What the paper says, by hand.
        found: The annotation, with the rules of mentions and relations if it has them.
        keys: The normalised names of an entity.
    """

    def __init__(self, gold: Record, found: Record, keys: Keys) -> None:
        self._gold, self._found, self._keys = gold, found, keys

    def __call__(self, row: str, missed: bool, name: str) -> str:
        """Return the rules behind a disagreement, or "" where nothing is known of it.

        Args:
            row: Row of the table in which it counts.
            missed: Whether gold has it, not the annotation.
            name: What it is about.
        """
        group, _, what = row.partition(":")
        if group == "entity":
            return self._instead(name) if missed else self._rules(name)
        if group == "relation":
            return self._other_relation(name) if missed else self._relation(name, what)
        return ""

    def _rules(self, name: str) -> str:
        """'names, shape': the rules that found an entity."""
        ids = {(e["type"], e.get("id")) for e in self._found["entities"] if e["name"] == name}
        rules = {
            m["rule"] for m in self._found.get("mentions", ()) if (m["type"], m["entity"]) in ids
        }
        return ", ".join(sorted(rules))

    def _relation(self, name: str, predicate: str) -> str:
        ids = {(e["type"], e.get("id")) for e in self._found["entities"] if e["name"] == name}
        return ", ".join(
            sorted(
                {
                    r["rule"]
                    for r in self._found.get("relations", ())
                    if (r["type"], r["entity"]) in ids and r["predicate"] == predicate
                }
            )
        )

    def _instead(self, name: str) -> str:
        """What was found in the place of an entity: 'network compression (Task, names)'."""
        surfaces = self._surfaces(name)
        near = {
            f"{m['text']} ({m['type']}, {m['rule']})": None
            for m in self._found.get("mentions", ())
            if any(m["text"] in s or s in m["text"] for s in surfaces)
        }
        return "; ".join(list(near)[:2])

    def _other_relation(self, name: str) -> str:
        """What was said of an entity instead: 'compares_with (background)'."""
        wanted = [e for e in self._gold["entities"] if e["name"] == name]
        keys = {key for e in wanted for key in self._keys(e)}
        ids = {(e["type"], e.get("id")) for e in self._found["entities"] if keys & self._keys(e)}
        said = [
            f"{r['predicate']} ({r['rule']})"
            for r in self._found.get("relations", ())
            if (r["type"], r["entity"]) in ids
        ]
        return "; ".join(said) or "not found"

    def _surfaces(self, name: str) -> list[str]:
        return [
            s
            for e in self._gold["entities"]
            if e["name"] == name
            for s in (e.get("surfaces") or [name])
        ]
