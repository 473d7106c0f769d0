"""arXiv's metadata snapshot (Kaggle, Hugging Face): JSON Lines, one paper a line."""

from __future__ import annotations

from collections.abc import Iterator

from kg.readers.entry import Item, Place, entry
from kg.readers.json_records import Record
from kg.readers.values import items, line, mapping, text, unwrapped

#: Keys that give the format away; one of these sets is enough.
KEYS = ({"authors_parsed", "title"}, {"journal-ref", "categories"}, {"update_date", "categories"})


def read_record(record: Record, at: Place) -> Iterator[Item]:
    """Yield the paper of a record; its date is that of the first version."""
    id = text(record.get("id"))
    first = mapping(next(iter(items(record.get("versions"))), None))
    parsed = [_person(parts) for parts in items(record.get("authors_parsed"))]
    yield from entry(
        at,
        title=record.get("title"),
        abstract=unwrapped(record.get("abstract")),
        authors=parsed or line(record.get("authors")),
        when=_day(first.get("created")) or record.get("update_date"),
        venue=record.get("journal-ref"),
        doi=record.get("doi"),
        arxiv=id,
        url=f"https://arxiv.org/abs/{id}" if id else None,
        categories=text(record.get("categories")).split(),
    )


def _person(parts: object) -> str:
    last, first, suffix = (*(text(part) for part in items(parts)[:3]), "", "", "")[:3]
    return " ".join(filter(None, (first, last, suffix)))


def _day(value: object) -> str:
    """Return "2 Apr 2007" of "Mon, 2 Apr 2007 19:18:42 GMT"."""
    return " ".join(text(value).replace(",", " ").split()[1:4])
