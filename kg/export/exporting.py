"""The door to exports: picks the writer and leaves either a whole file or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.errors import KgError, UnknownFormat
from kg.export import graphml, html, jsonl, rdf
from kg.graph.store import Store

#: Formats by name, which is also the suffix.
WRITERS: dict[str, Callable[..., None]] = {
    "ttl": rdf.write_turtle,
    "nt": rdf.write_ntriples,
    "nq": rdf.write_nquads,
    "jsonld": rdf.write_jsonld,
    "rdf": rdf.write_rdfxml,
    "graphml": graphml.write,
    "html": html.write,
    "jsonl": jsonl.write,
}


def export(store: Store, path: Path, format: str | None = None, **options: Any) -> None:
    """Write a graph to a file.

    The file appears under its name only when it is complete.

    Args:
        store: The graph.
        path: Where to write.
        format: A name in `WRITERS`; None takes it from the suffix.
        options: Passed to the writer.

    Raises:
        UnknownFormat: There is no such format.
        KgError: The file cannot be written.
    """
    name = format or path.suffix.lstrip(".").lower()
    if name not in WRITERS:
        known = ", ".join(f".{suffix}" for suffix in WRITERS)
        raise UnknownFormat(f"There is no output format {name or path.name!r}.", f"Known: {known}")
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise KgError(
            f"Cannot write {path}: {error.strerror}.", "Check that the folder exists."
        ) from None
    try:
        WRITERS[name](store, Path(temporary), **options)
        # mkstemp makes files for the owner alone; an export is as readable as any new file.
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except OSError as error:
        raise KgError(f"Cannot write {path}: {error.strerror or error}.") from None
    finally:
        Path(temporary).unlink(missing_ok=True)
