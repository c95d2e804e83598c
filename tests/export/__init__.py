"""Tests of the export: the site as files, and a web server that serves them."""
