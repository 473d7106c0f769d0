"""RDF in every syntax that tools read: Turtle, N-Triples, N-Quads, JSON-LD, RDF/XML.

All are written from one stream of blocks (`kg.rdf.statements`, or a profile of other terms), a subject
at a time, so that the memory they need does not grow with the graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from kg.errors import KgError
from kg.graph.store import Store
from kg.rdf import lpwc, statements
from kg.rdf.describe import graph_iri
from kg.rdf.terms import TYPE, Block, Pair, checked_base
from kg.resources import folder
from kg.vocabulary import LPWC_PREFIXES, PREFIXES

if TYPE_CHECKING:
    import rdflib

#: Sets of terms: ours, and those of Linked Papers With Code.
PROFILES = ("paperkg", "lpwc")

_LOCAL = re.compile(r"[A-Za-z][\w-]*$", re.ASCII)
_XSD = f"^^<{PREFIXES['xsd']}"
# What XML 1.0 cannot carry, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be written: blocks, the base of their IRIs, and prefixes for their terms."""

    base: str
    prefixes: dict[str, str]
    blocks: Iterator[Block]


def document(
    store: Store,
    *,
    base_iri: str | None = None,
    profile: str = "paperkg",
    evidence: bool = False,
    **_: object,
) -> Document:
    """Return a graph as the options of a writer ask for it.

    Args:
        store: The graph.
        base_iri: Base of the instances' IRIs.
        profile: One of `PROFILES`.
        evidence: Whether to add the words and the rule behind each statement.

    Raises:
        KgError: The base is no IRI, there is no such profile, or it has no terms for evidence.
    """
    base = checked_base(base_iri)
    if profile not in PROFILES:
        raise KgError(f"There is no profile {profile!r}.", f"Known: {', '.join(PROFILES)}")
    if profile == "paperkg":
        return Document(base, PREFIXES, statements.blocks(store, base, evidence))
    if evidence:
        raise KgError(
            "Linked Papers With Code has no terms for evidence.",
            "Leave out --evidence or --profile.",
        )
    return Document(base, LPWC_PREFIXES, lpwc.blocks(store, base))


def _writer(write: Callable[[TextIO, Document], None]) -> Callable[..., None]:
    """Return a writer for `WRITERS` of what writes a document in one syntax."""

    def run(store: Store, path: Path, **options: Any) -> None:
        made = document(store, **options)
        with path.open("w", encoding="utf-8", newline="\n") as out:
            write(out, made)

    run.__doc__ = write.__doc__
    return run


@_writer
def write_turtle(out: TextIO, made: Document) -> None:
    """Write Turtle."""
    for prefix, iri in made.prefixes.items():
        out.write(f"@prefix {prefix}: <{iri}> .\n")
    names = _Names(made.prefixes)
    for subject, pairs in made.blocks:
        out.write(f"\n{subject} {_turtle(pairs, names)} .\n")


@_writer
def write_ntriples(out: TextIO, made: Document) -> None:
    """Write N-Triples."""
    for subject, pairs in made.blocks:
        out.writelines(f"{subject} {predicate} {object} .\n" for predicate, object in pairs)


@_writer
def write_nquads(out: TextIO, made: Document) -> None:
    """Write N-Quads, all in one named graph, so that a store can drop it as a whole."""
    end = f"<{graph_iri(made.base)}> .\n"
    for subject, pairs in made.blocks:
        out.writelines(f"{subject} {predicate} {object} {end}" for predicate, object in pairs)


@_writer
def write_jsonld(out: TextIO, made: Document) -> None:
    """Write JSON-LD, a line for each subject, with the context of the ontology inside."""
    context = json.loads((folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))
    terms = dict(_context_terms(context["@context"]))
    out.write('{"@context": ' + json.dumps(context["@context"], ensure_ascii=False))
    out.write(',\n"@graph": [')
    for place, (subject, pairs) in enumerate(made.blocks):
        fields = ", ".join(_json_fields(pairs, terms))
        out.write(f'{"," if place else ""}\n{{"id": {json.dumps(subject[1:-1])}, {fields}}}')
    out.write("\n]}\n")


