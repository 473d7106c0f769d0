"""From bytes to text: encodings by their marks, by their look, and line by line where they are mixed."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import IO

Warn = Callable[[int, str, str], None]

_PIECE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\x0b\f\r\x1b")
_COLUMNAR = (b"PAR1", b"ARROW1", b"\xff\xff\xff\xff")
_LINE_END = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


def encoding(start: bytes) -> str:
    """Return "utf-8", or the UTF-16 or UTF-32 that the first bytes tell of."""
    for bom, name in _BOMS:
        if start.startswith(bom):
            return name
    sample = start[: min(len(start), 1024) & ~1]
    if len(sample) >= 8:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        most = 0.4 * len(sample) / 2
        if odd > most and not even:
            return "utf-16-le"
        if even > most and not odd:
            return "utf-16-be"
    return "utf-8"


def is_binary(start: bytes) -> bool:
    """Return whether bytes are no text in any encoding known here (columns are read elsewhere)."""
    if start.startswith(_COLUMNAR) or encoding(start) != "utf-8":
        return False
    sample = start[:4096]
    odd = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return odd > 0.1 * len(sample)


def head(start: bytes) -> str:
    """Return the first bytes as text."""
    name = encoding(start)
    errors = _MIXED if name == "utf-8" else "replace"
    return codecs.getincrementaldecoder(name)(errors).decode(start).lstrip("\ufeff")


def pieces(stream: IO[bytes], start: bytes, warn: Warn) -> Iterator[str]:
    """Yield the text of a stream in lines, very long ones in several pieces.

    Bytes that are no UTF-8 are taken for Windows-1252, so that a file of mixed encodings is read
    whole; `warn` is told of the first.

    Args:
        stream: The bytes.
        start: Its first bytes, from which UTF-16 and UTF-32 are known.
        warn: Called with line number, what is wrong, and how to mend it.
    """
    name = encoding(start)
    decoded = _utf8(stream, warn) if name == "utf-8" else _wide(stream, name, warn)
    first = True
    for text in decoded:
        piece = text.removeprefix("\ufeff") if first else text
        first = False
        # A file of an old Macintosh has no line feed at all.
        yield from filter(None, _LINE_END.split(piece)) if "\r" in piece[:-2] else (piece,)


def _utf8(stream: IO[bytes], warn: Warn) -> Iterator[str]:
    rest, line, warned = b"", 1, False
    while data := stream.readline(_PIECE):
        whole, rest = rest + data, b""
        ends = whole.endswith(b"\n")
        try:
            yield whole.decode()
        except UnicodeDecodeError as error:
            cut_short = error.reason == "unexpected end of data" and len(whole) - error.start < 4
            if cut_short and not ends and len(data) == _PIECE:
                text, rest = whole[: error.start].decode(), whole[error.start :]
            else:
                text = whole.decode(errors=_MIXED)
                if not warned:
                    warn(line, "not UTF-8 from here on; read as Windows-1252", "save it as UTF-8")
                warned = True
            yield text
        line += ends
    if rest:
        yield rest.decode(errors=_MIXED)


def _western(error: UnicodeError) -> tuple[str, int]:
    """Decode only the bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    try:
        return bad.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return bad.decode("latin-1"), error.end


_MIXED = "paperkg.windows-1252"
codecs.register_error(_MIXED, _western)


def _wide(stream: IO[bytes], name: str, warn: Warn) -> Iterator[str]:
    text = io.TextIOWrapper(stream, name, "replace", newline="")
    line, warned = 1, False
    while piece := text.readline(_PIECE):
        if "\ufffd" in piece and not warned:
            warn(line, f"damaged {name.upper()}; replaced by \ufffd", "fetch the file again")
            warned = True
        line += piece.endswith("\n")
        yield piece
