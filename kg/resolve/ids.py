"""Deterministic ids, so that graphs built apart can be merged by union."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|mtrl-th|nlin|nucl-(?:ex|th)"
    "|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|stat|supr-con"
)
_ARXIV = re.compile(
    r"(?:^|[\s/:]|arxiv\.)"
    rf"(?:(\d\d(?:0[1-9]|1[0-2])\.\d{{4,5}})|({_ARCHIVES})(?:\.[a-z]{{2}})?/(\d{{7}}))"
    r"(?:v\d+)?(?:\.pdf)?(?:[?#].*)?$",
    re.I,
)
_DOI = re.compile(r"(10\.\d{4,9}(?:\.\d+)*/\S+)$", re.I)
_ARXIV_DOI = "10.48550/arxiv."
_SLUG_LENGTH = 80


def fold(text: str) -> str:
    """Return `text` as names are compared: no accents, case, punctuation or double spaces.

    Example:
        >>> fold("Kolmogorov–Arnold  Network")
        'kolmogorov arnold network'
    """
    if text.isascii():  # most texts are, and nothing in them is composed
        return _NOT_WORD.sub(" ", text.lower()).strip()
    # Decomposing can bring capitals ("𝕊"), and folding case what must be decomposed again.
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain).strip()


def slug(text: str) -> str:
    """Return a readable id for a name: letters and digits of any script, joined by hyphens.

    "+" and "#" tell names apart ("C++", "A*"), so they become words. A long name is cut and closed
    with a digest, so that two long names never share an id. A name without any letter or digit gets
    its digest.

    Example:
        >>> slug("Kolmogorov-Arnold Network"), slug("CIFAR-10"), slug("A*")
        ('kolmogorov-arnold-network', 'cifar-10', 'a-star')
    """
    spoken = text.replace("+", " plus ").replace("*", " star ").replace("#", " sharp ")
    words = fold(spoken).replace(" ", "-")
    if not words:
        return "x" + digest(text)
    if len(words) > _SLUG_LENGTH:
        return words[:_SLUG_LENGTH].rstrip("-") + "-" + digest(words)
    return words


@lru_cache(maxsize=25_000)
def title_key(title: str) -> str:
    """Return the normalised title: papers with the same key are the same paper.

    Example:
        >>> title_key("MAXIM: Multi-Axis  MLP") == title_key("maxim - multi axis MLP")
        True
    """
    return fold(title) or digest(title)


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id in an id or URL, without version, else None.

    Example:
        >>> arxiv_id("https://arxiv.org/abs/2312.00752v2")
        '2312.00752'
    """
    text = text.strip()
    if (known := doi(text)) and not known.startswith(_ARXIV_DOI):
        return None
    if not (match := _ARXIV.search(text)):
        return None
    new, archive, number = match.groups()
    return new or f"{archive.lower()}/{number}"


def doi(text: str) -> str | None:
    """Return the DOI in an id or URL, in lower case, else None.

    Example:
        >>> doi("https://doi.org/10.1000/ABC.1")
        '10.1000/abc.1'
    """
    match = _DOI.search(text.strip())
    return match.group(1).lower() if match else None


def paper_id(
    title: str, arxiv: str | None = None, doi: str | None = None, source_id: str | None = None
) -> str:
    """Return a paper's id: arXiv id, else DOI, else the source's id, else a slug of the title.

    Example:
        >>> paper_id("Attention Is All You Need")
        'attention-is-all-you-need'
    """
    return arxiv or doi or source_id or slug(title)


def digest(text: str) -> str:
    """Return eight characters that tell texts apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
