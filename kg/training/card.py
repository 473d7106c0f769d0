"""The model card (after Mitchell et al., "Model Cards for Model Reporting", FAT* 2019)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.evaluate.scoring import Counts
from kg.training.recipe import Outcome, Settings
from kg.version import __version__

_ROWS = (
    "entity:ALL",
    "entity:Method",
    "entity:Task",
    "entity:Data",
    "entity:Metric",
    "relation:ALL",
    "relation:introduces",
    "relation:evaluated_on",
    "relation:outperforms",
    "relation:compares_with",
    "relation:builds_on",
    "relation:addresses",
)
_LIMITS = (
    "Abstracts in English, of machine learning and its neighbours; other fields need annotations of "
    "their own (`kg train`). The catalogue and the rules, whose finds the network sees, were written "
    "with the scored papers in view, which flatters the figures a little. Tasks described in free "
    "words, and which methods are compared with, stay hard."
)


def card(outcome: Outcome, settings: Settings) -> str:
    """Return the card of trained weights as Markdown."""
    return "\n".join(_lines(outcome, settings)) + "\n"


def _lines(outcome: Outcome, settings: Settings) -> Iterator[str]:
    network = outcome.weights.network.parameters
    yield f"# Model card: the recogniser of paperkg {__version__}"
    yield ""
    yield (
        "Finds names of methods, datasets, benchmarks, tasks and metrics in titles and abstracts, beside "
        "the rules, and tells what the paper says of them. A convolutional tagger of width "
        f"{len(network['mix_W'])} and depth {len(network['dilations'])} over hashed features and {len(outcome.weights.words):,} "
        "word vectors, a forest that judges candidates, a linear model of relations and a forest that weighs them. CPU only, no download."
    )
    yield ""
    yield "## Data"
    yield ""
    yield "| annotations | papers |"
    yield "|---|---|"
    for name, count in sorted(outcome.papers.items()):
        yield f"| {name} | {count:,} |"
    yield ""
    yield from _beside(settings)
    yield from _figures(outcome, settings)
    yield "## Limits"
    yield ""
    yield _LIMITS


def _figures(outcome: Outcome, settings: Settings) -> Iterator[str]:
    yield "## Figures"
    yield ""
    yield (
        f"Cross-validation ({settings.parts} parts for the network, 5 for the judge and the relations): no "
        "paper was scored by anything taught its annotation. Rules and recogniser together, without "
        "figures and code links."
    )
    yield ""
    yield "| | " + " | ".join(f"{name} P | R | F1" for name in outcome.scores) + " |"
    yield "|---" * (1 + 3 * len(outcome.scores)) + "|"
    for row in _ROWS:
        cells = [row]
        for scores in outcome.scores.values():
            c = scores.rows.get(row, Counts())
            cells += [f"{c.precision:.3f}", f"{c.recall:.3f}", f"**{c.f1:.3f}**"]
        yield "| " + " | ".join(cells) + " |"
    yield ""
    yield (
        f"Exact stretches of methods, tasks and datasets, kinds agreeing: P {outcome.exact.precision:.3f}, "
        f"R {outcome.exact.recall:.3f}, F1 {outcome.exact.f1:.3f}."
    )
    yield ""


def _beside(settings: Settings) -> Iterator[str]:
    if settings.start:
        yield "Started from the weights that the package ships."
        yield ""
        return
    yield (
        f"Word vectors from {len(settings.papers):,} plain abstracts. A first pair of networks, taught by "
        f"the annotators of other houses, read {settings.silver:,} papers that nobody annotated; the network "
        "learned from what they saw, and to guess words hidden from it, before it was taught by all annotated "
        "papers."
    )
    if settings.asides:
        yield (
            "Beside them, through heads that were thrown away: SciREX (Apache-2.0), TDMSci (Apache-2.0), "
            "CrossNER-AI (MIT), dataset-name sentences (CC BY). No text of any of them is in the package."
        )
    yield ""
