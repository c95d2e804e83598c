"""Tests of opendata.pictures."""
