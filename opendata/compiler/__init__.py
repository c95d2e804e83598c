"""Compiling: from validated versions to one immutable store, built beside and swapped in."""

from opendata.compiler.build import Built, build
from opendata.compiler.preview import FOLDER, Preview, preview

__all__ = ["FOLDER", "Built", "Preview", "build", "preview"]
