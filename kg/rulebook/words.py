"""Word lists in rules/words: one word a line, `#` for a remark; overlays add to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """The lists that rules consult.

    Attributes:
        common: Everyday and technical English in lower case; capitalised, none is a name.
        generic: Words that describe but never name, in lower case.
        not_names: Acronyms and proper nouns that are no entities, as written.
        heads: Last words of phrases that tell the kind of what they name, folded → kind.
        compounds: Last words that make a method's name with the words before them, folded.
    """

    common: frozenset[str]
    generic: frozenset[str]
    not_names: frozenset[str]
    heads: Mapping[str, str]
    compounds: frozenset[str] = frozenset()


def load_words(folders: list[Path]) -> Words:
    """Read the lists of all folders together."""
    heads: dict[str, str] = {}
    for folder in folders:
        path = folder / "words" / "heads.json"
        if path.exists():
            for kind, words in json.loads(path.read_text(encoding="utf-8")).items():
                for word in words:
                    heads.setdefault(word, kind)
    return Words(
        _list(folders, "common"),
        _list(folders, "generic"),
        _list(folders, "not_names"),
        heads,
        _list(folders, "compounds"),
    )


def _list(folders: list[Path], name: str) -> frozenset[str]:
    paths = [folder / "words" / f"{name}.txt" for folder in folders]
    lines = [
        line.strip()
        for path in paths
        if path.exists()
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return frozenset(line for line in lines if line and not line.startswith("#"))
