"""Compatibility with the last release of the software: within /v1 fields are only added."""
