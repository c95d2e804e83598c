"""The audit, on a small made-up report."""
