"""Answers of arXiv's programming interface: an Atom feed."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import Problem
from kg.readers.entry import Item, entry
from kg.readers.source import Source
from kg.readers.values import unwrapped
from kg.readers.xml_records import elements


def read(source: Source) -> Iterator[Item]:
    """Yield the paper of each entry."""
    for at, found in elements(source, "entry"):
        if isinstance(found, Problem):
            yield found
            continue
        id = found.first("id").strip()
        if "/api/errors" in id:
            yield at.problem(f"arXiv answered: {found.first('summary').strip()}", "ask it again")
            continue
        links = [link.attributes for link in found.all("link")]
        pages = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate"]
        yield from entry(
            at,
            title=found.first("title"),
            abstract=unwrapped(found.first("summary")),
            authors=[author.text for author in found.all("author", "name")],
            when=found.first("published")[:10],
            venue=found.first("journal_ref"),
            doi=found.first("doi"),
            arxiv=id,
            url=next(iter(pages), id),
            categories=[category.attributes.get("term") for category in found.all("category")],
        )
