"""Parquet and Arrow files, in batches; needs pyarrow (pip install 'paperkg[arrow]').

Rows are records with the usual column names, or those of any register that JSON is read from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any

from kg.errors import InputError
from kg.readers.entry import Item, Place
from kg.readers.json_records import ReadRecord
from kg.readers.source import Source

_ROWS = 500


def is_parquet(head: str) -> bool:
    """Return whether bytes are of a Parquet file."""
    return head.startswith("PAR1")


def is_arrow(head: str) -> bool:
    """Return whether bytes are of an Arrow file or stream."""
    return head.startswith(("ARROW1", "ÿÿÿÿ"))


def reader(choose: Callable[[set[str]], ReadRecord]) -> Callable[[Source], Iterator[Item]]:
    """Return a reader; `choose` says from the names of the columns how to read a row."""

    def read(source: Source) -> Iterator[Item]:
        try:
            import pyarrow
        except ImportError:
            raise InputError(
                f"{source.name} is a Parquet or Arrow file, which needs pyarrow.",
                "pip install 'paperkg[arrow]'",
            ) from None
        with source.binary() as file:
            try:
                number = 0
                for batch in _batches(file):
                    # What a damaged file says of its own lengths must not be believed.
                    batch.validate(full=True)
                    read_record = choose(set(batch.schema.names))
                    for number, row in enumerate(batch.to_pylist(), number + 1):
                        yield from read_record(row, Place(source.name, number))
            except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
                why = str(error).split("\n", 1)[0]
                yield Place(source.name, 0).problem(f"damaged: {why}", "fetch the file again")

    return read


def _batches(file: IO[bytes]) -> Iterator[Any]:
    import pyarrow
    from pyarrow import ipc, parquet

    start = file.read(6)
    file.seek(0)
    if start.startswith(b"PAR1"):
        yield from parquet.ParquetFile(file).iter_batches(batch_size=_ROWS)
    elif start == b"ARROW1":
        table = ipc.open_file(pyarrow.PythonFile(file))
        for index in range(table.num_record_batches):
            yield from _portions(table.get_batch(index))
    else:
        for batch in ipc.open_stream(file):
            yield from _portions(batch)


def _portions(batch: Any) -> Iterator[Any]:
    for start in range(0, batch.num_rows, _ROWS):
        yield batch.slice(start, _ROWS)
