"""CKAN: datasets as packages, and the part of Solr's query syntax that they are asked for in.

Pure: values in, values out. :mod:`opendata.store.packages` keeps and selects them,
:mod:`opendata.web.ckan` answers the Action API.
"""

from opendata.ckan.fields import (
    FIELDS,
    Field,
    Type,
    field_of,
    many_values,
    single_values,
    sought_in,
)
from opendata.ckan.package import Known, package
from opendata.ckan.parser import parse
from opendata.ckan.sorting import SCORE, Sort, sorts
from opendata.ckan.syntax import Expression, SolrError
from opendata.ckan.things import activity, licence, whole

__all__ = [
    "FIELDS",
    "SCORE",
    "Expression",
    "Field",
    "Known",
    "SolrError",
    "Sort",
    "Type",
    "activity",
    "field_of",
    "licence",
    "many_values",
    "package",
    "parse",
    "single_values",
    "sorts",
    "sought_in",
    "whole",
]
