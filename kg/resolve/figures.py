"""Which of two figures is the better one."""

from __future__ import annotations

import re

#: Metrics of which less is better, by a word of their name.
_LESS_IS_BETTER = re.compile(
    r"error|loss|perplexity|distance|\bfid\b|latency|time|regret|complexity|rmse|\bmse\b|\bmae\b|rate$"
    r"|number of parameters|flops|macs|size|memory|energy|power|cost|wer|cer|lpips|bits",
    re.I,
)
_MORE_IS_BETTER = re.compile(
    r"success rate|hit rate|win rate|frame rate|information transfer rate", re.I
)


def board_order(metric: str | None, value: str, relative: bool) -> tuple[bool, str, bool, float]:
    """Return a key that sorts a leaderboard: by metric, absolute before relative, best first.

    Args:
        metric: Name of the metric, or None.
        value: The figure as written.
        relative: Whether it is a gain or a comparison.

    >>> board_order("accuracy", "95", False) < board_order("accuracy", "94", False)
    True
    >>> board_order("test error", "4.9", False) < board_order("test error", "5.1", False)
    True
    """
    name = metric or ""
    less = bool(_LESS_IS_BETTER.search(name)) and not _MORE_IS_BETTER.search(name)
    number = figure(value)
    return (metric is None, name, relative, number if less else -number)


def figure(value: str) -> float:
    """Return the number in a value, its first where it is a range, 0 for words."""
    match = re.search(r"-?\d+(?:\.\d+)?", value.replace(",", ""))
    return float(match.group()) if match else 0.0
