"""What goes wrong with an action, in CKAN's own form and with its status codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ActionError(Exception):
    """An action that failed: ``body`` is what CKAN says under ``error``."""

    def __init__(self, status: int, kind: str, body: Mapping[str, Any]) -> None:
        super().__init__(kind)
        self.status = status
        self.body = {"__type": kind, **body}


class BadRequestError(Exception):
    """A request that is for no action, or that cannot be read: 400 with a bare text."""


def not_found(what: str) -> ActionError:
    """Return the error that there is no such thing."""
    return ActionError(404, "Not Found Error", {"message": f"Not found: {what}"})


def read_only(action: str) -> ActionError:
    """Return the error that nothing can be changed here."""
    message = f"Access denied: this catalogue is read-only, {action} is not offered"
    return ActionError(403, "Authorization Error", {"message": message})


def invalid(faults: Mapping[str, Sequence[str]]) -> ActionError:
    """Return the error that parameters have faults: those of each, by name."""
    told = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in faults.items())
    return ActionError(409, "Validation Error", {**faults, "message": told})


def bad_search(reason: str) -> ActionError:
    """Return the error that a query cannot be answered."""
    return ActionError(409, "Search Error", {"message": f"Search error: {reason}"})


def bad_search_query(reason: str) -> ActionError:
    """Return the error that a search has parameters that there are not."""
    message = f"Search Query is invalid: {reason}"
    return ActionError(400, "Search Query Error", {"message": message})
