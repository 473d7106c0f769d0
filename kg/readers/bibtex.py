"""BibTeX and BibLaTeX, an entry at a time; bibtexparser reads the entry, pylatexenc its LaTeX.

An entry with a `crossref` waits for the one that it points to, which stands behind it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import Problem
from kg.readers.entry import Item, Place, entry
from kg.readers.latex import decode
from kg.readers.source import LONGEST_LINE, Source
from kg.readers.values import line, person, unwrapped

Fields = dict[str, str]

_START = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")
_PART = re.compile(r"\s*(?:#\s*)?(\"(?:[^\"{}]|\{[^{}]*\})*\"|\{.*\}|[^#\"{}\s]+)\s*", re.S)
_ARXIV = re.compile(r"(?:arxiv[:\s.]|abs/)\s*([a-z-]+/\d{7}|\d{4}\.\d{4,5})", re.I)
#: Kinds of entry that hold papers and are none.
_HOLDERS = ("proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "mvbook")
_INHERITED = ("year", "date", "month", "publisher", "journal", "journaltitle", "keywords")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def looks_like(head: str) -> bool:
    """Return whether a text holds entries: @article{key, …"""
    return (
        re.search(
            r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]\s{0,9}[^\s,{}=]{0,99}\s{0,9}[,=}]", head, re.M
        )
        is not None
    )


def read(source: Source) -> Iterator[Item]:
    """Yield the paper of each entry."""
    strings: Fields = {month: month for month in _MONTHS}
    holders: dict[str, Fields] = {}
    waiting: list[tuple[Place, Fields]] = []
    for at, fields in _entries(source, strings):
        if isinstance(fields, Problem):
            yield fields
            continue
        if fields["type"] in (*_HOLDERS, "book"):
            kept = {name: fields[name] for name in ("title", *_INHERITED) if name in fields}
            holders[fields["key"].lower()] = kept
        if fields["type"] in _HOLDERS:
            continue
        if fields.get("crossref", "").lower() in ("", *holders):
            yield from _paper(_inherit(fields, holders), at)
        else:
            waiting.append((at, fields))
    for at, fields in waiting:
        if fields["crossref"].lower() not in holders:
            message = f"crossref to {fields['crossref']!r}, which is not in the file"
            yield at.problem(message, "put that entry in", "warning")
        yield from _paper(_inherit(fields, holders), at)


def _paper(fields: Fields, at: Place) -> Iterator[Item]:
    get = fields.get
    title = ": ".join(filter(None, (get("title"), get("subtitle"))))
    eprint = get("eprint") if _is_arxiv(fields) else None
    told = _ARXIV.search(
        " ".join(get(name, "") for name in ("journal", "volume", "note", "howpublished"))
    )
    yield from entry(
        at,
        title=decode(title),
        abstract=unwrapped(decode(get("abstract", ""))),
        authors=_authors(get("author", "")),
        when=get("date") or f"{get('day', '')} {get('month', '')} {get('year', '')}".strip(),
        venue=decode(get("journaltitle") or get("journal") or get("booktitle") or ""),
        doi=get("doi"),
        arxiv=eprint or (told[1] if told else None),
        url=decode(get("url", "")),
        code=get("code") or get("github"),
        categories=[word.strip() for word in re.split("[,;]", decode(get("keywords", "")))],
        ids=[fields["key"]],
    )


def _is_arxiv(fields: Fields) -> bool:
    kind = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    return kind.lower() == "arxiv"


def _inherit(fields: Fields, holders: Mapping[str, Fields]) -> Fields:
    """Return an entry with what it does not say itself from the one that it points to."""
    holder = holders.get(fields.get("crossref", "").lower(), {})
    inherited = {name: holder[name] for name in _INHERITED if name in holder}
    if "title" in holder:
        inherited["booktitle"] = holder["title"]
    return {**inherited, **fields}


def _authors(text: str) -> tuple[str, ...]:
    """Return the names, split at an "and" that is inside no braces."""
    names, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|\s+and\s+", text, re.I):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            names.append(text[start : match.start()])
            start = match.end()
    names.append(text[start:])
    # Braces keep a name whole: no comma in it parts family from given name.
    whole = [n.strip()[:1] == "{" and n.strip()[-1:] == "}" for n in names]
    shown = [decode(n) if w else person(decode(n)) for n, w in zip(names, whole, strict=True)]
    return tuple(name for name in shown if name.lower() not in ("others", ""))


def _entries(source: Source, strings: Fields) -> Iterator[tuple[Place, Fields | Problem]]:
    for at, block in _blocks(source):
        if isinstance(block, Problem):
            yield at, block
            continue
        for found in _parsed(block):
            if found.raw is not None and type(found).__name__ == "String":
                strings[found.key.lower()] = _value(found.value, strings)
            elif type(found).__name__ in ("Entry", "DuplicateFieldKeyBlock"):
                one = getattr(found, "ignore_error_block", None) or found
                fields = {
                    f.key.lower(): _value(str(f.value), strings) for f in reversed(one.fields)
                }
                yield at, {**fields, "type": one.entry_type.lower(), "key": one.key}
            elif type(found).__name__ == "ParsingFailedBlock":
                why = str(getattr(found.error, "abort_reason", found.error))
                yield at, at.problem(f"not BibTeX: {line(why)[:120]}", "check braces and commas")


def _blocks(source: Source) -> Iterator[tuple[Place, str | Problem]]:
    """Yield the text of each entry, up to the line on which the next begins."""
    kept: list[str] = []
    first, size = 1, 0
    for number, text in enumerate(source.lines, 1):
        if _START.match(text):
            if size:
                yield Place(source.name, first), "\n".join(kept)
            kept, first, size = [], number, 0
        kept.append(text)
        size += len(text)
        if size > LONGEST_LINE:
            at = Place(source.name, first)
            yield at, at.problem("an entry that never ends", "close its braces")
            kept, first, size = [], number + 1, 0
    if size:
        yield Place(source.name, first), "\n".join(kept)


def _parsed(block: str) -> list[Any]:
    from bibtexparser.entrypoint import parse_string

    # It reports what it cannot read to the log as well as in its answer.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return list(parse_string(block, parse_stack=[]).blocks)


def _value(raw: str, strings: Fields) -> str:
    """Return a value without its quotes or braces, its `@string` names replaced."""
    raw = raw.strip()
    if raw.startswith("{") and raw.endswith("}") and "#" not in raw:
        return raw[1:-1].strip()
    parts = []
    for part in _PART.findall(raw):
        if part[:1] in ('"', "{"):
            parts.append(part[1:-1])
        else:
            parts.append(part if part.isdigit() else strings.get(part.lower(), part))
    return "".join(parts).strip()
