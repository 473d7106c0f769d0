"""An input as text, whatever its compression, encoding and line ends, in constant memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from kg.errors import InputError, Problem
from kg.readers import decoding

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_HEAD = 1 << 17
#: A longer line is no record; only formats that do not go by lines can read on.
LONGEST_LINE = 1 << 25
# What the unpackers raise where a stream breaks off or is damaged, beside OSError without number.
_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError)

_Opener = Callable[[IO[bytes]], Any]
_MAGIC: tuple[tuple[bytes, _Opener], ...] = (
    (b"\x1f\x8b", lambda raw: gzip.GzipFile(fileobj=raw)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ", lzma.LZMAFile),
    (b"\x28\xb5\x2f\xfd", zstd.ZstdFile),
)
_PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")
_STRANGERS = (
    (b"%PDF", "a PDF", "paste the titles and abstracts into a text file"),
    (b"SQLite format 3\0", "a database, perhaps a graph file", "name the papers, not the graph"),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"\x7fELF", "a program", ""),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as CSV or text"),
)


@dataclass(slots=True)
class Source:
    """A text input; it is read once, by `lines` or by `chunks` or by `binary`.

    Attributes:
        path: Where it is; None for standard input.
        name: What it is called in messages and in the graph.
        head: Its first characters.
        problems: What was wrong with its encoding or its lines so far.
    """

    path: Path | None
    name: str
    head: str
    start: bytes
    _stream: IO[bytes]
    problems: list[Problem] = field(default_factory=list)

    @property
    def suffix(self) -> str:
        """The suffix that tells the format, behind that of a compression."""
        place = PurePosixPath(self.name.lower())
        return (place.with_suffix("") if place.suffix in _PACKED else place).suffix

    @property
    def chunks(self) -> Iterator[str]:
        """The text in pieces of at most about a million characters."""
        return decoding.pieces(self._stream, self.start, self._warn)

    @property
    def lines(self) -> Iterator[str]:
        """The lines without line ends; a line too long for any record comes empty, as a problem."""
        parts: list[str] = []
        number, length = 1, 0
        for piece in self.chunks:
            length += len(piece)
            if length <= LONGEST_LINE:
                parts.append(piece)
            else:
                parts.clear()
            if piece.endswith(("\n", "\r")):
                yield self._line(parts, number, length)
                parts, number, length = [], number + 1, 0
        if length:
            yield self._line(parts, number, length)

    @contextmanager
    def binary(self) -> Iterator[IO[bytes]]:
        """Yield the bytes as a file that can be sought in."""
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(self._stream, copy)
            copy.seek(0)
            yield copy

    def _line(self, parts: list[str], number: int, length: int) -> str:
        if length > LONGEST_LINE:
            message = f"a line of {length:,} characters; left out"
            hint = f"a line may have {LONGEST_LINE:,}; is it one record a line?"
            self.problems.append(Problem(self.name, number, message, hint))
        return "".join(parts).rstrip("\r\n")

    def _warn(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.name, line, message, hint, "warning"))


@contextmanager
def open_source(path: Path | None, name: str) -> Iterator[Source]:
    """Open a file, or standard input; what gzip, bzip2, xz or zstd packed is unpacked.

    Raises:
        InputError: The file cannot be opened or is no text.
    """
    with undamaged(name):
        try:
            with path.open("rb") if path else nullcontext(sys.stdin.buffer) as raw:
                yield from_stream(raw, path, name)
        except OSError as error:
            if error.errno is None:
                raise
            raise InputError(f"Cannot read {name}: {error.strerror or error}.") from None


@contextmanager
def undamaged(name: str) -> Iterator[None]:
    """Tell in plain words that what is read cannot be unpacked.

    Raises:
        InputError: It cannot.
    """
    try:
        yield
    except (*_DAMAGED, OSError) as error:
        ours = not isinstance(error, OSError) or isinstance(error, gzip.BadGzipFile)
        if not ours and (type(error) is not OSError or error.errno is not None):
            raise  # the disk's fault or the network's, not the file's
        why = str(error) or "it ends too early"
        hint = "unpack it by hand, or fetch it again"
        raise InputError(f"{name} is damaged: {why}", hint) from None


def from_stream(raw: IO[bytes], path: Path | None, name: str) -> Source:
    """Return a source over bytes, packed or not.

    Raises:
        InputError: They are no text.
    """
    begin = raw.read(8)
    stream = cast("IO[bytes]", io.BufferedReader(_Chained(begin, raw)))
    opener = next((opener for magic, opener in _MAGIC if begin.startswith(magic)), None)
    if opener:
        stream = cast("IO[bytes]", opener(stream))
    start = b""
    while len(start) < _HEAD and (more := stream.read(_HEAD - len(start))):
        start += more
    _refuse_strangers(start, name)
    whole = cast("IO[bytes]", io.BufferedReader(_Chained(start, stream), 1 << 16))
    return Source(path, name, decoding.head(start), start, whole)


def shown(name: str) -> str:
    """Return a file's name as text that can be printed and stored, whatever bytes it holds."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _refuse_strangers(start: bytes, name: str) -> None:
    for magic, what, hint in _STRANGERS:
        if start.startswith(magic):
            raise InputError(f"{name} is {what}, no text.", hint or "leave it out")
    if decoding.is_binary(start):
        raise InputError(
            f"{name} is no text.", "paperkg reads text, JSON, XML, tables, BibTeX and RIS"
        )


class _Chained(io.RawIOBase):
    """Bytes that were read ahead, and then the rest."""

    def __init__(self, ahead: bytes, rest: IO[bytes]) -> None:
        self._ahead = memoryview(ahead)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._ahead:
            size = min(len(buffer), len(self._ahead))
            buffer[:size], self._ahead = self._ahead[:size], self._ahead[size:]
            return size
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
