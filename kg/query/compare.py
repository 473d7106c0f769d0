"""Two entities side by side: what they share, and which is said to beat the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.graph.store import Store
from kg.model import Entity, Listing, Shown
from kg.query.names import Name, entity, find_key

#: What makes a paper speak for a method: it brings the method, or works with it.
_OWN = "('introduces', 'builds_on')"


@dataclass(frozen=True, slots=True, repr=False)
class Win(Shown):
    """A paper that works with one of two methods and says that it beats the other.

    Attributes:
        winner: Name of the method that the paper introduces or builds on.
        loser: Name of the method that it says it outperforms.
        paper: Id of the paper.
        title: Its title.
        year: Its year, or None.
        evidence: The sentence that says so.
        figures: What that sentence gives, such as "+1.2 % top-1 accuracy on ImageNet".
    """

    winner: str
    loser: str
    paper: str
    title: str
    year: int | None
    evidence: str
    figures: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the win as a JSON object."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {**values, "figures": list(self.figures)}

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the win."""
        shown = {"winner": self.winner, "loser": self.loser, "figures": ", ".join(self.figures)}
        return {**shown, "title": self.title, "year": self.year}


@dataclass(frozen=True, slots=True, repr=False)
class Shared(Shown):
    """An entity that papers of both sides name.

    Attributes:
        entity: What they share.
        a: Papers that name it beside the first.
        b: Papers that name it beside the second.
    """

    entity: Entity
    a: int
    b: int

    def to_json(self) -> dict[str, Any]:
        """Return the shared entity as a JSON object."""
        return {**self.entity.to_json(), "a": self.a, "b": self.b}


@dataclass(frozen=True, slots=True, repr=False)
class Duel(Shown):
    """Figures of both methods on the same data in the same measure.

    Attributes:
        dataset: Name of the data set.
        metric: Name of the measure.
        a: Figures of the first, as written, with the ids of their papers.
        b: Figures of the second.
    """

    dataset: str
    metric: str
    a: tuple[str, ...]
    b: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the duel as a JSON object."""
        return {
            "dataset": self.dataset,
            "metric": self.metric,
            "a": list(self.a),
            "b": list(self.b),
        }


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Shown):
    """Two entities side by side.

    Attributes:
        a: The first.
        b: The second.
        papers: Papers that name the first, the second, and both.
        wins: Papers that say that one beats the other, newest first.
        duels: Data and measures on which both have absolute figures.
        shared: Data sets, benchmarks, tasks and metrics of papers of both sides, most shared first.
    """

    a: Entity
    b: Entity
    papers: tuple[int, int, int]
    wins: Listing[Win]
    duels: Listing[Duel]
    shared: Listing[Shared]

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as a JSON object."""
        return {
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "papers": dict(zip(("a", "b", "both"), self.papers, strict=True)),
            "wins": self.wins.to_json(),
            "duels": self.duels.to_json(),
            "shared": self.shared.to_json(),
        }

    def row(self) -> dict[str, Any]:
        """Return what a console shows of the comparison."""
        wins = [sum(w.winner == side.name for w in self.wins) for side in (self.a, self.b)]
        counts = {"papers": list(self.papers), "wins": wins, "shared": len(self.shared)}
        return {"a": self.a.name, "b": self.b.name, **counts}


def compare(store: Store, a: Name, b: Name, limit: int = 20) -> Comparison:
    """Return two entities side by side.

    A win is a paper that introduces or builds on one of them and says that it outperforms the other.
    What is shared are entities that some paper with the first, and some paper with the second, names
    as data set, benchmark, task or metric; ordered by the smaller of the two counts.

    Raises:
        UnknownName: The graph has no such entity.
    """
    first, second = find_key(store, a), find_key(store, b)
    one, other = entity(store, first), entity(store, second)
    wins = [*_wins(store, first, second), *_wins(store, second, first)]
    wins.sort(key=lambda win: (-(win.year or 0), win.title, win.paper, win.winner))
    return Comparison(
        one,
        other,
        _papers(store, first, second),
        Listing(wins),
        Listing(_duels(store, first, second)),
        Listing(_shared(store, first, second)[:limit]),
    )


def _papers(store: Store, a: int, b: int) -> tuple[int, int, int]:
    sets = [
        {paper for (paper,) in store.db.execute("SELECT paper FROM link WHERE entity = ?", (key,))}
        for key in (a, b)
    ]
    return len(sets[0]), len(sets[1]), len(sets[0] & sets[1])


def _wins(store: Store, winner: int, loser: int) -> list[Win]:
    names = [entity(store, key).name for key in (winner, loser)]
    rows = store.db.execute(
        "SELECT p.key, p.id, p.title, p.year, l.field, l.start, l.stop,"
        " substr(CASE l.field WHEN 'title' THEN p.title ELSE p.abstract END, l.start + 1,"
        " l.stop - l.start) FROM link l JOIN paper p ON p.key = l.paper"
        " WHERE l.entity = ? AND l.predicate = 'outperforms' AND l.paper IN"
        f" (SELECT paper FROM link WHERE entity = ? AND predicate IN {_OWN})",
        (loser, winner),
    ).fetchall()
    return [
        Win(names[0], names[1], id, title, year, text, _figures(store, key, field, start, stop))
        for key, id, title, year, field, start, stop, text in rows
    ]


def _figures(store: Store, paper: int, field: str, start: int, stop: int) -> tuple[str, ...]:
    rows = store.db.execute(
        "SELECT r.relative, r.value, r.unit, m.name, d.name FROM result r"
        " LEFT JOIN entity m ON m.key = r.metric LEFT JOIN entity d ON d.key = r.dataset"
        " WHERE r.paper = ? AND r.field = ? AND r.start >= ? AND r.stop <= ? ORDER BY r.place",
        (paper, field, start, stop),
    )
    return tuple(
        f"{'Δ ' if relative else ''}{value} {unit}".strip()
        + (f" {metric}" if metric else "")
        + (f" on {dataset}" if dataset else "")
        for relative, value, unit, metric, dataset in rows
    )


def _duels(store: Store, a: int, b: int) -> list[Duel]:
    rows = store.db.execute(
        "SELECT d.name, m.name, r.method, r.value, r.unit, p.id FROM result r"
        " JOIN paper p ON p.key = r.paper JOIN entity d ON d.key = r.dataset"
        " JOIN entity m ON m.key = r.metric"
        " WHERE r.method IN (?, ?) AND NOT r.relative ORDER BY d.name, m.name, p.id, r.place",
        (a, b),
    )
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for dataset, metric, method, value, unit, paper in rows:
        sides = found.setdefault((dataset, metric), ([], []))
        sides[method == b].append(f"{value} {unit}".strip() + f" ({paper})")
    return [Duel(*key, tuple(x), tuple(y)) for key, (x, y) in found.items() if x and y]


def _shared(store: Store, a: int, b: int) -> list[Shared]:
    counts = [
        dict(
            store.db.execute(
                "SELECT l.entity, count(DISTINCT l.paper) FROM link l"
                " JOIN entity e ON e.key = l.entity WHERE e.kind <> 'Method' AND l.paper IN"
                " (SELECT paper FROM link WHERE entity = ?) GROUP BY l.entity",
                (key,),
            )
        )
        for key in (a, b)
    ]
    keys = (counts[0].keys() & counts[1].keys()) - {a, b}
    found = [
        Shared(near, counts[0][key], counts[1][key])
        for key in keys
        if (near := store.entity_of(key))
    ]
    return sorted(found, key=lambda s: (-min(s.a, s.b), -(s.a + s.b), s.entity.name, s.entity.kind))
