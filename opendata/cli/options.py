"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

datasets_option = click.option(
    "--datasets",
    type=click.Path(path_type=Path),
    help="Folder of the datasets.  [default: $OPENDATA_DATASETS or datasets]",
)
store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="Folder the store is built in.  [default: $OPENDATA_STORE or build]",
)
