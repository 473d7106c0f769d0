"""The interactive network: one self-contained HTML file."""

from kg.export.html.page import write
from kg.export.html.showing import show

__all__ = ["show", "write"]
