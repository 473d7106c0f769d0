"""Files wherever pyarrow's file systems reach: local folders, s3://, gs://, abfs://, hdfs://."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote
from uuid import uuid4

from kg.errors import InputError, KgError
from kg.readers.reading import files
from kg.shards import is_uri

#: Bytes that are copied at a time.
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of papers.

    Attributes:
        where: Its path or URI.
        name: What messages and the papers' `sources` call it.
    """

    where: str
    name: str

    @property
    def key(self) -> str:
        """Its name as one part of a path."""
        return quote(self.name, safe="")


def find(paths: list[str]) -> list[Shard]:
    """Return the files that paths name: files, folders, globs, and URIs of files or folders.

    Raises:
        InputError: A path names nothing, or two files have the same name.
    """
    shards: dict[str, Shard] = {}
    for path in paths:
        for shard in _remote(path) if is_uri(path) else _local(path):
            other = shards.setdefault(shard.key, shard)
            if other != shard:
                raise InputError(
                    f"{other.where} and {shard.where} would both be called {shard.name}.",
                    "Name the folder that holds both, so that their names differ.",
                )
    return list(shards.values())


def _local(path: str) -> Iterator[Shard]:
    for file, name in files([path]):
        if file is None:
            raise InputError("Standard input is no shard.", "Name files or folders.")
        yield Shard(str(file.resolve()), name)


def _remote(uri: str) -> Iterator[Shard]:
    from pyarrow import fs

    system, root = filesystem(uri)
    with _plainly(uri):
        kind = system.get_file_info(root).type
        if kind == fs.FileType.NotFound:
            raise InputError(f"There is no file or folder {uri}.", "Check the address.")
        if kind == fs.FileType.File:
            yield Shard(uri, root.rsplit("/", 1)[-1])
            return
        listed = system.get_file_info(fs.FileSelector(root, recursive=True))
    start, _, query = uri.partition("?")
    found = False
    for path in sorted(info.path for info in listed if info.type == fs.FileType.File):
        name = path.removeprefix(root).lstrip("/")
        if not any(part.startswith((".", "_")) for part in name.split("/")):
            found = True
            yield Shard(f"{start.rstrip('/')}/{quote(name)}{'?' if query else ''}{query}", name)
    if not found:
        raise InputError(f"The folder {uri} holds no files.", "Name a folder with papers in it.")


def filesystem(where: str) -> tuple[Any, str]:
    """Return pyarrow's file system of a path or URI, and the path on it.

    Raises:
        KgError: pyarrow is missing, or knows no such place.
    """
    try:
        from pyarrow import fs
    except ImportError:
        raise KgError("Shards need pyarrow.", "pip install 'paperkg[arrow]'") from None
    if not is_uri(where):
        return fs.LocalFileSystem(), str(Path(where).absolute())
    with _plainly(where):
        try:
            system, path = fs.FileSystem.from_uri(where)
        except (ValueError, NotImplementedError) as error:
            why = str(error).split("\n", 1)[0]
            hint = "Known: local paths, file://, s3://, gs://, abfs://, hdfs://"
            raise InputError(f"{where}: {why}", hint) from None
    return system, path


@contextmanager
def opened(where: str) -> Iterator[IO[bytes]]:
    """Open a file for reading, as it is: what is packed is unpacked by the reader."""
    system, path = filesystem(where)
    with system.open_input_stream(path, compression=None) as stream:
        yield cast("IO[bytes]", stream)


def stamp(where: str) -> list[int]:
    """Return size and time of a file: while they are the same, so is the file.

    Raises:
        FileNotFoundError: It is not there.
    """
    system, path = filesystem(where)
    info = system.get_file_info(path)
    if not info.is_file:
        raise FileNotFoundError(f"there is no file {where}")
    return [info.size, info.mtime_ns or 0]


class Folder:
    """A folder in which files appear only when they are whole.

    Args:
        where: Its path or URI; made when the first file is written.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self._system, self._root = filesystem(where)

    def names(self, part: str, suffix: str) -> list[str]:
        """Return the names of the files in a folder of it, sorted, without the suffix."""
        from pyarrow import fs

        with _plainly(self.where):
            selector = fs.FileSelector(f"{self._root}/{part}", allow_not_found=True)
            listed = [info.base_name for info in self._system.get_file_info(selector)]
        return sorted(name.removesuffix(suffix) for name in listed if name.endswith(suffix))

    def open(self, name: str) -> Any:
        """Open a file of it for reading anywhere."""
        return self._system.open_input_file(f"{self._root}/{name}")

    def json(self, name: str) -> Any:
        """Return what a file of JSON holds; None where there is none that can be read."""
        try:
            with self.open(name) as file:
                return json.loads(file.read())
        except (FileNotFoundError, ValueError):
            return None

    def put(self, name: str, made: Path) -> None:
        """Copy a local file into the folder, in place of one that is there."""
        with made.open("rb") as source, self._writing(name) as target:
            while piece := source.read(_PIECE):
                target.write(piece)

    def put_json(self, name: str, value: Any) -> None:
        """Write a file of JSON."""
        with self._writing(name) as target:
            target.write(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")

    def tidy(self) -> None:
        """Remove what killed processes left unfinished."""
        if self._system.get_file_info(f"{self._root}/{_UNFINISHED}").type.name != "NotFound":
            self._system.delete_dir(f"{self._root}/{_UNFINISHED}")

    @contextmanager
    def _writing(self, name: str) -> Iterator[Any]:
        path, temporary = f"{self._root}/{name}", f"{self._root}/{_UNFINISHED}/{uuid4().hex}"
        for folder in (path, temporary):
            self._system.create_dir(folder.rsplit("/", 1)[0], recursive=True)
        with self._system.open_output_stream(temporary, compression=None) as stream:
            yield stream
        self._system.move(temporary, path)


_UNFINISHED = "unfinished"


@contextmanager
def _plainly(where: str) -> Iterator[None]:
    """Turn errors of a file system into an error that says where."""
    try:
        yield
    except OSError as error:
        why = str(error).split("\n", 1)[0]
        raise KgError(f"{where}: {why}", "Check the address and your rights there.") from None
