"""Commands that write graphs out: export, view."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.app import app
from kg.cli.graphs import GraphFile

MaxNodes = Annotated[
    int | None, typer.Option(help="HTML: entities in the first picture at most.", min=1)
]
MaxPapers = Annotated[
    int | None, typer.Option(help="HTML: papers in the page at most, the most connected.", min=1)
]
Focus = Annotated[
    str | None, typer.Option(metavar="ENTITY", help="HTML: only papers near it; opens there.")
]
Hops = Annotated[int | None, typer.Option(help="HTML: how near: 1 for papers that name it.", min=1)]
Kinds = Annotated[
    str | None, typer.Option(help="HTML: only these kinds of entity, as method,dataset.")
]
Title = Annotated[str | None, typer.Option(help="HTML: heading of the page.")]


@app.command()
def export(
    graph: GraphFile,
    output: Annotated[
        Path, typer.Argument(metavar="OUT", help="File; its suffix tells the format.")
    ],
    format: Annotated[
        str | None, typer.Option(help="Format, where the suffix does not tell: ttl, nt, nq …")
    ] = None,
    base_iri: Annotated[str | None, typer.Option(help="RDF: base of the IRIs.")] = None,
    evidence: Annotated[
        bool,
        typer.Option("--evidence", help="RDF: add the words and the rule behind each statement."),
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option(help="RDF: terms of paperkg, or of lpwc (Linked Papers With Code)."),
    ] = None,
    max_nodes: MaxNodes = None,
    max_papers: MaxPapers = None,
    focus: Focus = None,
    hops: Hops = None,
    kinds: Kinds = None,
    title: Title = None,
) -> None:
    """Write a graph as RDF, a table, a network or a page; the suffix tells the format.

    Example: kg export papers.kg graph.ttl --evidence
    """
    from kg.api import open as open_graph

    rdf = {"base_iri": base_iri, "profile": profile, "evidence": evidence or None}
    page = _page(max_nodes, max_papers, focus, hops, kinds, title)
    if page and (format or output.suffix.lstrip(".").lower()) != "html":
        given = ", ".join(f"--{name.replace('_', '-')}" for name in page)
        raise typer.BadParameter(f"{given}: for HTML only, and {output} is none.")
    with open_graph(graph) as opened:
        opened.export(output, format, **{k: v for k, v in rdf.items() if v is not None}, **page)
    written = list(output.iterdir()) if output.is_dir() else [output]
    typer.echo(f"{output} ({sum(p.stat().st_size for p in written):,} bytes)", err=True)


@app.command()
def view(
    graph: GraphFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Keep the page here.")
    ] = None,
    max_nodes: MaxNodes = None,
    max_papers: MaxPapers = None,
    focus: Focus = None,
    hops: Hops = None,
    kinds: Kinds = None,
    title: Title = None,
) -> None:
    """Write the HTML network and open it in the browser.

    Example: kg view papers.kg --focus KAN --hops 2
    """
    from kg.api import open as open_graph

    options = _page(max_nodes, max_papers, focus, hops, kinds, title)
    with open_graph(graph) as opened:
        place = opened.view(output, **options)
    typer.echo(str(place))


def _page(
    max_nodes: int | None,
    max_papers: int | None,
    focus: str | None,
    hops: int | None,
    kinds: str | None,
    title: str | None,
) -> dict[str, Any]:
    """Return the options of the HTML network that are given, by the names that the writer knows."""
    options = {
        "max_nodes": max_nodes,
        "max_papers": max_papers,
        "focus": focus,
        "hops": hops,
        "kinds": kinds.split(",") if kinds else None,
        "title": title,
    }
    return {name: value for name, value in options.items() if value is not None}
