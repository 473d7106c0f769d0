"""The ACL Anthology: data/xml of its repository, a collection a file."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import Problem
from kg.readers.entry import Item, Place, entry
from kg.readers.source import Source
from kg.readers.values import text, unwrapped
from kg.readers.xml_records import Element, elements

_SITE = "https://aclanthology.org/"


def read(source: Source) -> Iterator[Item]:
    """Yield the papers of the volumes, with the date and the title of the volume."""
    collection, volume, meta = "", "", Element("meta", {})
    for at, found in elements(source, "meta", "paper", openings=("collection", "volume")):
        if isinstance(found, Problem):
            yield found
        elif found.tag == "collection":
            collection = found.attributes.get("id", "")
        elif found.tag == "volume":
            volume, meta = found.attributes.get("id", ""), Element("meta", {})
        elif found.tag == "meta":
            meta = found
        else:
            yield from _paper(found, at, meta, collection, volume)


def _paper(
    paper: Element, at: Place, meta: Element, collection: str, volume: str
) -> Iterator[Item]:
    address = paper.first("url").strip()
    id = address if address and "/" not in address else _id(collection, volume, paper)
    month = f"{meta.first('month')} {meta.first('year')}"
    yield from entry(
        at,
        title=paper.first("title"),
        abstract=unwrapped(paper.first("abstract")),
        authors=[_person(author) for author in paper.all("author")],
        when=month.strip(),
        venue=meta.first("booktitle"),
        doi=paper.first("doi"),
        url=address if "/" in address else f"{_SITE}{id}/",
        code=[code.attributes.get("url") for code in paper.all("pwccode")],
        ids=[f"acl:{id}"],
    )


def _person(author: Element) -> str:
    return " ".join(filter(None, (text(author.first("first")), text(author.first("last")))))


def _id(collection: str, volume: str, paper: Element) -> str:
    """Return the Anthology's id: "2020.acl-main.1", or of the old kind "P18-1001"."""
    number = paper.attributes.get("id", "")
    if not collection[:1].isalpha():
        return f"{collection}-{volume}.{number}"
    wide = collection.startswith("W") or (collection == "D19" and volume.zfill(2) >= "50")
    return (
        f"{collection}-{volume.zfill(2)}{number.zfill(2)}"
        if wide
        else (f"{collection}-{volume}{number.zfill(3)}")
    )
