"""The editor's commands: validate, audit and release. They load no web and no database."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from opendata.cli.options import datasets_option
from opendata.cli.progress import progress
from opendata.cli.report import FORMATS, counted, report, report_audit
from opendata.cli.watching import watch
from opendata.errors import Problem
from opendata.settings import Settings
from opendata.versions import DRAFT, audit_version, release, validate

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("validate")
@click.argument("dataset", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--watch", "again", is_flag=True, help="Check again at each change, until Ctrl-C.")
@datasets_option
def validate_command(dataset: str | None, form: str, again: bool, datasets: Path | None) -> None:
    """Check the datasets, or one DATASET, and print every problem at once.

    \b
    Example:  opendata validate kuiwen-2025
              opendata validate kuiwen-2025 --watch
    """  # noqa: D301
    folder = datasets or Settings.from_environment().datasets
    if again:
        watch(folder, partial(_check_once_more, folder, dataset, form))
    else:
        print_problems(folder, dataset, form)


@click.command("audit")
@click.argument("dataset")
@click.option("--source", required=True, type=_FILE, help="The document dataset.yaml names.")
@click.option("--version", default=DRAFT, show_default=True, help="A version, or the draft.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@datasets_option
def audit_command(
    dataset: str, source: Path, version: str, form: str, datasets: Path | None
) -> None:
    """Check DATASET against the document it was read from, to the character.

    \b
    Example:  opendata audit kuiwen-2025 --source report.txt
    """  # noqa: D301
    folder = datasets or Settings.from_environment().datasets
    figures, problems = audit_version(folder, dataset, version, source, datetime.now(UTC).date())
    report_audit(figures, problems, form)
    if problems:
        raise click.exceptions.Exit(1)


@click.command("release")
@click.argument("dataset")
@click.argument("version", required=False)
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now(UTC).date().isoformat(),
    help="Day of the release.  [default: today, UTC]",
)
@click.option("--source", type=_FILE, help="The document: audit against it before releasing.")
@click.option("--unaudited", is_flag=True, help="Release without an audit against the document.")
@click.option("--allow-dirty", is_flag=True, help="Release a draft that is not committed in git.")
@datasets_option
def release_command(
    dataset: str,
    version: str | None,
    on: datetime,
    source: Path | None,
    unaudited: bool,
    allow_dirty: bool,
    datasets: Path | None,
) -> None:
    """Freeze the draft of DATASET as VERSION: whole, or not at all.

    Without VERSION it is the smallest number that is honest about what changed since the last
    release, and 0.1.0 where there is none. Facts that changed and records that vanished since
    1.0.0 or later must be declared in draft/changes.yaml; the notes are written from it.

    \b
    Example:  opendata release kuiwen-2025 --source report.txt
              opendata release kuiwen-2025 1.0.0 --source report.txt
    """  # noqa: D301
    if (source is None) != unaudited:
        raise click.UsageError(
            "name the document with --source FILE to audit the draft, or say --unaudited"
        )
    folder = datasets or Settings.from_environment().datasets
    now = datetime.now(UTC)
    at = now if on.date() == now.date() else None
    committed = not allow_dirty
    done = release(
        folder, dataset, version, on.date(), source, at=at, committed=committed, changed=True
    )
    if done.unsure:
        click.echo(f"cannot tell whether the draft is committed: {done.unsure}", err=True)
    said = "ended the release that was cut short:" if done.finished else "released"
    click.echo(f"{said} {done.path}")


def _check_once_more(folder: Path, dataset: str | None, form: str) -> None:
    """Say the time, then the result; whatever it is, the next change may mend it."""
    click.echo(f"{datetime.now().astimezone():%H:%M:%S}", err=True)
    try:
        print_problems(folder, dataset, form)
    except click.exceptions.Exit:
        pass
    except OSError as error:  # a file went away while it was read
        click.echo(f"{error.filename}: {error.strerror}", err=True)


def _is_of_draft(problem: Problem, datasets: Path) -> bool:
    return Path(problem.place.file).relative_to(datasets).parts[1:2] == (DRAFT,)


def print_problems(
    datasets: Path, only: str | None, form: str, *, drafts_may_fail: bool = False
) -> None:
    """Validate and print every problem, or how much is valid.

    :param drafts_may_fail: whether problems of drafts alone are no reason to end.
    :raises click.exceptions.Exit: with 1, where there is a problem.
    """
    found = validate(datasets, only, partial(progress, "validating"))
    report(found.problems, form)
    if found.problems:
        if drafts_may_fail and all(_is_of_draft(p, datasets) for p in found.problems):
            click.echo("the drafts with problems are left out", err=True)
            return
        raise click.exceptions.Exit(1)
    said = f"{counted(found.versions, 'version')} with {counted(found.records, 'record')}: valid"
    click.echo(said, err=True)
