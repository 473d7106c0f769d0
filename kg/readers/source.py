"""An input as decoded lines, whatever its compression, encoding and line ends."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kg.errors import InputError

_HEAD = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda raw: cast("IO[bytes]", gzip.GzipFile(fileobj=raw))),
    (b"BZh", lambda raw: cast("IO[bytes]", bz2.BZ2File(raw))),
    (b"\xfd7zXZ", lambda raw: cast("IO[bytes]", lzma.LZMAFile(raw))),
)
_PACKED = (".gz", ".bz2", ".xz")


@dataclass(slots=True)
class Source:
    """A text input.

    Attributes:
        path: Where it is; None for standard input.
        name: What it is called in messages and in the graph.
        head: Its first characters.
        lines: Its lines, without line ends; read once.
    """

    path: Path | None
    name: str
    head: str
    lines: Iterator[str]


@contextmanager
def open_source(path: Path | None, name: str) -> Iterator[Source]:
    """Open a file, or standard input, as text.

    Gzip, bzip2 and xz are unpacked. UTF-8 and, by their marks, UTF-16 and UTF-32 are decoded; what is
    none of them is taken for Windows-1252.

    Raises:
        InputError: The file cannot be opened, is no text, or is damaged.
    """
    try:
        with _raw(path) as raw:
            stream = io.BufferedReader(cast("io.RawIOBase", _unpack(raw)), _HEAD)
            head = stream.peek(_HEAD)[:_HEAD]
            encoding = _encoding(head)
            if encoding.startswith("utf-8") and b"\x00" in head[:1024]:
                raise InputError(
                    f"{name} is no text.", "paperkg reads text: pages, JSON Lines, CSV."
                )
            text = io.TextIOWrapper(cast("IO[bytes]", stream), encoding, "replace", newline=None)
            yield Source(
                path, name, head.decode(encoding, "replace"), (s.rstrip("\n") for s in text)
            )
    except (EOFError, zlib.error, lzma.LZMAError) as error:
        raise InputError(
            f"{name} is damaged: {error}", "Unpack it by hand, or fetch it again."
        ) from None
    except OSError as error:
        raise InputError(f"Cannot read {name}: {error.strerror or error}") from None


def suffixes(path: Path | None) -> str:
    """Return the suffix that tells the format, behind that of a compression."""
    if path is None:
        return ""
    inner = path.with_suffix("") if path.suffix.lower() in _PACKED else path
    return inner.suffix.lower()


def _raw(path: Path | None) -> IO[bytes]:
    return path.open("rb") if path else cast("IO[bytes]", io.BytesIO(sys.stdin.buffer.read()))


def _unpack(raw: IO[bytes]) -> IO[bytes]:
    start = raw.read(8)
    raw.seek(0)
    for magic, opener in _MAGIC:
        if start.startswith(magic):
            return opener(raw)
    return raw


def _encoding(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
