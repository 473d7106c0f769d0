"""RIS, as EndNote, Zotero, Scopus and publishers' sites export it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.readers.entry import Item, Place, entry
from kg.readers.source import Source

Tags = dict[str, list[str]]

_TAG = re.compile(r"\s{0,3}([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?$")
_ARXIV = re.compile(r"arxiv", re.I)
#: Records of these kinds hold papers and are none.
_HOLDERS = ("SER", "JFULL")


def looks_like(head: str) -> bool:
    """Return whether a text holds records that begin with their type."""
    return re.search(r"^\s{0,3}TY\s{1,2}-\s", head[:20_000], re.M) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield the paper of each record; one without end is ended by the next."""
    tags: Tags = {}
    at, last = Place(source.name, 1), ""
    for number, text in enumerate(source.lines, 1):
        match = _TAG.match(text)
        if not match:
            if text.strip() and last and last in tags:
                tags[last][-1] += f" {text.strip()}"
            elif text.strip():
                here = Place(source.name, number)
                yield here.problem(f"no RIS: {text.strip()[:60]!r}", "a line is like: TI  - Title")
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag in ("TY", "ER"):
            yield from _paper(tags, at)
            tags, at = defaultdict(list), Place(source.name, number)
        if tag != "ER":
            tags.setdefault(tag, []).append(value)
        last = tag
    yield from _paper(tags, at)


def _paper(tags: Tags, at: Place) -> Iterator[Item]:
    if not tags or tags.get("TY", [""])[0] in _HOLDERS:
        return

    def first(*names: str) -> str:
        return next((tags[name][0] for name in names if tags.get(name) and tags[name][0]), "")

    urls = [url for name in ("UR", "L1", "L2") for url in tags.get(name, []) if url]
    yield from entry(
        at,
        title=first("TI", "T1", "CT"),
        abstract=first("AB", "N2"),
        authors=[author for name in ("AU", "A1") for author in tags.get(name, [])],
        when=first("DA", "PY", "Y1").strip("/"),
        venue=first("JO", "JF", "T2", "BT", "JA", "J2"),
        doi=first("DO"),
        arxiv=next((url for url in [*urls, *tags.get("M1", [])] if _ARXIV.search(url)), None),
        url=next(iter(urls), None),
        categories=[word for word in tags.get("KW", []) if word],
        ids=[first("ID")],
    )
