"""What there is to say of records that were merged, or could not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.errors import Problem
from kg.model import Paper, sorted_unique
from kg.resolve.identity import called
from kg.resolve.merge import conflicts


def untitled(paper: Paper) -> Problem:
    """Return the problem of an abstract or citation whose paper was in no input."""
    return Problem(
        " and ".join(paper.sources),
        0,
        f"something about a paper whose title is missing ({paper.id})",
        "read the file that holds its title along with it",
    )


def contradictions(pairs: Iterable[tuple[Paper, Paper]]) -> list[Problem]:
    """Return a note for each field in which two records of one paper contradict each other."""
    return sorted({note for pair in pairs for note in _notes(*pair)})


def namesakes(papers: Iterable[Paper]) -> Iterator[Problem]:
    """Yield a note for each id that sources give to several of these papers."""
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.id != called(paper):
            groups[called(paper)].append(paper)
    for id, group in sorted(groups.items()):
        titles = ", ".join(_short(paper.title) for paper in group[:3])
        yield Problem(
            " and ".join(sorted_unique(s for paper in group for s in paper.sources)),
            0,
            f"{len(group)} papers are called {id!r}: {titles}; each got an id of its own",
            "give each paper its own id, or a DOI",
            "warning",
        )


def _notes(one: Paper, other: Paper) -> Iterator[Problem]:
    sources = " and ".join(sorted_unique([*one.sources, *other.sources]))
    for field, a, b in conflicts(one, other):
        kept, lost = sorted((a, b), key=lambda text: (len(text), text), reverse=True)
        about = f"{_short(one.title or other.title)}: {field}"
        yield Problem(sources, 0, f"{about} {_short(kept)} kept, not {_short(lost)}", level="note")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
