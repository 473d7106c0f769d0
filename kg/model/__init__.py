"""The nouns of paperkg, shared by every layer: immutable, without behaviour that needs a library.

The text side (`kg.model.text`) carries character offsets into the fields as they were read; the graph
side (`kg.model.graph`) carries ids.
"""

from kg.model.graph import BuildReport, Evidence, Link
from kg.model.shown import Listing, Shown
from kg.model.text import (
    KINDS,
    PREDICATES,
    Annotation,
    Entity,
    Mention,
    Paper,
    Relation,
    Result,
    sorted_unique,
)

__all__ = [
    "KINDS",
    "PREDICATES",
    "Annotation",
    "BuildReport",
    "Entity",
    "Evidence",
    "Link",
    "Listing",
    "Mention",
    "Paper",
    "Relation",
    "Result",
    "Shown",
    "sorted_unique",
]
