"""When two records are of one paper, and by which names others may cite it.

An identifier is text with its scheme before it: "arxiv:2312.00752", "doi:10.1000/x", "openalex:W27",
"title:…" with the normalised title. What stands without a scheme is an id that only its own file
understands; it never makes two records one paper.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Paper
from kg.resolve.ids import arxiv_id, digest, doi, paper_id, slug, title_key

#: Schemes of identifiers that mean the same paper wherever they are read.
SCHEMES = (
    "arxiv",
    "doi",
    "title",
    "openalex",
    "s2",
    "corpusid",
    "pmid",
    "pmcid",
    "acl",
    "dblp",
    "mag",
)
_SCHEME = re.compile(rf"({'|'.join(SCHEMES)}):(?=\S)")


def identifier(text: str) -> str:
    """Return an id, DOI, arXiv id or URL of either in the form in which identifiers are compared.

    Example:
        >>> identifier("https://doi.org/10.1000/A"), identifier("arXiv:2312.00752v2"), identifier("b7")
        ('doi:10.1000/a', 'arxiv:2312.00752', 'b7')
    """
    if (match := _SCHEME.match(text)) and match[1] not in ("arxiv", "doi"):
        return text
    if arxiv := arxiv_id(text):
        return f"arxiv:{arxiv}"
    found = doi(text)
    return f"doi:{found}" if found else text


def identifiers(paper: Paper) -> frozenset[str]:
    """Return every identifier of a paper: those of its fields, and what other sources call it."""
    names = {*paper.ids, *_own(paper)}
    if not paper.ids and paper.id not in _made(paper):
        names.add(identifier(paper.id))
    return frozenset(names)


def identity(paper: Paper) -> frozenset[str]:
    """Return the identifiers of which one in common makes two records the same paper."""
    return frozenset(name for name in identifiers(paper) if _SCHEME.match(name))


def identified(paper: Paper, names: frozenset[str]) -> Paper:
    """Return a paper known by `names` too, with the id that follows from all of them."""
    others = tuple(sorted(names - _own(paper)))
    given = min((name for name in others if not name.startswith("title:")), default=None)
    id = paper_id(paper.title, paper.arxiv_id, paper.doi, given)
    return replace(paper, id=id, ids=others)


def called(paper: Paper) -> str:
    """Return the id that follows from what a paper says of itself, which another may have too."""
    return identified(paper, identifiers(paper)).id


def set_apart(paper: Paper) -> Paper:
    """Return a paper with an id of its own, where another paper is called the same.

    Example:
        >>> set_apart(Paper("7", "On Bread", ids=("7",))).id
        '7-ade5c0ae'
    """
    return replace(paper, id=_apart(called(paper), paper))


def _own(paper: Paper) -> set[str]:
    names = {f"title:{title_key(paper.title)}"} if paper.title else set()
    names |= {f"arxiv:{paper.arxiv_id}"} if paper.arxiv_id else set()
    return names | ({f"doi:{paper.doi}"} if paper.doi else set())


def _made(paper: Paper) -> set[str | None]:
    """Return the ids that follow from the other fields, so that they tell nothing more."""
    made = slug(paper.title)
    return {paper.arxiv_id, paper.doi, made, _apart(made, paper)}


def _apart(id: str, paper: Paper) -> str:
    return f"{id}-{digest(title_key(paper.title))}"
