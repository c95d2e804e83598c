"""Everybody that is measured: this project and what a developer would pick instead."""

from __future__ import annotations

from bench.peers.base import Peer
from bench.peers.datasette import Datasette
from bench.peers.fastapi import FastAPI
from bench.peers.flask import Flask
from bench.peers.nginx import Export, ProxyCache, Static
from bench.peers.ours import Granian, Gunicorn, Uncached
from bench.peers.roapi import Roapi

#: In the order of the tables.
PEERS: dict[str, type[Peer]] = {
    peer.name: peer
    for peer in (
        *(Gunicorn, Granian, Uncached),
        *(Roapi, FastAPI, Flask, Datasette),
        *(Static, ProxyCache, Export),
    )
}
#: Those that ratios are to: programs that answer queries.
RIVALS = (Roapi.name, FastAPI.name, Flask.name, Datasette.name)

__all__ = ["PEERS", "RIVALS", "Peer"]
