"""The rule set as one object: catalogue, context rules and word lists, with a version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import RuleError
from kg.resources import folder
from kg.rulebook.context import ContextRule, load_context
from kg.rulebook.names import Catalogue, load_names
from kg.rulebook.words import Words, load_words


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything that rules/ says; the same files give the same object.

    Attributes:
        catalogue: Names known beforehand.
        context: Context rules.
        words: Word lists.
        version: Digest of the files: equal rules have equal versions.
    """

    catalogue: Catalogue
    context: tuple[ContextRule, ...]
    words: Words
    version: str


def load(overlay: Path | None = None) -> Rulebook:
    """Return the rule set of the package, with a user's own folder laid over it.

    Args:
        overlay: A folder with any of names/, context/ and words/; its entries replace those of the
            same id and add to the word lists.

    Raises:
        RuleError: The overlay is no folder, or a file holds mistakes.
    """
    folders = _folders(overlay)
    return _load(folders, _version(folders))


def version(overlay: Path | None = None) -> str:
    """Return the version of the rule set that `load` would return; mistakes in it are not looked for.

    Raises:
        RuleError: The overlay is no folder.
    """
    return _version(_folders(overlay))


def _folders(overlay: Path | None) -> tuple[Path, ...]:
    if overlay is not None and not overlay.is_dir():
        raise RuleError(f"The rules folder {overlay} does not exist.", "Name a folder: --rules DIR")
    return (folder("rules"), *([overlay] if overlay else []))


@lru_cache(maxsize=4)
def _load(folders: tuple[Path, ...], version: str) -> Rulebook:
    """Read the files; their digest is part of the key, so that an edited rule is read anew."""
    listed = list(folders)
    return Rulebook(load_names(listed), load_context(listed), load_words(listed), version)


def _version(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for root in folders:
        for path in sorted(p for p in root.rglob("*") if p.suffix in (".jsonl", ".txt", ".json")):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
