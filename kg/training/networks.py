"""The networks of a training: teachers, a pupil that learns from them, and its masters' classes.

Whoever is scored must not have been taught what it is scored on. Teachers learn from annotators of
another house, where there are any, so that what they say of silver papers holds nothing of the house's
annotations; then one network a part of the cross-validation learns from all annotated papers but that
part's, and a last one from all.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence

from thinc.api import fix_random_seed

from kg.extract.recogniser.features import Features
from kg.extract.recogniser.network import Floats, Network
from kg.extract.tokenizer import PaperEnglish
from kg.model import Paper
from kg.training import silver
from kg.training.examples import Shown
from kg.training.fitting import Aside, fit
from kg.training.masking import Masking
from kg.training.trainable import Trainable

_HEADS = {"span": 1.0, "relation": 0.5}
_TEACHER_PASSES, _PASSES, _RATE = 7, 4, 0.001

Report = Callable[[str], None]
Opinion = tuple[Floats, Floats]


def part_of(paper: Paper, parts: int, salt: str = "") -> int:
    """Return the part of the cross-validation that a paper belongs to."""
    return zlib.crc32(f"{salt}{paper.id}".encode()) % parts


def teachers(
    vectors: Floats, shown: Sequence[Shown], asides: Mapping[str, Aside], report: Report
) -> list[Network]:
    """Return two networks trained on annotated papers, one with other corpora beside them."""
    trained = []
    for seed, beside in enumerate((asides, {})):
        fix_random_seed(seed)
        network = Trainable(vectors)
        fit(
            network,
            [s.example for s in shown],
            _TEACHER_PASSES,
            weights=_HEADS,
            asides=beside,
            seed=seed,
            report=_telling(report, f"teacher {seed + 1}"),
        )
        trained.append(network.frozen())
    return trained


def pupil(
    vectors: Floats,
    masters: Sequence[Network],
    nlp: PaperEnglish,
    features: Features,
    papers: Sequence[Paper],
    report: Report,
) -> Network:
    """Return a network that learned the masters' view, and the words, of papers that nobody annotated."""
    examples = silver.ask(masters, silver.rows(nlp, features, papers))
    report(f"{len(examples)} papers read by the teachers")
    fix_random_seed(0)
    network = Trainable(vectors)
    masking = Masking(e.rows for e in examples)
    fit(network, examples, 1, weights=_HEADS, masking=masking, report=_telling(report, "pupil"))
    return network.frozen()


def opinions(
    start: Network, vectors: Floats, shown: Sequence[Shown], parts: int, report: Report
) -> dict[str, Opinion]:
    """Return, by id, what networks say of each paper that were not taught its annotation."""
    out = {}
    for part in range(parts):
        taught = [s for s in shown if part_of(s.annotated.paper, parts) != part]
        network = graduate(start, vectors, taught, _telling(report, f"part {part + 1} of {parts}"))
        for s in shown:
            if part_of(s.annotated.paper, parts) == part:
                out[s.annotated.paper.id] = network.predict(s.rows)
    return out


def graduate(start: Network, vectors: Floats, shown: Sequence[Shown], report: Report) -> Network:
    """Return a network that went on from another's state with annotated papers."""
    network = Trainable.of(start, vectors)
    examples = [s.example for s in shown]
    fit(network, examples, _PASSES, weights=_HEADS, rate=_RATE, report=report)
    return network.frozen()


def _telling(report: Report, who: str) -> Report:
    return lambda line: report(f"{who}, {line}")
