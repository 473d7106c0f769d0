"""CSL-JSON, as Zotero, Mendeley and citeproc write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers.entry import Item, Place, entry
from kg.readers.json_records import Record
from kg.readers.values import items, mapping, plain, text

#: Keys that give the format away; one of these sets is enough.
KEYS = (
    {"type", "title", "issued"},
    {"type", "container-title"},
    {"type", "title", "title-short"},
    {"type", "title", "citation-key"},
    {"type", "title", "accessed"},
)
_ARXIV = re.compile(r"arxiv:\s*(\S+)", re.I)


def read_record(record: Record, at: Place) -> Iterator[Item]:
    """Yield the paper of an item."""
    notes = " ".join(text(record.get(key)) for key in ("number", "note", "archive_location"))
    arxiv = _ARXIV.search(notes)
    yield from entry(
        at,
        title=plain(record.get("title")),
        abstract=plain(record.get("abstract")),
        authors=tuple(_person(author) for author in items(record.get("author"))),
        when=_date(record.get("issued")),
        venue=plain(record.get("container-title") or record.get("event-title")),
        doi=record.get("DOI"),
        arxiv=arxiv[1] if arxiv else None,
        url=record.get("URL"),
        categories=[word.strip() for word in text(record.get("keyword")).split(",")],
        ids=[record.get("id")],
    )


def _person(value: object) -> str:
    author = mapping(value)
    family = f"{text(author.get('non-dropping-particle'))} {text(author.get('family'))}".strip()
    parts = (text(author.get("given")), family, text(author.get("suffix")))
    return " ".join(filter(None, parts)) or text(author.get("literal"))


def _date(value: object) -> str:
    issued = mapping(value)
    first = items(next(iter(items(issued.get("date-parts"))), None))
    return "-".join(text(part).zfill(2) for part in first) or text(
        issued.get("raw") or issued.get("literal")
    )
