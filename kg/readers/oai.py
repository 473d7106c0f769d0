"""Answers of OAI-PMH repositories in Dublin Core (metadataPrefix=oai_dc)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import Problem
from kg.readers.entry import Item, Place, entry
from kg.readers.source import Source
from kg.readers.values import http_url, unwrapped
from kg.readers.xml_records import Element, elements


def read(source: Source) -> Iterator[Item]:
    """Yield the paper of each record; deleted ones are left out."""
    for at, found in elements(source, "record", "error", "resumptionToken"):
        if isinstance(found, Problem):
            yield found
        elif found.tag == "error":
            yield at.problem(f"the repository answered: {found.text.strip()}", "ask it again")
        elif found.tag == "resumptionToken":
            if found.text.strip():
                hint = f"ask for resumptionToken={found.text.strip()[:80]}"
                yield at.problem("the answer has further pages", hint, "note")
        elif not any(h.attributes.get("status") == "deleted" for h in found.all("header")):
            yield from _paper(found, at)


def _paper(record: Element, at: Place) -> Iterator[Item]:
    core = next(iter(record.all("metadata", "dc")), Element("dc", {}))
    ids = [found.text.strip() for found in core.all("identifier")]
    dates = sorted(found.text.strip() for found in core.all("date"))
    texts = [unwrapped(found.text) for found in core.all("description")]
    yield from entry(
        at,
        title=core.first("title"),
        # Remarks such as "Comment: 12 pages" stand beside the abstract.
        abstract=max(texts, key=len, default=""),
        authors=[found.text for found in core.all("creator")],
        when=next(iter(dates), None),
        venue=core.first("source") or core.first("publisher"),
        doi=next((id for id in ids if "10." in id), None),
        arxiv=next((id for id in ids if "arxiv" in id.lower()), None),
        url=next(filter(None, map(http_url, ids)), None),
        categories=[found.text for found in core.all("subject")],
        ids=[record.first("header", "identifier").strip()],
    )
