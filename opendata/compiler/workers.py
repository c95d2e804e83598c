"""Work on versions in other processes, where there is enough of it to pay for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from opendata.compiler.part import Job, Progress

#: Bytes of the versions' files from which on processes pay: each of them has to prepare, for as
#: long as half of this takes (statements, dictionaries of readings).
WORTH_PROCESSES = 500_000

Result = TypeVar("Result")


def spread(
    work: Callable[[Job], Result], jobs: Sequence[Job], progress: Progress
) -> Iterator[Result]:
    """Yield what ``work`` makes of each job, in their order."""
    if not jobs:
        return
    if len(jobs) == 1 or sum(map(_size, jobs)) < WORTH_PROCESSES:
        yield from map(work, progress(jobs, len(jobs)))
        return
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as pool:
        done = pool.map(work, jobs, chunksize=max(1, len(jobs) // 200))
        for _, made in zip(progress(jobs, len(jobs)), done, strict=True):
            yield made


def _size(job: Job) -> int:
    return sum(path.stat().st_size for path in job.folder.path.iterdir())
