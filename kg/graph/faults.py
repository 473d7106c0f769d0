"""What can go wrong with a graph file: one build at a time writes, and SQLite's errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import GraphFileError

_HINTS = {
    "locked": "Another program is writing to it; wait until that has ended.",
    "busy": "Another program is writing to it; wait until that has ended.",
    "not a database": "Name a file that `kg build` has written.",
    "full": "Make room on the disk and build again: what was reported as done is kept.",
    "disk i/o": "Check the disk and its free space; what was reported as done is kept.",
    "malformed": "The file is damaged; build it anew from your papers, under another name.",
    "readonly": "Check that you may write to the file and to its folder.",
    "unable to open": "Check that the folder exists and that you may write there.",
    "no such table": "The file is damaged; build it anew from your papers, under another name.",
}


def explained(error: sqlite3.Error, path: Path | None = None) -> GraphFileError:
    """Return an error of SQLite in plain words, with a way to mend it."""
    message = str(error)
    hint = next((hint for sign, hint in _HINTS.items() if sign in message.lower()), "")
    return GraphFileError(f"The graph file{f' {path}' if path else ''}: {message}.", hint)


@contextmanager
def in_plain_words(path: Path | None = None) -> Iterator[None]:
    """Turn errors of SQLite into `GraphFileError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from None


@contextmanager
def one_build_at_a_time(path: Path | None) -> Iterator[None]:
    """Hold the right to write to a graph file; readers are not kept out.

    The lock is the operating system's: it ends with the process, however that ends.

    Raises:
        GraphFileError: Another build has it, or the folder cannot be written to.
    """
    if path is None:
        yield
        return
    if path.is_dir():
        raise GraphFileError(f"{path} is a folder.", "Name a file in it, such as papers.kg.")
    if not path.parent.is_dir():
        raise GraphFileError(
            f"Cannot write {path}: there is no folder {path.parent}.", "Make it, or name another."
        )
    lock = FileLock(f"{path}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise GraphFileError(
            f"Another build is writing to {path}.",
            "Wait until it has ended, or build to another file.",
        ) from None
    except OSError as error:
        raise GraphFileError(
            f"Cannot write to the folder of {path}: {error.strerror or error}.",
            "Check that the folder exists and that you may write there.",
        ) from None
    try:
        yield
    finally:
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)
