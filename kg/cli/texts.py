"""Commands that read texts and keep no graph: annotate, explain, eval."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.app import app
from kg.cli.graphs import (
    AsJson,
    Fast,
    Format,
    Inputs,
    Report,
    Rules,
    Strict,
    Verbose,
    Weights,
    Workers,
    cores,
    progress,
)
from kg.cli.problems import ProblemList, problem_list
from kg.cli.show import COLOURS, PASTEL, console, print_json, table

if TYPE_CHECKING:
    from kg.extract.explanation import Explanation
    from kg.model import Annotation


@app.command()
def annotate(
    paths: Inputs,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; else printed.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER", help="Folder or URI for Parquet and N-Triples of each file."
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="With --to: local, or ray for the machines of a Ray cluster.")
    ] = "local",
    format: Format = None,
    rules: Rules = None,
    fast: Fast = False,
    weights: Weights = None,
    workers: Workers = None,
    strict: Strict = False,
    report: Report = None,
    verbose: Verbose = False,
) -> None:
    """Write what each paper names and says as JSON Lines; with --to, file by file into a folder.

    Such a folder becomes a graph with kg build FOLDER; see docs/scale.md.

    Example: kg annotate pages/ -o annotations.jsonl
    """
    options = {"rules": rules, "recogniser": weights or not fast, "format": format}
    with problem_list(report, verbose) as problems:
        if to is not None:
            if output or strict:
                raise typer.BadParameter(
                    "not together with --output or --strict", param_hint="--to"
                )
            _annotate_to(to, paths, engine, workers, problems, options)
        elif engine != "local":
            raise typer.BadParameter("needs --to FOLDER", param_hint="--engine")
        else:
            _annotate(paths, output, workers, strict, problems, options)
    problems.show()
    raise typer.Exit(problems.exit_code)


def _annotate(
    paths: list[str],
    output: Path | None,
    workers: int | None,
    strict: bool,
    problems: ProblemList,
    options: dict[str, Any],
) -> None:
    from kg.api import annotate as run
    from kg.api import read
    from kg.readers import named

    format = options.pop("format")
    options["names"] = named(*paths, format=format)
    papers = read(*paths, format=format, strict=strict, on_problem=problems.add)
    out = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
    try:
        for annotation in run(papers, workers=workers or cores(), **options):
            out.write(json.dumps(annotation.to_json(), ensure_ascii=False) + "\n")
    finally:
        if output:
            out.close()


def _annotate_to(
    to: str,
    paths: list[str],
    engine: str,
    workers: int | None,
    problems: ProblemList,
    options: dict[str, Any],
) -> None:
    from kg.api import annotate_to as run

    processes = workers or (cores() if engine == "local" else 0)
    with progress("files") as advance:
        done = run(
            to,
            *paths,
            engine=engine,
            workers=processes,
            on_progress=advance,
            on_problem=problems.add,
            **options,
        )
    rows = [("files", done.files), ("papers", done.papers), ("files that failed", done.failed)]
    rows += [("bad records", problems.count("error") - done.failed)]
    table(to, ("", "count"), rows, right=("count",))


@app.command()
def explain(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A sentence or an abstract; - reads it.")
    ],
    rules: Rules = None,
    fast: Fast = False,
    weights: Weights = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page instead.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show every entity, relation and figure in a text, with the rule behind it and what it was chosen over.

    Example: kg explain "We propose a KAN variant that beats ResNet-50 on ImageNet."
    """
    from kg.extract.annotator import Annotator
    from kg.extract.explanation import explain as explained
    from kg.extract.explanation import html as page
    from kg.model import Paper

    content = sys.stdin.read() if text == "-" else text
    explanation = explained(
        Annotator(rules, recogniser=weights or not fast), Paper("text", "", content)
    )
    if html is not None:
        html.write_text(page(explanation, PASTEL), encoding="utf-8", newline="\n")
        typer.echo(f"wrote {html}", err=True)
    elif as_json:
        print_json(explanation.to_json())
    else:
        _print(explanation)


def _print(explanation: Explanation) -> None:
    from rich.text import Text

    annotation = explanation.annotation
    shown = Text(annotation.paper.abstract)
    for m in annotation.mentions:
        shown.stylize(f"bold {COLOURS[m.kind]}", m.start, m.end)
    console().print(shown)
    names = {entity.key: entity.name for entity in annotation.entities}
    table(
        "Entities",
        ("text", "kind", "entity", "id", "rule", "chosen over"),
        [
            (m.text, m.kind, names[m.kind, m.entity], m.entity, m.rule, "; ".join(over))
            for m, over in zip(annotation.mentions, explanation.mentions, strict=True)
        ],
    )
    table(
        "Relations",
        ("predicate", "entity", "rule", "chosen over"),
        [
            (r.predicate, names[r.kind, r.entity], r.rule, "; ".join(over))
            for r, over in zip(annotation.relations, explanation.relations, strict=True)
        ],
    )
    _print_figures(annotation)


def _print_figures(annotation: Annotation) -> None:
    figures = [
        (
            f"{r.value} {r.unit}".strip(),
            *(e.name if e else None for e in (r.metric, r.dataset, r.method)),
            "relative" if r.relative else "absolute",
            r.rule,
        )
        for r in annotation.results
    ]
    table("Figures", ("figure", "metric", "dataset", "method", "", "rule"), figures)
    for url in annotation.code_urls:
        typer.echo(f"code: {url}")
