"""The table of benchmarks/RESULTS.md: python benchmarks/accuracy.py [FOLDER WITH gold/, pages/, corpus/]."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import spacy

import kg
from kg.evaluate.scoring import RELATIONS, Evaluation, evaluate, norm
from kg.extract.annotator import Annotator
from kg.rulebook.book import load
from kg.rulebook.names import IGNORE

SETS = {"pages": ("dev-pages.jsonl", "pages"), "venues": ("dev-venues.jsonl", "corpus")}
ROWS = (
    "entity:ALL entity:Method entity:Task entity:Data entity:Metric relation:ALL relation:introduces "
    "relation:evaluated_on relation:outperforms relation:compares_with relation:builds_on "
    "relation:addresses result:value+metric result:+dataset code_urls"
).split()


def entity_ruler(papers: Iterable[kg.Paper]) -> list[dict]:
    """Annotate with spaCy's EntityRuler and the same names, matched without regard to case."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    surfaces = load().catalogue.surfaces
    ruler.add_patterns(
        [{"label": s.kind, "pattern": s.pattern, "id": s.id} for s in surfaces if s.kind != IGNORE]
    )
    found = []
    for paper in papers:
        entities: dict[tuple[str, str], list[str]] = {}
        for span in nlp(f"{paper.title}\n\n{paper.abstract}").ents:
            entities.setdefault((span.label_, span.ent_id_), []).append(span.text)
        record = {"title": paper.title, **{relation: [] for relation in RELATIONS}}
        record["entities"] = [
            {"type": kind, "name": texts[0], "surfaces": texts}
            for (kind, _), texts in entities.items()
        ]
        found.append(record)
    return found


def table(outcomes: dict[str, Evaluation], peers: dict[str, Evaluation]) -> str:
    """Return the figures as Markdown."""
    lines = [
        "| | pages P | R | F1 | 95 % | venues P | R | F1 | 95 % | EntityRuler F1, pages / venues |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in ROWS:
        cells = [row]
        for outcome in outcomes.values():
            c, (low, high) = outcome.rows[row], outcome.interval(row)
            cells += [
                f"{c.precision:.3f}",
                f"{c.recall:.3f}",
                f"**{c.f1:.3f}**",
                f"{low:.2f}–{high:.2f}",
            ]
        theirs = [p.rows[row].f1 for p in peers.values()]
        cells.append(" / ".join(f"{f:.3f}" for f in theirs) if row.startswith("entity") else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(folder: Path) -> None:
    """Score both sets and print the table."""
    annotator = Annotator(recogniser=False)
    outcomes, peers = {}, {}
    for name, (gold_file, source) in SETS.items():
        text = (folder / "gold" / gold_file).read_text(encoding="utf-8")
        gold = [json.loads(line) for line in text.splitlines()]
        wanted = {norm(record["title"]) for record in gold}
        papers = {norm(p.title): p for p in kg.read(folder / source) if norm(p.title) in wanted}
        outcomes[name] = evaluate(gold, (a.to_json() for a in annotator.annotate(papers.values())))
        peers[name] = evaluate(gold, entity_ruler(papers.values()))
    print(table(outcomes, peers))


if __name__ == "__main__":
    default = Path(__file__).resolve().parents[2] / "shared"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
