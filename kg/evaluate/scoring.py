"""How well annotations agree with gold: entities, relations, results and code links.

Papers are matched by normalised title. An entity counts as found when an annotated one of the same kind
shares a normalised name or surface with it, one to one; Dataset and Benchmark count as one kind.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.evaluate.reasons import Reasons

RELATIONS = (
    "introduces",
    "evaluated_on",
    "outperforms",
    "compares_with",
    "builds_on",
    "addresses",
)
_TAILS = (
    "dataset|datasets|data set|model|models|algorithm|method|benchmark|corpus|database|approach"
)
_RESAMPLES = 500

Record = Mapping[str, Any]


class Counts(NamedTuple):
    """Hits, false finds and misses."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """Share of the finds that are right."""
        return self.tp / max(1, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of the gold that is found."""
        return self.tp / max(1, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


class Error(NamedTuple):
    """A disagreement.

    Attributes:
        row: Row of the table in which it counts.
        what: "missed" or "spurious".
        name: What it is about.
        title: The paper.
        rule: The rules behind a false find; what was found or said instead of a miss.
    """

    row: str
    what: str
    name: str
    title: str
    rule: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the disagreement as a JSON object."""
        return self._asdict()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome.

    Attributes:
        rows: Counts by row: "entity:Method", "relation:introduces", "result:value+metric" …
        papers: Counts by row of each paper, for resampling.
        errors: Disagreements in the order of the gold.
        annotated: Gold papers for which there was an annotation.
    """

    rows: dict[str, Counts]
    papers: tuple[dict[str, Counts], ...]
    errors: tuple[Error, ...]
    annotated: int

    def interval(self, row: str, level: float = 0.95) -> tuple[float, float]:
        """Return a confidence interval of a row's F1, by resampling papers (percentile bootstrap).

        Source: B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Ann. Statist. 7 (1979).
        """
        draw = random.Random(0)  # noqa: S311 - a fixed sequence is wanted
        counts = [paper.get(row, Counts()) for paper in self.papers]
        values = sorted(
            add(draw.choices(counts, k=len(counts))).f1 for _ in range(_RESAMPLES if counts else 0)
        ) or [0.0]
        tail = (1 - level) / 2
        return values[int(tail * len(values))], values[int((1 - tail) * len(values)) - 1]

    def disagreements(self, about: str) -> list[Error]:
        """Return the errors of a row, or of all rows of a group or kind: "Method", "relation"."""
        wanted = kind(about.capitalize()).lower() if about.lower() != "result" else "value+metric"
        return [e for e in self.errors if wanted in {e.row.lower(), *e.row.lower().split(":")}]

    def to_json(self) -> dict[str, Any]:
        """Return the table as a JSON object."""
        return {
            row: {
                "P": round(c.precision, 3),
                "R": round(c.recall, 3),
                "F1": round(c.f1, 3),
                "F1_95": [round(v, 3) for v in self.interval(row)],
                "gold": c.tp + c.fn,
                "predicted": c.tp + c.fp,
            }
            for row, c in self.rows.items()
        }


def evaluate(gold: Iterable[Record], annotations: Iterable[Record]) -> Evaluation:
    """Score annotations against gold; both as JSON objects in the shape of `kg annotate`."""
    found = {norm(record["title"]): record for record in annotations}
    papers, errors, annotated = [], [], 0
    for record in {norm(r["title"]): r for r in gold}.values():
        other = found.get(norm(record["title"]))
        annotated += other is not None
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        other = other or {"entities": []}
        why = Reasons(record, other, keys)
        for row, place, name in _compare(record, other):
            counts[row][place] += 1
            if place:
                what = ("", "spurious", "missed")[place]
                errors.append(Error(row, what, name, record["title"], why(row, place == 2, name)))
        papers.append({row: Counts(*c) for row, c in counts.items()})
    rows = {
        row: add(p.get(row, Counts()) for p in papers) for row in {r for p in papers for r in p}
    }
    for group in ("entity", "relation"):
        for paper in [*papers, rows]:
            paper[f"{group}:ALL"] = add(c for r, c in list(paper.items()) if r.startswith(group))
    return Evaluation(dict(sorted(rows.items())), tuple(papers), tuple(errors), annotated)


def add(counts: Iterable[Counts]) -> Counts:
    """Return the sum of counts."""
    listed = list(counts)
    return Counts(sum(c.tp for c in listed), sum(c.fp for c in listed), sum(c.fn for c in listed))


def norm(text: str) -> str:
    """Return a name as it is compared: no case, punctuation, article, generic tail or plural."""
    text = re.sub(r"[^\w%+]+", " ", text.lower().replace("\\", " ")).strip()
    text = re.sub(r"^(the|a|an) ", "", text)
    text = re.sub(rf" ({_TAILS})$", "", text)
    return "".join(_singular(word) for word in text.split())


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def kind(kind: str) -> str:
    """Return the kind that counts: Dataset and Benchmark are one."""
    return "Data" if kind in ("Dataset", "Benchmark") else kind


def keys(entity: Record) -> set[str]:
    """Return the normalised forms by which an entity is found."""
    return {key for key in map(norm, [entity["name"], *entity.get("surfaces", ())]) if key}


def align(gold: Sequence[Record], found: Sequence[Record]) -> dict[int, int]:
    """Return which found entity, by index, stands for which of the gold, one to one."""
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for g, entity in enumerate(gold):
        best: tuple[int, int] | None = None
        for f, other in enumerate(found):
            if f in used or kind(entity["type"]) != kind(other["type"]):
                continue
            shared = len(keys(entity) & keys(other))
            if shared and (best is None or shared > best[0]):
                best = (shared, f)
        if best:
            pairs[g] = best[1]
            used.add(best[1])
    return pairs


def _compare(gold: Record, found: Record) -> Iterator[tuple[str, int, str]]:
    """Yield (row, 0 hit | 1 false | 2 missed, name) for everything in either."""
    entities, others = gold["entities"], found["entities"]
    pairs = align(entities, others)
    back = {f: g for g, f in pairs.items()}
    for g, entity in enumerate(entities):
        yield f"entity:{kind(entity['type'])}", 0 if g in pairs else 2, entity["name"]
    for f, entity in enumerate(others):
        if f not in back:
            yield f"entity:{kind(entity['type'])}", 1, entity["name"]
    names = {e["name"]: ("gold", g) for g, e in enumerate(entities)}
    theirs = {
        e["name"]: ("gold", back[f]) if f in back else ("found", f) for f, e in enumerate(others)
    }
    for relation in RELATIONS:
        want = {names[n]: n for n in gold.get(relation, ()) if n in names}
        have = {theirs[n]: n for n in found.get(relation, ()) if n in theirs}
        yield from _sets(f"relation:{relation}", want, have)
    yield from _results(gold, found)
    want_urls, have_urls = (
        {u.rstrip("/.").lower(): u for u in r.get("code_urls", ())} for r in (gold, found)
    )
    yield from _sets("code_urls", want_urls, have_urls)


def _sets(
    row: str, want: Mapping[Any, str], have: Mapping[Any, str]
) -> Iterator[tuple[str, int, str]]:
    for key, name in want.items():
        yield row, 0 if key in have else 2, name
    for key, name in have.items():
        if key not in want:
            yield row, 1, name


def _results(gold: Record, found: Record) -> Iterator[tuple[str, int, str]]:
    left = list(found.get("results", ()))
    for want in gold.get("results", ()):
        match = next((have for have in left if _same(want, have)), None)
        name = f"{want['value']} {want.get('unit', '')} {want.get('metric') or ''}".strip()
        yield "result:value+metric", 2 if match is None else 0, name
        data = norm(want.get("dataset") or "")
        hit = match is not None and norm(match.get("dataset") or "") == data
        yield "result:+dataset", 0 if hit else 2, name
        if match is not None:
            left.remove(match)
    for have in left:
        name = f"{have['value']} {have.get('unit', '')} {have.get('metric') or ''}".strip()
        yield "result:value+metric", 1, name
        yield "result:+dataset", 1, name


def _same(want: Record, have: Record) -> bool:
    if _number(want["value"]) != _number(have["value"]):
        return False
    a, b = norm(want.get("metric") or ""), norm(have.get("metric") or "")
    return a == b or a in b or bool(have.get("metric") and b in a)


def _number(value: object) -> float | str:
    text = re.sub(r"[^\d.\-+eE]", "", str(value).replace(",", ""))
    try:
        return round(float(text.strip("+")), 4)
    except ValueError:
        return text
