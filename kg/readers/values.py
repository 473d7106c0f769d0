"""Values of records, whatever their type: text, names, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

#: Characters that no text carries on purpose: controls, and halves of surrogate pairs.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

_DEEPEST = 4
_DATE = re.compile(
    r"\s*((?:1[6-9]|20|21)\d\d)(?:[-/.]?(0[1-9]|1[0-2]|[1-9](?!\d))"
    r"(?:[-/.]?(0[1-9]|[12]\d|3[01]|[1-9](?!\d)))?)?(?!\d)"
)
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_NAMED_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.I)
_YEAR = re.compile(r"(?<!\d)((?:1[6-9]|20|21)\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)")
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"]+$", re.I)
_JUNIOR = re.compile(r"(?:jr|sr|i{2,3}|iv)\.?$", re.I)
_TAG = re.compile(
    r"</?(?:jats:[\w-]+|[ibpu]|br|em|strong|su[bp]|scp|tt|italic|bold|sec|title)\b[^<>]{0,200}>",
    re.I,
)


def raw(value: object, depth: int = _DEEPEST) -> str:
    """Return a value as text; lists are joined, objects give their name."""
    if value is None or isinstance(value, bool) or depth < 0:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(filter(None, (raw(item, depth - 1) for item in value)))
    if isinstance(value, Mapping):
        named = (value.get(key) for key in ("name", "display_name", "value", "text"))
        return raw(next(filter(None, named), None), depth - 1)
    return str(value)


def text(value: object) -> str:
    """Return a value as text without control characters."""
    return CONTROL.sub(" ", raw(value)).strip()


def line(value: object) -> str:
    """Return a value as text on one line."""
    return " ".join(text(value).split())


def names(value: object) -> tuple[str, ...]:
    """Return distinct names from a list, or from "A; B", "A | B" or "A and B"."""
    if isinstance(value, str):
        value = re.split(r" ?; ?| and | ?\| ?", line(value))
    elif not isinstance(value, list | tuple):
        value = [value]
    return tuple(dict.fromkeys(filter(None, map(line, value))))


def persons(value: object) -> tuple[str, ...]:
    """Return full names, given name first, from a list or one text; those of a tuple stay as they are.

    Example:
        >>> persons("Noether, Emmy and King, Jr., Martin"), persons("Ada Lovelace, Emmy Noether")
        (('Emmy Noether', 'Martin King Jr.'), ('Ada Lovelace', 'Emmy Noether'))
    """
    found = names(value)
    if isinstance(value, tuple):
        return found
    if isinstance(value, str) and len(found) == 1:
        parts = [part.strip() for part in re.split(r",(?!\s*(?:jr|sr)\b)", found[0], flags=re.I)]
        if len(parts) > 2 or all(" " in part for part in parts):
            found = names(parts)
    return tuple(dict.fromkeys(filter(None, map(person, found))))


def person(name: str) -> str:
    """Return a name with the given name first.

    Example:
        >>> person("van Gogh, Vincent"), person("World Health Organization")
        ('Vincent van Gogh', 'World Health Organization')
    """
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3 and _JUNIOR.match(parts[1]):
        return f"{parts[2]} {parts[0]} {parts[1]}".strip()
    if len(parts) == 2 and not _JUNIOR.match(parts[1]):
        return f"{parts[1]} {parts[0]}".strip()
    return name.strip()


def date(value: str) -> str | None:
    """Return an ISO date as exact as known, or None.

    Example:
        >>> date("2024/3/5"), date("20240305"), date("12 March 2024"), date("2021"), date("soon")
        ('2024-03-05', '2024-03-05', '2024-03-12', '2021', None)
    """
    if match := _DATE.match(value):
        year, month, day = match.groups()
        if month:
            return "-".join(part.zfill(2) for part in (year, month, day) if part)
    year_, month_ = _YEAR.search(value), _NAMED_MONTH.search(value)
    if not year_:
        return None
    if not month_:
        return year_[1] if match else None
    day_ = _DAY.search(value[: year_.start()] + value[year_.end() :])
    parts = [year_[1], _MONTHS[month_[1].lower()]]
    return "-".join([*parts, day_[1].zfill(2)] if day_ else parts)


def http_url(value: object) -> str | None:
    """Return a web address, or None for anything else, such as a script."""
    address = text(value)
    if address.lower().startswith(("www.", "doi.org/", "arxiv.org/", "github.com/")):
        address = f"https://{address}"
    return address if _URL.match(address) else None


def unwrapped(value: object) -> str:
    r"""Return text whose lines were broken at a width with its paragraphs as lines.

    Example:
        >>> unwrapped("One two\nthree.\n  A new paragraph\nbegins.")
        'One two three.\nA new paragraph begins.'
    """
    paragraphs = re.split(r"\r?\n\s*\r?\n|\r?\n[ \t]{2,}(?=\S)", raw(value).strip())
    return "\n".join(" ".join(paragraph.split(None)) for paragraph in paragraphs)


def plain(value: object) -> str:
    """Return text without the tags with which registers set type (JATS, <i>, <sub>)."""
    content = raw(value)
    return unescape(_TAG.sub("", content)).strip() if "<" in content else content


def mapping(value: object) -> Mapping[str, Any]:
    """Return a value that should be an object, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> list[Any]:
    """Return a value that should be a list, or an empty one."""
    return list(value) if isinstance(value, list | tuple) else []
