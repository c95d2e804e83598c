"""Descriptions of datasets for catalogues."""
