"""What a paper says of the entities it names.

Cues (context rules) speak of the entities in their scope; each such statement has a weight. Where
rules disagree about an entity, the predicate of the heaviest statement wins, the stronger predicate
(`kg.model.PREDICATES`) on a tie. An entity of which no cue speaks gets its kind's default: a data set
that a paper names is one it evaluates on, a task one it addresses, a method one it builds on when the
sentence is about the paper's own work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.candidates import Candidate
from kg.extract.defaults import begins, default
from kg.extract.matching import PhraseTable
from kg.extract.tokenizer import PaperTokenizer
from kg.extract.tokens import Tokens
from kg.model import PREDICATES
from kg.rulebook.context import ContextRule

_RANK = {predicate: rank for rank, predicate in enumerate(PREDICATES)}
_OWN = frozenset("we our us proposed propose ours paper work".split())
_CHAIN = frozenset({",", "and", "or", "/", "&", "as", "well", "(", ")"})
_USING = frozenset(
    "using use of on for in by as with via into from to like on-top such through existing "
    "against".split()
)
_BRINGING = frozenset(
    "propose present introduce develop design release describe construct devise named called "
    "termed dubbed contribution create include consist comprise suggest formulate".split()
)
_AFTER_OBJECT = frozenset("which that a an to for as with by in and is".split())
_DESCRIBING = frozenset("a an the new novel efficient simple our".split())
_INTRODUCING_RULES = frozenset({"title-prefix"})


#: What may hold beside a predicate, and from which weight on: who brings data also works with them, and
#: what a paper beats may be what it extends. Of every other pair only one holds.
_BESIDE = {"introduces": ("evaluated_on", 0), "outperforms": ("builds_on", 1)}


class Placed(NamedTuple):
    """A settled candidate with the entity it names."""

    candidate: Candidate
    kind: str
    entity: str
    known: bool
    proper: bool


class Statement(NamedTuple):
    """A rule's word on an entity, with the sentence it stands in."""

    predicate: str
    weight: int
    rule: str
    sentence: int


class Relations:
    """Applies the context rules.

    Args:
        tokenizer: What the texts are cut by.
        rules: The context rules.
    """

    def __init__(self, tokenizer: PaperTokenizer, rules: Sequence[ContextRule]) -> None:
        self._cues = PhraseTable[list[ContextRule]]()
        by_cue: dict[tuple[str, ...], list[ContextRule]] = defaultdict(list)
        for rule in rules:
            spellings = {s for cue in rule.cues for s in (cue, cue.replace("-", " "))}
            for phrase in {tuple(tokenizer.columns(s).folds) for s in spellings}:
                by_cue[phrase].append(rule)
        for phrase, speaking in by_cue.items():
            self._cues.add(phrase, speaking)

    def statements(
        self, text: Tokens, placed: Sequence[Placed]
    ) -> dict[tuple[str, str], list[Statement]]:
        """Return what the cues, the title and the defaults say of each entity (kind, id)."""
        said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        by_sentence: dict[int, list[Placed]] = defaultdict(list)
        for item in placed:
            by_sentence[text.sentence(item.candidate.start)].append(item)
        start_of_own = begins(text)
        inside = {i for p in placed for i in range(p.candidate.start, p.candidate.end)}
        for rules, start, end in self._cues.matches(text.folds):
            if start in inside and end - 1 in inside:
                continue
            sentence = text.sentence(start)
            if sentence not in by_sentence:
                continue
            background = (
                0 < text.title_end <= text.sentences[sentence][0] and sentence < start_of_own
            )
            for rule in rules:
                if background and not rule.background:
                    continue
                for item in self._targets(rule, text, start, end, sentence, by_sentence[sentence]):
                    said[item.kind, item.entity].append(
                        Statement(rule.predicate, rule.weight, rule.id, sentence)
                    )
        for item in placed:
            said[item.kind, item.entity] += self._standing(text, item, start_of_own)
        _variants(text, placed, said)
        return said

    def _targets(
        self,
        rule: ContextRule,
        text: Tokens,
        start: int,
        end: int,
        sentence: int,
        items: list[Placed],
    ) -> Iterator[Placed]:
        first, last = text.sentences[sentence]
        before = text.folds[max(first, start - 4) : start]
        if rule.unless and any(fold in rule.unless for fold in before):
            return
        if rule.own and _OWN.isdisjoint(text.folds[first:last]):
            return
        if rule.needs and all(fold not in text.folds[first:last] for fold in rule.needs):
            return
        if rule.side in ("after", "both"):
            yield from self._scope(rule, text, end, min(last, end + rule.reach), items)
        if rule.side in ("before", "both"):
            yield from self._scope(rule, text, max(first, start - rule.reach), start, items, True)

    def _scope(
        self,
        rule: ContextRule,
        text: Tokens,
        start: int,
        end: int,
        items: list[Placed],
        back: bool = False,
    ) -> Iterator[Placed]:
        within = [p for p in items if start <= p.candidate.start < end]
        if not within:
            return
        stops = [i for i in range(start, end) if text.folds[i] in rule.stop]
        if stops:
            start, end = (stops[-1] + 1, end) if back else (start, stops[0])
            within = [p for p in within if start <= p.candidate.start < end]
        if rule.chain and within:
            within = within[-1:] if back else _chained(text, within)
        for item in within:
            if item.kind in rule.kinds and (
                rule.predicate != "introduces"
                or (rule.id == "called" and not item.known)
                or _may_be_new(rule, text, item, start)
            ):
                yield item

    def _standing(self, text: Tokens, item: Placed, start_of_own: int) -> Iterator[Statement]:
        """What holds by position or by kind, without a cue."""
        sentence = text.sentence(item.candidate.start)
        if item.candidate.rule in _INTRODUCING_RULES:
            yield Statement("introduces", 9, item.candidate.rule, sentence)
        elif item.candidate.rule in ("called", "title-phrase", "title-lead", "title-part"):
            yield Statement("introduces", 4, item.candidate.rule, sentence)
        elif _newly_defined(text, item):
            yield Statement("introduces", 3, "definition", sentence)
        yield Statement(*default(text, item.candidate, item.kind, start_of_own), sentence)


