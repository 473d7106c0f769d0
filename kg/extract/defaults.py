"""What holds of an entity of which no cue speaks: by its kind, and by where it stands.

A data set that a paper names is one that it evaluates on, a task one that it addresses, a method one
that it builds on. Before the first sentence about the paper's own work methods are alternatives, and
tasks that are listed as examples are merely named.
"""

from __future__ import annotations

from kg.extract.candidates import Candidate
from kg.extract.tokens import Tokens

#: Predicate, weight and name of a rule.
Default = tuple[str, int, str]

_SELF = frozenset("we our us ours proposed propose paper".split())
#: Rules that find names by looks alone: without a cue, nothing is said of them.
_LOOKS = frozenset(["shape", "proposed"])
#: Words before a method in the background that tell of no alternative.
_ASIDE = frozenset(["in", "(", "for"])
_EXAMPLES = frozenset(["such", "like", "e.g."])
_BY_KIND = {"Dataset": "evaluated_on", "Benchmark": "evaluated_on", "Metric": "mentions"}


def begins(text: Tokens) -> int:
    """Return the first sentence in which the paper speaks of its own work; 0 when none does."""
    spoken = (text.sentence(i) for i in text.holding(_SELF) if i >= text.title_end)
    return next((s for s in spoken if text.sentences[s][0] >= text.title_end), 0)


def default(text: Tokens, found: Candidate, kind: str, own: int) -> Default:
    """Return what a mention says for itself.

    Args:
        text: Where it stands.
        found: The mention.
        kind: The kind of what it names.
        own: The first sentence about the paper's own work (`begins`).
    """
    if kind in _BY_KIND:
        return _BY_KIND[kind], 0, "default"
    if kind == "Task":
        return _task(text, found, own)
    return _method(text, found, own)


def _task(text: Tokens, found: Candidate, own: int) -> Default:
    sentence = text.sentence(found.start)
    if found.start >= text.title_end and sentence < own:
        first = text.sentences[sentence][0]
        if sentence > 1 or not _EXAMPLES.isdisjoint(text.folds[first : found.start]):
            return "mentions", 0, "background"
    return "addresses", 0, "default"


def _method(text: Tokens, found: Candidate, own: int) -> Default:
    if found.rule in _LOOKS:
        return "mentions", 0, "looks"
    sentence = text.sentence(found.start)
    if found.start < text.title_end or sentence >= own:
        return "builds_on", 0, "default"
    first = text.sentences[sentence][0]
    if found.start == first or text.words[found.end : found.end + 1] == ["("]:
        return "builds_on", 0, "subject"
    if text.folds[found.start - 1] in _ASIDE:
        return "mentions", -2, "background"
    return "compares_with", -1, "background"
