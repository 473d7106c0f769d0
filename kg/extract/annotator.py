"""Papers in, annotations out: the public face of extraction."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg.extract.clean import Cleaned, clean
from kg.extract.ellipsis import RULE as ELLIPSIS
from kg.extract.links import code_urls
from kg.extract.pipeline import GAP, Work, pipeline, run, tokens
from kg.extract.recogniser.component import Recogniser
from kg.extract.recogniser.weights import Weights
from kg.extract.recogniser.weights import load as load_weights
from kg.extract.tokenizer import PaperEnglish
from kg.extract.version import SHIPPED, version
from kg.extract.windows import united, windows
from kg.model import PREDICATES, Annotation, Entity, Mention, Paper, Relation, Result
from kg.resolve.extra_names import with_names
from kg.rulebook.book import Rulebook, load


class Annotator:
    """Finds what papers name and say.

    Loading takes a second; an annotator is meant to be kept and used for many papers.

    Args:
        rules: A folder of a user's own rules, laid over those of the package.
        recogniser: Whether the learned recogniser helps; or a file of weights of a user's own.
        names: Entities to be known beside those of the catalogue.

    Raises:
        RuleError: The rules hold mistakes.
        KgError: The file of weights cannot be used.

    Warns:
        UserWarning: The weights that belong to the package are missing; the rules go on alone.

    Example:
        >>> annotator = Annotator()
        >>> paper = Paper("x", "FooNet: A Fast Network", "We train FooNet on CIFAR-10.")
        >>> [e.name for e in next(annotator.annotate([paper])).entities]
        ['FooNet', 'CIFAR-10']
    """

    def __init__(
        self,
        rules: Path | None = None,
        recogniser: bool | Path = True,
        names: Iterable[Entity] = (),
    ) -> None:
        self._arguments = (rules, recogniser, tuple(names))
        self.rulebook = with_names(load(rules), self._arguments[2])
        self._weights = _weights(recogniser)
        #: What annotations depend on: program, rules, and what was learned.
        self.version = version(*self._arguments)

    def __reduce__(self) -> tuple[type[Annotator], tuple[Any, ...]]:
        return type(self), self._arguments

    @cached_property
    def nlp(self) -> PaperEnglish:
        """The spaCy pipeline, loaded on first use: who has nothing to annotate need not wait."""
        return _pipeline(self.rulebook, self._weights)

    def annotate(self, papers: Iterable[Paper]) -> Iterator[Annotation]:
        """Yield the annotation of each paper, in order.

        Of a title, the first `kg.extract.windows.TITLE` characters are read.
        """
        for paper in papers:
            parts = [(w.offset, self._read(w.part)[0]) for w in windows(paper)]
            whole = len(parts) == 1 and parts[0][1].paper is paper
            yield parts[0][1] if whole else united(paper, parts)

    def trace(self, paper: Paper) -> tuple[Annotation, Work]:
        """Return the annotation of one paper, or of its first window, with the work behind it."""
        return self._read(next(windows(paper)).part)

    def _read(self, paper: Paper) -> tuple[Annotation, Work]:
        title, abstract = clean(paper.title), clean(paper.abstract)
        state = run(self.nlp, tokens(self.nlp, title.text, abstract.text))
        return self._annotation(state, paper, _Fields(paper, title, abstract), abstract.text), state

    def _annotation(self, state: Work, paper: Paper, fields: _Fields, abstract: str) -> Annotation:
        mentions = _mentions(state, paper, fields)
        entities = self._entities(state, mentions)
        relations = [
            Relation(s.predicate, kind, id, *_sentence(state, fields, s.sentence), s.rule)
            for (kind, id), statements in state.statements.items()
            for s in statements
            if (kind, id) in entities
        ]
        relations.sort(key=lambda r: PREDICATES.index(r.predicate))
        return Annotation(
            paper,
            tuple(mentions),
            tuple(entities.values()),
            tuple(relations),
            tuple(self._results(state, entities, fields)),
            tuple(dict.fromkeys([*code_urls(abstract), *paper.code_urls])),
        )

    def _entities(self, state: Work, mentions: list[Mention]) -> dict[tuple[str, str], Entity]:
        surfaces: dict[tuple[str, str], dict[str, None]] = {}
        for mention in mentions:
            key = mention.kind, mention.entity
            # "-100" is a way to cut "CIFAR-100" short in a list, not another name of it.
            surface = state.names[key] if mention.rule == ELLIPSIS else mention.text
            surfaces.setdefault(key, {}).setdefault(surface)
        return {
            key: self._entity(key, state.names[key], tuple(texts))
            for key, texts in surfaces.items()
        }

    def _entity(
        self, key: tuple[str, str], name: str | None = None, surfaces: tuple[str, ...] = ()
    ) -> Entity:
        known = self.rulebook.catalogue.names.get(key)
        name = name or (known.name if known else key[1].replace("-", " "))
        return Entity(*key, name, surfaces, known.broader if known else None)

    def _results(
        self, state: Work, entities: dict[tuple[str, str], Entity], fields: _Fields
    ) -> Iterator[Result]:
        def entity(key: tuple[str, str] | None) -> Entity | None:
            return None if key is None else entities.get(key) or self._entity(key)

        for f in state.figures:
            yield Result(
                f.value,
                f.unit,
                entity(f.metric),
                entity(f.dataset),
                entity(f.method),
                f.relative,
                *_sentence(state, fields, f.sentence),
                "figure",
            )


@lru_cache(maxsize=4)
def _pipeline(rulebook: Rulebook, weights: Weights | None) -> PaperEnglish:
    """Return the pipeline; whoever asks again is given the one that is there."""
    learned = Recogniser(weights, rulebook.catalogue.added) if weights else None
    return pipeline(rulebook, learned)


def _weights(recogniser: bool | Path) -> Weights | None:
    if recogniser is False:
        return None
    if recogniser is not True:
        return load_weights(recogniser)
    if not SHIPPED.exists():
        warnings.warn(
            "The recogniser's weights are missing, so the rules work alone. "
            "Reinstall paperkg to get them back.",
            stacklevel=3,
        )
        return None
    return load_weights(SHIPPED)


class _Fields:
    """The way from a position in the joined text back to a field as it was read."""

    def __init__(self, paper: Paper, title: Cleaned, abstract: Cleaned) -> None:
        self._title, self._abstract = title, abstract
        self._offset = len(title.text) + len(GAP)

    def locate(self, start: int, end: int) -> tuple[str, int, int]:
        if start < self._offset:
            return ("title", *self._title.original(start, min(end, self._offset - len(GAP))))
        return ("abstract", *self._abstract.original(start - self._offset, end - self._offset))


def _mentions(state: Work, paper: Paper, fields: _Fields) -> list[Mention]:
    mentions = []
    for c, kind, id, _, _ in state.placed:
        field, start, end = fields.locate(state.text.starts[c.start], state.text.ends[c.end - 1])
        surface = paper.text(field)[start:end]
        mentions.append(Mention(field, start, end, surface, kind, id, c.rule, c.score))
    return mentions


def _sentence(state: Work, fields: _Fields, index: int) -> tuple[str, int, int]:
    first, last = state.text.sentences[index]
    stripped = last
    while stripped > first + 1 and state.text.words[stripped - 1].isspace():
        stripped -= 1
    return fields.locate(state.text.starts[first], state.text.ends[stripped - 1])
