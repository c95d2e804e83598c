"""Starting a dataset: a draft to write over, which explains its fields and is valid as it is."""

from opendata.starter.create import Started, new_dataset

__all__ = ["Started", "new_dataset"]
