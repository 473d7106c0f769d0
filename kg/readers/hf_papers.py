"""Daily papers of Hugging Face: the answers of huggingface.co/api/daily_papers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.readers.entry import Item, Place, entry
from kg.readers.json_records import Record
from kg.readers.values import items, mapping, text, unwrapped

#: Keys that give the format away, where `paper` is an object.
KEYS = ({"paper", "publishedAt"}, {"paper", "submittedBy"}, {"paper", "numComments"})


def read_record(record: Record, at: Place) -> Iterator[Item]:
    """Yield the paper of an entry; `githubRepo` becomes a link to code."""
    paper = mapping(record.get("paper"))
    id = text(paper.get("id"))
    yield from entry(
        at,
        title=paper.get("title") or record.get("title"),
        abstract=unwrapped(paper.get("summary") or record.get("summary")),
        authors=[mapping(author).get("name") for author in items(paper.get("authors"))],
        when=text(paper.get("publishedAt") or record.get("publishedAt"))[:10],
        arxiv=id,
        url=f"https://huggingface.co/papers/{id}" if id else None,
        code=paper.get("githubRepo"),
        categories=items(paper.get("ai_keywords")),
    )
