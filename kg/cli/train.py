"""The command that trains the recogniser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.graphs import Inputs, Rules
from kg.cli.show import table

if TYPE_CHECKING:
    from kg.training.recipe import Outcome


@app.command()
def train(
    paths: Inputs,
    gold: Annotated[list[Path], typer.Option(help="Annotations, JSON Lines; may be repeated.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File of weights to write.")],
    house: Annotated[
        list[str] | None,
        typer.Option(help="Gold file, without suffix, whose taste to follow; else all."),
    ] = None,
    scratch: Annotated[
        bool, typer.Option("--scratch", help="Start from nothing, not from the shipped weights.")
    ] = False,
    asides: Annotated[
        Path | None, typer.Option(help="Folder of other corpora to learn from beside.")
    ] = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder that keeps, and takes up, what comes first.")
    ] = None,
    rules: Rules = None,
) -> None:
    """Train the recogniser on annotated papers, and say how good it is on papers left out.

    PATH names the texts of the annotated papers. Needs pip install 'paperkg[train]'.

    Example: kg train papers/ --gold my-gold.jsonl -o my-weights.npz
    """
    from kg.api import read
    from kg.errors import KgError
    from kg.extract.recogniser.weights import load, save
    from kg.training.card import card
    from kg.training.recipe import Settings
    from kg.training.recipe import train as run

    try:
        import sklearn  # noqa: F401

        if scratch:
            import gensim  # noqa: F401
    except ImportError:
        raise KgError("Training needs more libraries.", "pip install 'paperkg[train]'") from None
    start = None if scratch or work else load()
    settings = Settings(
        gold, list(read(*paths)), tuple(house or ()), start, asides, work=work, rules=rules
    )
    outcome = run(settings, lambda line: typer.echo(line, err=True))
    save(outcome.weights, output)
    output.with_name("MODEL_CARD.md").write_text(card(outcome, settings), encoding="utf-8")
    _print(outcome)


def _print(outcome: Outcome) -> None:
    for origin, scores in outcome.scores.items():
        rows = [
            (row, f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}")
            for row, c in scores.rows.items()
            if row.startswith(("entity", "relation"))
        ]
        table(f"{origin}: papers left out of training", ("", "P", "R", "F1"), rows)
