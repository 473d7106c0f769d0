"""Records with the usual column names, as tables and JSON have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.readers.entry import Item, Place, entry
from kg.readers.values import items, names

#: Names under which sources keep a field, first found wins; compared in lower case without " _-".
NAMES: dict[str, Sequence[str]] = {
    "id": ("id", "paperid", "identifier", "key", "openreviewid", "ut", "eid"),
    "title": ("title", "papertitle", "documenttitle", "articletitle", "name", "displayname", "ti"),
    "abstract": (
        "abstract abstracttext abstractnote summary description paperabstract ab tldr"
    ).split(),
    "authors": "authors author authornames authorfullnames creators creator au".split(),
    "when": (
        "date publicationdate published publishedat pubdate year publicationyear py created"
    ).split(),
    "venue": (
        "venue journal booktitle journalref conference publicationtitle sourcetitle containertitle"
        " journaltitle so publication"
    ).split(),
    "doi": ("doi", "di"),
    "arxiv": ("arxivid", "arxiv", "eprint"),
    "url": "url link paperurl landingpage pdfurl pdflink pdf urlabs".split(),
    "code": "codeurls codeurl code githubrepo github repository repourl codelink".split(),
    "categories": (
        "categories category tags keywords authorkeywords subjects fieldsofstudy topics concepts de"
    ).split(),
    "cites": ("cites", "references", "citations"),
}
# Lines of `kg export graph.jsonl` that are no papers.
_OF_A_GRAPH = ("entity", "link", "result", "citation")
_KNOWN = {name: field for field, listed in NAMES.items() for name in listed}


def field_of(column: str) -> str | None:
    """Return the field of a column name, or None for a name that nobody uses."""
    return _KNOWN.get(_bare(column))


def read_record(record: Mapping[str, Any], at: Place) -> Iterator[Item]:
    """Yield the paper of a record whose keys are any of `NAMES`."""
    if record.get("type") in _OF_A_GRAPH:
        return
    values = {_bare(key): value for key, value in record.items()}
    found: dict[str, Any] = {
        field: next((values[name] for name in listed if values.get(name)), None)
        for field, listed in NAMES.items()
    }
    cites, id = found.pop("cites"), found.pop("id")
    others = items(record.get("ids"))
    yield from entry(at, **found, cites=_cited(cites), ids=[id, *others])


def _cited(value: object) -> tuple[object, ...]:
    """Return the identifiers in a list of ids or objects; a mere number of citations is none."""
    found: list[object] = []
    for item in items(value) or names(value if isinstance(value, str) else None):
        if isinstance(item, Mapping):
            keyed = {_bare(key): entry for key, entry in item.items()}
            item = keyed.get("doi") or keyed.get("arxivid") or keyed.get("id")  # noqa: PLW2901
        found.append(item)
    return tuple(found)


def _bare(column: object) -> str:
    return re.sub(r"[\s_\-]", "", str(column)).lower()
