"""The description of a graph in VoID: what it holds, in which terms, under which base."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.store import Store
from kg.model import KINDS, PREDICATES
from kg.rdf.terms import TYPE, Block, kg, literal, named, typed
from kg.version import __version__
from kg.vocabulary import NAMESPACE, PREFIXES, vocabulary


def graph_iri(base: str) -> str:
    """Return the IRI of a graph: of its description, and the name of the graph in N-Quads."""
    return f"{base}graph"


def describe(store: Store, base: str, triples: int) -> Iterator[Block]:
    """Yield the description of a graph; nothing in it depends on time or place.

    Args:
        store: The graph.
        base: Base of the instances' IRIs.
        triples: Statements apart from those of the description.
    """
    classes = {"Paper": store.count("paper"), "Result": store.count("result")}
    counts = "SELECT kind, count(*) FROM entity GROUP BY kind"
    classes |= {kind: n for kind, n in store.db.execute(counts) if kind in KINDS}
    links = dict(store.db.execute("SELECT predicate, count(*) FROM link GROUP BY predicate"))
    subject = f"<{graph_iri(base)}>"
    parts: list[Block] = []
    for name in sorted(classes):
        if classes[name]:
            pairs = [(named("void:class"), kg(name))]
            pairs.append((named("void:entities"), typed(classes[name], "integer")))
            parts.append((f"<{graph_iri(base)}#{name}>", pairs))
    for name in (predicate for predicate in PREDICATES if predicate in links):
        local = vocabulary().predicates[name]
        pairs = [(named("void:property"), kg(local))]
        pairs.append((named("void:triples"), typed(links[name], "integer")))
        parts.append((f"<{graph_iri(base)}#{local}>", pairs))
    about = [
        (TYPE, named("void:Dataset")),
        (named("dcterms:title"), literal("Knowledge graph of papers")),
        (named("dcterms:creator"), literal(f"paperkg {__version__}")),
        (named("dcterms:conformsTo"), f"<{NAMESPACE[:-1]}/{__version__}>"),
        (named("void:uriSpace"), literal(base)),
    ]
    used = ("cito", "dcterms", "fabio", "kg", "schema", "skos")
    about += [(named("void:vocabulary"), f"<{PREFIXES[prefix]}>") for prefix in used]
    for part, pairs in parts:
        kind = "classPartition" if pairs[0][0] == named("void:class") else "propertyPartition"
        about.append((named(f"void:{kind}"), part))
    total = triples + len(about) + 1 + sum(len(pairs) for _, pairs in parts)
    about.append((named("void:triples"), typed(total, "integer")))
    yield subject, about
    yield from parts
