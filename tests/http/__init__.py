"""The API over HTTP, as clients see it."""
