"""Annotations as `kg annotate` writes them: the papers in them, to be annotated anew."""

from __future__ import annotations

from kg.readers.fields import read_record

#: Keys that give the format away.
KEYS = ({"mentions", "entities", "introduces"},)

__all__ = ["KEYS", "read_record"]
