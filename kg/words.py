"""Folding of single words, so that singular and plural, British and American spelling agree."""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = {
    "analyses": "analysis",
    "bases": "basis",
    "criteria": "criterion",
    "corpora": "corpus",
    "hypotheses": "hypothesis",
    "indices": "index",
    "matrices": "matrix",
    "simplices": "simplex",
    "syntheses": "synthesis",
    "vertices": "vertex",
    "series": "series",
    "species": "species",
}
_NO_PLURAL = ("bias", "atlas", "canvas", "alias", "gas", "lens", "news")
_BRITISH = (
    ("isation", "ization"),
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("neighbour", "neighbor"),
    ("modell", "model"),
    ("labell", "label"),
    ("tumour", "tumor"),
    ("optimiser", "optimizer"),
    ("optimising", "optimizing"),
    ("centre", "center"),
    ("fibre", "fiber"),
)
_BRITISH_SPELLING = re.compile("|".join(british for british, _ in _BRITISH))


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """Return a word as names are matched: lower case, singular, American spelling.

    The singular is a spelling rule, not a dictionary's: it only has to send both forms to one place.

    Example:
        >>> [fold_word(w) for w in ("Networks", "CNNs", "Matrices", "bias", "boxes", "modelling")]
        ['network', 'cnn', 'matrix', 'bias', 'box', 'modeling']
    """
    low = word.lower()
    if _BRITISH_SPELLING.search(low):
        for british, american in _BRITISH:
            low = low.replace(british, american)
    return _IRREGULAR.get(low) or singular(low)


def singular(word: str) -> str:
    """Return the singular of an English noun by its spelling; other words come back as they are.

    Example:
        >>> [singular(w) for w in ("losses", "policies", "GANs", "bus", "physics", "approaches")]
        ['loss', 'policy', 'GAN', 'bus', 'physics', 'approach']
    """
    if (
        len(word) < 3
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is", "ics", *_NO_PLURAL))
    ):
        return word
    if word.lower() in _IRREGULAR:
        return _IRREGULAR[word.lower()]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=50_000)
def surface_key(surface: str) -> str:
    """Return what two surfaces of the same name share: no case, hyphens, plural.

    Example:
        >>> surface_key("Self-Attention networks") == surface_key("self attention network")
        True
    """
    return "".join(fold_word(word) for word in re.split(r"[^\w+*#]+", surface) if word)


#: Endings that make a noun, a verb or an adjective of one stem, longest first.
_ENDINGS = (
    "isation ization ising izing ised ized ation ating ative ator ated ition ate ting ing "
    "ers er ed or al ic ion ive e y"
).split()
_SHORTEST_STEM = 4
#: What ends like a derivation and is a thing of its own.
_WHOLE = frozenset(["transformer"])


@lru_cache(maxsize=200_000)
def stem(fold: str) -> str:
    """Return what is left of a folded word without its endings, at least four letters.

    Cruder than a stemmer for searching (Porter, 1980), and only for words that are compared with words
    of the same paper.

    Example:
        >>> [stem(w) for w in ("program", "programming", "classify", "classification", "controller")]
        ['program', 'program', 'classif', 'classif', 'control']
    """
    if fold in _WHOLE:
        return fold
    for ending in _ENDINGS:
        if fold.endswith(ending) and len(fold) - len(ending) >= _SHORTEST_STEM:
            return stem(fold[: -len(ending)])
    doubled = len(fold) > _SHORTEST_STEM and fold[-1] == fold[-2] and fold[-1] in "bdglmnprt"
    return fold[:-1] if doubled else fold
