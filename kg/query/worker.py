"""The process that holds the Oxigraph view of a graph and answers SPARQL: `python -m kg.query.worker`.

It is a process of its own, since a query that takes too long can only be stopped by ending what runs
it. It reads N-Triples from the file that it is given, then a query a line from standard input, and
writes for each a line that tells the kind and length of the answer, and the answer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

#: Formats of the rows of SELECT and of the answer to ASK.
_ROWS = {"json": QueryResultsFormat.JSON, "csv": QueryResultsFormat.CSV}


def main(path: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    """Load a graph and answer queries until standard input ends."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES)
    path.unlink()
    # Before the first query, so that no import is left for when no file can be opened any more.
    _answer(store, {"query": "ASK {}", "format": "json", "prefixes": {}})
    _seal()
    _send(answers, "ready", b"")
    for line in requests:
        try:
            kind, body = _answer(store, json.loads(line))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            kind, body = "error", str(error).encode()
        _send(answers, kind, body)


def _answer(store: pyoxigraph.Store, request: dict[str, Any]) -> tuple[str, bytes]:
    found = store.query(request["query"], prefixes=request["prefixes"])
    if isinstance(found, pyoxigraph.QueryTriples):
        prefixes = request["prefixes"]
        written = pyoxigraph.serialize(found, format=RdfFormat.TURTLE, prefixes=prefixes)
        return "triples", written or b""
    kind = "boolean" if isinstance(found, pyoxigraph.QueryBoolean) else "rows"
    form = "json" if kind == "boolean" else request["format"]
    return kind, found.serialize(format=_ROWS[form]) or b""


def _seal() -> None:
    """Let this process open no file and no connection any more, where the system can do that.

    A query may name other places (SERVICE); those are refused before, this is the second lock.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _send(answers: BinaryIO, kind: str, body: bytes) -> None:
    answers.write(json.dumps({"kind": kind, "size": len(body)}).encode() + b"\n" + body)
    answers.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
