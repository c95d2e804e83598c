"""Starting a dataset, and the way from there to a release."""
