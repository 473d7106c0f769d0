"""How answers print: short in a console, tables in a notebook, frames for pandas and polars.

Nothing here knows what the nouns mean: it works on what their `to_json` returns.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from html import escape
from importlib import import_module
from typing import Any, SupportsIndex, TypeVar, overload

from kg.errors import KgError

#: Rows that a listing prints; all of them are in the list and its frame.
SHOWN = 20
_WIDEST = 60
_NARROWEST = 8


class Shown:
    """A frozen object that prints as its known values, long texts cut."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Return the object as a JSON object."""
        raise NotImplementedError

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the object: by default all of it."""
        return self.to_json()

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={_brief(value)}" for name, value in self.row().items())
        return f"{type(self).__name__}({values})"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'>{_html(value)}</td></tr>"
            for name, value in self.to_json().items()
        )
        return f"<table>{rows}</table>"


_S = TypeVar("_S", bound=Shown)


class Listing(list[_S]):
    """A list of answers that prints as a table and turns into a frame.

    Example:
        >>> from kg.model import Entity
        >>> Listing([Entity("Dataset", "mnist", "MNIST"), Entity("Method", "kan", "KAN")])
        kind     id     name
        Dataset  mnist  MNIST
        Method   kan    KAN
    """

    def to_json(self) -> list[dict[str, Any]]:
        """Return the answers as JSON objects."""
        return [item.to_json() for item in self]

    def to_frame(self, library: str | None = None) -> Any:
        """Return a data frame with a row for each answer, nested values flattened.

        Args:
            library: "pandas" or "polars"; None takes pandas where it is installed, else polars.

        Raises:
            KgError: The library is not installed.
        """
        names, records = _flat(item.to_json() for item in self)
        columns = {name: [record.get(name) for record in records] for name in names}
        return _frame_maker(library)(columns)

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> _S: ...
    @overload
    def __getitem__(self, place: slice, /) -> Listing[_S]: ...
    def __getitem__(self, place: SupportsIndex | slice, /) -> _S | Listing[_S]:
        """Return an answer, or a listing of some."""
        if isinstance(place, slice):
            return Listing(super().__getitem__(place))
        return super().__getitem__(place)

    def __repr__(self) -> str:
        if not self:
            return "(none)"
        names, records = _flat(item.row() for item in self[:SHOWN])
        cells = [names, *([_cell(r.get(n)) for n in names] for r in records)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(names))]
        room = max(shutil.get_terminal_size((120, 24)).columns, 60)
        while sum(widths) + 2 * len(widths) > room and max(widths) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
        lines = [_line(row, widths).rstrip() for row in cells]
        return "\n".join(lines + _rest(len(self)))

    def _repr_html_(self) -> str:
        names, records = _flat(item.row() for item in self[:SHOWN])
        head = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>"
            + "".join(f"<td style='text-align:left'>{_html(r.get(n))}</td>" for n in names)
            + "</tr>"
            for r in records
        )
        rest = "".join(f"<p>{line}</p>" for line in _rest(len(self)))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _flat(objects: Iterable[dict[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the column names, in order of first use, and the objects with one level of names."""
    records = []
    for value in objects:
        record: dict[str, Any] = {}
        for name, inner in value.items():
            if isinstance(inner, dict):
                record |= {f"{name}.{part}": item for part, item in inner.items()}
            else:
                record[name] = inner
        records.append(record)
    return list(dict.fromkeys(name for record in records for name in record)), records


def _frame_maker(library: str | None) -> Callable[[dict[str, list[Any]]], Any]:
    if library not in (None, "pandas", "polars"):
        raise KgError(f"There is no frame library {library!r}.", "Known: pandas, polars")
    for name in (library,) if library else ("pandas", "polars"):
        try:
            made: Callable[[dict[str, list[Any]]], Any] = import_module(name).DataFrame
        except ImportError:
            continue
        return made
    wanted = library or "pandas"
    raise KgError(f"{wanted} is not installed.", f"Install it: pip install {wanted}")


def _brief(value: Any) -> str:
    if isinstance(value, str):
        return repr(_cut(value))
    if isinstance(value, list | tuple) and len(value) > 3:
        return f"[{', '.join(map(_brief, value[:3]))}, … {len(value)} in all]"
    return repr(value)


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = ", ".join(map(_cell, value))
    if isinstance(value, float):
        return f"{value:.4g}"
    return "–" if value is None or value == "" else _cut(" ".join(str(value).split()))


def _html(value: Any) -> str:
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        return f'<a href="{escape(value)}">{escape(value)}</a>'
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        return "<br>".join(escape(", ".join(f"{k}: {v}" for k, v in i.items())) for i in value)
    if isinstance(value, list | tuple):
        return escape(", ".join(map(str, value)))
    return escape(value if isinstance(value, str) else _cell(value))


def _cut(text: str, width: int = _WIDEST) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        _cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True)
    )


def _rest(count: int) -> list[str]:
    return [f"… {count} in all"] if count > SHOWN else []
