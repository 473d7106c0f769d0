"""An RDF file in memory, asked for the values of subjects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat

from kg.errors import InputError
from kg.rdf.terms import named
from kg.vocabulary import BASE

Node = NamedNode | BlankNode

#: RDF syntaxes by suffix.
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}


class Source:
    """The statements of a file; names of terms are given with prefixes.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, store: pyoxigraph.Store) -> None:
        self.path = path
        self._store = store
        self._terms: dict[str, NamedNode] = {}

    @classmethod
    def load(cls, path: Path) -> Source:
        """Read a file; its suffix tells the syntax.

        Raises:
            InputError: It is missing, of another kind, or not well formed.
        """
        format = FORMATS.get(path.suffix.lower())
        if format is None:
            raise InputError(f"{path} is no RDF file.", f"Known: {', '.join(FORMATS)}")
        store = pyoxigraph.Store()
        try:
            store.bulk_load(path=str(path), format=format)
        except SyntaxError as error:
            place = f"{path}:{error.lineno}" if error.lineno else str(path)
            raise InputError(f"{place}: {error.msg}", "It is not well-formed RDF.") from None
        except (OSError, ValueError) as error:
            raise InputError(f"Cannot read {path}: {error}") from None
        return cls(path, store)

    def term(self, name: str) -> NamedNode:
        """Return the node of a prefixed name."""
        if name not in self._terms:
            self._terms[name] = NamedNode(named(name)[1:-1])
        return self._terms[name]

    def base(self) -> str:
        """Return the base of the instances' IRIs, as the description of the graph states it."""
        for node in self.instances("void:Dataset"):
            if base := self.text(node, "void:uriSpace"):
                return base
        return BASE

    def instances(self, name: str) -> Iterator[Node]:
        """Yield the subjects of a class."""
        return self.subjects("rdf:type", self.term(name))

    def is_a(self, node: Node, name: str) -> bool:
        """Tell whether a node is of a class."""
        return self.term(name) in self.nodes(node, "rdf:type")

    def subjects(self, predicate: str, object: Node) -> Iterator[Node]:
        """Yield what stands in a relation to a node."""
        for quad in self._store.quads_for_pattern(None, self.term(predicate), object, None):
            if isinstance(quad.subject, Node):
                yield quad.subject

    def nodes(self, subject: Node, predicate: str) -> list[Node]:
        """Return the nodes that are values of a predicate."""
        return [value for value in self._values(subject, predicate) if isinstance(value, Node)]

    def node(self, subject: Node, predicate: str) -> Node | None:
        """Return the smallest node that is a value of a predicate, where there is one."""
        return min(self.nodes(subject, predicate), key=lambda node: node.value, default=None)

    def texts(self, subject: Node, predicate: str) -> list[str]:
        """Return the literals that are values of a predicate."""
        found = self._values(subject, predicate)
        return [value.value for value in found if isinstance(value, pyoxigraph.Literal)]

    def text(self, subject: Node, predicate: str) -> str | None:
        """Return the smallest literal that is a value of a predicate, where there is one."""
        return min(self.texts(subject, predicate), default=None)

    def _values(self, subject: Node, predicate: str) -> list[Any]:
        quads = self._store.quads_for_pattern(subject, self.term(predicate), None, None)
        return [quad.object for quad in quads]
