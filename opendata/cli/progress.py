"""A progress bar for work that takes longer than a second."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

Step = TypeVar("Step")

#: With fewer steps than this a single one may take long: the bar then shows the time between them.
_FEW = 8


def progress(work: str, steps: Iterable[Step], total: int) -> Iterator[Step]:
    """Yield ``steps``; show how far they have come once a second has passed, on a terminal."""
    with tqdm(desc=work, total=total, unit="version", delay=1, leave=False, disable=None) as bar:
        done = threading.Event()
        # no thread beside a process pool, which may fork
        ticker = threading.Thread(target=_tick, args=(bar, done)) if total < _FEW else None
        if ticker:
            ticker.start()
        try:
            for step in steps:
                yield step
                bar.update()
        finally:
            done.set()
            if ticker:
                ticker.join()


def _tick(bar: tqdm[None], done: threading.Event) -> None:
    """Draw the bar while a step goes on."""
    if not done.wait(1):
        while not done.wait(0.2):
            bar.refresh()
