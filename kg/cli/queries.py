"""Commands that ask a graph for entities and papers: find, show, papers, leaderboard."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.app import app
from kg.cli.graphs import AsJson, GraphFile
from kg.cli.show import console, marked, print_json, table

Limit = Annotated[int, typer.Option("--limit", "-n", help="Rows at most.", min=1)]
Name = Annotated[str, typer.Argument(metavar="ENTITY", help="Name, alias or id.")]
Names = list[str] | None


@app.command()
def find(
    graph: GraphFile,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words to look for.")],
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Search entities by name and papers by text.

    Example: kg find papers.kg kolmogorov
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        hits = opened.find(" ".join(text), limit)
    if as_json:
        print_json([hit.to_json() for hit in hits])
    else:
        rows = [(hit.kind, hit.name, hit.id, hit.papers) for hit in hits]
        table(" ".join(text), ("kind", "name", "id", "papers"), rows, right=("papers",))
    raise typer.Exit(0 if hits else 1)


@app.command()
def show(graph: GraphFile, entity: Name, as_json: AsJson = False) -> None:
    """Show what the papers say of an entity, each with the sentence that says it.

    Example: kg show papers.kg KAN
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        profile = opened.entity(entity)
        name = f"{profile.entity.kind}:{profile.entity.id}"
        evidence = opened.evidence(entity=name)
        titles = {
            id: paper.title for id in {e.paper for e in evidence} for paper in [opened.paper(id)]
        }
    if as_json:
        rows = [
            {k: getattr(e, k) for k in e.__slots__} | {"title": titles[e.paper]} for e in evidence
        ]
        print_json({**profile.to_json(), "evidence": rows})
        return
    out = console()
    out.print(
        f"[bold]{_plain(profile.entity.name)}[/bold]  {profile.entity.kind}  {_plain(profile.entity.id)}"
    )
    if profile.entity.aliases:
        out.print(f"also: {_plain(', '.join(profile.entity.aliases[:16]))}")
    for predicate, ids in profile.papers.items():
        out.print(f"\n[bold]{predicate}[/bold] ({len(ids)})")
        for e in evidence:
            if e.predicate == predicate:
                out.print(f"  {_plain(titles[e.paper])}", style="cyan")
                if e.field != "title":
                    sentence = marked(e.text, e.highlights)
                    sentence.pad_left(4)
                    out.print(sentence)


@app.command()
def papers(
    graph: GraphFile,
    on: Annotated[Names, typer.Option(help="Dataset or benchmark they evaluate on.")] = None,
    using: Annotated[Names, typer.Option(help="Method they build on or introduce.")] = None,
    introduces: Annotated[Names, typer.Option(help="What they introduce.")] = None,
    outperforms: Annotated[Names, typer.Option(help="Method they say they beat.")] = None,
    compares_with: Annotated[Names, typer.Option(help="Method they compare with or beat.")] = None,
    task: Annotated[Names, typer.Option(help="Task they address.")] = None,
    metric: Annotated[Names, typer.Option(help="Metric they name.")] = None,
    mentions: Annotated[Names, typer.Option(help="Anything they name.")] = None,
    text: Annotated[str | None, typer.Option(help="Words in title or abstract.")] = None,
    since: Annotated[int | None, typer.Option(help="First year.")] = None,
    until: Annotated[int | None, typer.Option(help="Last year.")] = None,
    code: Annotated[
        bool | None, typer.Option("--code/--no-code", help="With, or without, a link to code.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", help="Rows at most.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the papers that fit every filter; a filter may be given several times.

    Example: kg papers papers.kg --on CIFAR-10 --using "Vision Transformer"
    """
    from kg.api import open as open_graph

    filters: dict[str, Any] = {
        "on": on,
        "using": using,
        "introduces": introduces,
        "outperforms": outperforms,
        "compares_with": compares_with,
        "task": task,
        "metric": metric,
        "mentions": mentions,
    }
    rest: dict[str, Any] = {"text": text, "since": since, "until": until, "code": code}
    with open_graph(graph) as opened:
        found = opened.papers(**filters, **rest, limit=limit)
        named = next((names[0] for names in filters.values() if names), None)
        words = {p.id: opened.evidence(p, named) for p in found} if named else {}
    if as_json:
        print_json(
            [
                {
                    **p.to_json(),
                    "evidence": [
                        {"predicate": e.predicate, "text": e.text} for e in words.get(p.id, ())
                    ],
                }
                for p in found
            ]
        )
    else:
        rows = [(p.year, p.title, words[p.id][0].text if words.get(p.id) else p.id) for p in found]
        table(f"{len(found)} papers", ("year", "title", "evidence" if named else "id"), rows)
    raise typer.Exit(0 if found else 1)


@app.command()
def leaderboard(
    graph: GraphFile,
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="Name, alias or id.")],
    metric: Annotated[str | None, typer.Option(help="Only this metric.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the figures that papers report on a dataset, best first within each metric.

    Example: kg leaderboard papers.kg ImageNet --metric "top-1 accuracy"
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        found = opened.leaderboard(dataset, metric)
    if as_json:
        print_json([row.to_json() for row in found])
    else:
        rows = [
            (r.metric, f"{'Δ ' if r.relative else ''}{r.value} {r.unit}".strip(), r.method, r.title)
            for r in found
        ]
        table(
            f"{dataset} (Δ: relative)",
            ("metric", "figure", "method", "paper"),
            rows,
            right=("figure",),
        )
    raise typer.Exit(0 if found else 1)


def _plain(text: str) -> str:
    """Return text in which nothing is markup."""
    from rich.markup import escape

    return escape(text)
