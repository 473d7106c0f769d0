"""Whether RDF keeps to the shapes of the ontology (SHACL), and what to mend where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, KgError
from kg.model import Listing, Shown
from kg.rdf.source import FORMATS
from kg.resources import folder
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Violation(Shown):
    """A node that breaks a rule of the shapes.

    Attributes:
        message: The rule, in words.
        node: IRI of the node.
        path: The property in question, with its prefix; "" where the node itself is wrong.
        value: The value in question; "" where one is missing or there are too many.
    """

    message: str
    node: str
    path: str
    value: str

    def to_json(self) -> dict[str, Any]:
        """Return the violation as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


def validate(path: Path, shapes: Path | None = None) -> Listing[Violation]:
    """Return what in an RDF file breaks the shapes, sorted; nothing where it conforms.

    Args:
        path: Turtle, N-Triples, N-Quads, JSON-LD or RDF/XML, by its suffix.
        shapes: Shapes of your own; None takes ontology/shapes.ttl.

    Raises:
        InputError: The file is missing or not well formed.
        KgError: pySHACL is not installed.
    """
    try:
        import pyshacl
        import rdflib
    except ImportError:
        raise KgError(
            "Validation needs pySHACL, which is not installed.",
            "Install it: pip install 'paperkg[shacl]'",
        ) from None
    ontology = folder("ontology")
    _, report, _ = pyshacl.validate(
        _graph(path),
        shacl_graph=rdflib.Graph().parse(shapes or ontology / "shapes.ttl"),
        ont_graph=rdflib.Graph().parse(ontology / "paperkg.ttl"),
        inference="none",
        do_owl_imports=False,
    )
    return Listing(sorted(set(_violations(report))))


def _graph(path: Path) -> rdflib.Graph:
    """Return the triples of a file, whichever named graph they stand in."""
    import pyoxigraph
    import rdflib

    format = FORMATS.get(path.suffix.lower())
    if format is None:
        raise InputError(f"{path} is no RDF file.", f"Known: {', '.join(FORMATS)}")
    graph = rdflib.Graph()
    try:
        quads = pyoxigraph.parse(path=str(path), format=format)
        triples = (quad.triple if isinstance(quad, pyoxigraph.Quad) else quad for quad in quads)
        lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise InputError(f"{place}: {error.msg}", "It is not well-formed RDF.") from None
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror or error}") from None
    return graph.parse(data=(lines or b"").decode("utf-8"), format="nt")


def _violations(report: Any) -> list[Violation]:
    import rdflib

    sh = rdflib.SH
    found = []
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        message = report.value(result, sh.resultMessage)
        node, path = report.value(result, sh.focusNode), report.value(result, sh.resultPath)
        value = report.value(result, sh.value)
        said = "" if value is None or value == node else str(value)
        found.append(Violation(str(message), str(node), _short(path), said))
    return found


def _short(path: Any) -> str:
    import rdflib

    if not isinstance(path, rdflib.URIRef):
        return ""
    for prefix, iri in PREFIXES.items():
        if path.startswith(iri):
            return f"{prefix}:{path[len(iri) :]}"
    return str(path)
