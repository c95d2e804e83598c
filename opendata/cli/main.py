"""``opendata``: validate, release, build and serve."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

import opendata
from opendata.cli.progress import progress
from opendata.cli.report import FORMATS, counted, report, report_audit
from opendata.cli.serve import serve_with_gunicorn
from opendata.compiler import build
from opendata.errors import InvalidDataError, OpendataError
from opendata.settings import Settings
from opendata.store import CurrentStore
from opendata.versions import DRAFT, audit_version, release, validate

_datasets = click.option(
    "--datasets",
    type=click.Path(path_type=Path),
    help="Folder of the datasets.  [default: $OPENDATA_DATASETS or datasets]",
)
_store = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="Folder the store is built in.  [default: $OPENDATA_STORE or build]",
)


_FILE = click.Path(path_type=Path, dir_okay=False)


class _Commands(click.Group):
    """Ends a command with the message of what went wrong, never with a traceback."""

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


@main.command("validate")
@click.argument("dataset", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@_datasets
def validate_command(dataset: str | None, form: str, datasets: Path | None) -> None:
    r"""Check the datasets, or one DATASET, and print every problem at once.

    \b
    Example:  opendata validate kuiwen-2025
    """
    _validate(datasets or Settings.from_environment().datasets, dataset, form)


@main.command("audit")
@click.argument("dataset")
@click.option("--source", required=True, type=_FILE, help="The document dataset.yaml names.")
@click.option("--version", default=DRAFT, show_default=True, help="A version, or the draft.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@_datasets
def audit_command(
    dataset: str, source: Path, version: str, form: str, datasets: Path | None
) -> None:
    r"""Check DATASET against the document it was read from, to the character.

    \b
    Example:  opendata audit kuiwen-2025 --source report.txt
    """
    folder = datasets or Settings.from_environment().datasets
    figures, problems = audit_version(folder, dataset, version, source, datetime.now(UTC).date())
    report_audit(figures, problems, form)
    if problems:
        raise click.exceptions.Exit(1)


@main.command("release")
@click.argument("dataset")
@click.argument("version")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now(UTC).date().isoformat(),
    help="Day of the release.  [default: today, UTC]",
)
@click.option("--source", type=_FILE, help="The document: audit against it before releasing.")
@_datasets
def release_command(
    dataset: str, version: str, on: datetime, source: Path | None, datasets: Path | None
) -> None:
    r"""Freeze the draft of DATASET as VERSION: whole, or not at all.

    \b
    Example:  opendata release kuiwen-2025 1.0.0 --source report.txt
    """
    folder = datasets or Settings.from_environment().datasets
    click.echo(f"released {release(folder, dataset, version, on.date(), source)}")


@main.command("build")
@_datasets
@_store
def build_command(datasets: Path | None, store: Path | None) -> None:
    """Compile every released version into one store; what is served goes on meanwhile."""
    settings = Settings.from_environment()
    _build(datasets or settings.datasets, store or settings.store, settings.base_url)


@main.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--build", "build_first", is_flag=True, help="Validate and build before serving.")
@_datasets
@_store
def serve_command(bind: str, build_first: bool, datasets: Path | None, store: Path | None) -> None:
    """Serve the store under gunicorn until stopped."""
    settings = Settings.from_environment()
    folder = store or settings.store
    if build_first:
        _validate(datasets or settings.datasets, None, "text")
        _build(datasets or settings.datasets, folder, settings.base_url)
    serve_with_gunicorn(bind, folder)


@main.command("spec")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@_store
def spec_command(target: Path, store: Path | None) -> None:
    """Write the OpenAPI document of the store to TARGET (openapi/openapi.yaml)."""
    current = CurrentStore(store or Settings.from_environment().store).get()
    found = current.document("/openapi.yaml")
    if found is None:
        raise OpendataError("the store holds no description; build it again")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(found.body)
    click.echo(f"wrote {target}")


def _validate(datasets: Path, only: str | None, form: str) -> None:
    found = validate(datasets, only, partial(progress, "validating"))
    report(found.problems, form)
    if found.problems:
        raise click.exceptions.Exit(1)
    said = f"{counted(found.versions, 'version')} with {counted(found.records, 'record')}: valid"
    click.echo(said, err=True)


def _build(datasets: Path, store: Path, base_url: str) -> None:
    built = build(datasets, store, base_url, partial(progress, "compiling"))
    if built.changed:
        click.echo(f"built {built.path}: {built.versions} versions, {built.compiled} compiled")
    else:
        click.echo(f"nothing changed: {built.path}")
