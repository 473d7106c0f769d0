"""The pipeline: papers in, annotations out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc

from kg.extract import abbreviations
from kg.extract.candidates import Candidate, settle
from kg.extract.clean import Cleaned, clean
from kg.extract.discovery import Discovery
from kg.extract.linking import apply_definitions, is_proper, repeat
from kg.extract.links import code_urls
from kg.extract.names import NameMatcher
from kg.extract.relations import Placed, Relations, decide
from kg.extract.results import Near, figures
from kg.extract.tokens import Tokens, language, tokens
from kg.model import Annotation, Entity, Mention, Paper, PREDICATES, Relation, Result
from kg.resolve.entities import group
from kg.rulebook.book import load
from kg.rulebook.names import IGNORE
from kg.version import __version__

_GAP = "\n\n"


class Annotator:
    def __init__(self, rules: Path | None = None, recogniser: bool = True) -> None:
        self.rulebook = load(rules)
        self._nlp = language()
        self._names = NameMatcher(self._nlp, self.rulebook.catalogue)
        self._discovery = Discovery(self.rulebook.words)
        self._relations = Relations(self._nlp, self.rulebook.context)
        self._known = {key: name.name for key, name in self.rulebook.catalogue.names.items()}

    @property
    def version(self) -> str:
        return f"{__version__}-{self.rulebook.version}"

    def annotate(self, papers: Iterable[Paper]) -> Iterator[Annotation]:
        for paper in papers:
            yield self.one(paper)

    def one(self, paper: Paper) -> Annotation:
        title, abstract = clean(paper.title), clean(paper.abstract)
        doc = self._nlp.tokenizer(title.text + _GAP + abstract.text)
        text = Tokens(doc, len(title.text))
        definitions = abbreviations.find(text)
        names = self._names(text)
        known = [c for c in settle(names) if c.kind != IGNORE]
        found = names + self._discovery(text, known, definitions)
        found = apply_definitions(text, found, definitions)
        settled = settle(found)
        settled = [c for c in settle([*settled, *repeat(text, settled)]) if c.kind != IGNORE]
        surfaces = {(c.kind, c.id, text.slice(c.start, c.end)): None for c in settled}
        pairs = [(text.slice(d.long_start, d.long_end), text.slice(d.short_start, d.short_end)) for d in definitions]
        identity = group(list(surfaces), pairs, self._known)
        fields = _Fields(paper, title, abstract)
        mentions, placed, entities = [], [], {}
        for c in settled:
            surface = text.slice(c.start, c.end)
            kind, id, name = identity[c.kind, c.id, surface]
            field, start, end = fields.locate(text.starts[c.start], text.ends[c.end - 1])
            if start >= end: continue
            m = Mention(field, start, end, paper.text(field)[start:end], kind, id, c.rule, c.score)
            mentions.append(m)
            e = entities.setdefault((kind, id), (name, {}))
            e[1].setdefault(m.text)
            placed.append(Placed(c, kind, id, bool(c.id), is_proper(surface)))
        said = self._relations.statements(text, placed)
        relations = []
        for (kind, id), statements in said.items():
            for s in decide(statements):
                a, b = text.sentences[s.sentence]
                f, start, end = fields.locate(text.starts[a], text.ends[b - 1])
                relations.append(Relation(s.predicate, kind, id, f, start, end, s.rule))
        relations.sort(key=lambda r: PREDICATES.index(r.predicate))
        introduced = [(r.kind, r.entity) for r in relations if r.predicate == "introduces" and r.kind == "Method"]
        near = [Near(text.starts[p.candidate.start], text.ends[p.candidate.end - 1], p.kind, p.entity) for p in placed]
        cat = self.rulebook.catalogue
        made = {k: Entity(*k, n) for k, (n, _) in entities.items()}
        def entity(key): 
            return None if key is None else made.get(key) or Entity(*key, self._known.get(key, key[1].replace("-", " ")))
        results = []
        for g in figures(text, near, introduced):
            a, b = text.sentences[g.sentence]
            f, start, end = fields.locate(text.starts[a], text.ends[b - 1])
            results.append(Result(g.value, g.unit, entity(g.metric), entity(g.dataset), entity(g.method), g.relative, f, start, end, "figure"))
        return Annotation(
            paper, tuple(mentions),
            tuple(Entity(k, i, n, tuple(s), cat.names[k, i].broader if (k, i) in cat.names else None) for (k, i), (n, s) in entities.items()),
            tuple(relations), tuple(results), tuple(dict.fromkeys([*code_urls(abstract.text), *paper.code_urls])),
        )


class _Fields:
    def __init__(self, paper: Paper, title: Cleaned, abstract: Cleaned) -> None:
        self._title, self._abstract = title, abstract
        self._offset = len(title.text) + len(_GAP)

    def locate(self, start: int, end: int) -> tuple[str, int, int]:
        if start < self._offset:
            return ("title", *self._title.original(start, min(end, self._offset - len(_GAP))))
        return ("abstract", *self._abstract.original(start - self._offset, end - self._offset))
