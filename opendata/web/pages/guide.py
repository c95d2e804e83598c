"""The guide: ten minutes for each kind of user, with calls that work on this very site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

import orjson
from flask import Blueprint, Flask, Response

from opendata.formats import JSON
from opendata.query import Condition, Operator, Query, fields_of
from opendata.records import COLLECTIONS
from opendata.spec.parameters import sought_for
from opendata.store import Scope, Store
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.pages.tours import TOURS, Step
from opendata.web.relations import welcoming

bp = Blueprint("guide", __name__)

#: Where the guide stands, below the base address.
GUIDE = "/docs"


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as the page shows it: ``call`` is what to type, ``path`` and ``query`` lead there."""

    step: Step
    path: str
    query: Mapping[str, str]
    call: str


@dataclass(frozen=True, slots=True)
class ShownTour:
    """A tour as the page shows it."""

    id: str
    title: Label
    about: Label
    steps: Sequence[Shown]


def init_app(app: Flask) -> None:
    """Serve ``/docs``."""
    app.register_blueprint(bp)


@bp.get(GUIDE)
def guide() -> Response:
    """Answer with the guide, in Chinese or English."""
    query.language()
    current, shell = store(), shell_of(reader(), None)
    return page_answer("guide.html", shell, lambda: shown(current), current.digest, links=welcoming)


def shown(current: Store) -> list[ShownTour]:
    """Return the tours with what there is on this site put into their calls.

    Steps that need a record are left out where there is none.
    """
    names = _names(current)
    return [
        ShownTour(
            tour.id,
            tour.title,
            tour.about,
            [_shown(step, names) for step in tour.steps if _fits(step, names)],
        )
        for tour in TOURS
    ]


def _fits(step: Step, names: Mapping[str, str]) -> bool:
    return all(f"{{{name}}}" not in step.path or name in names for name in _NAMED)


TARGETS = COLLECTIONS["targets"]
#: Targets that state a figure.
_FIGURES = Query((Condition(fields_of(TARGETS)["value"], Operator.ISNULL, ("false",)),))
#: What paths may have in them.
_NAMED = ("dataset", "version", "target", "sought")


def _shown(step: Step, names: Mapping[str, str]) -> Shown:
    address = step.path.format_map(names)
    path, _, asked = address.partition("?")
    call = f"curl '{names['base']}{address}'" if address and not step.page else ""
    typed = (step.command or step.program).replace("BASE", names["base"])
    return Shown(step, path, dict(parse_qsl(asked)), call or typed)


def _names(current: Store) -> dict[str, str]:
    """Return what calls are made of: a target that is a figure, its dataset, and what finds it."""
    found = {"base": current.base_url}
    part = current.part(TARGETS.name, JSON.name, Scope(), _FIGURES, None, 1)
    for record in map(orjson.loads, part.fragments):
        found |= {name: record[name] for name in ("dataset", "version")}
        found |= {"target": record["id"], "sought": quote(sought_for(record))}
    return found
