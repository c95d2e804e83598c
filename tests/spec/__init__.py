"""The description of the API, held against the API."""
