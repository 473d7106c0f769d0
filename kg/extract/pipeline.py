"""The spaCy pipeline: one component a step, each a small class around a module of its own.

    tokenizer → paperkg_names → paperkg_discovery → paperkg_recogniser (may be off)
              → paperkg_entities → paperkg_relations → paperkg_results → paperkg_spans

Each step reads and extends the `Work` on a text. Annotating runs the steps themselves (`run`), without the
time that making a document of spaCy takes; for other users of spaCy each step is a component, and
`doc.spans["paperkg"]` holds the outcome: label = kind, span id = entity id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import abbreviations, bare, linking
from kg.extract.abbreviations import Definition
from kg.extract.candidates import Candidate, settle
from kg.extract.discovery import Discovery
from kg.extract.ellipsis import Ellipses
from kg.extract.entities import Entities
from kg.extract.names import NameMatcher
from kg.extract.numbers import Near
from kg.extract.recogniser.component import Reading, Recogniser
from kg.extract.relations import Placed, Relations, Statement, decide
from kg.extract.results import Figure, figures
from kg.extract.tokenizer import COLUMNS, PaperEnglish, PaperTokenizer, language
from kg.extract.tokens import Tokens
from kg.rulebook.book import Rulebook
from kg.rulebook.names import IGNORE

SPANS = "paperkg"
#: Where a document of spaCy may say how many of its characters are the title.
TITLE = "title_length"
#: What parts title and abstract in a document.
GAP = "\n\n"
#: The last component that looks for candidates; what follows decides about them.
LAST_FINDER = "paperkg_discovery"
#: The component that fills `doc.spans`, for other users of spaCy; annotating does without it.
SPANS_PIPE = "paperkg_spans"


@dataclass(slots=True)
class Work:
    """What the components have made of a document so far.

    Attributes:
        text: Its tokens.
        definitions: Abbreviations that it defines.
        found: Candidates of all finders, overlapping.
        settled: Those that the rules alone would take, phrases to be ignored among them.
        reading: What the recogniser's network makes of the text; None when it is off.
        placed: Settled mentions with the entities they name, in reading order.
        names: Canonical name by (kind, id).
        said: All that was said of each entity, by (kind, id).
        statements: What holds of it.
        figures: Results.
    """

    text: Tokens
    definitions: list[Definition] = field(default_factory=list)
    found: list[Candidate] = field(default_factory=list)
    settled: list[Candidate] = field(default_factory=list)
    reading: Reading | None = None
    placed: list[Placed] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    said: dict[tuple[str, str], list[Statement]] = field(default_factory=dict)
    statements: dict[tuple[str, str], list[Statement]] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)


def tokens(nlp: PaperEnglish, title: str, abstract: str) -> Tokens:
    """Return a paper's clean texts as the tokens of one text."""
    return Tokens(nlp.tokenizer.columns(title + GAP + abstract), len(title))


def run(nlp: PaperEnglish, text: Tokens, last: str | None = None) -> Work:
    """Return what the steps make of a text, up to the one named `last`, or all of them."""
    state = Work(text)
    for name, step in nlp.steps.items():
        step(state)
        if name == last:
            break
    return state


def work(doc: Doc) -> Work:
    """Return the work on a document that runs through the components, begun on first use.

    The number of characters that are its title, where there is one, is `doc.user_data[TITLE]`.
    """
    state: Any = doc.user_data.get(SPANS)
    if state is None:
        text = Tokens(doc.user_data[COLUMNS], doc.user_data.get(TITLE, 0))
        state = doc.user_data[SPANS] = Work(text)
    return state  # type: ignore[no-any-return]


def pipeline(rulebook: Rulebook, recogniser: Recogniser | None = None) -> PaperEnglish:
    """Return the pipeline for a rule set, with or without the learned recogniser."""
    nlp = language()
    nlp.steps = {
        "paperkg_names": _Names(nlp.tokenizer, rulebook),
        LAST_FINDER: _Discovery(rulebook),
        **({"paperkg_recogniser": _Reads(recogniser)} if recogniser else {}),
        "paperkg_entities": _Entities(rulebook, recogniser),
        "paperkg_relations": _Said(nlp.tokenizer, rulebook, recogniser),
        "paperkg_results": _results,
    }
    components = {name: _component(step) for name, step in nlp.steps.items()}
    for name, component in {**components, SPANS_PIPE: _spans}.items():
        Language.factory(name, func=_maker(component))
        nlp.add_pipe(name)
    return nlp


def _component(step: Callable[[Work], None]) -> Callable[[Doc], Doc]:
    """Return a step as a component of spaCy."""

    def component(doc: Doc) -> Doc:
        step(work(doc))
        return doc

    return component


def _maker(component: Callable[[Doc], Doc]) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return component

    return make


class _Names:
    def __init__(self, tokenizer: PaperTokenizer, rulebook: Rulebook) -> None:
        self._matcher = NameMatcher(tokenizer, rulebook.catalogue)

    def __call__(self, state: Work) -> None:
        state.definitions = abbreviations.find(state.text)
        state.found += self._matcher(state.text)


class _Discovery:
    def __init__(self, rulebook: Rulebook) -> None:
        self._discovery = Discovery(rulebook.words)

    def __call__(self, state: Work) -> None:
        known = settle(state.found)
        state.found += self._discovery(state.text, known, state.definitions)


class _Reads:
    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    def __call__(self, state: Work) -> None:
        state.reading = self._recogniser.read(state.text, state.found)


class _Entities:
    def __init__(self, rulebook: Rulebook, recogniser: Recogniser | None) -> None:
        self._recogniser = recogniser
        self._entities = Entities(rulebook.catalogue)
        self._ellipses = Ellipses(rulebook.catalogue)

    def __call__(self, state: Work) -> None:
        text = state.text
        settled = settle(linking.apply_definitions(text, state.found, state.definitions))
        settled = linking.agree(text, settled)
        settled = settle([*settled, *linking.repeat(text, settled)])
        state.settled = settled = bare.told(text, settled)
        if self._recogniser and state.reading:
            settled = self._recogniser.settle(
                state.reading, text, state.found, settled, state.definitions
            )
        settled = self._ellipses(text, [c for c in settled if c.kind != IGNORE])
        state.placed, state.names = self._entities.place(text, settled, state.definitions)


class _Said:
    def __init__(
        self, tokenizer: PaperTokenizer, rulebook: Rulebook, recogniser: Recogniser | None
    ) -> None:
        self._recogniser = recogniser
        self._relations = Relations(tokenizer, rulebook.context)

    def __call__(self, state: Work) -> None:
        state.said = said = self._relations.statements(state.text, state.placed)
        if self._recogniser and state.reading:
            state.statements = self._recogniser.relate(
                state.reading, state.text, state.placed, said, state.definitions
            )
        else:
            state.statements = {key: decide(statements) for key, statements in said.items()}


def _results(state: Work) -> None:
    text = state.text
    introduced = [
        key
        for key, statements in state.statements.items()
        if key[0] == "Method" and any(s.predicate == "introduces" for s in statements)
    ]
    near = [
        Near(text.starts[p.candidate.start], text.ends[p.candidate.end - 1], p.kind, p.entity)
        for p in state.placed
    ]
    state.figures = figures(text, near, introduced)


def _spans(doc: Doc) -> Doc:
    placed = work(doc).placed
    doc.spans[SPANS] = [
        Span(doc, p.candidate.start, p.candidate.end, p.kind, span_id=p.entity) for p in placed
    ]
    return doc
