"""Packages: descriptors, schemas and archives that carry a version whole to wherever it is used."""
