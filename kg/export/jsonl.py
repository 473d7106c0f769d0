"""JSON Lines: one node or link a line, for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.graph.store import Store


def write(store: Store, path: Path, **_: object) -> None:
    """Write papers, entities, links and results, each line with a "type"."""
    with path.open("w", encoding="utf-8", newline="\n", errors="replace") as out:

        def line(type: str, record: dict[str, Any]) -> None:
            out.write(json.dumps({"type": type, **record}, ensure_ascii=False) + "\n")

        for paper in store.papers():
            line("paper", paper.to_json())
        for entity in store.entities():
            line("entity", entity.to_json())
        for link in store.links():
            line("link", {name: getattr(link, name) for name in link.__slots__})
        for id, place, result in store.results():
            line("result", {"paper": id, "place": place, **result.to_json()})
