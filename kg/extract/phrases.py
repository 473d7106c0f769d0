"""Where phrases begin and end, whether a sentence proposes them, and of what kind they are.

The questions here are asked by every finder of unknown names (`kg.extract.discovery`).
"""

from __future__ import annotations

from kg.extract.tokens import ACRONYM, CAPITALISED, LOWER, MIXED, Tokens
from kg.rulebook.words import Words

CALLED = frozenset("called named dubbed termed coined namely denoted abbreviated codenamed".split())
PROPOSE = frozenset(
    "propose present introduce develop release describe devise construct create contribute "
    "design publish build provide offer unveil proposing presenting introducing developed "
    "introduced proposed presented".split()
)
OWN = frozenset("we our paper work article study here us".split())
DATA_HEADS = {
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
BARE = frozenset(
    "neural network deep machine learning artificial model hybrid module block".split()
)
_NOT_OBJECT = frozenset(
    "for of in on at using based with that to which via by from into , ; : within where when "
    "as (".split()
)
#: Words of sort that follow a name and are no part of it.
_SORTS = frozenset(
    "technique process mechanism framework method algorithm approach strategy scheme "
    "procedure paradigm criterion principle objective".split()
)
#: Parts of a method: a paper that proposes one gives it a name of its own, even in lower case.
_PARTS = frozenset(
    "block loss layer regularization regularizer distillation attention pooling normalization "
    "augmentation kernel gate unit mixer convolution sampling encoding embedding activation".split()
)


#: How many places of a word are looked at, and how many parts a word with hyphens can have.
_PLACES = 100
_PARTS_OF_WORD = 8


class Phrases:
    """Answers about stretches of tokens.

    Args:
        words: Word lists of the rule set.
    """

    def __init__(self, words: Words) -> None:
        self._words = words

    def proposed(self, text: Tokens, position: int) -> bool:
        """Whether the token begins the object of a verb of proposing, or follows 'called'."""
        first, _ = text.sentences[text.sentence(position)]
        window = text.folds[max(first, position - 10) : position]
        if not CALLED.isdisjoint(window[-3:]):
            return True
        for back, fold in enumerate(reversed(window), 1):
            if fold in PROPOSE:
                subject = text.folds[first : position - back]
                return not OWN.isdisjoint(subject) or back <= 3
            if fold in _NOT_OBJECT:
                return False
        return False

    def plain_end(self, text: Tokens, start: int, limit: int) -> int:
        """Return where a run of words ends that neither connect nor describe."""
        end = start
        while end < min(limit, start + 7):
            glued = end > start and text.words[end - 1] == "-"
            hyphen = (
                text.words[end] == "-" and end > start and text.starts[end] == text.ends[end - 1]
            )
            if text.shapes[end] not in (LOWER, CAPITALISED, ACRONYM, MIXED) and not hyphen:
                break
            head = end > start and text.folds[end] in self._words.heads
            if text.words[end].lower() in self._words.generic and not glued and not head:
                break
            end += 1
        return end

    def phrase_end(self, text: Tokens, start: int, limit: int) -> int:
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
            sort = text.folds[i] in _SORTS and i - start > 1
            if (
                self._words.heads.get(text.folds[i]) == "Method"
                and not sort
                and not (i + 1 < limit and text.words[i + 1] == "-")
            ):
                best = i + 1
            i += 1
        after = text.folds[best : best + 2]
        return best if best - start > 1 and after[:1] != ["-"] else start

    def unit_end(self, text: Tokens, i: int, limit: int) -> int:
        """Return where the word at a token ends with all that hyphens glue to it."""
        end = i + 1
        limit = min(limit, i + 2 * _PARTS_OF_WORD)
        while (
            end + 1 < limit
            and text.words[end] == "-"
            and text.starts[end] == text.ends[end - 1]
            and text.starts[end + 1] == text.ends[end]
        ):
            end += 2
        return end

    def unit_start(self, text: Tokens, i: int, limit: int) -> int:
        """Return where the word that ends with a token begins, with all that hyphens glue to it."""
        start = i
        limit = max(limit, i - 2 * _PARTS_OF_WORD)
        while (
            start - 2 >= limit
            and text.words[start - 1] == "-"
            and text.ends[start - 1] == text.starts[start]
            and text.ends[start - 2] == text.starts[start - 1]
        ):
            start -= 2
        return start

    def name_start(self, text: Tokens, start: int, limit: int) -> int:
        """Return where a name begins behind the words that describe it: 'a novel, efficient …'."""
        i = start
        while i < limit and i - start < 8:
            end = self.unit_end(text, i, limit)
            if not self.describes(text, i) and text.folds[i] not in CALLED:
                break
            if end > i + 1 and text.slice(i, end).lower() not in self._words.generic:
                break
            i = end
        return i

    def stretch(self, text: Tokens, start: int, limit: int) -> int:
        """Return where a run of words ends that neither connect nor describe; heads may stand in it.

        A compound with hyphens counts as one word: "end-to-end" describes, "cross-gating" does not.
        """
        i = start
        while i < limit and i - start < 12:
            end = self.unit_end(text, i, limit)
            if end == i + 1:
                if text.shapes[i] not in (LOWER, CAPITALISED, ACRONYM, MIXED):
                    break
                head = i > start and text.folds[i] in self._words.heads
                if text.words[i].lower() in self._words.generic and not head:
                    break
            elif text.slice(i, end).lower() in self._words.generic:
                break
            i = end
        return i

    def run_end(self, text: Tokens, start: int) -> int:
        """Return where a run of title words ends that holds no connecting or describing word."""
        end = start
        while end < text.title_end and end - start < 8:
            word = text.words[end]
            if text.shapes[end] in (LOWER, CAPITALISED, ACRONYM, MIXED):
                glued = end > start and text.words[end - 1] == "-"
                if (
                    word.lower() in self._words.generic
                    and not glued
                    and text.folds[end] not in self._words.heads
                ):
                    break
            elif word not in ("-", "&"):
                break
            end += 1
        return end

    def reused(self, text: Tokens, start: int, end: int) -> bool:
        """A phrase names something when capitals say so, or when the paper says it again."""
        phrase = text.folds[start:end]
        if BARE.issuperset(phrase):
            return False
        if all(text.shapes[i] not in (LOWER,) for i in range(start, end) if text.words[i] != "-"):
            return True
        return said_again(text, start, end) or phrase[-1] in _PARTS

    def describes(self, text: Tokens, i: int) -> bool:
        """Whether a token describes what follows without naming it."""
        return text.words[i].lower() in self._words.generic or text.words[i] in ('"', "'", "-", ",")

    def named_kind(self, text: Tokens, start: int, limit: int) -> int:
        """Return where a name ends that a word of sort follows: 'a block fusion algorithm'."""
        end = self.plain_end(text, start, limit)
        if (
            text.folds[end : end + 1]
            and text.folds[end] in _SORTS
            and not BARE.issuperset(text.folds[start:end])
        ):
            return end
        return start

    def proposes(self, text: Tokens, start: int, end: int) -> bool:
        """Whether some tokens are, whole, the object of a verb of proposing."""
        before, after = text.words[start - 1].lower(), "".join(text.words[end : end + 1]).lower()
        whole = all(not w.isalpha() or w in self._words.generic for w in (before, after))
        return whole and "-" not in (before, after) and self.proposed(text, start)

    def kind(
        self, text: Tokens, start: int, end: int, title_rest: bool = False, brought: bool = True
    ) -> str:
        """Return the kind that a name's own last word, or what the title says it is, tells.

        What a paper brings is not a task, whatever its last word: "we propose Neural Laplace Control".
        """
        own = text.folds[end - 1]
        if own in DATA_HEADS:
            return DATA_HEADS[own]
        if title_rest:
            rest = text.folds[end : text.title_end]
            for word in ("dataset", "corpus", "database", "benchmark", "challenge", "testbed"):
                if word in rest[:9] and not {"using", "via"} & set(rest[: rest.index(word)]):
                    return DATA_HEADS[word]
        before = text.folds[max(0, start - 4) : start]
        if not CALLED.isdisjoint(before):
            kinds = [DATA_HEADS[word] for word in before if word in DATA_HEADS]
            if kinds:
                return kinds[-1]
        window = text.folds[end : end + 8]
        if "a" in window[:3] or "an" in window[:3] or "the" in window[:3] or "," in window[:1]:
            for word in window:
                if word in ("dataset", "corpus", "benchmark", "database"):
                    return DATA_HEADS[word]
                if word in (".", ";", "that", "which", "for", "on", "with"):
                    break
        head = self._words.heads.get(own)
        if end - start > 1 and (head == "Metric" or (head == "Task" and not brought)):
            return head
        return "Method"


def find(folds: list[str], phrase: list[str]) -> int:
    """Return where a phrase first stands, or -1."""
    first, size = phrase[0], len(phrase)
    for i, fold in enumerate(folds):
        if fold == first and folds[i : i + size] == phrase:
            return i
    return -1


def said_again(text: Tokens, start: int, end: int) -> bool:
    """Whether the phrase of some tokens stands more than once in the text.

    Only the first places of its first word are looked at, so that a text of one word a million times
    over costs no more than its length.
    """
    phrase = text.folds[start:end]
    size = end - start
    seen = 0
    for place in text.places.get(phrase[0], [])[:_PLACES]:
        seen += text.folds[place : place + size] == phrase
        if seen > 1:
            return True
    return False
