"""A citation as an entry of BibTeX, in UTF-8 (for biber, biblatex and BibTeX 8 or later).

``@dataset`` is an entry type of biblatex and of the styles for GB/T 7714; the classic styles of
BibTeX do not know it and set it as ``@misc``. Year and month stand apart since the classic styles
read no ``date``.
"""

from __future__ import annotations

from collections.abc import Iterator

from opendata.citation.model import Citation
from opendata.citation.reference import MONTHS

_LANGUAGES = {"zh": "chinese", "en": "english"}

#: What TeX would take for a command, and braces, which BibTeX counts even behind a backslash.
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&$#_"},
    }
)


def bibtex(citation: Citation, language: str) -> str:
    """Return the entry, with a line end after it.

    :param language: of names and titles, ``zh`` or ``en``.
    """
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(citation, language))
    return f"@dataset{{{citation.key},\n{fields}}}\n"


def _fields(citation: Citation, language: str) -> Iterator[tuple[str, str]]:
    # a second pair of braces keeps names of bodies in one piece, and titles in their case
    authors = [_kept(name) for name in citation.names(language)]
    yield "author", "{" + " and ".join([*authors, *(["others"] if citation.more else [])]) + "}"
    yield "title", f"{{{_kept(citation.own_title(language))}}}"
    if citation.part:
        yield "series", f"{{{_kept(getattr(citation.title, language))}}}"
    if citation.version:
        yield "version", f"{{{escape(citation.version)}}}"
    if citation.released:
        yield "year", f"{{{citation.released.year}}}"
        yield "month", MONTHS[citation.released.month - 1][:3].lower()
    yield "url", f"{{{citation.permalink}}}"
    if citation.accessed:
        yield "urldate", f"{{{citation.accessed.isoformat()}}}"
    yield "language", f"{{{_LANGUAGES[language]}}}"
    if citation.digest:
        yield "note", f"{{{escape(citation.proof(language))}}}"


def escape(text: str) -> str:
    """Return ``text`` as TeX sets it and BibTeX reads it: with braces that match."""
    return text.translate(_ESCAPED)


def _kept(text: str) -> str:
    return f"{{{escape(text)}}}"
