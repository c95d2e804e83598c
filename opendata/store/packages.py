"""Reading the catalogue as CKAN shows it: ready-made packages, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, FromClause, Select, and_, func, or_, select

from opendata.ckan import FIELDS, SCORE, Expression, Sort
from opendata.records import DATASETS
from opendata.store.engines import Place
from opendata.store.layout import searched
from opendata.store.package_tables import (
    package_activities,
    package_members,
    package_resources,
    package_things,
    packages,
)
from opendata.store.searching import best_first, index, matching
from opendata.store.solr import ranked_text, selects

#: The texts of resources that resource_search looks in.
RESOURCE_TEXTS = ("name", "description", "format", "url", "hash", "mimetype")

#: Latest datasets in the full-text index.
_INDEXED = packages.join(
    searched, (searched.c.collection == DATASETS.name) & (searched.c.row == packages.c.row)
).join(index, index.c.rowid == searched.c.docid)


class Thing(NamedTuple):
    """An organization, group, tag or licence; ``packages`` is how many packages have it."""

    name: str
    id: str
    title: str
    packages: int
    json: bytes


class ResourceRow(NamedTuple):
    """A resource; ``collection`` is none where it is no table that can be searched."""

    id: str
    dataset: str
    collection: str | None
    json: bytes


class Asked(NamedTuple):
    """Which packages are asked for: those that ``q`` and every filter select."""

    q: Expression
    filters: tuple[Expression, ...] = ()

    def where(self, engine: Engine) -> ColumnElement[bool]:
        """Return the expression that a package is asked for.

        :raises SolrError: for fields there are not, and values they cannot have.
        """
        return and_(*(selects(engine, one) for one in (self.q, *self.filters)))


class Packages:
    """The packages of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def names(self, limit: int | None = None, offset: int = 0) -> list[str]:
        """Return the names of all packages, sorted."""
        statement = select(packages.c.name).order_by(packages.c.name)
        return self._scalars(statement.limit(limit).offset(offset))

    def one(self, name: str) -> bytes | None:
        """Return the package of that id or name."""
        named = or_(packages.c.id == name, packages.c.name == name)
        found: list[bytes] = self._scalars(select(packages.c.json).where(named))
        return found[0] if found else None

    def id_of(self, name: str) -> str | None:
        """Return the id of the package of that id or name."""
        named = or_(packages.c.id == name, packages.c.name == name)
        found: list[str] = self._scalars(select(packages.c.id).where(named))
        return found[0] if found else None

    def count(self, asked: Asked) -> int:
        """Return how many packages are asked for."""
        [found] = self._scalars(
            select(func.count()).select_from(packages).where(asked.where(self._engine))
        )
        return int(found)

    def page(self, asked: Asked, sorts: Sequence[Sort], start: int, rows: int) -> list[bytes]:
        """Return the packages that are asked for, in order; ties stand by name."""
        text = ranked_text(asked.q) if any(by.field == SCORE for by in sorts) else ""
        source: FromClause = _INDEXED if text else packages
        rank = best_first(self._engine, text).column if text else None
        orders = [order for by in sorts if (order := _order(by, rank)) is not None]
        statement = select(packages.c.key).select_from(source).where(asked.where(self._engine))
        if text:
            statement = statement.where(matching(self._engine, text))
        ordered = statement.order_by(*orders, packages.c.name)
        keys = self._scalars(ordered.limit(rows).offset(start))
        wanted = select(packages.c.key, packages.c.json).where(packages.c.key.in_(keys))
        with self._engine.connect() as connection:  # what is sorted is short that way
            found = {row[0]: row[1] for row in connection.execute(wanted)}
        return [found[key] for key in keys]

    def facet(
        self, asked: Asked, field: str, limit: int | None, least: int
    ) -> list[tuple[str, int]]:
        """Return the values of a field with how many packages have each, the most first."""
        members = package_members.c
        if FIELDS[field].many:
            own = (members.package == packages.c.key) & (members.field == field)
            source: FromClause = packages.join(package_members, own)
            value: ColumnElement[Any] = members.value
        else:
            source, value = packages, packages.c[field]
        number = func.count()
        statement = (
            select(value, number)
            .select_from(source)
            .where(asked.where(self._engine), value.is_not(None))
            .group_by(value)
            .having(number >= least)
            .order_by(number.desc(), value)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [(found[0], found[1]) for found in connection.execute(statement)]

    def completing(self, text: str, limit: int) -> list[tuple[str, str]]:
        """Return name and title of the packages whose name or title has ``text``."""
        found = _holds(packages.c.name, text) | _holds(packages.c.title_string, text)
        statement = select(packages.c.name, packages.c.title_string).where(found)
        with self._engine.connect() as connection:
            rows = connection.execute(statement.order_by(packages.c.name).limit(limit))
            return [(row[0], row[1]) for row in rows]

    def resource(self, known: str) -> ResourceRow | None:
        """Return the resource of that id."""
        columns = (package_resources.c[name] for name in ResourceRow._fields)
        statement = select(*columns).where(package_resources.c.id == known)
        with self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else ResourceRow(*row)

    def resources(
        self, wanted: Sequence[tuple[str, str]], order: str | None, limit: int | None, offset: int
    ) -> tuple[int, list[bytes]]:
        """Return resources whose texts have what is wanted of each, and how many there are."""
        table = package_resources
        where = [_holds(table.c[name], text) for name, text in wanted]
        keys = [table.c[order]] if order else []
        [total] = self._scalars(select(func.count()).select_from(table).where(*where))
        statement = select(table.c.json).where(*where).order_by(*keys, table.c.key)
        return total, self._scalars(statement.limit(limit).offset(offset))

    def things(self, kind: str) -> list[Thing]:
        """Return the organizations, groups, tags or licences, by name."""
        columns = (package_things.c[name] for name in Thing._fields)
        statement = select(*columns).where(package_things.c.kind == kind)
        with self._engine.connect() as connection:
            rows = connection.execute(statement.order_by(package_things.c.name))
            return [Thing(*row) for row in rows]

    def thing(self, kind: str, name: str) -> Thing | None:
        """Return the one of that id or name."""
        table = package_things
        columns = (table.c[column] for column in Thing._fields)
        named = or_(table.c.id == name, table.c.name == name)
        statement = select(*columns).where(table.c.kind == kind, named)
        with self._engine.connect() as connection:
            row = connection.execute(statement).first()
        return None if row is None else Thing(*row)

    def activities(
        self, limit: int, offset: int, *, package: str | None = None, owner: str | None = None
    ) -> list[bytes]:
        """Return what was published, the newest first: of one package or organization, or all."""
        table = package_activities
        statement = select(table.c.json).order_by(table.c.key)
        if package is not None:
            statement = statement.where(table.c.package == package)
        if owner is not None:
            statement = statement.where(table.c.organization == owner)
        return self._scalars(statement.limit(limit).offset(offset))

    def _scalars(self, statement: Select[Any]) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(statement).scalars())


def _order(by: Sort, rank: ColumnElement[Any] | None) -> ColumnElement[Any] | None:
    """Return what stands in ORDER BY; nothing where all packages match equally well."""
    if by.field != SCORE:
        column = packages.c[by.field]
        return column.desc().nulls_last() if by.descending else column.asc().nulls_first()
    if rank is None:
        return None
    return rank.asc() if by.descending else rank.desc()  # less is better


def _holds(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    return Place(func.lower(column), text.lower()) > 0
