"""How data are cited: one account of what is cited, and the forms it is written in."""

from opendata.citation.bibtex import bibtex
from opendata.citation.csl import csl
from opendata.citation.model import Citation, Digest
from opendata.citation.reference import reference
from opendata.citation.version import of_several, of_version

__all__ = ["Citation", "Digest", "bibtex", "csl", "of_several", "of_version", "reference"]
