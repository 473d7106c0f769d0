"""Commands that read texts and keep no graph: annotate, explain, eval."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.app import app
from kg.cli.graphs import AsJson, Fast, Inputs, Rules, Weights, Workers, cores
from kg.cli.show import COLOURS, console, print_json, table

if TYPE_CHECKING:
    from kg.model import Annotation


@app.command()
def annotate(
    paths: Inputs,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; else printed.")
    ] = None,
    rules: Rules = None,
    fast: Fast = False,
    weights: Weights = None,
    workers: Workers = None,
) -> None:
    """Write what each paper names and says as JSON Lines.

    Example: kg annotate pages/ -o annotations.jsonl
    """
    from kg.api import annotate as run
    from kg.api import read

    problems: list[Any] = []
    papers = read(*paths, on_problem=problems.append)
    out = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
    try:
        learned = weights or not fast
        found = run(papers, rules=rules, recogniser=learned, workers=workers or cores())
        for annotation in found:
            out.write(json.dumps(annotation.to_json(), ensure_ascii=False) + "\n")
    finally:
        if output:
            out.close()
    for problem in problems:
        typer.secho(str(problem), fg=typer.colors.YELLOW, err=True)
    raise typer.Exit(1 if problems else 0)


@app.command()
def explain(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A sentence or an abstract; - reads it.")
    ],
    rules: Rules = None,
    fast: Fast = False,
    weights: Weights = None,
    as_json: AsJson = False,
) -> None:
    """Show every entity, relation and figure in a text, with the rule behind it.

    Example: kg explain "We propose a KAN variant that beats ResNet-50 on ImageNet."
    """
    from kg.api import annotate as run
    from kg.model import Paper

    content = sys.stdin.read() if text == "-" else text
    annotation = next(
        run([Paper("text", "", content)], rules=rules, recogniser=weights or not fast)
    )
    if as_json:
        print_json(annotation.to_json())
    else:
        _print(annotation)


def _print(annotation: Annotation) -> None:
    from rich.text import Text

    shown = Text(annotation.paper.abstract)
    for m in annotation.mentions:
        shown.stylize(f"bold {COLOURS[m.kind]}", m.start, m.end)
    console().print(shown)
    names = {entity.key: entity.name for entity in annotation.entities}
    table(
        "Entities",
        ("text", "kind", "entity", "id", "rule"),
        [(m.text, m.kind, names[m.kind, m.entity], m.entity, m.rule) for m in annotation.mentions],
    )
    table(
        "Relations",
        ("predicate", "entity", "rule"),
        [(r.predicate, names[r.kind, r.entity], r.rule) for r in annotation.relations],
    )
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
