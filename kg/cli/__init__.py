"""The command `kg`: parses, calls `kg.api`, prints. `main` is the entry point."""

from kg.cli.app import main

__all__ = ["main"]
