"""Annotations joined with the texts that they are about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import InputError
from kg.evaluate.scoring import norm
from kg.extract.clean import clean
from kg.extract.tokens import Tokens
from kg.model import PREDICATES, Paper


class Annotated(NamedTuple):
    """A paper with what annotators found in it.

    Attributes:
        paper: Its texts.
        record: The annotation, in the shape of `kg annotate` (entities by type, name and surfaces).
        origin: Name of the gold file: annotators differ a little in taste.
    """

    paper: Paper
    record: dict[str, Any]
    origin: str


class Named(NamedTuple):
    """Tokens that name an entity of the gold.

    Attributes:
        start: First token.
        end: One past the last.
        kind: Kind of the entity.
        predicate: The strongest relation that the annotation states.
    """

    start: int
    end: int
    kind: str
    predicate: str


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the records of a gold file, JSON Lines.

    Raises:
        InputError: The file is missing, or a line is not a record.
    """
    records = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            entities = record["entities"]
            valid = all(e["type"] and e["name"] and e["surfaces"] for e in entities)
        except (ValueError, KeyError, TypeError):
            valid = False
        if not valid:
            raise InputError(
                f"{path}:{number}: not an annotation with entities of type, name and surfaces",
                "The shape is that of kg annotate; see gold files of the project for examples.",
            )
        records.append(record)
    return records


def join(files: Sequence[Path], papers: Iterable[Paper]) -> list[Annotated]:
    """Return the annotated papers of all files whose texts are among the papers.

    A record finds its paper by title, where it has one, else by id. Records of the first file that
    holds a paper win, and of papers with one title the first. The outcome is sorted by id.

    Args:
        files: Gold files.
        papers: Papers with their texts; others than the annotated ones are passed over.

    Raises:
        InputError: No record has a text.
    """
    by_title: dict[str, tuple[dict[str, Any], str]] = {}
    by_id: dict[str, tuple[dict[str, Any], str]] = {}
    for path in files:
        for record in read_gold(path):
            pair = record, path.stem
            if "title" in record:
                by_title.setdefault(norm(record["title"]), pair)
            else:
                by_id.setdefault(record["id"], pair)
    found: dict[str, Annotated] = {}
    for paper in papers:
        match = by_title.get(norm(paper.title)) or by_id.get(paper.id)
        # One paper of two sources is one: else it could be taught and scored at once.
        if match and norm(paper.title) not in found:
            found[norm(paper.title)] = Annotated(paper, *match)
    if not found:
        raise InputError("None of the annotated papers is among the texts.", "Name their files.")
    return sorted(found.values(), key=lambda a: a.paper.id)


def named(text: Tokens, record: dict[str, Any]) -> list[Named]:
    """Return where the entities of a record stand in a text; the longest surface wins an overlap."""
    said = {
        name: predicate
        for predicate in reversed(PREDICATES[:-1])
        for name in record.get(predicate, ())
    }
    places = []
    for entity in record["entities"]:
        predicate = said.get(entity["name"], "mentions")
        for surface in entity["surfaces"]:
            written = clean(surface).text.strip()
            if not written:
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", text.text):
                start, end = text.at(match.start()), text.at(match.end() - 1) + 1
                if start < end:
                    places.append(Named(start, end, entity["type"], predicate))
    taken: set[int] = set()
    out = []
    for place in sorted(places, key=lambda p: (p.start - p.end, p)):
        if taken.isdisjoint(range(place.start, place.end)):
            taken.update(range(place.start, place.end))
            out.append(place)
    return sorted(out)
