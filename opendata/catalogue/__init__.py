"""Descriptions of datasets for catalogues: DCAT-AP, DCAT-US, schema.org, Chinese catalogue fields.

Pure: values in, values or bytes out. What is said of one dataset depends on that dataset alone.
"""

from opendata.catalogue.edition import Edition, Lists
from opendata.catalogue.files import File, files
from opendata.catalogue.writing import FORMS, Form, arranged, in_language

__all__ = ["FORMS", "Edition", "File", "Form", "Lists", "arranged", "files", "in_language"]
