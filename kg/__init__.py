"""paperkg: a knowledge graph of papers from their titles and abstracts.

    import kg
    graph = kg.build("pages/", to="papers.kg")
    graph.papers(on="CIFAR-10", using="KAN")

Names are loaded when they are first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph, annotate, annotate_to, build, merge, open, read, validate  # noqa: A004
    from kg.errors import KgError, Problem
    from kg.model import Annotation, Entity, Evidence, Paper
    from kg.version import __version__

_HOMES = {
    "kg.api": (
        "Graph",
        "annotate",
        "annotate_to",
        "build",
        "merge",
        "open",
        "read",
        "validate",
    ),
    "kg.errors": ("KgError", "Problem"),
    "kg.model": ("Annotation", "Entity", "Evidence", "Paper"),
    "kg.version": ("__version__",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Annotation",
    "Entity",
    "Evidence",
    "Graph",
    "KgError",
    "Paper",
    "Problem",
    "__version__",
    "annotate",
    "annotate_to",
    "build",
    "merge",
    "open",
    "read",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
