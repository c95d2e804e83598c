"""The command that writes the whole site as files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from opendata.cli.options import store_option
from opendata.cli.progress import progress
from opendata.export import Records, export_site
from opendata.settings import Settings


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--records",
    type=click.Choice([form.value for form in Records]),
    default=Records.PAGES.value,
    show_default=True,
    help="Forms of single records beside JSON; collections come in every form.",
)
@store_option
def export_command(folder: Path, records: str, store: Path | None) -> None:
    """Write the whole site of the store into FOLDER, as files for any web server.

    Run again, it writes what changed and removes what is no longer there.

    \b
    Example:  opendata build && opendata export /srv/opendata
    """  # noqa: D301
    settings = Settings.from_environment()
    done = export_site(
        folder,
        store or settings.store,
        partial(progress, "exporting"),
        security_contact=settings.security_contact,
        records=Records(records),
    )
    click.echo(
        f"{folder}: {done.files} files, {done.size} bytes; "
        f"{done.written} written, {done.removed} removed"
    )
