"""Compiling: from validated versions to one immutable store, built beside and swapped in."""

from opendata.compiler.build import Built, build

__all__ = ["Built", "build"]
