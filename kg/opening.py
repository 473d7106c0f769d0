"""Graph files in, whatever they are: opened, read from RDF, or united into one."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from kg.errors import GraphFileError, InputError, Problem
from kg.graph.merging import merge
from kg.graph.store import Store

#: Suffixes of RDF files that can be opened like graph files.
RDF_SUFFIXES = (".ttl", ".nt", ".nq", ".jsonld", ".rdf")


def is_graph(path: str | Path) -> bool:
    """Tell from the name whether a file holds a graph, not papers to read."""
    return Path(path).suffix.lower() in (".kg", *RDF_SUFFIXES)


def open_store(path: Path) -> tuple[Store, list[Problem]]:
    """Open a graph file, or read an RDF file that paperkg has written into memory.

    Returns:
        The store, and papers of an RDF file that could not be used.

    Raises:
        GraphFileError: It is missing or not a graph file.
        InputError: It is RDF, but not well formed or not ours.
    """
    if path.suffix.lower() not in RDF_SUFFIXES:
        return Store.open(path), []
    from kg.rdf.importing import import_rdf

    if not path.is_file():
        raise InputError(f"There is no file {path}.")
    store = Store.open(None, write=True)
    return store, import_rdf(path, store)


def unite(stores: Sequence[tuple[Store, str]], to: Path | None) -> Store:
    """Return the union of graphs, in memory or as a new graph file.

    The file takes the place of one that exists only when it is complete.

    Args:
        stores: Graphs, each with what to add to the sources of its papers, or "".
        to: The graph file; None keeps the union in memory.

    Raises:
        GraphFileError: The file cannot be written.
    """
    graphs, names = [store for store, _ in stores], [name for _, name in stores]
    if to is None:
        target = Store.open(None, write=True)
        merge(graphs, names, target)
        return target
    try:
        with tempfile.TemporaryDirectory(prefix=f".{to.name}.", dir=to.parent) as folder:
            made = Path(folder) / to.name
            with Store.open(made, write=True) as target:
                merge(graphs, names, target)
            made.replace(to)
    except OSError as error:
        raise GraphFileError(
            f"Cannot write {to}: {error.strerror or error}.", "Check that the folder exists."
        ) from None
    return Store.open(to)
