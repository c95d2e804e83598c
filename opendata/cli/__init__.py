"""The command line: each command a step of the editor's or the operator's work."""

from opendata.cli.main import main

__all__ = ["main"]
