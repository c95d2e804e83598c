"""The promises of opendata, each held by a test."""
