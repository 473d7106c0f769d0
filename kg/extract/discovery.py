"""Names that no catalogue knows, from how they are written and what stands around them.

Each finder below is one rule, named in the mentions it makes. They look only around tokens whose
shape is that of a name, so the cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.extract import abbreviations
from kg.extract.candidates import RANKS, Candidate
from kg.extract.tokens import ACRONYM, CAPITALISED, LOWER, MIXED, NUMBER, Tokens
from kg.rulebook.words import Words

_CALLED = frozenset("called named dubbed termed coined namely denoted abbreviated codenamed".split())
_PROPOSE = frozenset(
    "propose present introduce develop release describe devise construct create contribute design "
    "publish build provide offer unveil proposing presenting introducing developed introduced "
    "proposed presented".split()
)
_OWN = frozenset("we our paper work article study here us".split())
_DATA_HEADS = {
    "dataset": "Dataset",
    "database": "Dataset",
    "corpus": "Dataset",
    "datum": "Dataset",
    "treebank": "Dataset",
    "benchmark": "Benchmark",
    "challenge": "Benchmark",
    "leaderboard": "Benchmark",
    "testbed": "Benchmark",
    "suite": "Benchmark",
    "competition": "Benchmark",
}
_NOT_OBJECT = frozenset(
    "for of in on at using based with that to which via by from into , ; : within where when as ("
    .split()
)
_BARE = frozenset("neural network deep machine learning artificial model hybrid module block".split())
_AFTER_PHRASE = frozenset("for : with in via on and from of to using as ( - by are is".split())
_TITLE_CUT = re.compile(r"\s*(?::|\s-{1,3}\s|\?)\s*")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*[a-z]?$|[IVX]+$|[A-Z]$")
_HYPHEN_TAIL = frozenset("based style like type level wise aware free driven inspired agnostic specific shot".split())


class Discovery:
    """Finds names by orthography and context.

    Args:
        words: Word lists of the rule set.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._stop = words.generic | words.not_names

    def __call__(
        self, text: Tokens, known: list[Candidate], definitions: list[abbreviations.Definition]
    ) -> list[Candidate]:
        """Return candidates for names of the text.

        Args:
            text: The tokens.
            known: Catalogue names found in it.
            definitions: Abbreviations that it defines.
        """
        known_at = {c.start: c for c in known} | {c.end - 1: c for c in known}
        covered = {i for c in known for i in range(c.start, c.end)}
        found = list(self._title_prefix(text, covered))
        found += self._definitions(text, definitions, known)
        found += self._shaped(text, covered, known_at)
        found += self._proposals(text, covered, known_at)
        found += self._title_phrase(text, covered)
        found += self._tasks(text, covered)
        return found

    # -- the title ----------------------------------------------------------------------------

    def _title_prefix(self, text: Tokens, covered: set[int]) -> Iterator[Candidate]:
        """'MAXIM: Multi-Axis MLP …': what stands before the colon names what the paper brings."""
        cut = next((i for i in range(min(text.title_end, 9)) if text.words[i] in (":", "-", "--")
                    and (text.words[i] == ":" or text.text[text.starts[i] - 1] == " ")), 0)
        if not 1 <= cut <= 6 or text.words[cut] == "?":
            return
        start = 1 if text.folds[0] in ("the", "a", "an") and cut > 1 else 0
        span = range(start, cut)
        if not any(text.shapes[i] in (ACRONYM, MIXED, CAPITALISED) for i in span):
            return
        if any(text.folds[i] in self._words.generic and text.shapes[i] != ACRONYM for i in span):
            return
        if self._is_named(text, start, cut) or self._phrase_end(text, start, cut) == cut:
            kind = self._kind(text, start, cut, title_rest=True)
            yield Candidate(start, cut, kind, "", "title-prefix", RANKS["definition"])

    def _is_named(self, text: Tokens, start: int, end: int) -> bool:
        """A prefix is a name when its shape says so, or when the abstract uses it with capitals."""
        if any(text.shapes[i] in (ACRONYM, MIXED) and text.words[i] not in self._stop for i in range(start, end)):
            return True
        phrase = text.slice(start, end)
        if end - start == 1 and phrase.lower() not in self._words.common:
            return True
        body = text.text[text.starts[text.title_end] :] if text.title_end < len(text) else ""
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", body):
            if match.start() > 1 and body[match.start() - 2] not in ".!?":
                return True
        return False

    # -- definitions ----------------------------------------------------------------------------

    def _definitions(
        self, text: Tokens, definitions: list[abbreviations.Definition], known: list[Candidate]
    ) -> Iterator[Candidate]:
        """'Latent Spectral Models (LSM)': both forms, of the kind that the long form's head tells."""
        kinds = {(c.start, c.end): c for c in known if c.id}
        for d in definitions:
            long, short = (d.long_start, d.long_end), (d.short_start, d.short_end)
            if long in kinds:
                continue
            if text.slice(*short).rstrip("s") in self._words.not_names:
                continue
            kind = self._definition_kind(text, d)
            if kind:
                yield Candidate(*long, kind, "", "definition", RANKS["definition"])
                yield Candidate(*short, kind, "", "definition", RANKS["definition"])

    def _definition_kind(self, text: Tokens, d: abbreviations.Definition) -> str | None:
        after = text.folds[max(d.short_end, d.long_end) + 1 : max(d.short_end, d.long_end) + 2]
        if after and after[0] in _DATA_HEADS:
            return _DATA_HEADS[after[0]]
        head = self._words.heads.get(text.folds[d.long_end - 1])
        if head:
            return head
        if self._proposed(text, d.long_start) or (
            after and self._words.heads.get(after[0]) == "Method"
        ):
            return "Method"
        if all(
            text.shapes[i] != LOWER or text.folds[i] in self._words.generic
            for i in range(d.long_start, d.long_end)
        ) and text.sentence(d.long_start) > 0:
            return "Method"
        return None

    def _proposed(self, text: Tokens, position: int) -> bool:
        """Whether the token begins the object of a verb of proposing, or follows 'called'."""
        first, _ = text.sentences[text.sentence(position)]
        window = text.folds[max(first, position - 10) : position]
        if not _CALLED.isdisjoint(window[-3:]):
            return True
        for back, fold in enumerate(reversed(window), 1):
            if fold in _PROPOSE:
                subject = text.folds[first : position - back]
                return not _OWN.isdisjoint(subject) or back <= 3
            if fold in _NOT_OBJECT:
                return False
        return False

    # -- names by shape -------------------------------------------------------------------------

    def _shaped(
        self, text: Tokens, covered: set[int], known_at: dict[int, Candidate]
    ) -> Iterator[Candidate]:
        spans = list(self._spans(text, covered))
        counts = Counter(text.slice(a, b) for a, b, _ in spans)
        for start, end, strong in spans:
            surface = text.slice(start, end)
            kind, rule = self._kind_and_rule(text, start, end, known_at)
            if rule == "shape":
                if not strong and counts[surface] < 2 and end - start < 2:
                    continue
                if start < text.title_end and counts[surface] < 2 and not strong:
                    continue
            rank = RANKS["shape"] if rule == "shape" else RANKS["context"]
            yield Candidate(start, end, kind, "", rule, rank)

    def _spans(self, text: Tokens, covered: set[int]) -> Iterator[tuple[int, int, bool]]:
        """Yield runs of name-like tokens with whether their shape alone is proof of a name."""
        i, n = 0, len(text)
        while i < n:
            if i in covered or not self._name_like(text, i):
                i += 1
                continue
            end = self._extend(text, i, covered)
            strong = any(
                text.shapes[k] == MIXED and not text.words[k].islower() for k in range(i, end)
            ) or any(text.shapes[k] == ACRONYM and len(text.words[k]) > 2 for k in range(i, end))
            if i >= text.title_end or strong:
                yield i, end, strong
            i = end

    def _name_like(self, text: Tokens, i: int) -> bool:
        shape, word = text.shapes[i], text.words[i]
        if shape in (LOWER, NUMBER) or shape not in (ACRONYM, MIXED, CAPITALISED):
            return False
        if word in self._stop or word.lower() in self._words.generic or len(word) < 2:
            return False
        if word.rstrip("s") in self._words.not_names:
            return False
        if shape == MIXED:
            return not word.islower() and bool(re.match(r"[A-Za-z][\w+\-^*@]*(?:\.\d+)?$", word))
        if shape == ACRONYM:
            return word.isalpha() and (len(word) > 2 or text.words.count(word) > 1) and word.lower() not in self._words.generic
        if i < text.title_end:
            return False
        first = text.sentences[text.sentence(i)][0]
        if i == first or text.words[i - 1] in ("'", '"', ":", "(", "-"):
            return False
        return word.lower() not in self._words.common and text.folds[i] not in self._words.common

    def _extend(self, text: Tokens, start: int, covered: set[int]) -> int:
        end = start + 1
        while end < len(text) and end not in covered:
            glued = text.starts[end] == text.ends[end - 1]
            if glued and text.words[end] == "-" and end + 1 < len(text):
                after = text.folds[end + 1]
                if text.starts[end + 1] == text.ends[end] and text.shapes[end + 1] not in (LOWER,) and after not in _HYPHEN_TAIL:
                    end += 2
                    continue
                break
            if not glued and (self._name_like(text, end) or (_VERSION.match(text.words[end]) and text.shapes[end] == NUMBER and text.shapes[end - 1] != ACRONYM and self._closes(text, end + 1))):
                end += 1
                continue
            break
        return end

    def _closes(self, text: Tokens, i: int) -> bool:
        return i >= len(text) or text.words[i] in (",", ".", ")", ";") or text.folds[i] in ("and", "dataset", "model")

    # -- phrases by their head ----------------------------------------------------------------------

    def _proposals(
        self, text: Tokens, covered: set[int], known_at: dict[int, Candidate]
    ) -> Iterator[Candidate]:
        """'we propose a cross-gating block': a phrase after a verb of proposing, by its head."""
        for i, fold in enumerate(text.folds):
            if fold not in _PROPOSE or i < text.title_end:
                continue
            first, last = text.sentences[text.sentence(i)]
            if _OWN.isdisjoint(text.folds[first:i]) and fold not in ("propose", "introduce", "present"):
                continue
            start = i + 1
            while start < last and start - i < 6 and self._describes(text, start):
                start += 1
            end = self._phrase_end(text, start, last)
            if end - start >= 2 and self._reused(text, start, end):
                yield Candidate(start, end, "Method", "", "proposed", RANKS["context"])

    def _reused(self, text: Tokens, start: int, end: int) -> bool:
        """A phrase names something when capitals say so, or when the paper says it again."""
        phrase = text.folds[start:end]
        if _BARE.issuperset(phrase):
            return False
        if all(text.shapes[i] not in (LOWER,) for i in range(start, end) if text.words[i] != "-"):
            return True
        return f" {' '.join(text.folds)} ".count(f" {' '.join(phrase)} ") > 1

    def _describes(self, text: Tokens, i: int) -> bool:
        return text.words[i].lower() in self._words.generic or text.words[i] in ('"', "'", "-", ",")

    def _phrase_end(self, text: Tokens, start: int, limit: int) -> int:
        """Return where the phrase that starts at a token ends: after its last head; else `start`."""
        best, i = start, start
        while i < min(limit, start + 9):
            word = text.words[i]
            if word == "-" and i > start and text.starts[i] == text.ends[i - 1]:
                i += 1
                continue
            if text.shapes[i] not in (LOWER, CAPITALISED, ACRONYM, MIXED):
                break
            after_hyphen = i > start and text.words[i - 1] == "-"
            if word.lower() in self._words.generic and not after_hyphen and i > start:
                break
            if self._words.heads.get(text.folds[i]) == "Method" and not (
                i + 1 < limit and text.words[i + 1] == "-"
            ):
                best = i + 1
            i += 1
        after = text.folds[best : best + 2]
        return best if best - start > 1 and after[:1] != ["-"] else start

    def _title_phrase(self, text: Tokens, covered: set[int]) -> Iterator[Candidate]:
        """'Dynamic Siamese Network for Tracking': the phrase that opens a title, if its head fits."""
        start = 0
        while start < text.title_end and text.folds[start] in ("the", "a", "an", "towards", "on", "using", "learning", "improving"):
            start += 1
        end = self._phrase_end(text, start, text.title_end)
        if end - start >= 2 and (end == text.title_end or text.folds[end] in _AFTER_PHRASE):
            body = " ".join(text.folds[text.title_end :])
            if " ".join(text.folds[start:end]) in body:
                yield Candidate(start, end, "Method", "", "title-phrase", RANKS["context"])

    # -- kinds ------------------------------------------------------------------------------------

    def _kind_and_rule(
        self, text: Tokens, start: int, end: int, known_at: dict[int, Candidate]
    ) -> tuple[str, str]:
        after = text.folds[end : end + 3]
        for word in after[:2]:
            if word in _DATA_HEADS:
                return _DATA_HEADS[word], "data-noun"
            if word not in ("image", "video", "benchmark", "text", "speech"):
                break
        neighbour = self._coordinated(text, start, end, known_at)
        if neighbour:
            return neighbour, "coordination"
        before = text.folds[max(0, start - 3) : start]
        if before and (before[-1] in _CALLED or "called" in before[-2:]):
            return self._kind(text, start, end), "called"
        if self._proposed(text, start):
            return self._kind(text, start, end), "proposed"
        if before and before[-1] == "on" and ({"evaluate", "experiment", "test", "accuracy", "train", "trained", "tested", "evaluated"} & set(text.folds[max(0, start - 8) : start])):
            return "Dataset", "evaluated-on"
        return self._kind(text, start, end), "shape"

    def _coordinated(self, text: Tokens, start: int, end: int, known_at: dict[int, Candidate]) -> str | None:
        """'on CIFAR-10, Foo-300 and SVHN': a neighbour in a list lends its kind."""
        for step, edge in ((-1, start), (1, end - 1)):
            i = edge + step
            hops = 0
            while 0 <= i < len(text) and text.words[i] in (",", "and", "or", "/", "&") and hops < 2:
                i += step
                hops += 1
            if hops and i in known_at and known_at[i].kind in ("Dataset", "Benchmark", "Method"):
                return known_at[i].kind if known_at[i].kind != "Benchmark" else "Dataset"
        return None

    def _kind(self, text: Tokens, start: int, end: int, title_rest: bool = False) -> str:
        """Return the kind that a name's own last word, or what the title says it is, tells."""
        own = text.folds[end - 1]
        if own in _DATA_HEADS:
            return _DATA_HEADS[own]
        if title_rest:
            rest = text.folds[end : text.title_end]
            for word in ("benchmark", "dataset", "corpus", "challenge", "database", "testbed"):
                if word in rest[:9] and not {"using", "via"} & set(rest[: rest.index(word)]):
                    return _DATA_HEADS[word]
        window = text.folds[end : end + 8]
        if "a" in window[:3] or "an" in window[:3] or "the" in window[:3] or "," in window[:1]:
            for word in window:
                if word in ("dataset", "corpus", "benchmark", "database"):
                    return _DATA_HEADS[word]
                if word in (".", ";", "that", "which", "for", "on", "with"):
                    break
        head = self._words.heads.get(own)
        return head if head in ("Task", "Metric") and end - start > 1 else "Method"

    # -- tasks by their head ------------------------------------------------------------------------

    def _tasks(self, text: Tokens, covered: set[int]) -> Iterator[Candidate]:
        """'EEG classification', 'crowd counting': modifiers before a word that names a task."""
        for i, fold in enumerate(text.folds):
            if self._words.heads.get(fold) != "Task" or i in covered or not i:
                continue
            start = i
            while start > 0 and i - start < 3 and self._modifies(text, start - 1, covered):
                start -= 1
            if start < i and i - start <= 3:
                yield Candidate(start, i + 1, "Task", "", "task-head", RANKS["shape"])

    def _modifies(self, text: Tokens, i: int, covered: set[int]) -> bool:
        fold = text.folds[i]
        return (
            i not in covered
            and text.shapes[i] in (LOWER, CAPITALISED, ACRONYM)
            and fold not in self._words.generic
            and text.words[i].lower() not in self._words.generic
            and not fold.endswith(("ly", "ing"))
            and text.sentence(i) == text.sentence(i + 1)
        )
