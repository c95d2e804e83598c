"""Solr's expressions as SQL, over the tables of packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, false, or_, select, true

from opendata.ckan import Expression, Field, SolrError, Type, field_of, sought_in
from opendata.ckan import syntax as solr
from opendata.ckan.fields import number, time
from opendata.records import DATASETS
from opendata.search import terms
from opendata.store.engines import Place, dialect_of
from opendata.store.layout import TABLES
from opendata.store.package_tables import package_members, packages
from opendata.store.searching import rows_found

_Test = Callable[[ColumnElement[Any]], ColumnElement[bool]]


def selects(engine: Engine, expression: Expression) -> ColumnElement[bool]:
    """Return the expression that a package is selected.

    :raises SolrError: for fields there are not, and values they cannot have.
    """
    match expression:
        case solr.Everything():
            return true()
        case solr.Not():
            return ~selects(engine, expression.of)
        case solr.All():
            return and_(true(), *(selects(engine, member) for member in _asked(expression)))
        case solr.Any():
            return or_(*(selects(engine, member) for member in expression.of))
    return _value(engine, field_of(expression.field), expression)


def ranked_text(expression: Expression) -> str:
    """Return the words that everything found has to have: what packages are ranked by."""
    members = expression.of if isinstance(expression, solr.All) else (expression,)
    return " ".join(filter(None, map(_plain_word, members)))


def _plain_word(expression: Expression) -> str | None:
    """Return the text of a word that is looked for in the full-text index."""
    if isinstance(expression, solr.Word) and expression.field == solr.DEFAULT_FIELD:
        return expression.text
    return None


def _asked(conjunction: solr.All) -> Iterator[Expression]:
    """Yield the members that ask for anything: punctuation between words does not."""
    for member in conjunction.of:
        word = _plain_word(member)
        if word is None or terms(word):
            yield member


def _value(
    engine: Engine,
    field: Field,
    asked: solr.Word | solr.Phrase | solr.Wildcard | solr.Exists | solr.Range,
) -> ColumnElement[bool]:
    if field.type is Type.TEXT:
        return _text(engine, field, asked)
    test = _test(engine, field, asked)
    if not field.many:
        # a field without a value is not selected, nor is that unknown to NOT
        column: ColumnElement[Any] = packages.c[field.name]
        return column.is_not(None) & test(column)
    members = package_members.c
    found = select(members.package).where(members.field == field.name, test(members.value))
    return packages.c.key.in_(found)


def _test(
    engine: Engine,
    field: Field,
    asked: solr.Word | solr.Phrase | solr.Wildcard | solr.Exists | solr.Range,
) -> _Test:
    """Return what tells of a value whether it is asked for."""
    match asked:
        case solr.Exists():
            return lambda column: column.is_not(None)
        case solr.Word() | solr.Phrase():
            value = _form(field, asked.text)
            return lambda column: column == value
        case solr.Range():
            return _between(field, asked)
        case solr.Wildcard():
            if field.type is not Type.STRING:
                raise SolrError(f"{field.name!r} is a {field.type.value}; wildcards are for texts")
            return lambda column: dialect_of(engine).fits(column, asked.parts)


def _between(field: Field, asked: solr.Range) -> _Test:
    low = None if asked.low is None else _form(field, asked.low)
    high = None if asked.high is None else _form(field, asked.high)

    def test(column: ColumnElement[Any]) -> ColumnElement[bool]:
        found: list[ColumnElement[bool]] = []
        if low is not None:
            found.append(column >= low if asked.with_low else column > low)
        if high is not None:
            found.append(column <= high if asked.with_high else column < high)
        return and_(true(), *found)

    return test


def _form(field: Field, text: str) -> str | int:
    """Return a value in the form that is compared."""
    if field.type is Type.TIME:
        return time(text)
    return number(text) if field.type is Type.NUMBER else text


def _text(
    engine: Engine,
    field: Field,
    asked: solr.Word | solr.Phrase | solr.Wildcard | solr.Exists | solr.Range,
) -> ColumnElement[bool]:
    column = packages.c[field.name]
    match asked:
        case solr.Exists():
            return true()
        case solr.Word() if field.name == solr.DEFAULT_FIELD:
            found = rows_found(engine, TABLES[DATASETS.name], asked.text)
            return packages.c.row.in_(found)
        case solr.Word():
            return _has(column, sought_in(asked.text, whole=False))
        case solr.Phrase():
            return _has(column, sought_in(asked.text, whole=True))
        case solr.Wildcard(parts=(str() as start, solr.Joker.MANY)):
            return _has(column, sought_in(start, whole=False))
    raise SolrError(f"{field.name!r} is searched by words; only a * at the end can stand there")


def _has(column: ColumnElement[Any], sought: list[str]) -> ColumnElement[bool]:
    return and_(*(Place(column, part) > 0 for part in sought)) if sought else false()
