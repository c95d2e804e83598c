"""``opendata``: its commands, each loaded when it is called, so that validating starts at once."""

from __future__ import annotations

from importlib import import_module

import click

import opendata
from opendata.cli.report import report
from opendata.errors import InvalidDataError, OpendataError

#: Where each command stands, in the order of the work.
_COMMANDS = {
    "new": "opendata.cli.new",
    "validate": "opendata.cli.editing",
    "audit": "opendata.cli.editing",
    "locate": "opendata.cli.locate",
    "diff": "opendata.cli.diff",
    "release": "opendata.cli.editing",
    "build": "opendata.cli.operating",
    "serve": "opendata.cli.operating",
    "export": "opendata.cli.export",
    "spec": "opendata.cli.operating",
    "mirror": "opendata.cli.mirroring",
    "verify": "opendata.cli.mirroring",
}


class _Commands(click.Group):
    """Ends a command with the message of what went wrong, never with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = getattr(import_module(_COMMANDS[cmd_name]), f"{cmd_name}_command")
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InvalidDataError as error:
            report(error.problems, "text")
            ctx.exit(1)
        except OpendataError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error


@click.group(cls=_Commands)
@click.version_option(opendata.__version__)
def main() -> None:
    """Publish government work reports as verifiable open data."""
