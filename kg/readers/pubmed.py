"""PubMed: the XML of its exports, of E-utilities (efetch) and of the baseline files."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import Problem
from kg.readers.entry import Item, Place, entry
from kg.readers.source import Source
from kg.readers.values import line
from kg.readers.xml_records import Element, elements

_SCHEMES = {"doi": "doi", "pubmed": "pmid", "pmc": "pmcid"}


def read(source: Source) -> Iterator[Item]:
    """Yield the paper of each article; a structured abstract keeps its labels, a part a line."""
    for at, found in elements(source, "PubmedArticle", "PubmedBookArticle"):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _paper(found, at)


def _paper(article: Element, at: Place) -> Iterator[Item]:
    citation = next(iter(article.all("MedlineCitation") + article.all("BookDocument")), article)
    text = next(iter(citation.all("Article")), citation)
    data = next(iter(article.all("PubmedData") + article.all("PubmedBookData")), article)
    pmid = citation.first("PMID").strip()
    ids = _ids(data)
    doi = next(
        (e.text for e in text.all("ELocationID") if e.attributes.get("EIdType") == "doi"), ""
    )
    headings = citation.all("MeshHeadingList", "MeshHeading", "DescriptorName")
    yield from entry(
        at,
        title=text.first("ArticleTitle").strip().removesuffix("."),
        abstract="\n".join(_part(part) for part in text.all("Abstract", "AbstractText")),
        authors=tuple(_person(author) for author in text.all("AuthorList", "Author")),
        when=_date(text),
        venue=text.first("Journal", "Title") or text.first("Book", "BookTitle"),
        doi=doi or next((id for id in ids if id.startswith("doi:")), None),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else None,
        categories=[h.text for h in [*headings, *citation.all("KeywordList", "Keyword")]],
        cites=[
            next(iter(_ids(reference)), None)
            for reference in data.all("ReferenceList", "Reference")
        ],
        ids=[f"pmid:{pmid}" if pmid else None, *ids],
    )


def _part(part: Element) -> str:
    label = part.attributes.get("Label", "")
    return f"{label}: {line(part.text)}" if label else line(part.text)


def _person(author: Element) -> str:
    given = author.first("ForeName") or author.first("Initials")
    parts = (given, author.first("LastName"), author.first("Suffix"))
    return " ".join(filter(None, parts)) or author.first("CollectiveName")


def _date(text: Element) -> str:
    """Return the date of the issue, else that of the electronic article."""
    issue = text.all("Journal", "JournalIssue", "PubDate") or text.all("Book", "PubDate")
    dates = filter(None, map(_written, [*issue, *text.all("ArticleDate")]))
    return next(dates, issue[0].first("MedlineDate") if issue else "")


def _written(date: Element) -> str:
    year, month, day = (date.first(tag).strip() for tag in ("Year", "Month", "Day"))
    if month.isdigit():
        return "-".join(filter(None, (year, month.zfill(2), day.zfill(2) if day else "")))
    return " ".join(filter(None, (day, month, year)))


def _ids(data: Element) -> list[str]:
    return [
        f"{_SCHEMES[id.attributes['IdType']]}:{id.text.strip()}"
        for id in data.all("ArticleIdList", "ArticleId")
        if id.attributes.get("IdType") in _SCHEMES and id.text.strip()
    ]
