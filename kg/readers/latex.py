"""LaTeX as bibliographies hold it: accents, macros, braces; mathematics stays as it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_SPECIAL = re.compile(r"[\\{}~$]|--|``|''")
# An abstract says "by 5% more"; to LaTeX all that follows would be a remark.
_PERCENT = re.compile(r"(?<!\\)%")
# More braces than any name has; the parser would climb down each.
_DEEPEST = 40


def decode(text: str) -> str:
    r"""Return LaTeX as text.

    Example:
        >>> decode(r"{\'E}cole {\"u}ber {CIFAR}-10: 5% of $x^2$ -- more")
        'École über CIFAR-10: 5% of $x^2$ – more'
    """
    if not _SPECIAL.search(text):
        return text
    plain = text.count("{") > 10_000 or _depth(text) > _DEEPEST
    if plain:
        return re.sub(r"[{}]", "", text)
    return str(_decoder().latex_to_text(_PERCENT.sub(r"\\%", text))).strip()


def _depth(text: str) -> int:
    depth = deepest = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    macros = get_default_latex_context_db()
    addresses = [MacroTextSpec(name, simplify_repl="%s") for name in ("url", "path", "nolinkurl")]
    macros.add_context_category("addresses", prepend=True, macros=addresses)
    return LatexNodes2Text(latex_context=macros, math_mode="verbatim", keep_comments=True)
