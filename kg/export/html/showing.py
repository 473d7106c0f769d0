"""Shows a page to whoever asked for it: below the cell of a notebook, else in the browser."""

from __future__ import annotations

import sys
import webbrowser
from html import escape
from pathlib import Path


def show(path: Path, height: int = 640) -> None:
    """Show a page.

    Args:
        path: The page.
        height: Of the frame in a notebook, in pixels.
    """
    if in_notebook():
        from IPython.display import HTML, display

        display(HTML(frame(path, height)))
    else:
        webbrowser.open(path.resolve().as_uri())


def in_notebook() -> bool:
    """Return whether a notebook's kernel runs this program; IPython in a terminal is none."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return getattr(shell, "kernel", None) is not None


def frame(path: Path, height: int) -> str:
    """Return an element that holds the whole page, so that a saved notebook still shows it."""
    page = escape(path.read_text(encoding="utf-8"))
    style = f"width: 100%; height: {height}px; border: 1px solid #8884; border-radius: 8px"
    return f'<div><iframe title="Network of papers" srcdoc="{page}" style="{style}"></iframe></div>'