@_writer
def write_rdfxml(out: TextIO, made: Document) -> None:
    """Write RDF/XML; control characters, which XML cannot carry, become U+FFFD."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
    for prefix, iri in made.prefixes.items():
        out.write(f"\n    xmlns:{prefix}={quoteattr(iri)}")
    out.write(">\n")
    names = _Names(made.prefixes)
    for subject, pairs in made.blocks:
        out.write(f"  <rdf:Description rdf:about={quoteattr(subject[1:-1])}>\n")
        out.writelines(f"    {_xml(*pair, names)}\n" for pair in pairs)
        out.write("  </rdf:Description>\n")
    out.write("</rdf:RDF>\n")


class _Names(dict[str, str]):
    """Terms of vocabularies with their prefixes; they are few, and each is shortened once."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        super().__init__({TYPE: "rdf:type"})
        self._prefixes = prefixes
        self.starts = tuple(f"<{iri}" for iri in prefixes.values())

    def __missing__(self, term: str) -> str:
        for prefix, iri in self._prefixes.items():
            if term.startswith(f"<{iri}") and _LOCAL.match(local := term[len(iri) + 1 : -1]):
                self[term] = f"{prefix}:{local}"
                return self[term]
        return term


def _turtle(pairs: list[Pair], names: _Names) -> str:
    parts: list[str] = []
    last = ""
    for predicate, object in pairs:
        if predicate == last:
            parts.append(", ")
        else:
            verb = "a" if predicate == TYPE else names[predicate]
            parts.append(f" ;\n    {verb} " if last else f"{verb} ")
            last = predicate
        if object[0] == "<":
            # Instances are many and stand under no prefix: they are not looked up.
            parts.append(names[object] if object.startswith(names.starts) else object)
        elif object[-1] == '"':
            parts.append(object)
        else:
            text, _, datatype = object.rpartition(_XSD)
            parts.append(f"{text}^^xsd:{datatype[:-1]}")
    return "".join(parts)


def _context_terms(context: dict[str, Any]) -> Iterator[tuple[Pair, str]]:
    """Yield ((predicate, what its values are), name) of a JSON-LD context without nested contexts.

    Values are "@id" for nodes, "" for plain strings, else the IRI of a datatype.
    """

    def full(name: str) -> str:
        prefix, mark, local = name.partition(":")
        return f"{context[prefix]}{local}" if mark and prefix in context else name

    for name, meaning in context.items():
        id, kind = (
            (meaning["@id"], meaning["@type"]) if isinstance(meaning, dict) else (meaning, "")
        )
        yield (f"<{full(id)}>", full(kind)), name


def _json_fields(pairs: list[Pair], terms: dict[Pair, str]) -> Iterator[str]:
    said: dict[str, list[str]] = {}
    for predicate, object in pairs:
        kind, value = _json_value(object)
        name = "type" if predicate == TYPE else terms[predicate, kind]
        said.setdefault(name, []).append(value)
    for name, values in said.items():
        value = values[0] if len(values) == 1 else f"[{', '.join(values)}]"
        yield f"{json.dumps(name)}: {value}"


def _json_value(term: str) -> Pair:
    """Return what a value is, and the value in JSON; an N-Triples string is a JSON string."""
    if term[0] == "<":
        return "@id", json.dumps(term[1:-1])
    text, _, datatype = term.rpartition('"')
    return datatype[3:-1], f'{text}"'


def _xml(predicate: str, object: str, names: _Names) -> str:
    name = names[predicate]
    if object[0] == "<":
        return f"<{name} rdf:resource={quoteattr(object[1:-1])}/>"
    text, _, datatype = object.rpartition('"')
    value = escape(_NOT_XML.sub("\ufffd", json.loads(f'{text}"')), {"\r": "&#13;"})
    kind = f" rdf:datatype={quoteattr(datatype[3:-1])}" if datatype else ""
    return f"<{name}{kind}>{value}</{name}>"


def to_rdflib(store: Store, **options: Any) -> rdflib.Graph:
    """Return the graph as an rdflib Graph, prefixes bound; options as for the writers."""
    import rdflib

    made = document(store, **options)
    graph = rdflib.Graph()
    for prefix, iri in made.prefixes.items():
        graph.bind(prefix, iri)
    lines = (f"{s} {p} {o} ." for s, pairs in made.blocks for p, o in pairs)
    graph.parse(data="\n".join(lines), format="nt")
    return graph
