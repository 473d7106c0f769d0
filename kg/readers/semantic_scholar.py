"""Semantic Scholar: answers of its Graph API (camel case) and its bulk files (lower case).

In bulk, papers, abstracts and citations are files of their own; a build that is given several joins
them by corpus id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.readers.entry import Item, Place, entry
from kg.readers.json_records import Record
from kg.readers.values import items, mapping, text

#: Keys that give the format away; one of these sets is enough.
KEYS = (
    {"paperId", "title"},
    {"paperId", "externalIds"},
    {"corpusid"},
    {"citingPaper"},
    {"citedPaper"},
    {"citingcorpusid"},
)
_REGISTERS = {"corpusid": "corpusid", "dblp": "dblp", "mag": "mag", "acl": "acl", "pubmed": "pmid"}


def read_record(record: Record, at: Place) -> Iterator[Item]:
    """Yield the paper of a record, or what it adds to one."""
    if "citingcorpusid" in record:
        cited = _corpus(record.get("citedcorpusid"))
        yield from entry(at, ids=[_corpus(record["citingcorpusid"])], cites=[cited], part=True)
        return
    wrapped = mapping(record.get("citingPaper")) or mapping(record.get("citedPaper"))
    yield from _paper(wrapped or record, at)


def _paper(record: Mapping[str, Any], at: Place) -> Iterator[Item]:
    values = {str(key).lower(): value for key, value in record.items()}
    access = mapping(values.get("openaccessinfo"))
    external = _lower(values.get("externalids")) or _lower(access.get("externalids"))
    fields = [mapping(f).get("category") for f in items(values.get("s2fieldsofstudy"))]
    venue = mapping(values.get("publicationvenue")).get("name") or values.get("venue")
    journal = mapping(values.get("journal")).get("name")
    yield from entry(
        at,
        title=values.get("title"),
        abstract=values.get("abstract"),
        authors=[mapping(a).get("name") for a in items(values.get("authors"))],
        when=values.get("publicationdate") or values.get("year"),
        venue=venue or journal,
        doi=external.get("doi"),
        arxiv=external.get("arxiv"),
        url=values.get("url") or mapping(values.get("openaccesspdf")).get("url"),
        categories=[*items(values.get("fieldsofstudy")), *fields],
        cites=[_name(mapping(cited)) for cited in items(values.get("references"))],
        ids=list(_ids(values, external)),
        part="corpusid" in values and "paperid" not in values,
    )


def _ids(values: Mapping[str, Any], external: Mapping[str, Any]) -> Iterator[str | None]:
    if paper := text(values.get("paperid")):
        yield f"s2:{paper}"
    yield _corpus(values.get("corpusid"))
    for key, scheme in _REGISTERS.items():
        if name := text(external.get(key)):
            yield f"{scheme}:{name}"


def _name(cited: Mapping[str, Any]) -> str | None:
    """Return the most widely known identifier of a cited paper."""
    external = _lower(cited.get("externalIds"))
    if doi := text(external.get("doi")):
        return f"doi:{doi.lower()}"
    if arxiv := text(external.get("arxiv")):
        return f"arxiv:{arxiv}"
    paper = text(cited.get("paperId"))
    return f"s2:{paper}" if paper else None


def _corpus(value: object) -> str | None:
    number = text(value)
    return f"corpusid:{number}" if number else None


def _lower(value: object) -> dict[str, Any]:
    return {str(key).lower(): found for key, found in mapping(value).items()}
