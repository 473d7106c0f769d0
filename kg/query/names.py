"""From what a user types to an entity or a paper of the graph."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from kg.errors import UnknownName
from kg.graph.store import Store, paper_of
from kg.model import KINDS, Entity, Paper
from kg.resolve.ids import arxiv_id, doi, fold, slug, title_key

#: How an entity is named: a name, an alias or an id, "Method:KAN", or the entity itself.
Name = str | Entity
#: How a paper is named: its id, title, arXiv id, DOI or their web address, or the paper itself.
PaperName = str | Paper

#: Names that are compared letter by letter for "did you mean".
_CANDIDATES = 300


def find_key(store: Store, name: Name, kinds: Sequence[str] = KINDS) -> int:
    """Return the integer key of the entity that a name, alias or id means.

    Where several entities answer to it, the one named by most papers is meant; kinds are preferred in
    the order given. "Method:KAN" restricts the kind.

    Raises:
        UnknownName: No entity of these kinds answers to it; the hint offers near names.
    """
    if isinstance(name, Entity):
        name = f"{name.kind}:{name.id}"
    prefix, _, rest = name.partition(":")
    if rest and prefix.capitalize() in KINDS:
        return find_key(store, rest.strip(), [prefix.capitalize()])
    marks = ", ".join("?" * len(kinds))
    # The plus keeps SQLite from walking all entities of a kind instead of the few of that alias.
    rows = store.db.execute(
        "SELECT key, kind, (SELECT count(*) FROM link l WHERE l.entity = key) FROM entity"
        f" WHERE (kind IN ({marks}) AND id = ?)"
        f" OR (+kind IN ({marks}) AND key IN (SELECT entity FROM alias WHERE folded = ?))",
        (*kinds, name, *kinds, fold(name)),
    ).fetchall()
    # Folding makes "A*" and "C++" single letters; their ids spell the signs out.
    if slug(name) != slug(fold(name)):
        rows = _by_slug(store, name, kinds) or rows
    if not rows:
        raise UnknownName(f"The graph has no {_kinds(kinds)} {name!r}.", _near(store, name, kinds))
    return int(min(rows, key=lambda row: (-row[2], list(kinds).index(row[1]), row[0]))[0])


def _by_slug(store: Store, name: str, kinds: Sequence[str]) -> list[tuple[int, str, int]]:
    marks = ", ".join("?" * len(kinds))
    return store.db.execute(
        "SELECT key, kind, (SELECT count(*) FROM link l WHERE l.entity = key) FROM entity"
        f" WHERE kind IN ({marks}) AND id = ?",
        (*kinds, slug(name)),
    ).fetchall()


def find_kind(kind: str) -> str:
    """Return a kind as the ontology writes it.

    Raises:
        UnknownName: There is no such kind.

    Example:
        >>> find_kind("datasets")
        'Dataset'
    """
    for known in KINDS:
        if kind.casefold() in (known.casefold(), f"{known.casefold()}s"):
            return known
    raise UnknownName(f"There is no kind {kind!r}.", f"Known: {', '.join(KINDS)}")


def find_paper(store: Store, name: PaperName) -> Paper:
    """Return the paper of an id, title, arXiv id, DOI or one of their web addresses.

    Raises:
        UnknownName: There is none; the hint offers titles with the same words.
    """
    if isinstance(name, Paper):
        name = name.id
    row = store.db.execute(
        "SELECT record FROM paper WHERE id = ? OR title_key = ? OR arxiv_id = ? OR doi = ?"
        " ORDER BY id <> ?, id LIMIT 1",
        (name, title_key(name), arxiv_id(name), doi(name), name),
    ).fetchone()
    if row is None:
        raise UnknownName(f"The graph has no paper {name!r}.", _near_titles(store, name))
    return paper_of(row[0])


def entity(store: Store, key: int) -> Entity:
    """Return an entity with its aliases."""
    found = store.entity_of(key)
    if found is None:
        raise UnknownName("The graph has no such entity.")
    return Entity(found.kind, found.id, found.name, store.aliases(key, found.name), found.broader)


def match(words: str, joined: str = " ") -> str:
    """Return a full-text query that asks for words, each taken literally; `joined` may be " OR "."""
    # SQLite takes a NUL for the end of the query.
    quoted = ['"' + word.replace('"', '""') + '"' for word in words.replace("\x00", " ").split()]
    return joined.join(quoted) or '""'


def _kinds(kinds: Sequence[str]) -> str:
    return "entity" if len(kinds) == len(KINDS) else " or ".join(kind.lower() for kind in kinds)


def _near(store: Store, name: str, kinds: Sequence[str]) -> str:
    """Return a hint with the nearest names, chosen among those that share most trigrams."""
    wanted, marks = fold(name), ", ".join("?" * len(kinds))
    parts = " ".join(dict.fromkeys(_trigrams(wanted)))
    rows = store.db.execute(
        "SELECT t.folded, e.name FROM alias_text t JOIN entity e ON e.key = t.entity"
        f" WHERE alias_text MATCH ? AND e.kind IN ({marks}) ORDER BY rank, t.folded LIMIT ?",
        (match(parts, " OR "), *kinds, _CANDIDATES),
    ).fetchall()
    rows += store.db.execute(
        "SELECT a.folded, e.name FROM alias a JOIN entity e ON e.key = a.entity"
        f" WHERE a.folded >= ? AND a.folded < ? AND e.kind IN ({marks}) ORDER BY a.folded LIMIT ?",
        (wanted[:2], wanted[:2] + "\U0010ffff", *kinds, _CANDIDATES),
    ).fetchall()
    by_fold = dict(sorted(rows, reverse=True))
    near = difflib.get_close_matches(wanted, sorted(by_fold), n=8, cutoff=0.6)
    near += sorted(f for f in by_fold if wanted and f.startswith(wanted))[:3]
    names = list(dict.fromkeys(by_fold[n] for n in near))[:5]
    return f"Did you mean: {', '.join(names)}?" if names else "Search for it: kg find WORDS"


def _trigrams(text: str) -> list[str]:
    # Trigrams that span a space would be split by `match`.
    return [part for i in range(len(text) - 2) if " " not in (part := text[i : i + 3])]


def _near_titles(store: Store, name: str) -> str:
    rows = store.db.execute(
        "SELECT p.title FROM paper_text JOIN paper p ON p.key = paper_text.rowid"
        " WHERE paper_text MATCH ? ORDER BY rank, p.id LIMIT 3",
        (f"title : ({match(fold(name), ' OR ')})",),
    ).fetchall()
    titles = ", ".join(f"“{title}”" for (title,) in rows)
    return f"Did you mean: {titles}?" if titles else "Search for it: kg find WORDS"
