"""Links to code, where the text says that the code (or data) is there."""

from __future__ import annotations

import re

_URL = re.compile(
    r"(?:https?://|www\.|(?<![\w./@])(?=(?:github|gitlab|huggingface)\.(?:com|co)/))[^\s<>\"'\\{}|^`]+",
    re.I,
)
_HOSTS = re.compile(
    r"//(?:www\.)?(?:github\.com|gitlab\.\w+|bitbucket\.org|huggingface\.co|codeberg\.org"
    r"|sourceforge\.net|zenodo\.org|osf\.io|gist\.github\.com|kaggle\.com|pypi\.org|modelscope\.cn"
    r"|anonymous\.4open\.science|code\.google\.com|colab\.research\.google\.com"
    r"|drive\.google\.com|figshare\.com|doi\.org/10\.5281)",
    re.I,
)
_SAYS_SO = re.compile(
    r"\b(?:code|codes|codebase|implementation|software|toolbox|library|package|repository|scripts?"
    r"|open-?sourced?|source|available|data|datasets?|models?|demo|released?|checkpoints?|weights)\b",
    re.I,
)


def code_urls(text: str) -> list[str]:
    """Return the links under which a text says that code or data can be found, in reading order.

    A link to a code host counts by itself; any other link counts when its sentence speaks of code,
    data or availability.

    Example:
        >>> code_urls("Code: https://github.com/acme/foo. See also https://example.org/blog.")
        ['https://github.com/acme/foo']
    """
    low = text.lower()
    if "://" not in low and "www." not in low and ".co" not in low:
        return []  # most papers
    found: dict[str, None] = {}
    for match in _URL.finditer(text):
        url = _trim(match.group())
        if not url.lower().startswith("http"):
            url = "https://" + url
        before = text[max(0, match.start() - 160) : match.start()]
        sentence = re.split(r"(?<=[a-z)])[.!?]\s+(?=[A-Z])", before)[-1]
        after = re.split(r"(?<=[a-z)])[.!?]\s", text[match.end() : match.end() + 60])[0]
        if _HOSTS.search(url) or _SAYS_SO.search(sentence) or _SAYS_SO.search(after):
            found.setdefault(url)
    return list(found)


def _trim(url: str) -> str:
    url = url.rstrip(".,;:!?*_")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:!?")
    return url.rstrip("]").rstrip(".,;:")
