"""Formats: how a row is written."""
