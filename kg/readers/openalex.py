"""Works of OpenAlex: answers of its programming interface and its snapshot, JSON or JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator

from kg.readers.entry import Item, Place, entry
from kg.readers.json_records import Record
from kg.readers.values import items, mapping, plain, text

#: Keys that give the format away; one of these sets is enough.
KEYS = ({"abstract_inverted_index"}, {"authorships", "display_name"}, {"referenced_works", "id"})

# An abstract has thousands of words; a position in the millions is a mistake.
_LAST_POSITION = 100_000


def read_record(record: Record, at: Place) -> Iterator[Item]:
    """Yield the paper of a work."""
    place = mapping(record.get("primary_location"))
    ids = mapping(record.get("ids"))
    authors = [
        mapping(mapping(one).get("author")).get("display_name")
        or mapping(one).get("raw_author_name")
        for one in items(record.get("authorships"))
    ]
    listed = [place, *map(mapping, items(record.get("locations")))]
    addresses = [text(found.get("landing_page_url")) for found in listed]
    topics = [
        mapping(topic).get("display_name")
        for key in ("topics", "concepts", "keywords")
        for topic in items(record.get(key))
    ]
    yield from entry(
        at,
        title=plain(record.get("title") or record.get("display_name")),
        abstract=plain(abstract(record.get("abstract_inverted_index"))),
        authors=authors,
        when=record.get("publication_date") or record.get("publication_year"),
        venue=mapping(place.get("source")).get("display_name"),
        doi=record.get("doi") or ids.get("doi"),
        arxiv=next((found for found in addresses if "arxiv.org/" in found), None),
        url=next(filter(None, addresses), None),
        categories=topics,
        cites=[_work(cited) for cited in items(record.get("referenced_works"))],
        ids=[_work(record.get("id")), _pubmed(ids.get("pmid"))],
    )


def abstract(index: object) -> str:
    """Return the text of an inverted index.

    Example:
        >>> abstract({"the": [0, 2], "tea": [3], "and": [1]})
        'the and the tea'
    """
    words: dict[int, str] = {}
    for word, places in mapping(index).items():
        for place in items(places):
            if isinstance(place, int) and 0 <= place < _LAST_POSITION:
                words[place] = word
    return " ".join(words[place] for place in sorted(words))


def _work(value: object) -> str | None:
    name = text(value).rsplit("/", 1)[-1]
    return f"openalex:{name}" if name[:1] == "W" and name[1:].isdigit() else None


def _pubmed(value: object) -> str | None:
    number = text(value).rstrip("/").rsplit("/", 1)[-1]
    return f"pmid:{number}" if number.isdigit() else None
