"""The archive of Papers with Code: papers, links to code, and the names of its datasets and methods."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Entity
from kg.readers.entry import Item, Place, entry
from kg.readers.json_records import Record
from kg.readers.values import items, line, mapping
from kg.resolve.ids import slug

#: Keys that give the format away; one of these sets is enough.
KEYS = (
    {"paper_url", "url_abs"},
    {"paper_url", "repo_url"},
    {"variants", "name"},
    {"full_name", "collections"},
    {"full_name", "introduced_year"},
)


def read_record(record: Record, at: Place) -> Iterator[Item]:
    """Yield the paper of a record, or the dataset or method that it describes."""
    if "variants" in record or "data_loaders" in record:
        yield _named("Dataset", record, at, items(record.get("variants")))
    elif "full_name" in record and "paper_url" not in record:
        yield _named("Method", record, at, [])
    elif "repo_url" in record:
        yield from entry(
            at,
            title=record.get("paper_title"),
            arxiv=record.get("paper_arxiv_id"),
            url=record.get("paper_url_abs"),
            code=record.get("repo_url"),
            part=True,
        )
    else:
        yield from _paper(record, at)


def _paper(record: Record, at: Place) -> Iterator[Item]:
    yield from entry(
        at,
        title=record.get("title"),
        abstract=record.get("abstract") or record.get("short_abstract"),
        authors=items(record.get("authors")),
        when=record.get("date"),
        venue=record.get("proceeding"),
        arxiv=record.get("arxiv_id"),
        url=record.get("url_abs") or record.get("paper_url"),
        categories=items(record.get("tasks")),
    )
    for method in items(record.get("methods")):
        if line(mapping(method).get("name")):
            yield _named("Method", mapping(method), at, [])


def _named(kind: str, record: Record, at: Place, variants: list[object]) -> Item:
    name = line(record.get("name"))
    if not name:
        return at.problem(f"a {kind.lower()} without name", "give it one, or leave it out")
    others = {line(record.get("full_name")), *(line(v) for v in variants)} - {"", name}
    return Entity(kind, slug(name), name, tuple(sorted(others)))
