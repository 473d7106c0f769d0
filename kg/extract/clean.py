"""Text as it should have been, with a way back to the text as it was.

Papers arrive with typographic dashes, ligatures, soft hyphens, "(cid:173)" from PDF tools and LaTeX
leftovers. Rules see plain text; offsets map back, so that a mention always slices out of the field
as it was read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

_ONE_TO_ONE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("‘’‚‛`´ʼ", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "
        ),
        **dict.fromkeys("\u202f\u205f\u3000\t\r\x0b\x0c\x00", " "),
        "×": "x",
        "∼": "~",
        "～": "~",
        "％": "%",
        "µ": "μ",
    }
)
_ODD = re.compile(f"[{''.join(map(re.escape, map(chr, _ONE_TO_ONE)))}]+")
_CHANGES: dict[str, str] = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "\\%": "%",
    "\\times": "x",
    "\\pm": "±",
    "\\&": "&",
    "\\_": "_",
    "\\~": "~",
    "\\#": "#",
    "\\ ": " ",
    "~\\cite": "",
    "$": "",
}
# Removed outright: soft hyphen with the break it caused, zero-width characters, LaTeX font commands.
_REMOVED = (
    r"\(cid:173\)\s?|\(cid:\d+\)|\u00ad\s?|[\u200b-\u200f\u2060\ufeff]"
    r"|\\(?:textbf|textit|emph|texttt|textsc|mathbf|mathcal|mathrm|text|rm|bf|it|em)\b\s?\{?"
    r"|(?<![\w\\])(?:emph|textit|textbf|texttt)\{|(?<=\w)\}(?=\W|$)"
)
_VARIABLE = re.compile(
    "|".join([_REMOVED, *(re.escape(key) for key in sorted(_CHANGES, key=len, reverse=True))])
)
_SUSPECT = re.compile(r"[\\$}\u00ad\u200b-\u200f\u2060\ufeff\ufb00-\ufb04]|\(cid:")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean text and the way back.

    Attributes:
        text: What rules read.
        anchors: Positions in `text` from which a new shift holds, ascending.
        shifts: What to add to a position from the same-numbered anchor on.
        starts: Where a stretch begins in the original that starts inside a replacement.
        ends: Where a stretch ends in the original that ends inside or behind a replacement.
    """

    text: str
    anchors: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)
    starts: Mapping[int, int] = field(default_factory=dict)
    ends: Mapping[int, int] = field(default_factory=dict)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the clean text stood in the original."""
        if len(self.anchors) == 1:
            return start, end
        last = max(end - 1, start)
        first = self.starts.get(start, start + self._shift(start))
        return first, self.ends.get(end, last + self._shift(last) + (end > start))

    def _shift(self, position: int) -> int:
        return self.shifts[bisect_right(self.anchors, position) - 1]


def _is_suspect(text: str) -> bool:
    if text.isascii():  # looking for one letter after the other beats looking for any of them
        return "\\" in text or "$" in text or "}" in text or "(cid:" in text
    return _SUSPECT.search(text) is not None


def clean(text: str) -> Cleaned:
    r"""Return the clean form of a field.

    Example:
        >>> cleaned = clean("feature extrac\u00adtion")
        >>> cleaned.text, cleaned.original(8, 18)
        ('feature extraction', (8, 19))
    """
    if not text.isascii():
        plain = _ODD.sub(lambda match: match.group().translate(_ONE_TO_ONE), text)
    elif "\t" in text or "\r" in text or "`" in text:
        plain = text.translate(_ONE_TO_ONE)
    else:
        plain = text
    if not _is_suspect(plain):
        return Cleaned(plain)
    parts: list[str] = []
    anchors, shifts = [0], [0]
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    length = position = 0
    for match in _VARIABLE.finditer(plain):
        new = _CHANGES.get(match.group(), "")
        parts += (plain[position : match.start()], new)
        length += match.start() - position + len(new)
        position = match.end()
        # "ﬃ" is one character for three: whatever begins or ends inside takes it whole.
        for inner in range(length - len(new) + 1, length + 1):
            ends[inner] = position
            if inner < length:
                starts[inner] = match.start()
        anchors.append(length)
        shifts.append(position - length)
    parts.append(plain[position:])
    return Cleaned("".join(parts), tuple(anchors), tuple(shifts), starts, ends)
