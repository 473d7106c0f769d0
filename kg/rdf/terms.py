"""RDF terms as N-Triples writes them: plain strings, so that millions cost little."""

from __future__ import annotations

import re
from functools import lru_cache
from json.encoder import encode_basestring

from kg.errors import KgError
from kg.vocabulary import BASE, LPWC_PREFIXES, NAMESPACE, PREFIXES, instance

#: A predicate with its object, both as N-Triples terms.
Pair = tuple[str, str]
#: A subject as N-Triples term with what is said of it.
Block = tuple[str, list[Pair]]

_KNOWN = LPWC_PREFIXES | PREFIXES
# What no RDF syntax can carry, escaped or not.
_NOWHERE = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
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

    The escapes of JSON are all escapes of N-Triples too, so the outcome is a string in both, and the
    encoder in C can make it. NUL, lone surrogates and non-characters become U+FFFD.

    Example:
        >>> literal('a "b"\n')
        '"a \\"b\\"\\n"'
    """
    if "\x00" in text or not (text.isascii() or _NOWHERE.search(text) is None):
        text = _NOWHERE.sub("\ufffd", text)
    return encode_basestring(text)


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


#: The term for rdf:type, which every block begins with.
TYPE = f"<{PREFIXES['rdf']}type>"
