"""Commands that write graphs: export, view."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.graphs import GraphFile

MaxNodes = Annotated[int | None, typer.Option(help="Entities in the HTML overview at most.", min=1)]


@app.command()
def export(
    graph: GraphFile,
    output: Annotated[
        Path, typer.Argument(metavar="OUT", help="File; its suffix tells the format.")
    ],
    format: Annotated[
        str | None, typer.Option(help="Format: ttl, nt, graphml, html, jsonl.")
    ] = None,
    base_iri: Annotated[str | None, typer.Option(help="Base of the IRIs in RDF.")] = None,
    max_nodes: MaxNodes = None,
) -> None:
    """Write a graph as Turtle, N-Triples, GraphML, HTML or JSON Lines.

    Example: kg export papers.kg graph.ttl
    """
    from kg.api import open as open_graph

    options = {"base_iri": base_iri, "max_nodes": max_nodes}
    with open_graph(graph) as opened:
        opened.export(output, format, **{k: v for k, v in options.items() if v is not None})
    typer.echo(f"{output} ({output.stat().st_size:,} bytes)", err=True)


@app.command()
def view(
    graph: GraphFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Keep the page here.")
    ] = None,
    max_nodes: MaxNodes = None,
) -> None:
    """Write the HTML network and open it in the browser.

    Example: kg view papers.kg
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        place = opened.view(output, **({"max_nodes": max_nodes} if max_nodes else {}))
    typer.echo(str(place))
