"""The interactive network: one self-contained HTML file."""

from kg.export.html.page import page, write

__all__ = ["page", "write"]
