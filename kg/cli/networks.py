"""Commands that ask how things hang together: related, path, timeline, compare, central …"""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.graphs import AsJson, GraphFile
from kg.cli.queries import Limit, Name
from kg.cli.show import print_json, table

Kind = Annotated[str | None, typer.Option(help="Method, Dataset, Benchmark, Task or Metric.")]


@app.command()
def related(
    graph: GraphFile,
    entity: Name,
    kind: Kind = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """List the entities that are named in the same papers.

    Example: kg related papers.kg Mamba --kind Dataset
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        found = opened.related(entity, kind, limit)
    if as_json:
        print_json([r.to_json() for r in found])
    else:
        rows = [(r.entity.kind, r.entity.name, r.shared, f"{r.score:.3f}") for r in found]
        table(
            f"near {entity}",
            ("kind", "name", "shared papers", "Jaccard"),
            rows,
            right=("shared papers", "Jaccard"),
        )


@app.command()
def path(
    graph: GraphFile,
    start: Annotated[str, typer.Argument(metavar="A", help="Name, alias or id.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Name, alias or id.")],
    as_json: AsJson = False,
) -> None:
    """Show how two entities hang together: the papers that name one and the next.

    Example: kg path papers.kg KAN Mamba
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        steps = opened.path(start, end)
    if as_json:
        print_json([step.to_json() for step in steps])
    else:
        rows = [(step.start.name, step.title, step.end.name) for step in steps]
        table(f"{start} → {end}", ("from", "paper", "to"), rows)
    raise typer.Exit(0 if steps else 1)


@app.command()
def timeline(graph: GraphFile, entity: Name, as_json: AsJson = False) -> None:
    """Count the papers that name an entity, year by year.

    Example: kg timeline papers.kg "Vision Transformer"
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        years = opened.timeline(entity)
    if as_json:
        print_json(years)
    else:
        top = max(years.values(), default=1)
        rows = [(year, n, "█" * max(1, round(40 * n / top))) for year, n in years.items()]
        table(entity, ("year", "papers", ""), rows, right=("papers",))


@app.command()
def compare(
    graph: GraphFile,
    first: Annotated[str, typer.Argument(metavar="A", help="Name, alias or id.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Name, alias or id.")],
    as_json: AsJson = False,
) -> None:
    """Compare two entities: which is said to beat the other, with which figures; what they share.

    Example: kg compare papers.kg KAN MLP
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        found = opened.compare(first, second)
    if as_json:
        print_json(found.to_json())
        return
    a, b = found.a.name, found.b.name
    for count, what in zip(found.papers, (f"name {a}", f"name {b}", "name both"), strict=True):
        typer.echo(f"{count:>6} papers {what}")
    table(
        "Wins",
        ("winner", "loser", "figures", "paper", "year"),
        [(w.winner, w.loser, "; ".join(w.figures), w.title, w.year) for w in found.wins],
    )
    table(
        "Figures on the same data",
        ("dataset", "metric", a, b),
        [(d.dataset, d.metric, "\n".join(d.a), "\n".join(d.b)) for d in found.duels],
    )
    table(
        "Shared",
        ("kind", "name", f"papers with {a}", f"papers with {b}"),
        [(s.entity.kind, s.entity.name, s.a, s.b) for s in found.shared],
        right=(f"papers with {a}", f"papers with {b}"),
    )


@app.command()
def central(
    graph: GraphFile,
    measure: Annotated[
        str, typer.Option(help="degree, pagerank, betweenness or eigenvector.")
    ] = "pagerank",
    kind: Kind = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """List the entities in the middle of the network.

    Example: kg central papers.kg --kind Method --measure degree
    """
    from kg.api import open as open_graph
    from kg.query.network import MEASURES

    with open_graph(graph) as opened:
        found = opened.central(measure, kind, limit)
    if as_json:
        print_json(found.to_json())
    else:
        rows = [(c.entity.kind, c.entity.name, c.papers, f"{c.score:.5f}") for c in found]
        columns = ("kind", "name", "papers", measure)
        table(f"{measure}: {MEASURES[measure]}", columns, rows, right=("papers", measure))


@app.command()
def communities(
    graph: GraphFile,
    least: Annotated[int, typer.Option(help="Leave out those with fewer papers.", min=1)] = 3,
    as_json: AsJson = False,
) -> None:
    """List groups of papers and entities that belong together.

    Example: kg communities papers.kg --least 5
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        found = opened.communities(least)
    if as_json:
        print_json(found.to_json())
    else:
        rows = [(c.number, c.papers, c.size, ", ".join(e.name for e in c.entities)) for c in found]
        table("communities", ("", "papers", "entities", "named most"), rows)
