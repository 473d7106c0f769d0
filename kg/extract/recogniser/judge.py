"""Which candidates name an entity: one policy for the finds of the rules and of the network.

Every candidate, whoever found it, is described by the same facts: what rules found it, what the network
thinks of it and of its rivals, how it is written, how often the paper says it. A forest of small decision
trees turns the facts into a probability.
Candidates are then taken greedily, the most probable first (a longer one gains a little for each word),
unless they overlap one that is taken, or fall short of the threshold. Two kinds of find stand above the
judge: phrases to be ignored are never taken, and names of a user's own rules always are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.extract.abbreviations import Definition
from kg.extract.candidates import RANKS, Candidate
from kg.extract.recogniser.network import Floats
from kg.extract.recogniser.spans import spans
from kg.extract.tokens import ACRONYM, LOWER, MIXED, Tokens
from kg.model import KINDS
from kg.rulebook.names import IGNORE

#: Name that mentions carry which no rule found.
RULE = "recogniser"
RULES = (
    "names",
    "definition",
    "title-prefix",
    "title-phrase",
    "title-lead",
    "title-part",
    "title-aim",
    "title-means",
    "compound",
    "proposed",
    "called",
    "data-noun",
    "coordination",
    "evaluated-on",
    "shape",
    "task-head",
)
THRESHOLD = 0.44
_LONGER = 0.2
_LONGEST = 4
#: Candidates of the network alone that are less likely than this are not worth judging.
_FAINT = 0.15

Key = tuple[int, int, str]


@dataclass(slots=True)
class Evidence:
    """What speaks for a candidate: the finds of rules, best first, and the network's score."""

    finds: list[Candidate] = field(default_factory=list)
    score: float = 0.0
    settled: bool = False


def gather(
    found: Sequence[Candidate], settled: Sequence[Candidate], probabilities: Floats
) -> dict[Key, Evidence]:
    """Return all candidates by (first token, end, kind), in that order.

    What the paper itself defines a short form to mean rules out what the catalogue takes it for.
    """
    evidence: dict[Key, Evidence] = {}
    defined = {(c.start, c.end): c.kind for c in settled if c.rule == "definition"}
    for c in (*settled, *found):
        if c.kind != IGNORE and defined.get((c.start, c.end), c.kind) == c.kind:
            evidence.setdefault((c.start, c.end, c.kind), Evidence()).finds.append(c)
    for c in settled:
        if c.kind != IGNORE:
            evidence[c.start, c.end, c.kind].settled = True
    for span in spans(probabilities):
        key = span.start, span.end, span.kind
        known = evidence.get(key)
        if known is not None:
            known.score = max(known.score, span.score)
        elif span.score > _FAINT:
            evidence[key] = Evidence(score=span.score)
    return dict(sorted(evidence.items()))


def describe(
    text: Tokens,
    evidence: Mapping[Key, Evidence],
    probabilities: Floats,
    definitions: Sequence[Definition],
    ignored: Collection[int],
) -> Floats:
    """Return the facts of each candidate.

    Args:
        text: The tokens.
        evidence: The candidates.
        probabilities: Of the network, shape (tokens, labels).
        definitions: Abbreviations that the paper defines.
        ignored: Tokens inside phrases to be ignored.

    Returns:
        Array of shape (candidates, facts).
    """
    if not evidence:
        return np.zeros((0, 0), dtype=np.float32)
    keys = list(evidence)
    start, end = np.array([k[0] for k in keys]), np.array([k[1] for k in keys])
    score = np.array([e.score for e in evidence.values()], dtype=np.float32)
    ruled = np.array([bool(e.finds) for e in evidence.values()])
    settled = np.array([e.settled for e in evidence.values()])
    same = (start[:, None] == start) & (end[:, None] == end)
    overlap = (start[:, None] < end) & (start < end[:, None])
    around = (start <= start[:, None]) & (end >= end[:, None]) & ~same
    other = same & ~np.eye(len(keys), dtype=bool)
    outside = np.concatenate([probabilities[:, 0], [1.0]])
    columns = [
        score,
        (score * (overlap & ~same)).max(axis=1),
        (score * other).max(axis=1),
        (other & ruled).any(axis=1),
        (around & ruled).any(axis=1),
        settled,
        (overlap & settled).any(axis=1),
        end - start,
        start < text.title_end,
        start / len(text),
        outside[start],
        outside[end - 1],
        outside[start - 1],
        outside[end],
    ]
    own = _own_facts(text, evidence, definitions, ignored)
    return np.column_stack([*columns, own]).astype(np.float32)


def _own_facts(
    text: Tokens,
    evidence: Mapping[Key, Evidence],
    definitions: Sequence[Definition],
    ignored: Collection[int],
) -> Floats:
    phrases = [" ".join(text.folds[a:b]) for a, b, _ in evidence]
    said = Counter({(a, b): p for (a, b, _), p in zip(evidence, phrases, strict=True)}.values())
    best: dict[tuple[str, str], float] = {}
    for (_, _, kind), words, e in zip(evidence, phrases, evidence.values(), strict=True):
        best[words, kind] = max(best.get((words, kind), 0.0), e.score)
    shorts = {(d.short_start, d.short_end) for d in definitions}
    longs = {(d.long_start, d.long_end) for d in definitions}
    rows = []
    for ((a, b, kind), e), words in zip(evidence.items(), phrases, strict=True):
        shapes = text.shapes[a:b]
        rules = {c.rule for c in e.finds}
        rows.append(
            [
                best[words, kind],
                said[words],
                any(c.id for c in e.finds),
                (a, b) in shorts,
                (a, b) in longs,
                all(s == LOWER for s in shapes),
                ACRONYM in shapes,
                MIXED in shapes,
                LOWER not in shapes,
                a > 0 and text.words[a - 1] == "-",
                b < len(text) and text.words[b] == "-",
                a in ignored,
                a == text.sentences[text.sentence(a)][0],
                *(rule in rules for rule in RULES),
                *(kind == k for k in KINDS),
            ]
        )
    return np.array(rows, dtype=np.float32)


def choose(
    evidence: Mapping[Key, Evidence],
    chances: Floats,
    sure: Collection[tuple[str, str]] = (),
    ignored: Collection[int] = (),
    threshold: float = THRESHOLD,
) -> list[Candidate]:
    """Return the candidates that are taken, in reading order, none overlapping another.

    Args:
        evidence: The candidates.
        chances: Probability of each.
        sure: Entities (kind, id) that are taken wherever their names stand.
        ignored: Tokens that belong to no name.
        threshold: Least probability.
    """
    ranked = []
    for (key, e), chance in zip(evidence.items(), chances.tolist(), strict=True):
        find = e.finds[0] if e.finds else Candidate(*key, "", RULE, RANKS["context"])
        # What the rules settled on minds the paper's own definitions; the catalogue alone does not.
        known = find if e.settled else next((c for c in e.finds if c.id), find)
        certain = (known.kind, known.id) in sure
        if certain or chance >= threshold:
            worth = round(chance * (1 + _LONGER * min(_LONGEST, key[1] - key[0] - 1)), 5)
            chosen = known if known.id else find
            ranked.append((not certain, -worth, key, chosen._replace(score=round(chance, 4))))
    taken: set[int] = set(ignored)
    out = []
    for *_, candidate in sorted(ranked, key=lambda r: r[:3]):
        stretch = range(candidate.start, candidate.end)
        if taken.isdisjoint(stretch):
            taken.update(stretch)
            out.append(candidate)
    return sorted(out)
