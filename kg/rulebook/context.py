"""Context rules: rules/context/*.jsonl as frozen objects.

A rule is a set of cue phrases, the side on which it looks for entities, how far, and what it says of
them: the scheme of ConText (Harkema et al., J. Biomed. Inform. 42, 2009), whose modifiers carry a
direction, a scope and terminating words. There is nothing in it that could backtrack. Every rule
brings its own example sentences, `match` and `no_match`, and one test runs them all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kg.errors import Problem, RuleError
from kg.model import KINDS, PREDICATES

SIDES = ("after", "before", "both")


@dataclass(frozen=True, slots=True)
class ContextRule:
    """What a cue says of the entities beside it.

    Attributes:
        id: Name of the rule, shown with every relation that it makes.
        predicate: One of `kg.model.PREDICATES`.
        cues: Phrases; singular and plural, and spellings of a hyphen, count as one.
        kinds: Kinds of entity that the rule speaks of.
        side: Where it looks: after the cue, before it, or both.
        reach: How many tokens away an entity may stand.
        chain: Whether the nearest entity is taken only with what is listed beside it ("A, B and C").
        own: Whether the sentence must speak of the paper's own work.
        background: Whether the rule holds in sentences before the first of the paper's own work.
        needs: Words of which the sentence must hold one; empty: no demand.
        unless: Words that, up to four tokens before the cue, call the rule off.
        stop: Words at which the scope ends.
        weight: Strength of the evidence where rules of different predicates disagree.
        match: Pairs (sentence, entity the rule must speak of).
        no_match: Pairs (sentence, entity of which it must not).
    """

    id: str
    predicate: str
    cues: tuple[str, ...]
    kinds: tuple[str, ...] = ("Method",)
    side: str = "after"
    reach: int = 30
    chain: bool = False
    own: bool = False
    background: bool = True
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    weight: int = 1
    match: tuple[tuple[str, str], ...] = ()
    no_match: tuple[tuple[str, str], ...] = ()


def load_context(folders: list[Path]) -> tuple[ContextRule, ...]:
    """Read the context rules; a rule of a later folder replaces the one of the same id.

    Raises:
        RuleError: A line cannot be used; the message lists all such lines.
    """
    rules: dict[str, ContextRule] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted((folder / "context").glob("*.jsonl")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if not line.strip():
                    continue
                try:
                    rule = _rule(json.loads(line))
                    rules[rule.id] = rule
                except (ValueError, KeyError, TypeError) as error:
                    problems.append(Problem(path.name, number, f"not a context rule: {error}"))
    if problems:
        raise RuleError("The context rules have mistakes:\n" + "\n".join(map(str, problems)))
    return tuple(rules.values())


def _rule(record: dict[str, Any]) -> ContextRule:
    known = {f.name for f in fields(ContextRule)}
    if unknown := set(record) - known:
        raise ValueError(f"unknown keys {sorted(unknown)}; known are {sorted(known)}")
    values: dict[str, Any] = {
        key: tuple(tuple(v) if isinstance(v, list) else v for v in value)
        if isinstance(value, list)
        else value
        for key, value in record.items()
    }
    rule = ContextRule(**values)
    if rule.predicate not in PREDICATES:
        raise ValueError(f"predicate {rule.predicate!r} is none of {', '.join(PREDICATES)}")
    if rule.side not in SIDES:
        raise ValueError(f"side {rule.side!r} is none of {', '.join(SIDES)}")
    if bad := set(rule.kinds) - set(KINDS):
        raise ValueError(f"kinds {sorted(bad)} are none of {', '.join(KINDS)}")
    if not rule.cues or not rule.match:
        raise ValueError("a rule needs at least one cue and one match sentence")
    return rule
