"""opendata turns government work reports into verifiable open data and publishes it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("opendata")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+source"
