"""Commands that check: rules check, eval, validate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.app import app
from kg.cli.graphs import AsJson, Fast, Inputs, Rules, Weights
from kg.cli.show import print_json, table

rules_app = typer.Typer(no_args_is_help=True, help="Look after the rules.", rich_markup_mode=None)
app.add_typer(rules_app, name="rules")


@rules_app.callback()
def _rules() -> None:
    """Look after the rules."""


@rules_app.command()
def check(rules: Rules = None, as_json: AsJson = False) -> None:
    """Find mistakes in the catalogue and the context rules.

    Example: kg rules check --rules my-rules/
    """
    from kg.api import check_rules

    problems = check_rules(rules)
    if as_json:
        print_json([problem.to_json() for problem in problems])
    else:
        for problem in problems:
            typer.echo(str(problem))
        typer.echo(f"{len(problems)} problems", err=True)
    raise typer.Exit(1 if problems else 0)


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="RDF, or a graph file.")],
    shapes: Annotated[Path | None, typer.Option(help="SHACL shapes of your own.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check RDF against the SHACL shapes of the ontology.

    Example: kg validate graph.ttl
    """
    from kg.api import validate as run

    found = run(file, shapes)
    if as_json:
        print_json(found.to_json())
    elif not found:
        typer.echo(f"{file} conforms.")
    else:
        rows = [(v.message, v.node, v.path, v.value) for v in found]
        table(f"{file}: {len(found)} mistakes", ("rule", "node", "property", "value"), rows)
    raise typer.Exit(1 if found else 0)


@app.command()
def eval(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold annotations, JSON Lines.")],
    paths: Inputs,
    rules: Rules = None,
    fast: Fast = False,
    weights: Weights = None,
    errors: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="List misses and false finds with their rules: Method, introduces, result …",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score what the rules find in papers against gold annotations of them.

    Example: kg eval gold.jsonl papers.jsonl --errors entity:Method
    """
    from kg.api import evaluate

    outcome = evaluate(gold, *paths, rules=rules, recogniser=weights or not fast)
    if errors:
        _print_errors(outcome, errors, as_json)
    elif as_json:
        print_json(outcome.to_json())
    else:
        table(
            f"{outcome.annotated} of {len(outcome.papers)} gold papers",
            _COLUMNS,
            _rows(outcome),
            _COLUMNS[1:],
        )


def _print_errors(outcome: Any, kind: str, as_json: bool) -> None:
    known = {part for row in outcome.rows for part in (row, *row.split(":"))} - {"ALL"}
    allowed = {name.lower() for name in known} | {"dataset", "benchmark"}
    if kind.lower() not in allowed:
        raise typer.BadParameter(
            f"{kind} is none of {', '.join(sorted(known))}", param_hint="--errors"
        )
    listed = outcome.disagreements(kind)
    if as_json:
        print_json([error.to_json() for error in listed])
        return
    rows = [(e.what, e.name, e.rule, e.title) for e in listed]
    table(f"{kind}: {len(rows)} errors", ("", "name", "rule, or found instead", "paper"), rows)


_COLUMNS = ("", "P", "R", "F1", "95 %", "gold", "found")


def _rows(outcome: Any) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for row, c in outcome.rows.items():
        low, high = outcome.interval(row)
        figures = (f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}", f"{low:.2f}–{high:.2f}")
        rows.append((row, *figures, c.tp + c.fn, c.tp + c.fp))
    return rows
