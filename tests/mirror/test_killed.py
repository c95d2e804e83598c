"""A run that is killed at any moment leaves whole files, and later runs finish its work.

``OPENDATA_KILLS`` says how often; 20 where it does not.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from opendata.mirror import Limits, mirror
from tests.mirror.sites import MadeSite, files_of

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

_KILLS = int(os.environ.get("OPENDATA_KILLS", "20"))


def test_a_run_that_is_killed_again_and_again_ends_equal(site: MadeSite, tmp_path: Path) -> None:
    """After each kill no file is but as the site has it; at the end none is missing."""
    site.bodies["/long.csv"] = os.urandom(3 << 20)
    site.list(f"{site.url}/long.csv")
    assert mirror(site.url, tmp_path / "undisturbed", Limits()).failed == []
    whole, folder = files_of(tmp_path / "undisturbed"), tmp_path / "killed"
    chance = random.Random(20)
    command = [sys.executable, "-m", "opendata", "mirror", site.url, str(folder)]
    killed = 0
    for _ in range(_KILLS):
        process = subprocess.Popen([*command, "--delay", "0.02"], stdout=subprocess.DEVNULL)
        while not (folder / ".mirror/lock").exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.2, 1))
        process.kill()
        killed += process.wait() < 0
        held = files_of(folder)
        assert all(whole[name] == body for name, body in held.items())
    assert killed > _KILLS / 2
    assert mirror(site.url, folder, Limits()).failed == []
    assert files_of(folder) == whole
    sums = [(path / "SHA256SUMS").read_bytes() for path in (folder, tmp_path / "undisturbed")]
    assert sums[0] == sums[1]
