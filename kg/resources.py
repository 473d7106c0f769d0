"""Where the folders `rules/` and `ontology/` are: inside the installed package, else beside it."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the data folder `name` ("rules" or "ontology").

    A wheel carries the folders in `kg/_data`. In a checkout they stand beside the package. The
    packaged copy is looked for first, since a stranger's `rules` may lie in site-packages.

    Raises:
        KgError: Neither place has the folder.

    Example:
        >>> folder("ontology").joinpath("paperkg.ttl").exists()
        True
    """
    packaged = PACKAGE / "_data" / name
    if packaged.is_dir():
        return packaged
    checkout = PACKAGE.parent / name
    if checkout.is_dir() and (PACKAGE.parent / "pyproject.toml").is_file():
        return checkout
    raise KgError(
        f"The folder {name!r} is neither at {packaged} nor at {checkout}.",
        "Reinstall paperkg: pip install --force-reinstall paperkg",
    )
