"""The records behind flask-smorest, marshmallow and SQLAlchemy, as their documentation would."""

import csv
import io
import os
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response
from flask.views import MethodView
from flask_smorest import Api, Blueprint, abort
from marshmallow import Schema, fields
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = Flask(__name__)
app.config.update(
    API_TITLE="records", API_VERSION="1", OPENAPI_VERSION="3.0.3", OPENAPI_URL_PREFIX="/docs"
)
api = Api(app)
blp = Blueprint("records", __name__)
engine = create_engine(
    f"sqlite:///file:{os.environ['BENCH_TABLE']}?mode=ro&immutable=1&uri=true", pool_size=4
)


class Base(DeclarativeBase):
    """What tables are declared on."""


class Record(Base):
    """A row of the table."""

    __tablename__ = "records"
    id: Mapped[str] = mapped_column(primary_key=True)
    dataset: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    section: Mapped[str]
    kind: Mapped[str]
    indicator: Mapped[str]
    measure: Mapped[str]
    comparator: Mapped[str]
    strength: Mapped[str]
    value: Mapped[float]
    unit: Mapped[str]
    as_printed: Mapped[str]
    period: Mapped[str]
    deadline: Mapped[str]
    deadline_basis: Mapped[str]
    source_document: Mapped[str]
    source_paragraph: Mapped[int]
    source_start: Mapped[int]
    source_end: Mapped[int]
    source_quote: Mapped[str]


class RecordSchema(Schema):
    """A record as it goes out."""

    id = fields.Str()
    dataset = fields.Str()
    title_zh = fields.Str()
    title_en = fields.Str()
    section = fields.Str()
    kind = fields.Str()
    indicator = fields.Str()
    measure = fields.Str()
    comparator = fields.Str()
    strength = fields.Str()
    value = fields.Float()
    unit = fields.Str()
    as_printed = fields.Str()
    period = fields.Str()
    deadline = fields.Str()
    deadline_basis = fields.Str()
    source_document = fields.Str()
    source_paragraph = fields.Int()
    source_start = fields.Int()
    source_end = fields.Int()
    source_quote = fields.Str()


class PageSchema(Schema):
    """Some records, and how many there are where that is asked for."""

    data = fields.List(fields.Nested(RecordSchema))
    total = fields.Int(allow_none=True)


class QuerySchema(Schema):
    """What may be asked of the collection."""

    limit = fields.Int(load_default=100)
    offset = fields.Int(load_default=0)
    total = fields.Bool(load_default=False)
    comparator = fields.Str()
    least = fields.Float()
    sort = fields.Str()


class SearchSchema(Schema):
    """What may be asked of the search."""

    q = fields.Str(required=True)
    limit = fields.Int(load_default=20)


class FacetSchema(Schema):
    """What may be asked of the counts."""

    least = fields.Float(load_default=0)


@blp.route("/records")
class Records(MethodView):
    """The collection."""

    @blp.arguments(QuerySchema, location="query")
    @blp.response(200, PageSchema)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return a page."""
        found = select(Record)
        if "comparator" in asked:
            found = found.where(Record.comparator == asked["comparator"])
        if "least" in asked:
            found = found.where(Record.value >= asked["least"])
        order = Record.value.desc() if asked.get("sort") == "-value" else text("rowid")
        with Session(engine) as session:
            rows = session.scalars(
                found.order_by(order).limit(asked["limit"]).offset(asked["offset"])
            ).all()
            total = None
            if asked["total"]:
                total = session.scalar(select(func.count()).select_from(found.subquery()))
        return {"data": rows, "total": total}


@blp.route("/records/<key>")
class One(MethodView):
    """A record."""

    @blp.etag
    @blp.response(200, RecordSchema)
    def get(self, key: str) -> Record:
        """Return a record."""
        with Session(engine) as session:
            found = session.get(Record, key)
        if found is None:
            abort(404)
        return found


@blp.route("/search")
class Search(MethodView):
    """The records whose titles have all the words."""

    @blp.arguments(SearchSchema, location="query")
    @blp.response(200, PageSchema)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the best."""
        matches = text(
            "SELECT records.* FROM records_fts JOIN records ON records.rowid = records_fts.rowid"
            " WHERE records_fts MATCH :q ORDER BY rank LIMIT :limit"
        )
        with Session(engine) as session:
            rows = session.scalars(select(Record).from_statement(matches), asked).all()
        return {"data": rows, "total": None}


@blp.route("/facets")
class Facets(MethodView):
    """The counts of indicators."""

    @blp.arguments(FacetSchema, location="query")
    @blp.response(200)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Count the records of each indicator."""
        counted = (
            select(Record.indicator, func.count())
            .where(Record.value >= asked["least"])
            .group_by(Record.indicator)
        )
        with Session(engine) as session:
            return {"indicator": dict(tuple(row) for row in session.execute(counted))}


@blp.route("/records.csv")
class Table(MethodView):
    """All records as CSV."""

    def get(self) -> Response:
        """Stream them."""
        names = [column.name for column in Record.__table__.columns]

        def blocks() -> Iterator[str]:
            written = io.StringIO()
            writer = csv.writer(written)
            writer.writerow(names)
            with engine.connect() as connection:
                statement = select(Record.__table__).order_by(text("rowid"))
                for rows in (
                    connection.execution_options(yield_per=1000).execute(statement).partitions()
                ):
                    writer.writerows(rows)
                    yield written.getvalue()
                    written.seek(0)
                    written.truncate()

        return Response(blocks(), mimetype="text/csv")


api.register_blueprint(blp)
