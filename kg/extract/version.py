"""What annotations depend on, told without loading any of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kg.model import Entity
from kg.resolve.extra_names import with_mark
from kg.rulebook import book
from kg.version import __version__

#: The weights that the package ships.
SHIPPED = Path(__file__).parent / "recogniser" / "weights.npz"


def version(
    rules: Path | None = None, recogniser: bool | Path = True, names: Iterable[Entity] = ()
) -> str:
    """Return the version of an annotator: program, rules, and what was learned.

    Args:
        rules: As for `Annotator`, like the others.
        recogniser: A file that cannot be read has no version; who loads it will say so.
        names: Names beside those of the catalogue.

    Raises:
        RuleError: The folder of rules is missing.
    """
    learned = "rules"
    path = SHIPPED if recogniser is True else recogniser
    if isinstance(path, Path) and path.is_file():
        learned = weights_version(path.read_bytes())
    return f"{__version__}-{with_mark(book.version(rules), names)}-{learned}"


def weights_version(content: bytes) -> str:
    """Return the version of a file of weights."""
    return hashlib.sha256(content).hexdigest()[:12]
