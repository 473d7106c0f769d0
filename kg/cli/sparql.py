"""Commands for other programs: sparql, mcp."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.graphs import GraphFile
from kg.cli.show import print_json, table


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command()
def sparql(
    graph: Annotated[
        Path | None, typer.Argument(metavar="GRAPH", help="Graph file, such as papers.kg.")
    ] = None,
    query: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="SPARQL, a .rq file, an example's name, or -."),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", "-f", help="How rows are printed.")
    ] = Form.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="As --format json.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds that it may take.", min=0.1)] = 30.0,
    examples: Annotated[
        bool, typer.Option("--examples", help="List queries to start from.")
    ] = False,
) -> None:
    """Ask a graph in SPARQL, read-only; the usual prefixes are known.

    Example: kg sparql papers.kg "SELECT ?title WHERE { ?p kg:hasCode ?c ; dcterms:title ?title }"
    """
    if examples:
        _list_examples()
        return
    if graph is None or query is None:
        raise typer.BadParameter("give a graph file and a query, or --examples")
    from kg.api import open as open_graph
    from kg.query.sparql import solutions

    form = Form.JSON if as_json else form
    with open_graph(graph) as opened:
        asked = "csv" if form == Form.CSV else "json"
        kind, body = opened.sparql_view().ask(_text(query), asked, timeout)
    if kind == "triples" or (kind == "rows" and form == Form.CSV):
        typer.echo(body.decode(), nl=False)
    elif kind == "boolean":
        typer.echo(json.dumps(json.loads(body)["boolean"]))
    elif form == Form.JSON:
        print_json(json.loads(body))
    else:
        names = json.loads(body)["head"]["vars"]
        table("answer", names, [[row[name] for name in names] for row in solutions(body)])


def _text(query: str) -> str:
    """Return the query that an argument means: a name of an example, a file, standard input, itself."""
    from kg.query.sparql import examples

    known = {name: text for name, _, text in examples()}
    if query == "-":
        return sys.stdin.read()
    if query.endswith(".rq") and Path(query).is_file():
        return Path(query).read_text(encoding="utf-8")
    return known.get(query, query)


def _list_examples() -> None:
    from kg.query.sparql import examples

    for name, meaning, text in examples():
        typer.secho(f"{name}: {meaning}", bold=True)
        typer.echo(f"\n{text.rstrip()}\n")
    typer.echo("Run one by its name: kg sparql papers.kg leaderboard", err=True)


@app.command()
def mcp(graph: GraphFile) -> None:
    """Serve a graph to an assistant over the Model Context Protocol, on standard input and output.

    Example: kg mcp papers.kg
    """
    from kg.serving import serve

    serve(graph)
