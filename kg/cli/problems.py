"""Problems of inputs on the command line: listed, counted, and written to a report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TextIO

import typer

from kg.errors import Problem

_SHOWN = 20
_COLOURS = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.CYAN}


class ProblemList:
    """Counts problems and holds the few that are shown.

    Args:
        report: Where each is written as a line of JSON; None for nowhere.
        verbose: Whether to show all, notes among them.
    """

    def __init__(self, report: TextIO | None, verbose: bool) -> None:
        self._report = report
        self._verbose = verbose
        self._counts: Counter[str] = Counter()
        self._shown: list[Problem] = []
        self._left = 0

    @property
    def exit_code(self) -> int:
        """1 where a record was lost, else 0."""
        return int(self.count("error") > 0)

    def count(self, level: str) -> int:
        """Return how many there are of a level."""
        return self._counts[level]

    def add(self, problem: Problem) -> None:
        """Take in a problem."""
        self._counts[problem.level] += 1
        if self._report:
            self._report.write(json.dumps(problem.to_json(), ensure_ascii=True) + "\n")
        if self._verbose or (problem.level != "note" and len(self._shown) < _SHOWN):
            self._shown.append(problem)
        elif problem.level != "note":
            self._left += 1

    def show(self) -> None:
        """Print them to standard error."""
        for problem in self._shown:
            text = f"{problem.level}: {problem}"
            typer.secho(text, fg=_COLOURS.get(problem.level), err=True)
        if self._left:
            typer.echo(
                f"… and {self._left} more; see all with --verbose or --report FILE", err=True
            )


@contextmanager
def problem_list(report: Path | None, verbose: bool) -> Iterator[ProblemList]:
    """Yield a list that writes its report as it grows, so that none is lost when a build stops."""
    opened = report.open("w", encoding="utf-8", newline="\n") if report else nullcontext()
    with opened as file:
        yield ProblemList(file, verbose)
