"""How answers are printed: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

#: Colours by kind, for terminals.
COLOURS = {
    "Method": "bright_blue",
    "Dataset": "yellow",
    "Benchmark": "red",
    "Task": "green",
    "Metric": "magenta",
    "Paper": "white",
}

#: The same for pages.
PASTEL = {
    "Method": "#bfd7ff",
    "Dataset": "#ffe9a8",
    "Benchmark": "#ffc9c2",
    "Task": "#c9ecc9",
    "Metric": "#e7cdf5",
}


def console(err: bool = False) -> Console:
    """Return a console; piped output is wide and plain."""
    from rich.console import Console

    made = Console(stderr=err, highlight=False)
    return made if made.is_terminal else Console(stderr=err, highlight=False, width=160)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], right: Sequence[str] = ()
) -> None:
    """Print a table; cells are text, never markup.

    Args:
        title: What the table shows.
        columns: Headings.
        rows: Cells; None is shown as "–".
        right: Headings of columns that are set to the right.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", overflow="fold")
    listed = list(rows)
    for row in listed:
        made.add_row(*(Text("–" if cell is None or cell == "" else str(cell)) for cell in row))
    if listed:
        console().print(made)
    else:
        typer.echo(f"{title}: none")


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Any:
    """Return text whose spans stand out."""
    from rich.text import Text

    made = Text(text)
    for start, end in spans:
        made.stylize("bold underline", start, end)
    return made
