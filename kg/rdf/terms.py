"""RDF terms as N-Triples writes them: plain strings, so that millions cost little."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import KgError
from kg.vocabulary import BASE, LPWC_PREFIXES, NAMESPACE, PREFIXES, instance

#: A predicate with its object, both as N-Triples terms.
Pair = tuple[str, str]
#: A subject as N-Triples term with what is said of it.
Block = tuple[str, list[Pair]]

_KNOWN = LPWC_PREFIXES | PREFIXES
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ODD = re.compile(r'[\\"\n\r\t]|[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+$")


@lru_cache(maxsize=4096)
def named(name: str) -> str:
    """Return the term of a prefixed name.

    Example:
        >>> named("skos:broader")
        '<http://www.w3.org/2004/02/skos/core#broader>'
    """
    prefix, _, local = name.partition(":")
    return f"<{_KNOWN[prefix]}{local}>"


def kg(local: str) -> str:
    """Return a term of the ontology."""
    return f"<{NAMESPACE}{local}>"


@lru_cache(maxsize=100_000)
def resource(kind: str, id: str, base: str) -> str:
    """Return the term of a paper, entity, result, statement …"""
    return f"<{instance(kind, id, base)}>"


def literal(text: str) -> str:
    r"""Return a string as an N-Triples literal, whatever it holds.

    Control characters are written as escapes; lone surrogates and non-characters, which no RDF
    syntax can carry, become U+FFFD. The outcome is a JSON string too.

    Example:
        >>> literal('a "b"\n')
        '"a \\"b\\"\\n"'
    """
    return f'"{_ODD.sub(_escape, text)}"'


def typed(value: object, datatype: str) -> str:
    """Return a literal of an XML Schema datatype.

    Example:
        >>> typed(5, "integer")
        '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return f'"{value}"^^<{PREFIXES["xsd"]}{datatype}>'


def checked_base(base: str | None) -> str:
    """Return the base of the instances' IRIs, closed with a slash where nothing closes it.

    Raises:
        KgError: It is no absolute IRI.

    Example:
        >>> checked_base("https://example.org/kg")
        'https://example.org/kg/'
    """
    if base is None:
        return BASE
    if not _ABSOLUTE.match(base):
        raise KgError(
            f"The base {base!r} is no absolute IRI.", "Give one such as https://example.org/kg/"
        )
    return base if base.endswith(("/", "#", ":")) else f"{base}/"


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    return f"\\u{code:04X}" if code < 0x80 and code else "\ufffd"


#: The term for rdf:type, which every block begins with.
TYPE = f"<{PREFIXES['rdf']}type>"
