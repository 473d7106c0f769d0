"""From what a record says to a paper, and to a line about each thing that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import Problem
from kg.model import Entity, Paper
from kg.readers.values import CONTROL, date, http_url, line, names, persons, raw, text
from kg.resolve.identity import identified, identifier, identity
from kg.resolve.ids import arxiv_id
from kg.resolve.ids import doi as doi_of

#: What a reader yields: papers, names for the catalogue, and what could not be used.
Item = Paper | Entity | Problem

#: What is longer is no title or abstract, and a text without end keeps a build from ending.
LONGEST_TITLE, LONGEST_ABSTRACT = 2_000, 50_000

# What arXiv registers for its preprints; the id says as much, and leaves room for the publisher's.
_ARXIV_DOI = "10.48550/arxiv."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the file's name, and its line or number."""

    source: str
    line: int

    def problem(self, message: str, hint: str = "", level: str = "error") -> Problem:
        """Return a problem of this record."""
        return Problem(self.source, self.line, message, hint, level)


def entry(
    at: Place,
    *,
    title: object = None,
    abstract: object = None,
    authors: object = None,
    when: object = None,
    venue: object = None,
    doi: object = None,
    arxiv: object = None,
    url: object = None,
    code: object = None,
    categories: object = None,
    cites: Iterable[object] = (),
    ids: Iterable[object] = (),
    part: bool = False,
) -> Iterator[Paper | Problem]:
    """Yield the paper of a record, and what is wrong with it.

    Every value may be missing or of any type; text is taken from it as far as there is any.

    Args:
        at: Where the record stands.
        title: Its title.
        abstract: Its abstract.
        authors: Names, as a list or as one text; a tuple holds names as they should stand.
        when: Date or year.
        venue: Journal or conference.
        doi: DOI, bare or as a URL.
        arxiv: arXiv id, with or without version.
        url: Landing page.
        code: URLs of code.
        categories: Subjects, keywords.
        cites: Identifiers of cited papers.
        ids: What the source calls it; "openalex:W27" where a register does.
        part: Whether the record only adds to others, so that nothing that it lacks is missed.
    """
    known = [name for name in (identifier(line(id)) for id in ids) if name]
    address = line(url)
    places = [line(doi), *known, address if "doi.org/" in address else ""]
    dois = [found for found in map(doi_of, places) if found and not found.startswith(_ARXIV_DOI)]
    places = [line(arxiv), line(doi), *known, address if "arxiv.org/" in address else ""]
    arxivs = [found for found in map(arxiv_id, places) if found]
    paper = Paper(
        "",
        line(title)[:LONGEST_TITLE],
        text(abstract)[:LONGEST_ABSTRACT],
        persons(authors),
        date(line(when)),
        line(venue) or None,
        next(iter(dois), None),
        next(iter(arxivs), None),
        http_url(address),
        tuple(dict.fromkeys(filter(None, map(http_url, names(code))))),
        names(categories),
        tuple(dict.fromkeys(name for name in (identifier(line(c)) for c in cites) if name)),
    )
    paper = identified(paper, frozenset(known))
    if not paper.title and not (part and identity(paper)):
        yield at.problem("a paper without title", "give it one, or leave it out")
        return
    yield from _remarks(at, paper, raw(title), raw(abstract), line(when), address, part)
    yield paper


def _remarks(
    at: Place, paper: Paper, title: str, abstract: str, when: str, url: str, part: bool
) -> Iterator[Problem]:
    for name, value, most in (
        ("title", title, LONGEST_TITLE),
        ("abstract", abstract, LONGEST_ABSTRACT),
    ):
        if len(value.strip()) > most:
            message = f"a {name} of {len(value):,} characters; the first {most:,} are read"
            yield at.problem(message, "is it one paper?", "warning")
        if count := len(CONTROL.findall(value)):
            yield at.problem(
                f"{count} control character{'s' * (count > 1)} in the {name}; read as spaces",
                "clean the file if you need them",
                "warning",
            )
    if when and not paper.date:
        hint = "write it as 2024-03-05, 2024-03 or 2024"
        yield at.problem(f"no date: {when[:40]!r}; left out", hint, "warning")
    if url and not paper.url:
        hint = "it begins with https:// or http://"
        yield at.problem(f"no web address: {url[:60]!r}; left out", hint, "warning")
    if not paper.abstract and not part:
        hint = "add its abstract to find more"
        yield at.problem("a paper without abstract; only its title is read", hint, "note")
