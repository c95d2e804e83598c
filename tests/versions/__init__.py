"""Versions on disk: found, released and held still."""
