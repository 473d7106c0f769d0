"""From a record with the usual column names to a paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import Problem
from kg.model import Paper
from kg.resolve.identity import identifier
from kg.resolve.ids import arxiv_id, doi, paper_id

#: Names under which sources keep a field, first found wins; compared in lower case without "_-".
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "paperid", "identifier", "key", "openreviewid"),
    "title": ("title", "papertitle", "name", "displayname"),
    "abstract": ("abstract", "summary", "abstracttext", "description", "paperabstract"),
    "authors": ("authors", "author", "authornames"),
    "date": ("date", "publicationdate", "published", "publishedat", "year", "publicationyear"),
    "venue": ("venue", "journal", "booktitle", "journalref", "conference", "publicationtitle"),
    "doi": ("doi",),
    "arxiv_id": ("arxivid", "arxiv", "eprint"),
    "url": ("url", "link", "paperurl", "landingpage", "pdfurl"),
    "code_urls": ("codeurls", "code", "codeurl", "githubrepo", "repository", "repourl"),
    "cites": ("cites", "references", "citations"),
    "categories": ("categories", "category", "tags", "keywords", "subjects"),
}
_DATE = re.compile(
    r"\s*((?:1[6-9]|20|21)\d\d)(?:[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?)?"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def paper(record: Mapping[str, Any], source: str, line: int) -> Paper | Problem:
    """Return the paper of a record, or what is wrong with it.

    Args:
        record: Column or key → value; names as in `NAMES`, in any case.
        source: Name of the file, for messages.
        line: Line or record number.
    """
    values = {re.sub(r"[\s_\-]", "", str(key)).lower(): value for key, value in record.items()}
    found = {
        field: next(
            (values[name] for name in names if values.get(name) not in (None, "", [])), None
        )
        for field, names in NAMES.items()
    }
    title = text(found["title"])
    if not title:
        known = ", ".join(NAMES["title"])
        return Problem(
            source, line, "a paper without title", f"the title stands under one of: {known}"
        )
    id = text(found["id"])
    url = text(found["url"]) or None
    arxiv = (
        arxiv_id(text(found["arxiv_id"]))
        or arxiv_id(id)
        or (arxiv_id(url) if url and "arxiv.org" in url else None)
    )
    doi_ = doi(text(found["doi"])) or doi(id)
    return Paper(
        paper_id(title, arxiv, doi_, id or None),
        title,
        text(found["abstract"]),
        names(found["authors"]),
        date(text(found["date"])),
        text(found["venue"]) or None,
        doi_,
        arxiv,
        url,
        tuple(u for u in names(found["code_urls"]) if u.startswith(("http://", "https://"))),
        names(found["categories"]),
        tuple(map(identifier, names(found["cites"]))),
        (),
        (identifier(id),) if id and identifier(id) not in (f"arxiv:{arxiv}", f"doi:{doi_}") else (),
    )


def text(value: object) -> str:
    """Return a value as text without control characters; lists are joined."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        value = " ".join(text(item) for item in value)
    if isinstance(value, dict):
        value = value.get("name") or value.get("value") or ""
    return _CONTROL.sub(" ", str(value)).strip()


def names(value: object) -> tuple[str, ...]:
    """Return a list of names from a list of strings or objects, or from "A; B" or "A and B"."""
    if isinstance(value, str):
        parts: list[object] = list(re.split(r"\s*;\s*|\s+and\s+|\s*\|\s*", value))
    else:
        parts = list(value) if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(filter(None, map(text, parts))))


def date(value: str) -> str | None:
    """Return an ISO date as exact as known, or None.

    Example:
        >>> date("2024/3/5"), date("2021"), date("soon")
        ('2024-03-05', '2021', None)
    """
    match = _DATE.match(value)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else None
