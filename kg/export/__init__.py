"""Graphs out: `export` is the door, `WRITERS` names the formats, one module each."""

from kg.export.exporting import WRITERS, export

__all__ = ["WRITERS", "export"]
