"""``python -m bench run`` measures; ``python -m bench check`` compares with what is committed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from bench.data import SIZES, prepare
from bench.environments import set_up
from bench.measure import Measured, Plan, measure
from bench.peers import PEERS, Peer
from bench.peers.settings import SETTINGS
from bench.questions import HOT, Kind
from bench.ratios import fallen
from bench.results import read_hot, settings_to_markdown, to_json, to_markdown

_ROOT = Path(__file__).parents[1]
_MADE = _ROOT / ".bench"
_RESULTS = Path(__file__).parent / "results"
#: What the check compares, and the share of a committed ratio that must be left.
_OURS, _OTHER, _SHARE = "ours", "flask", 0.5
#: More would take more than a minute; of whole tables the usual Flask answers too few in a second
#: to tell what one of them costs.
_CHECKED = (Kind.RECORD, Kind.PAGE, Kind.FILTER, Kind.SEARCH)


@click.group()
def main() -> None:
    """Measure this project beside its peers."""


@main.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True)
@click.option("--rounds", default=3, show_default=True, help="Medians are of so many rounds.")
@click.option("--seconds", default=2, show_default=True, help="For each kind of request.")
@click.option("--peers", default=",".join(PEERS), help="Who takes part, joined by commas.")
@click.option("--into", type=click.Path(path_type=Path), default=_RESULTS, help="Where to write.")
def run(size: str, rounds: int, seconds: int, peers: str, into: Path) -> None:
    """Measure, and write SIZE.md and SIZE.json."""
    # of few records there are not enough different questions
    plan = Plan(rounds, seconds, cold=size != "small")
    measured = _measured(size, plan, PEERS, [name for name in peers.split(",") if name])
    into.mkdir(parents=True, exist_ok=True)
    (into / f"{size}.json").write_bytes(to_json(SIZES[size], plan, measured))
    (into / f"{size}.md").write_text(to_markdown(SIZES[size], plan, measured), "utf-8")
    click.echo(to_markdown(SIZES[size], plan, measured))


@main.command()
@click.option("--rounds", default=3, show_default=True, help="Medians are of so many rounds.")
@click.option("--seconds", default=2, show_default=True, help="For each kind of request.")
def settings(rounds: int, seconds: int) -> None:
    """Measure this project under other settings of gunicorn, on the small data."""
    kinds = (Kind.RECORD, Kind.PAGE, Kind.CSV)
    measured = _measured(
        "small", Plan(rounds, seconds, cold=False), SETTINGS, list(SETTINGS), kinds
    )
    _RESULTS.mkdir(exist_ok=True)
    (_RESULTS / "settings.md").write_text(settings_to_markdown(measured), "utf-8")
    click.echo(settings_to_markdown(measured))


@main.command()
def check() -> None:
    """Fail where the small data are served much worse than when results were committed.

    CPU time a request is compared with that of the usual Flask in the same run.
    """
    measured = _measured("small", Plan(3, 1, cold=False), PEERS, [_OURS, _OTHER], _CHECKED)
    now = {kind.value: found for kind, found in measured.hot.items()}
    committed = read_hot(_RESULTS / "small.json")
    before = {kind.value: committed[kind.value] for kind in _CHECKED}
    lines = fallen(before, now, _OURS, _OTHER, _SHARE)
    if lines:
        raise click.ClickException("under half of what is committed:\n" + "\n".join(lines))
    click.echo(f"{len(now)} kinds of requests are served as well as when results were committed")


def _measured(
    size: str,
    plan: Plan,
    known: Mapping[str, type[Peer]],
    names: Sequence[str],
    kinds: Iterable[Kind] = tuple(HOT),
) -> Measured:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise click.UsageError(f"no such peers: {', '.join(unknown)}; there is {', '.join(known)}")
    data = prepare(SIZES[size], _MADE / "data")
    with tempfile.TemporaryDirectory(dir=_MADE) as work:
        peers = [known[name](data, _MADE / "env", Path(work)) for name in names]
        for peer in peers:
            set_up(peer)
        return measure(data, peers, plan, Path(work), kinds)


main()
