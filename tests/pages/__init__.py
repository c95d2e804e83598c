"""Pages for people, over HTTP: read as HTML, without a browser."""
