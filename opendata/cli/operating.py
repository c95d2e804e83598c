"""The operator's commands: build, serve and spec."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from opendata.cli.editing import print_problems
from opendata.cli.options import datasets_option, store_option
from opendata.cli.previewing import serve_drafts
from opendata.cli.progress import progress
from opendata.cli.report import counted
from opendata.cli.serve import serve_with_gunicorn
from opendata.cli.serve_granian import serve_with_granian
from opendata.compiler import build
from opendata.errors import OpendataError
from opendata.settings import Settings, database_url
from opendata.spec.dictionary import PAGES, to_markdown
from opendata.store import CurrentStore
from opendata.store.engines.postgresql.loading import load


@click.command("build")
@datasets_option
@store_option
@click.option(
    "--to",
    metavar="URL",
    help="Load the store into this database too: postgresql+psycopg://user@host/database.",
)
def build_command(datasets: Path | None, store: Path | None, to: str | None) -> None:
    """Compile every released version into one store; what is served goes on meanwhile.

    With --to the store is then loaded into a PostgreSQL database and becomes the one that is served
    from there, in one step.

    \b
    Example:  opendata build
              opendata build --to postgresql+psycopg://opendata@db.example.org/opendata
    """  # noqa: D301
    settings = Settings.from_environment()
    url = database_url("--to", to)
    path = _build(datasets or settings.datasets, store or settings.store, settings.base_url)
    if url:
        loaded = load(path, url, partial(progress, "loading"))
        said = "loaded" if loaded.changed else "nothing changed:"
        click.echo(f"{said} {loaded.name} at {url.render_as_string(hide_password=True)}")


@click.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--build", "build_first", is_flag=True, help="Validate and build before serving.")
@click.option("--draft", is_flag=True, help="Preview the drafts; build anew at each change.")
@click.option(
    "--server",
    type=click.Choice(["gunicorn", "granian"]),
    default="gunicorn",
    show_default=True,
    help="What serves it; granian is the extra 'fast'.",
)
@datasets_option
@store_option
def serve_command(
    bind: str,
    build_first: bool,
    draft: bool,
    server: str,
    datasets: Path | None,
    store: Path | None,
) -> None:
    """Serve the store until stopped.

    With --build the problems of drafts are printed and left to their editors; those of releases
    and of code lists end it.

    \b
    Example:  opendata serve --build
              opendata serve --draft --bind 127.0.0.1:8001
    """  # noqa: D301
    settings = Settings.from_environment()
    folder = store or settings.store
    if draft and build_first:
        raise click.UsageError("--draft builds by itself; leave --build out")
    if build_first and settings.database:
        raise click.UsageError(
            "OPENDATA_DATABASE_URL is served from; leave --build out and run opendata build --to"
        )
    if draft and server != "gunicorn":
        raise click.UsageError("--draft serves under gunicorn; leave --server out")
    if draft:
        serve_drafts(bind, datasets or settings.datasets, folder)
        return
    if build_first:
        print_problems(datasets or settings.datasets, None, "text", drafts_may_fail=True)
        _build(datasets or settings.datasets, folder, settings.base_url)
    serve_with = serve_with_granian if server == "granian" else serve_with_gunicorn
    serve_with(
        bind,
        folder,
        security_contact=settings.security_contact,
        database=settings.database,
    )


@click.command("spec")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--fields",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write the data dictionary into too: fields.md and fields.zh.md.",
)
@store_option
def spec_command(target: Path, fields: Path | None, store: Path | None) -> None:
    """Write the OpenAPI document of the store to TARGET (openapi/openapi.yaml)."""
    current = CurrentStore(store or Settings.from_environment().store).get()
    found = current.document("/openapi.yaml")
    if found is None:
        raise OpendataError("the store holds no description; build it again")
    _write(target, found.body)
    if fields:
        for language, name in PAGES.items():
            _write(fields / name, to_markdown(language).encode())


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    click.echo(f"wrote {path}")


def _build(datasets: Path, store: Path, base_url: str) -> Path:
    built = build(datasets, store, base_url, partial(progress, "compiling"))
    if built.changed:
        versions = counted(built.versions, "version")
        click.echo(f"built {built.path}: {versions}, {built.compiled} compiled")
    else:
        click.echo(f"nothing changed: {built.path}")
    return built.path
