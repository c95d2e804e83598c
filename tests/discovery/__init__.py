"""Tests of feeds, sitemaps and what leads to them."""
