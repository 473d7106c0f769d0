"""IRIs of kinds, predicates and instances, read from ontology/paperkg.ttl."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from kg.errors import RuleError
from kg.model import KINDS, PREDICATES
from kg.resources import folder

NAMESPACE = "https://w3id.org/paperkg/ontology#"
BASE = "https://w3id.org/paperkg/"

#: Prefixes of the Turtle that paperkg writes.
PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "kg": NAMESPACE,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Prefixes of the terms of Linked Papers With Code.
LPWC_PREFIXES = {
    "dcterms": PREFIXES["dcterms"],
    "fabio": PREFIXES["fabio"],
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lpwcc": "https://linkedpaperswithcode.com/class/",
    "lpwcp": "https://linkedpaperswithcode.com/property/",
    "rdf": PREFIXES["rdf"],
    "xsd": PREFIXES["xsd"],
}
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RDF_TYPE = PREFIXES["rdf"] + "type"
_OWL = "http://www.w3.org/2002/07/owl#"
# Characters that stay as they are in an instance's id; "/" does since arXiv ids and DOIs hold it.
_SAFE = "-._~!$&'()*+,;=:@/"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of the ontology.

    Attributes:
        terms: Local names of all classes and properties.
        classes: Local names of the classes.
        predicates: Local name by the name that JSON and Python use: "evaluated_on" → "evaluatedOn".
    """

    terms: frozenset[str]
    classes: frozenset[str]
    predicates: dict[str, str]

    def predicate(self, name: str) -> str:
        """Return the IRI of a predicate by its name in JSON."""
        return NAMESPACE + self.predicates[name]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the ontology.

    Raises:
        RuleError: The ontology lacks a kind or predicate that the program uses.
    """
    from pyoxigraph import RdfFormat, parse

    classes, terms, predicates = set(), set(), {}
    for quad in parse(path=str(folder("ontology") / "paperkg.ttl"), format=RdfFormat.TURTLE):
        subject = getattr(quad.subject, "value", "")
        if not subject.startswith(NAMESPACE):
            continue
        local, value = subject[len(NAMESPACE) :], getattr(quad.object, "value", "")
        if quad.predicate.value == _RDF_TYPE and value.startswith(_OWL):
            terms.add(local)
            if value == _OWL + "Class":
                classes.add(local)
        elif quad.predicate.value == PREFIXES["skos"] + "notation":
            predicates[value] = local
    missing = sorted({*KINDS, "Paper", "Result"} - classes) + sorted(
        set(PREDICATES) - set(predicates)
    )
    if missing:
        raise RuleError(
            f"ontology/paperkg.ttl lacks {', '.join(missing)}.", "Define each of them there."
        )
    return Vocabulary(frozenset(terms), frozenset(classes), predicates)


def instance(kind: str, id: str, base: str = BASE) -> str:
    """Return the IRI of a paper, an entity or a result.

    Example:
        >>> instance("Method", "a-star")
        'https://w3id.org/paperkg/method/a-star'
    """
    return f"{base}{kind.lower()}/{quote(id, safe=_SAFE)}"


def safe_iri(url: str) -> str | None:
    """Return a URL as a valid IRI, odd characters percent-encoded; None when it is no web address."""
    if not url.lower().startswith(("http://", "https://")):
        return None
    # An IRI has one fragment: a further "#" must be encoded.
    front, mark, fragment = _LONE_PERCENT.sub("%25", url).partition("#")
    safe = _SAFE + "?%"
    return quote(front, safe=safe) + mark + quote(fragment, safe=safe)
