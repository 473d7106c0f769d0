"""Commands that make graphs and look at them as a whole: build, stats."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.app import app
from kg.cli.problems import ProblemList, problem_list
from kg.cli.show import console, print_json, table

GraphFile = Annotated[Path, typer.Argument(metavar="GRAPH", help="Graph file, such as papers.kg.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Inputs = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs or -.")]
Rules = Annotated[Path | None, typer.Option(help="Folder of your own rules, laid over ours.")]
Fast = Annotated[bool, typer.Option("--fast", help="Rules alone, without the learned recogniser.")]
Weights = Annotated[
    Path | None, typer.Option("--recogniser", help="Weights of your own, made by kg train.")
]
Format = Annotated[str | None, typer.Option(help="Input format; else recognised.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Stop at the first bad record or warning; notes are none.")
]
Report = Annotated[Path | None, typer.Option(help="Write bad records here as JSON Lines.")]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", help="List all, and notes: no abstract, sources disagree."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", "-w", min=1, help="Processes that annotate; else one a core."),
]


@app.command()
def build(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files, folders, globs or -.")
    ] = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Graph file to make or add to.")],
    format: Format = None,
    rules: Rules = None,
    fast: Fast = False,
    weights: Weights = None,
    strict: Strict = False,
    workers: Workers = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Annotate anew what other rules annotated.")
    ] = False,
    report: Report = None,
    verbose: Verbose = False,
    as_json: AsJson = False,
) -> None:
    """Read papers, find what they name, and add them to a graph file.

    Papers that are in the file unchanged are not annotated again, unless the rules have changed.
    Formats are recognised; see docs/formats.md.

    Example: kg build pages/ library.bib -o papers.kg
    """
    from kg.api import build as run

    if not paths and not refresh:
        raise typer.BadParameter("name papers to read, or --refresh", param_hint="PATH...")
    with problem_list(report, verbose) as problems, progress() as advance:
        graph = run(
            *(paths or ()),
            to=output,
            rules=rules,
            recogniser=weights or not fast,
            format=format,
            strict=strict,
            workers=workers or cores(),
            refresh=refresh,
            on_progress=advance,
            on_problem=problems.add,
        )
    done = graph.report
    graph.close()
    if done is None:
        return
    if as_json:
        print_json(done.to_json())
    else:
        _summary(output, done, problems)
    problems.show()
    raise typer.Exit(problems.exit_code)


@app.command()
def merge(
    graphs: Annotated[
        list[Path],
        typer.Argument(metavar="GRAPH...", help="Graph files, or RDF that kg export has written."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Graph file to make or add to.")],
    as_json: AsJson = False,
) -> None:
    """Unite graphs into one; papers that are the same become one.

    Example: kg merge mine.kg yours.ttl -o ours.kg
    """
    from kg.api import merge as run

    with run(*graphs, to=output) as graph:
        done = graph.report
    if done is None:
        return
    if as_json:
        print_json(done.to_json())
    else:
        rows = [("papers", done.papers), ("entities", done.entities)]
        rows += [("links", done.links), ("results", done.results)]
        table(f"{output}", ("", "count"), rows, right=("count",))
    for problem in done.problems:
        typer.secho(str(problem), fg=typer.colors.YELLOW, err=True)
    raise typer.Exit(1 if done.problems else 0)


@app.command()
def stats(graph: GraphFile, as_json: AsJson = False) -> None:
    """Count papers, entities and links.

    Example: kg stats papers.kg
    """
    from kg.api import open as open_graph

    with open_graph(graph) as opened:
        found = opened.stats()
    if as_json:
        print_json(found)
        return
    rows: list[tuple[str, str, Any]] = [("papers", "", found["papers"])]
    if found["years"]:
        rows.append(("years", "", " to ".join(map(str, found["years"]))))
    rows += [("entities", kind, count) for kind, count in found["entities"].items()]
    rows += [("links", predicate, count) for predicate, count in found["links"].items()]
    rows += [("results", "", found["results"]), ("code links", "", found["code"])]
    table(f"{graph}", ("what", "which", "count"), rows, right=("count",))


def cores() -> int:
    """Return the number of cores that this process may use."""
    can_tell = hasattr(os, "sched_getaffinity")  # not on macOS and Windows
    return len(os.sched_getaffinity(0)) if can_tell else os.cpu_count() or 1


def _summary(output: Path, done: Any, problems: ProblemList) -> None:
    rows = [
        ("listings read", done.listings),
        ("papers", done.papers),
        ("  added", done.added),
        ("  updated", done.updated),
        ("  unchanged", done.unchanged),
        ("annotated anew", done.refreshed),
        ("entities in the graph", done.entities),
        ("links", done.links),
        ("results", done.results),
        ("bad records", problems.count("error")),
        ("warnings", problems.count("warning")),
        ("notes (see --verbose)", problems.count("note")),
    ]
    table(f"{output}", ("", "count"), rows, right=("count",))


def progress(what: str = "annotating") -> Any:
    """Return a context that yields a callback (done, total), drawn as a bar on a terminal."""
    from contextlib import contextmanager

    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    @contextmanager
    def running() -> Any:
        columns = (
            TextColumn(what),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        screen = console(err=True)
        # Drawn by hand: a thread that draws would forbid workers that are copies of this process.
        with Progress(
            *columns,
            console=screen,
            disable=not screen.is_terminal,
            transient=True,
            auto_refresh=False,
        ) as bar:
            task = bar.add_task("", total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)

    return running()
