"""Records of the same paper become one: the fuller wins field by field, nothing is dropped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Paper, sorted_unique
from kg.resolve.identity import identified, identifiers, identity
from kg.resolve.ids import fold, title_key


def merge_papers(first: Paper, second: Paper) -> Paper:
    """Return one record for two of the same paper, whichever comes first.

    The longer text wins, the larger string on a tie, so that the outcome does not depend on the
    order in which records are read. Sources, links, categories and citations are united; a title, DOI
    or arXiv id that does not win stays among the `ids`.

    Example:
        >>> a, b = Paper("x", "T", "Short."), Paper("x", "T", "Longer text.", date="2024")
        >>> merge_papers(a, b) == merge_papers(b, a)
        True
    """
    a, b = first, second
    merged = replace(
        a,
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
    return identified(merged, identifiers(a) | identifiers(b))


def conflicts(first: Paper, second: Paper) -> Iterator[tuple[str, str, str]]:
    """Yield (field, one value, the other) where two records of a paper contradict each other.

    A value that only says more than the other ("2024-03" and "2024") is no contradiction.
    """
    if first.title and second.title and title_key(first.title) != title_key(second.title):
        yield "title", first.title, second.title
    if first.abstract != second.abstract and _differ(fold(first.abstract), fold(second.abstract)):
        yield "abstract", first.abstract, second.abstract
    for field in ("date", "doi", "arxiv_id"):
        one, other = getattr(first, field) or "", getattr(second, field) or ""
        if _differ(one, other):
            yield field, one, other


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one not in other and other not in one


def _fuller(one: str | None, other: str | None) -> str | None:
    return max(one or "", other or "", key=lambda text: (len(text), text)) or None


class Gathering:
    """Records in, distinct papers out; the outcome does not depend on the order of the records.

    Records are of the same paper when they share a normalised title, a DOI, an arXiv id or an id of
    a register; a record that shares one with two papers shows that these are one.

    Attributes:
        count: Records taken in.
        conflicts: (paper as it was, record) of every pair that was merged and contradicts itself.
    """

    def __init__(self) -> None:
        self.count = 0
        self.conflicts: list[tuple[Paper, Paper]] = []
        self._fresh = itertools.count()
        self._papers: dict[int, Paper] = {}
        self._number: dict[str, int] = {}
        self._names: dict[int, set[str]] = {}

    def add(self, record: Paper, *, new: bool = True) -> None:
        """Take in a record; one that is not `new` is not counted as read."""
        self.count += new
        names = set(identity(record))
        paper = record
        known = sorted({self._number[name] for name in names if name in self._number})
        for number in known:
            if any(conflicts(self._papers[number], paper)):
                self.conflicts.append((self._papers[number], paper))
            paper = merge_papers(self._papers.pop(number), paper)
            names |= self._names.pop(number)
        number = known[0] if known else next(self._fresh)
        self._papers[number], self._names[number] = paper, names
        self._number.update(dict.fromkeys(names, number))

    def papers(self) -> list[Paper]:
        """Return the distinct papers, by id; two papers may still be called the same."""
        return sorted(self._papers.values(), key=lambda paper: (paper.id, paper.title))
