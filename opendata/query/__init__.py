"""The query language: which fields can be asked for, how, and what a request asks.

One truth for all: the store turns a :class:`Query` into SQL, the description lists the
parameters that :func:`opendata.query.reading.read` accepts, and nothing here knows of either.
"""

from opendata.query.fields import OPERATORS, Operator, QueryField, fields_of
from opendata.query.model import Condition, Order, Query
from opendata.query.values import Kind

__all__ = [
    "OPERATORS",
    "Condition",
    "Kind",
    "Operator",
    "Order",
    "Query",
    "QueryField",
    "fields_of",
]
