"""The door to exports: picks the writer and leaves either a whole file or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.errors import KgError, UnknownFormat
from kg.export import csv, cypher, gexf, graphml, html, jsonl, rdf
from kg.graph.store import Store

#: Formats by name, which is also the suffix.
WRITERS: dict[str, Callable[..., None]] = {
    "ttl": rdf.write_turtle,
    "nt": rdf.write_ntriples,
    "nq": rdf.write_nquads,
    "jsonld": rdf.write_jsonld,
    "rdf": rdf.write_rdfxml,
    "graphml": graphml.write,
    "gexf": gexf.write,
    "csv": csv.write,
    "cypher": cypher.write,
    "html": html.write,
    "jsonl": jsonl.write,
}

#: Formats that are a folder, with the names of the files in it.
FOLDERS: dict[str, frozenset[str]] = {"csv": frozenset({"nodes.csv", "edges.csv"})}


def export(store: Store, path: Path, format: str | None = None, **options: Any) -> None:
    """Write a graph to a file, or a folder of tables.

    It appears under its name only when it is complete.

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
    if name in FOLDERS:
        _write_folder(store, path, WRITERS[name], FOLDERS[name], options)
    else:
        _write_file(store, path, WRITERS[name], options)


def _write_file(
    store: Store, path: Path, write: Callable[..., None], options: dict[str, Any]
) -> None:
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        write(store, Path(temporary), **options)
        # mkstemp makes files for the owner alone; an export is as readable as any new file.
        Path(temporary).chmod(0o666 & ~_mask())
        Path(temporary).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def _write_folder(
    store: Store,
    path: Path,
    write: Callable[..., None],
    names: frozenset[str],
    options: dict[str, Any],
) -> None:
    """Write a folder of tables; one that exists is replaced only when it holds nothing else."""
    if path.exists() and not (path.is_dir() and {p.name for p in path.iterdir()} <= names):
        raise KgError(
            f"{path} exists and is no folder of tables.", "Name a new folder, or remove that one."
        )
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            made = Path(folder) / "made"
            made.mkdir()
            write(store, made, **options)
            if path.exists():
                path.replace(Path(folder) / "old")
            made.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> KgError:
    hint = "Check that the folder exists." if isinstance(error, FileNotFoundError) else ""
    return KgError(f"Cannot write {path}: {error.strerror or error}.", hint)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
