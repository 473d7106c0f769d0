"""Past one machine: files of papers in, each on its own, shards of annotations and triples out.

A shard is one input file. What is made of it depends on nothing else, so that it does not matter
which machine reads it, when, or how often: `Work` in one process or in many gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

#: What a folder of annotated shards holds: a file of each kind for each shard.
ANNOTATIONS, TRIPLES, REPORTS = "annotations", "triples", "reports"


def is_uri(path: str | Path) -> bool:
    """Tell whether a path names a place on another file system."""
    return "://" in str(path)


def is_annotated(path: str | Path) -> bool:
    """Tell whether a path names annotated shards; only these are read from other file systems."""
    return is_uri(path) or all((Path(path) / part).is_dir() for part in (ANNOTATIONS, REPORTS))
