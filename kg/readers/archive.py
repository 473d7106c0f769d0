"""Zip archives, read in place: nothing is unpacked to the disk, so no name in one can lead anywhere."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.readers.source import Source, from_stream, shown, undamaged


def is_zip(path: Path) -> bool:
    """Return whether a file is a zip archive."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def members(path: Path, name: str) -> Iterator[AbstractContextManager[Source]]:
    """Yield what opens each file of an archive, in the order of their names.

    Raises:
        InputError: The archive is damaged, or an Office file.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(f"{name} is damaged: {error}", "fetch it again") from None
    with archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        if any(info.filename == "[Content_Types].xml" for info in infos):
            raise InputError(f"{name} is an Office file, no text.", "save it as CSV or text")
        for info in infos:
            parts = info.filename.split("/")
            if not info.is_dir() and not any(map(_hidden, parts)):
                yield _opened(archive, info, path, f"{name}/{shown(info.filename)}")


def _hidden(part: str) -> bool:
    return part.startswith((".", "__MACOSX")) and part not in (".", "..")


@contextmanager
def _opened(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, name: str
) -> Iterator[Source]:
    try:
        with undamaged(name), archive.open(info) as raw:
            yield from_stream(raw, path, name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(f"{name} is damaged: {error}", "unpack it by hand") from None
