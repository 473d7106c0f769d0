"""RDF that paperkg has written becomes a graph again, the same one.

What is needed stands in the statements themselves; with `--evidence` the words and rules come back
too, without it the statements stand there without words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from kg.errors import InputError, Problem
from kg.graph.store import Store
from kg.graph.writer import Writer, digest
from kg.model import KINDS, Annotation, Entity, Mention, Paper, Relation, Result
from kg.rdf.source import Node, Source
from kg.vocabulary import vocabulary

#: What stands for the rule of a statement whose evidence was not exported.
RULE = "import"

#: Papers in one transaction.
_BATCH = 500


def import_rdf(path: Path, store: Store) -> list[Problem]:
    """Read an RDF file into an empty store.

    Args:
        path: Turtle, N-Triples, N-Quads, JSON-LD or RDF/XML, by its suffix.
        store: An empty store, opened for writing.

    Returns:
        Papers that could not be used.

    Raises:
        InputError: The file is missing, is no RDF, or holds no paper in the terms of the ontology.
        GraphFileError: The store cannot be written.
    """
    source = Source.load(path)
    problems: list[Problem] = []
    reader = _Reader(source)
    papers = sorted((reader.id(node, "paper"), node) for node in source.instances("kg:Paper"))
    if not papers:
        raise InputError(
            f"{path} holds no paper in the terms of paperkg.",
            "Give a file that `kg export` has written without --profile.",
        )
    entities = reader.entities()
    writer = Writer(store, lambda kind, id: entities[kind, id])
    batch: list[tuple[Annotation, str, tuple[str, ...]]] = []
    for id, node in papers:
        if not source.text(node, "dcterms:title"):
            hint = f"kg validate {path} lists every mistake"
            problems.append(Problem(str(path), 0, f"paper {id} has no title", hint))
            continue
        annotation = reader.annotation(node, id, entities)
        batch.append((annotation, digest(annotation.paper, RULE), ()))
        if len(batch) == _BATCH:
            writer.write(batch)
            batch = []
    writer.write(batch)
    if version := reader.version():
        store.db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (version,))
    return problems


class _Reader:
    """Reads papers, entities and evidence of one file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._base = source.base()
        self._predicates = {f"kg:{local}": name for name, local in vocabulary().predicates.items()}
        self._entity: dict[Node, tuple[str, str]] = {}

    def id(self, node: Node, kind: str) -> str:
        """Return the id in an instance's IRI."""
        start = f"{self._base}{kind}/"
        return unquote(node.value[len(start) :]) if node.value.startswith(start) else node.value

    def entities(self) -> dict[tuple[str, str], Entity]:
        """Return all entities, by kind and id."""
        found = {}
        for kind in KINDS:
            for node in self._source.instances(f"kg:{kind}"):
                id = self.id(node, kind.lower())
                above = self._source.node(node, "skos:broader") or self._source.node(
                    node, "skos:broadMatch"
                )
                broader = unquote(above.value.rpartition("/")[2]) if above else None
                name = self._source.text(node, "skos:prefLabel") or id
                aliases = tuple(sorted(self._source.texts(node, "skos:altLabel")))
                found[kind, id] = Entity(kind, id, name, aliases, broader)
                self._entity[node] = (kind, id)
        return found

    def version(self) -> str:
        """Return the version of the rules behind the evidence, "" where there is none."""
        versions = {
            self._source.text(node, "kg:ruleSet") for node in self._source.instances("kg:RuleRun")
        }
        return " ".join(sorted(version for version in versions if version))

    def annotation(
        self, node: Node, id: str, entities: dict[tuple[str, str], Entity]
    ) -> Annotation:
        """Return a paper with all that the file says of it."""
        relations = tuple(
            sorted(self._relations(node), key=lambda r: (r.predicate, r.kind, r.entity))
        )
        mentions = sorted(self._mentions(node), key=lambda m: (m.field != "title", m.start))
        keys = {(r.kind, r.entity) for r in relations} | {(m.kind, m.entity) for m in mentions}
        paper = self._paper(node, id)
        return Annotation(
            paper,
            tuple(mentions),
            tuple(entities[key] for key in sorted(keys)),
            relations,
            tuple(self._results(node, entities)),
            tuple(sorted(code.value for code in self._source.nodes(node, "kg:hasCode"))),
        )

    def _paper(self, node: Node, id: str) -> Paper:
        text, texts = self._source.text, self._source.texts
        doi = text(node, "dcterms:identifier")
        url = self._source.node(node, "schema:url")
        codes = {code.value for code in self._source.nodes(node, "kg:hasCode")}
        abstract = text(node, "kg:abstract") or ""
        return Paper(
            id=id,
            title=text(node, "dcterms:title") or "",
            abstract=abstract,
            authors=_ordered(texts(node, "dcterms:creator"), text(node, "kg:byline") or ""),
            date=text(node, "dcterms:date"),
            venue=text(node, "kg:venue"),
            doi=doi.removeprefix("doi:") if doi else None,
            arxiv_id=text(node, "fabio:hasArXivId"),
            url=url.value if url else None,
            # What stands in the text was found there; the rest is what the source itself knew.
            code_urls=tuple(sorted(code for code in codes if code not in abstract)),
            categories=tuple(sorted(texts(node, "dcterms:subject"))),
            cites=tuple(sorted(texts(node, "kg:citesIdentifier"))),
            sources=tuple(sorted(texts(node, "kg:listedIn"))),
            ids=tuple(sorted(texts(node, "kg:otherIdentifier"))),
        )

    def _relations(self, node: Node) -> Iterator[Relation]:
        words: dict[tuple[Node | None, Node | None], Node] = {}
        for said in self._source.subjects("rdf:subject", node):
            predicate = self._source.node(said, "rdf:predicate")
            words[predicate, self._source.node(said, "rdf:object")] = said
        for term, name in self._predicates.items():
            for value in self._source.nodes(node, term):
                kind, id = self._known(value)
                statement = words.get((self._source.term(term), value))
                yield Relation(name, kind, id, *self._stretch(statement), self._rule(statement))

    def _known(self, node: Node) -> tuple[str, str]:
        if node not in self._entity:
            raise InputError(
                f"{self._source.path}: {node.value} is named, but described nowhere.",
                f"kg validate {self._source.path} lists every mistake.",
            )
        return self._entity[node]

    def _results(self, node: Node, entities: dict[tuple[str, str], Entity]) -> Iterator[Result]:
        def place(result: Node) -> tuple[int, str]:
            last = result.value.rpartition("/")[2]
            return (int(last) if last.isdigit() else 0, result.value)

        for result in sorted(self._source.nodes(node, "kg:reports"), key=place):
            metric, dataset, method = (
                entities[self._known(found)] if (found := self._source.node(result, term)) else None
                for term in ("kg:metric", "kg:dataset", "kg:method")
            )
            value = self._source.text(result, "kg:value") or ""
            unit = self._source.text(result, "kg:unit") or ""
            relative = self._source.text(result, "kg:relative") == "true"
            field, start, end = self._stretch(result)
            rule = self._rule(result)
            yield Result(value, unit, metric, dataset, method, relative, field, start, end, rule)

    def _mentions(self, node: Node) -> Iterator[Mention]:
        for target in self._source.subjects("oa:hasSource", node):
            for owner in self._source.subjects("oa:hasTarget", target):
                if not self._source.is_a(owner, "kg:Mention"):
                    continue
                body = self._source.node(owner, "oa:hasBody")
                if body:
                    field, start, end = self._at(target)
                    score = self._source.text(owner, "kg:score")
                    number = float(score) if score else None
                    kind, id = self._known(body)
                    text = (self._source.text(node, _FIELDS[field]) or "")[start:end]
                    rule = self._rule(owner)
                    yield Mention(field, start, end, text, kind, id, rule, number)

    def _rule(self, node: Node | None) -> str:
        run = self._source.node(node, "prov:wasGeneratedBy") if node else None
        return (self._source.text(run, "rdfs:label") if run else None) or RULE

    def _stretch(self, node: Node | None) -> tuple[str, int, int]:
        """Return the words that an annotation of `node` points at: field, start, end."""
        for annotation in self._source.subjects("oa:hasBody", node) if node else ():
            if target := self._source.node(annotation, "oa:hasTarget"):
                return self._at(target)
        return "abstract", 0, 0

    def _at(self, target: Node) -> tuple[str, int, int]:
        field = self._source.text(target, "kg:field") or "abstract"
        for selector in self._source.nodes(target, "oa:hasSelector"):
            start = self._source.text(selector, "oa:start")
            end = self._source.text(selector, "oa:end")
            if start and end:
                return field, int(start), int(end)
        return field, 0, 0


_FIELDS = {"title": "dcterms:title", "abstract": "kg:abstract"}


def _ordered(authors: list[str], byline: str) -> tuple[str, ...]:
    """Return authors in the order of the byline."""
    if len(authors) > 1 and sorted(parts := byline.split("; ")) == sorted(authors):
        return tuple(parts)
    return tuple(sorted(authors, key=lambda name: (byline.find(name), name)))
