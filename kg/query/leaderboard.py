"""Leaderboards: the figures that papers report on a data set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.graph.store import Store
from kg.model import Listing, Shown
from kg.query.names import Name, find_key
from kg.resolve.figures import board_order


@dataclass(frozen=True, slots=True, repr=False)
class Row(Shown):
    """A figure on a data set.

    Attributes:
        value: The figure as written.
        unit: Its unit, "" for none.
        metric: The measure, or None.
        method: The method it holds for, or None.
        paper: Id of the paper.
        title: Its title.
        year: Its year, or None.
        relative: Whether it is a gain or a comparison.
        evidence: The sentence that says so.
    """

    value: str
    unit: str
    metric: str | None
    method: str | None
    paper: str
    title: str
    year: int | None
    relative: bool
    evidence: str

    def to_json(self) -> dict[str, Any]:
        """Return the row as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the row."""
        figure = f"{'Δ ' if self.relative else ''}{self.value} {self.unit}".strip()
        where = {"title": self.title, "year": self.year}
        return {"metric": self.metric, "figure": figure, "method": self.method, **where}


def leaderboard(store: Store, dataset: Name, metric: Name | None = None) -> Listing[Row]:
    """Return the figures on a data set: by metric, absolute before relative, best first.

    Raises:
        UnknownName: The graph has no such data set or metric.
    """
    values = [find_key(store, dataset, ("Dataset", "Benchmark"))]
    clause = ""
    if metric is not None:
        clause = " AND r.metric = ?"
        values.append(find_key(store, metric, ("Metric",)))
    rows = store.db.execute(
        "SELECT r.value, r.unit, m.name, x.name, p.id, p.title, p.year, r.relative,"
        " substr(CASE r.field WHEN 'title' THEN p.title ELSE p.abstract END, r.start + 1,"
        " r.stop - r.start) FROM result r JOIN paper p ON p.key = r.paper"
        " LEFT JOIN entity m ON m.key = r.metric LEFT JOIN entity x ON x.key = r.method"
        f" WHERE r.dataset = ?{clause} ORDER BY p.id, r.place",
        values,
    ).fetchall()
    found = [
        Row(row[0], row[1], row[2], row[3], row[4], row[5], row[6], bool(row[7]), row[8])
        for row in rows
    ]
    return Listing(
        sorted(found, key=lambda row: (board_order(row.metric, row.value, row.relative), row.paper))
    )
