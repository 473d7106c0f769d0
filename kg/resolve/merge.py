"""Two records of the same paper become one: the fuller wins field by field, nothing is dropped."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Paper, sorted_unique


def merge_papers(first: Paper, second: Paper) -> Paper:
    """Return one record for two of the same paper, whichever comes first.

    The longer text wins, the larger string on a tie, so that the outcome does not depend on the
    order in which records are read. Sources, links and categories are united.

    Example:
        >>> a, b = Paper("x", "T", "Short."), Paper("x", "T", "Longer text.", date="2024")
        >>> merge_papers(a, b) == merge_papers(b, a)
        True
    """
    a, b = first, second
    return replace(
        a,
        id=min(a.id, b.id, key=lambda id: (_worth(id, a, b), id)),
        title=_fuller(a.title, b.title) or "",
        abstract=_fuller(a.abstract, b.abstract) or "",
        authors=max(a.authors, b.authors, key=lambda names: (len(names), names)),
        date=_fuller(a.date, b.date),
        venue=_fuller(a.venue, b.venue),
        doi=_fuller(a.doi, b.doi),
        arxiv_id=_fuller(a.arxiv_id, b.arxiv_id),
        url=_fuller(a.url, b.url),
        code_urls=sorted_unique([*a.code_urls, *b.code_urls]),
        categories=sorted_unique([*a.categories, *b.categories]),
        cites=sorted_unique([*a.cites, *b.cites]),
        sources=sorted_unique([*a.sources, *b.sources]),
    )


def _fuller(one: str | None, other: str | None) -> str | None:
    return max(one or "", other or "", key=lambda text: (len(text), text)) or None


def _worth(id: str, a: Paper, b: Paper) -> int:
    """Rank an id: arXiv id, then DOI, then a source's own id or the title's slug."""
    if id in (a.arxiv_id, b.arxiv_id):
        return 0
    return 1 if id in (a.doi, b.doi) else 2
