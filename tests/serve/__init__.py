"""Serving: the commands and the process, for real."""