def decide(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements that hold: the heaviest, and what may hold beside it (`_BESIDE`)."""
    best = max(statements, key=_strength)
    beside, weight = _BESIDE.get(best.predicate, ("", 0))
    held = [s for s in statements if s.predicate == beside and s.weight >= weight]
    return [best, max(held, key=_strength)] if held else [best]


def _strength(statement: Statement) -> tuple[int, int, int]:
    return statement.weight, -_RANK[statement.predicate], -statement.sentence


def _newly_defined(text: Tokens, item: Placed) -> bool:
    """Whether the paper spells out a name of its own."""
    if item.candidate.rule != "definition" or item.known or item.kind == "Task":
        return False
    if item.candidate.start < text.title_end:
        return item.candidate.start < 2
    return _brought(text, item.candidate.start)


def _brought(text: Tokens, position: int) -> bool:
    """Whether what stands at a token can be what its sentence proposes, not what it uses."""
    first, last = text.sentences[text.sentence(position)]
    if _OWN.isdisjoint(text.folds[first:last]) or _BRINGING.isdisjoint(text.folds[first:position]):
        return False
    before = [f for f in text.folds[max(first, position - 4) : position] if f not in _DESCRIBING]
    return not before or before[-1] not in _USING


def _variants(
    text: Tokens, placed: Sequence[Placed], said: dict[tuple[str, str], list[Statement]]
) -> None:
    """A variant of what the paper introduces comes with it: 'SVT' brings 'SVT-H-S'."""
    new = {key for key, found in said.items() if decide(found)[0].predicate == "introduces"}
    brought = {
        text.slice(p.candidate.start, p.candidate.end)
        for p in placed
        if p.proper and (p.kind, p.entity) in new
    }
    for p in placed if brought else ():
        name = text.slice(p.candidate.start, p.candidate.end)
        heads = (name[:i] for i, char in enumerate(name) if char == "-")
        if not p.known and any(head in brought for head in heads):
            sentence = text.sentence(p.candidate.start)
            said[p.kind, p.entity].append(Statement("introduces", 3, "variant", sentence))


def _chained(text: Tokens, items: list[Placed]) -> list[Placed]:
    """Return the first item and those that a list ties to it."""
    chosen = items[:1]
    for item in items[1:]:
        between = text.folds[chosen[-1].candidate.end : item.candidate.start]
        if not all(fold in _CHAIN for fold in between):
            break
        chosen.append(item)
    return chosen


def _may_be_new(rule: ContextRule, text: Tokens, item: Placed, cue_end: int) -> bool:
    """Whether a paper can have brought this.

    What the catalogue knows is nobody's to bring, but for data and for the bare object of a verb of
    proposing: "we introduce the Transformer", not "we propose a Transformer".
    """
    c = item.candidate
    if item.known and (item.kind == "Method" or not item.proper):
        bare = rule.id == "propose" and text.folds[cue_end : c.start] in ([], ["the"])
        after = text.words[c.end] if c.end < len(text) else "."
        if not bare or (after.isalpha() and after not in _AFTER_OBJECT):
            return False
    glued = c.end + 1 < len(text) and text.starts[c.end] == text.ends[c.end - 1]
    return not (glued and text.words[c.end] == "-" and text.words[c.end + 1].islower())
