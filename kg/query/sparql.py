"""SPARQL over the graph: read-only, with a time limit, answered by Oxigraph."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.errors import KgError, QueryError
from kg.graph.store import Store
from kg.model import Listing, Shown
from kg.rdf.statements import lines
from kg.resources import folder
from kg.vocabulary import BASE, PREFIXES

#: Seconds that a query may take.
TIMEOUT = 30.0

# Strings, IRIs and comments, in which a word means nothing.
_QUIET = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|#[^\n]*",
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w:?$@-])service(?!\w)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NUMBERS = {"integer": int, "decimal": float, "double": float, "float": float}


@dataclass(frozen=True, slots=True, repr=False)
class Solution(Shown):
    """A row of the answer: values by variable.

    Attributes:
        values: (variable, value); numbers and truth values as such, all else as text, None where the
            variable is not bound.
    """

    values: tuple[tuple[str, Any], ...]

    def __getitem__(self, variable: str) -> Any:
        return dict(self.values)[variable]

    def to_json(self) -> dict[str, Any]:
        """Return the row as a JSON object."""
        return dict(self.values)


class View:
    """The Oxigraph view of a graph, in a process of its own that is started when it is first asked.

    Args:
        store: The graph.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._process: subprocess.Popen[bytes] | None = None
        self._state: tuple[int, int] = (-1, -1)
        self._end: weakref.finalize[..., Any] | None = None

    def ask(self, query: str, form: str = "json", timeout: float = TIMEOUT) -> tuple[str, bytes]:
        """Return the kind of the answer ("rows", "boolean" or "triples") and the answer.

        Raises:
            QueryError: The query is wrong, asks for more than reading, or takes too long.
        """
        check(query)
        process = self._ready()
        request = {"query": query, "format": form, "prefixes": PREFIXES}
        if process.stdin is None or process.stdout is None:
            raise QueryError("The process that answers SPARQL has no pipes.")
        timer = threading.Timer(timeout, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            kind, body = _receive(process.stdout)
        except OSError:
            kind, body = "", b""
        finally:
            timer.cancel()
        if not kind:
            self.close()
            raise QueryError(
                f"The query took more than {timeout:g} seconds.",
                "Add a LIMIT, name what it is about, or give it more time.",
            )
        if kind == "error":
            raise QueryError(f"The query is wrong: {body.decode()}", _HINT)
        return kind, body

    def close(self) -> None:
        """End the process."""
        if self._end:
            self._end()
        self._process, self._end = None, None

    def _ready(self) -> subprocess.Popen[bytes]:
        """Return the process, with the graph as it is now."""
        db = self._store.db
        state = (db.total_changes, db.execute("PRAGMA data_version").fetchone()[0])
        if self._process is not None and self._state == state and self._process.poll() is None:
            return self._process
        self.close()
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="paperkg-", suffix=".nt", delete=False
        ) as out:
            out.writelines(lines(self._store, BASE))
        command = [sys.executable, "-m", "kg.query.worker", out.name]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._end = weakref.finalize(self, _stop, process)
        if process.stdout is None or _receive(process.stdout)[0] != "ready":
            self.close()
            Path(out.name).unlink(missing_ok=True)
            raise QueryError("The process that answers SPARQL did not start.")
        self._process, self._state = process, state
        return process


_HINT = "Known are SELECT, ASK, CONSTRUCT and DESCRIBE; see kg sparql --examples."


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:
                continue


def _receive(answers: IO[bytes]) -> tuple[str, bytes]:
    """Return the kind of an answer and the answer; ("", b"") when the process has ended."""
    head = answers.readline()
    if not head.endswith(b"\n"):
        return "", b""
    header = json.loads(head)
    body = answers.read(header["size"])
    return (header["kind"], body) if len(body) == header["size"] else ("", b"")


def check(query: str) -> None:
    """Refuse a query that would reach beyond the graph.

    Raises:
        QueryError: It holds SERVICE, which asks other servers.

    Example:
        >>> check('SELECT ?service WHERE { ?service ?p "SERVICE <http://x>" }')
    """
    plain = _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16) % 0x110000), query)
    for text in {query, plain}:
        if _SERVICE.search(_QUIET.sub(" ", text)):
            raise QueryError(
                "SERVICE asks other servers, which paperkg never does.",
                "Leave it out; a prefix of that name needs another one.",
            )


def solutions(body: bytes) -> Listing[Solution]:
    """Return rows from the SPARQL 1.1 JSON results format."""
    found = json.loads(body)
    names = found["head"]["vars"]
    return Listing(
        Solution(tuple((name, _value(row.get(name))) for name in names))
        for row in found["results"]["bindings"]
    )


def _value(term: dict[str, str] | None) -> Any:
    if term is None:
        return None
    datatype = term.get("datatype", "").removeprefix(PREFIXES["xsd"])
    if datatype == "boolean":
        return term["value"] == "true"
    return _NUMBERS.get(datatype, str)(term["value"])


def run(view: View, query: str, timeout: float = TIMEOUT) -> Listing[Solution] | bool | str:
    """Return the answer to a query.

    Args:
        view: The view of the graph.
        query: SPARQL 1.1; the prefixes of `kg.vocabulary.PREFIXES` are known.
        timeout: Seconds that it may take.

    Returns:
        Rows for SELECT, a truth value for ASK, Turtle for CONSTRUCT and DESCRIBE.

    Raises:
        QueryError: The query is wrong, asks for more than reading, or takes too long.
    """
    kind, body = view.ask(query, "json", timeout)
    if kind == "boolean":
        return bool(json.loads(body)["boolean"])
    return body.decode() if kind == "triples" else solutions(body)


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield name, meaning and text of the queries in ontology/queries."""
    for path in sorted((folder("ontology") / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        first, _, rest = text.partition("\n")
        if not first.startswith("# "):
            raise KgError(f"{path} does not begin with what it asks.", "Write a line: # …")
        yield path.stem, first[2:], rest
