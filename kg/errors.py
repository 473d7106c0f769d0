"""The two ways in which paperkg says that something is wrong.

`KgError` stops what was asked for; `Problem` is data: a record that could not be used, kept and
counted while everything else goes on. Both say where, what and how to mend it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in an input that costs nothing but itself.

    Attributes:
        source: The file (or other input) as the user named it.
        line: Line or record number, counted from 1; 0 when the whole input is meant.
        message: What is wrong.
        hint: How to mend it; may be empty.
        level: "error": the record is lost; "warning": it is kept, but for what the message says;
            "note": nothing is wrong with it, but it may surprise: there is no abstract, or two
            sources disagree.

    Example:
        >>> print(Problem("papers.jsonl", 3, "not JSON", "check the quotes"))
        papers.jsonl:3: not JSON (check the quotes)
    """

    source: str
    line: int
    message: str
    hint: str = ""
    level: str = "error"

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")

    def to_json(self) -> dict[str, object]:
        """Return the problem as a JSON object, for `--report`."""
        return {
            "source": self.source,
            "line": self.line,
            "message": self.message,
            "hint": self.hint,
            "level": self.level,
        }


class KgError(Exception):
    """Base of all errors that paperkg raises on purpose.

    Args:
        message: What is wrong, in one sentence.
        hint: How to mend it; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message + (f"\n{self.hint}" if self.hint else "")


class InputError(KgError):
    """An input cannot be read at all, or `strict` was asked for and a record is bad."""


class GraphFileError(KgError):
    """A graph file is missing, locked, damaged, of a newer version, or not one of ours."""


class RuleError(KgError):
    """The rules or the ontology contain mistakes; the message lists all of them together."""


class UnknownName(KgError):
    """A name, alias or id that the graph does not hold; the hint offers near ones."""


class UnknownFormat(KgError):
    """No reader or writer goes by that name or suffix; the hint lists those that exist."""


class QueryError(KgError):
    """A SPARQL query is wrong, asks for more than reading, or takes too long."""
