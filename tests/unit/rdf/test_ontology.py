"""The ontology is whole, documented, and speaks of terms that exist."""

import json
import re

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.export.rdf import document
from kg.rdf.terms import TYPE
from kg.version import __version__
from kg.vocabulary import LPWC_PREFIXES, NAMESPACE, PREFIXES
from tests.conftest import ROOT

FOLDER = ROOT / "ontology"
ONTOLOGY = rdflib.Graph().parse(FOLDER / "paperkg.ttl")
TERMS = sorted(str(t) for t in set(ONTOLOGY.subjects(RDFS.isDefinedBy, None)))


def local(term):
    return str(term)[len(NAMESPACE) :]


def test_every_term_has_a_label_a_definition_and_a_place():
    assert len(TERMS) >= 40
    for term in map(rdflib.URIRef, TERMS):
        assert ONTOLOGY.value(term, RDFS.label), term
        assert str(ONTOLOGY.value(term, RDFS.comment)).endswith("."), term
        if (term, RDF.type, OWL.Class) not in ONTOLOGY:
            assert ONTOLOGY.value(term, RDFS.domain), term
            assert ONTOLOGY.value(term, RDFS.range), term


def test_our_own_terms_that_are_used_are_defined():
    used = {t for triple in ONTOLOGY for t in triple if str(t).startswith(NAMESPACE)}
    assert {str(t) for t in used} - {NAMESPACE} <= set(TERMS)
    shapes = (FOLDER / "shapes.ttl").read_text(encoding="utf-8")
    names = set(re.findall(r"kg:(\w+)", shapes))
    shaped = {name for name in names if name.endswith(("Shape", "Domain"))}
    assert {NAMESPACE + name for name in names - shaped} <= set(TERMS)


def test_the_readme_explains_every_term_and_every_mapping():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"(?<!\w)kg:(\w+)", readme))
    assert explained == {local(term) for term in TERMS}
    names = dict(ONTOLOGY.namespaces())
    for term in map(rdflib.URIRef, TERMS):
        for relation in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch):
            for other in ONTOLOGY.objects(term, relation):
                if isinstance(other, rdflib.URIRef) and not other.startswith(NAMESPACE):
                    prefix, iri = max(
                        (item for item in names.items() if other.startswith(item[1])),
                        key=lambda item: len(item[1]),
                    )
                    row = next(
                        x for x in readme.splitlines() if x.startswith(f"| kg:{local(term)} ")
                    )
                    assert f"{prefix}:{other[len(iri) :]}" in row, (term, other)


def test_the_version_is_that_of_the_program():
    version = ONTOLOGY.value(rdflib.URIRef(NAMESPACE[:-1]), OWL.versionIRI)
    assert str(version) == f"{NAMESPACE[:-1]}/{__version__}"


def test_inverses_swap_domain_and_range():
    pairs = list(ONTOLOGY.subject_objects(OWL.inverseOf))
    assert len(pairs) >= 3
    for one, other in pairs:
        assert ONTOLOGY.value(one, RDFS.domain) == ONTOLOGY.value(other, RDFS.range)
        assert ONTOLOGY.value(one, RDFS.range) == ONTOLOGY.value(other, RDFS.domain)


def test_the_context_names_every_predicate_that_is_written(graph):
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    known = LPWC_PREFIXES | PREFIXES
    assert {k: v for k, v in context.items() if k in known} == known
    ids = {m["@id"] if isinstance(m, dict) else m for m in context.values()}
    for options in ({"evidence": True}, {"profile": "lpwc"}):
        for _, pairs in document(graph.store, **options).blocks:
            for predicate, _ in pairs:
                name = next(
                    f"{p}:{predicate[1 + len(i) : -1]}"
                    for p, i in known.items()
                    if predicate[1:].startswith(i)
                )
                assert predicate == TYPE or name in ids
