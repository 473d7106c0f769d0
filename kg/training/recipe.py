"""The whole training, in order, the same for the package's own weights and for a user's.

1. Word vectors from plain abstracts, and a network that learned from teachers' opinions on papers that
   nobody annotated; or both from weights that are there.
2. That network goes on with the annotated papers, without each part of them in turn, so that there are
   opinions on papers it was not taught; and once with all.
3. The judge and the models of relations learn from those opinions, and are scored by cross-validation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.scoring import Counts, Evaluation
from kg.extract.pipeline import pipeline
from kg.extract.recogniser.features import Features
from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.relating import Relating
from kg.extract.recogniser.weights import Weights
from kg.extract.recogniser.weights import load as load_weights
from kg.extract.recogniser.weights import save as save_weights
from kg.extract.tokenizer import PaperEnglish
from kg.model import PREDICATES, Paper
from kg.rulebook.book import load
from kg.training import networks, silver
from kg.training.asides import read_asides
from kg.training.examples import show
from kg.training.gold import Annotated, join
from kg.training.judging import Bench
from kg.training.networks import Report
from kg.training.vectors import learn_vectors

_PUPIL = "pupil.npz"


@dataclass(frozen=True)
class Settings:
    """What to train on.

    Attributes:
        gold: Annotations, in the order in which they win over each other.
        papers: Their texts, and plain ones to learn from when `start` is None.
        house: Names (without suffix) of the gold files whose taste predictions follow; empty: all.
        start: Weights to start from; None starts from nothing.
        asides: A folder of other corpora (`kg.training.asides`), or None.
        silver: From how many papers a network learns before the annotated ones.
        parts: Parts of the cross-validation.
        work: A folder where the vectors and the pupil are kept, and taken up again by a later
            training with other gold or rules; None keeps nothing.
        rules: A folder of a user's own rules.
    """

    gold: Sequence[Path]
    papers: Sequence[Paper]
    house: Sequence[str] = ()
    start: Weights | None = None
    asides: Path | None = None
    silver: int = 40_000
    parts: int = 3
    work: Path | None = None
    rules: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What training gives.

    Attributes:
        weights: Trained on all annotated papers.
        scores: By gold file of the house: rules and model together, on papers that neither the
            network nor the judge nor the models of relations were taught.
        exact: Hits, false finds and misses of exact stretches of methods, tasks and datasets.
        papers: Annotated papers by gold file.
    """

    weights: Weights
    scores: Mapping[str, Evaluation]
    exact: Counts
    papers: Mapping[str, int]


def train(settings: Settings, report: Report = lambda line: None) -> Outcome:
    """Return weights trained after the recipe above, and how good they are.

    Args:
        settings: What to train on.
        report: Told of every step.

    Raises:
        InputError: A gold file cannot be used, or none of its papers has a text.
    """
    rulebook = load(settings.rules)
    nlp = pipeline(rulebook)
    annotated = join(settings.gold, settings.papers)
    counts = Counter(a.origin for a in annotated)
    house = settings.house or tuple(counts)
    report(f"{len(annotated)} annotated papers")
    start = (
        settings.start or _kept(settings.work) or _begin(settings, nlp, annotated, house, report)
    )
    features = start.features()
    shown = show(nlp, features, annotated, house)
    vectors, network = start.vectors, start.network
    opinions = networks.opinions(network, vectors, shown, settings.parts, report)
    bench = Bench(rulebook, nlp, shown, opinions, house)
    scores = bench.cross_validate()
    models = bench.learn()
    report("trained; the last network learns from all annotated papers")
    final = networks.graduate(network, vectors, shown, report)
    return Outcome(Weights(start.words, vectors, final, *models), scores, bench.exact, counts)


def _kept(folder: Path | None) -> Weights | None:
    path = folder / _PUPIL if folder else None
    return load_weights(path) if path and path.exists() else None


def _begin(
    settings: Settings,
    nlp: PaperEnglish,
    annotated: Sequence[Annotated],
    house: Sequence[str],
    report: Report,
) -> Weights:
    """Return vectors and a pupil; the judge and the models of relations are still undecided."""
    words, vectors = learn_vectors(nlp, settings.papers)
    report(f"{len(words)} words have vectors")
    features = Features({word: row for row, word in enumerate(words, 1)})
    asides = read_asides(settings.asides, nlp, features) if settings.asides else {}
    guests = show(nlp, features, _guests(annotated, house), house)
    masters = networks.teachers(vectors, guests, asides, report)
    known = {a.paper.id for a in annotated}
    papers = silver.draw(settings.papers, known, settings.silver)
    pupil = networks.pupil(vectors, masters, nlp, features, papers, report)
    undecided = Forest.undecided(), Relating.undecided(), Forest.undecided(len(PREDICATES))
    begun = Weights(words, vectors, pupil, *undecided)
    if settings.work:
        settings.work.mkdir(parents=True, exist_ok=True)
        save_weights(begun, settings.work / _PUPIL)
    return begun


def _guests(annotated: Sequence[Annotated], house: Sequence[str]) -> list[Annotated]:
    """Return the papers of other annotators than the house's, or all where there are few."""
    guests = [a for a in annotated if a.origin not in house]
    return guests if len(guests) * 2 > len(annotated) else list(annotated)
