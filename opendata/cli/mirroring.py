"""The commands of whoever keeps a copy: mirror and verify."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from opendata.cli.report import counted
from opendata.errors import one_line
from opendata.mirror import Comparison, Finding, Limits, Report, compare, mirror, open_copy, verify

_jobs = click.option(
    "--jobs", type=click.IntRange(1, 32), default=4, show_default=True, help="Connections."
)
_delay = click.option(
    "--delay",
    type=click.FloatRange(0, 60),
    default=0,
    help="Seconds that each connection waits before a request.",
)
_timeout = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=60,
    show_default=True,
    help="Seconds that the origin may be silent.",
)
_attempts = click.option(
    "--attempts",
    type=click.IntRange(1, 20),
    default=5,
    show_default=True,
    help="Tries of one address, with growing pauses.",
)
_max_size = click.option(
    "--max-size",
    type=click.IntRange(1),
    default=8 << 30,
    show_default=True,
    help="The most bytes that a file may have.",
)
_format = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command("mirror")
@click.argument("url")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@_jobs
@_delay
@_timeout
@_attempts
@_max_size
@_format
def mirror_command(
    url: str,
    folder: Path,
    jobs: int,
    delay: float,
    timeout: float,
    attempts: int,
    max_size: int,
    form: str,
) -> None:
    """Make DIR a copy of the site at URL, fetching what changed since the last run.

    Ends with 0 when DIR holds all that the site does, whether something changed or not; with 1
    when anything failed or had another digest than stated: nothing of that is taken, and the next
    run goes on.

    \b
    Example:  opendata mirror https://data.example.org /srv/mirror
    """  # noqa: D301
    limits = Limits(jobs, delay, timeout, attempts, largest=max_size)
    report = mirror(url, folder, limits)
    if form == "json":
        click.echo(json.dumps(report.values(), ensure_ascii=False, indent=2))
    else:
        _print(report)
    if not report.complete:
        click.get_current_context().exit(1)


def _print(report: Report) -> None:
    _print_findings(report.failed)
    click.echo(
        f"{report.fetched} fetched, {report.unchanged} unchanged, {report.removed} removed, "
        f"{len(report.failed)} failed; {report.size} bytes in {report.seconds:.1f} s"
    )


def _print_findings(findings: list[Finding]) -> None:
    for finding in findings:
        click.echo(one_line(str(finding)))


@click.command("verify")
@click.argument("source", metavar="URL|DIR")
@click.option("--against", metavar="URL|DIR", help="Another copy, to be verified and compared.")
@_jobs
@_delay
@_timeout
@_attempts
@_max_size
@_format
def verify_command(
    source: str,
    against: str | None,
    jobs: int,
    delay: float,
    timeout: float,
    attempts: int,
    max_size: int,
    form: str,
) -> None:
    """Hold a copy to the digests it states, from versions and files to archives.

    Ends with 0 when all agree, with 1 and every finding when anything does not.

    \b
    Example:  opendata verify /srv/mirror --against https://data.example.org
    """  # noqa: D301
    limits = Limits(jobs, delay, timeout, attempts, largest=max_size)
    with ExitStack() as stack:
        names = [source, against] if against else [source]
        copies = [stack.enter_context(open_copy(name, limits)) for name in names]
        findings = [finding for copy in copies for finding in verify(copy)]
        comparison = compare(*copies) if len(copies) == 2 else None
        held = copies[0].promised
    if comparison:
        findings += comparison.findings
    if form == "json":
        click.echo(json.dumps(_values(findings, comparison), ensure_ascii=False, indent=2))
    else:
        _print_findings(findings)
        click.echo(_said(findings, comparison, held))
    if findings:
        click.get_current_context().exit(1)


def _values(findings: list[Finding], comparison: Comparison | None) -> dict[str, Any]:
    compared = comparison and {"how": comparison.how, "number": comparison.compared}
    found = [finding._asdict() for finding in findings]
    return {"good": not findings, "compared": compared, "findings": found}


def _said(findings: list[Finding], comparison: Comparison | None, held: int) -> str:
    if findings:
        return counted(len(findings), "finding")
    if comparison:
        return f"equal: {comparison.how} ({comparison.compared} compared)"
    return f"good: {counted(held, 'file')} as promised"
