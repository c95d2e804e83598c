"""The peers' own environments: what each pins, apart from this project and from each other."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bench.peers import Peer

_UV = str(Path(sys.executable).parent / "uv")


def set_up(peer: Peer) -> None:
    """Make the environment of ``peer`` where it has one that is not there as it should be."""
    wanted = peer.requirements
    if wanted is None:
        return
    done = peer.environment / "requirements.txt"
    if done.exists() and done.read_bytes() == wanted.read_bytes():
        return
    shutil.rmtree(peer.environment, ignore_errors=True)
    _uv("venv", "--python", sys.executable, str(peer.environment))
    python = str(peer.environment / "bin/python")
    _uv("pip", "install", "--python", python, "--requirement", str(wanted))
    shutil.copy(wanted, done)


def _uv(*arguments: str) -> None:
    subprocess.run([_UV, "--quiet", *arguments], check=True)
