"""The application: its commands, and the one place where errors meet the user."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
import warnings
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from kg.errors import KgError, UnknownFormat
from kg.version import __version__


class _Commands(TyperGroup):
    """The commands; typer itself would end without a word when interrupted."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("Interrupted. What was reported as done is kept.", err=True)
            raise typer.Exit(130) from None


app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=(
        "Build a knowledge graph of papers, and the methods, datasets, tasks and scores they name.\n\n"
        "\b\n"
        "Example:\n"
        "  kg build papers/ -o papers.kg\n"
        "  kg papers papers.kg --on CIFAR-10\n"
        "  kg export papers.kg graph.html"
    ),
)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        typer.echo(f"paperkg {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line: exit code 0 fine, 1 problems found, 2 misuse.

    `KG_DEBUG=1` lets errors through with their traceback.
    """
    # The recogniser's matrices are small: a second thread waits for the first more than it helps.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import kg.cli.exports
    import kg.cli.graphs
    import kg.cli.networks
    import kg.cli.queries
    import kg.cli.rules
    import kg.cli.sparql
    import kg.cli.texts
    import kg.cli.train  # noqa: F401 - registers its commands

    warnings.showwarning = _note
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter shows a mark for it.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if os.environ.get("KG_DEBUG"):
        app()
    try:
        app()
    except UnknownFormat as error:
        _fail(error, 2)
    except KgError as error:
        _fail(error, 1)
    except sqlite3.Error as error:
        from kg.graph.faults import explained

        _fail(explained(error), 1)
    except BrokenPipeError:
        # The reader of our output has gone; keep Python from complaining when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _fail(
            KgError(f"{error.filename or 'A file'}: {error.strerror or error}.", "Check the path."),
            1,
        )
    except Exception as error:
        message = f"paperkg has a mistake: {type(error).__name__}: {error}"
        _fail(KgError(message, "Run it again with KG_DEBUG=1 and report what it prints."), 1)


def _note(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    typer.secho(f"Note: {message}", fg=typer.colors.YELLOW, err=True)


def _fail(error: KgError, code: int) -> None:
    typer.secho(f"Error: {error.message}", fg=typer.colors.RED, err=True)
    if error.hint:
        typer.echo(error.hint, err=True)
    sys.exit(code)
