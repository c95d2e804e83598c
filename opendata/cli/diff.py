"""``opendata diff``: what changed between two versions, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from opendata.cli.differences import csv_of, json_of, text_of
from opendata.cli.options import datasets_option
from opendata.settings import Settings
from opendata.versions import DRAFT, Compared, compare_versions, skeleton_of

_FORMS: dict[str, Callable[[Compared], str]] = {
    "text": text_of,
    "json": json_of,
    "csv": csv_of,
    "changes": skeleton_of,
}


@click.command("diff")
@click.argument("dataset")
@click.argument("old", metavar="[FROM]", required=False)
@click.argument("new", metavar="[TO]", default=DRAFT)
@click.option("--format", "form", type=click.Choice([*_FORMS]), default="text", show_default=True)
@datasets_option
def diff_command(dataset: str, old: str | None, new: str, form: str, datasets: Path | None) -> None:
    """Tell what changed in DATASET from one version to another, and which number that demands.

    FROM is the latest release and TO the draft where they are not given; draft is the draft's
    name. Ends with 0 whether or not there are changes, with 1 where a version is not there or not
    valid. The format changes is a changes.yaml for the draft with every withdrawal and correction
    that the changes need, to fill in.

    \b
    Example:  opendata diff kuiwen-2025
              opendata diff kuiwen-2025 0.2.0 1.0.0 --format csv
              opendata diff kuiwen-2025 --format changes
    """  # noqa: D301
    folder = datasets or Settings.from_environment().datasets
    click.echo(_FORMS[form](compare_versions(folder, dataset, old, new)), nl=False)
