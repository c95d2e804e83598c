"""The data that is served: made up, the same in every run, as datasets and as tables for peers."""

from bench.data.sizes import SIZES, Size
from bench.data.store import Data, prepare, quietly

__all__ = ["SIZES", "Data", "Size", "prepare", "quietly"]
