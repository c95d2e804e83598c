"""The command that starts a dataset."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from opendata.cli.options import datasets_option
from opendata.settings import Settings
from opendata.starter import new_dataset

_NEXT = """\
next:
  edit     the files there; each explains its fields, and their code lists are in {lists}
  check    opendata validate {dataset} --watch{option}
  compare  opendata audit {dataset} --source report.txt{option}
  freeze   opendata release {dataset} 1.0.0 --source report.txt{option}
  correct  edit the draft, then opendata diff {dataset} --format changes{option}"""


@click.command("new")
@click.argument("dataset")
@datasets_option
def new_command(dataset: str, datasets: Path | None) -> None:
    """Start DATASET: a draft that explains its fields, with a made-up example to write over.

    \b
    Example:  opendata new liuxi-2030
    """  # noqa: D301
    folder = datasets or Settings.from_environment().datasets
    started = new_dataset(folder, dataset)
    click.echo(f"wrote {started.draft}: a made-up example, valid as it is")
    if started.lists:
        click.echo(f"wrote {started.lists}: code lists to begin with; add your area to areas.yaml")
    option = f" --datasets {shlex.quote(str(datasets))}" if datasets else ""
    lists = started.draft.parents[1] / "vocabularies"
    click.echo(_NEXT.format(dataset=dataset, option=option, lists=lists))
