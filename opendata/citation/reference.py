"""A citation as a line of a list of references, in Chinese or English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from opendata.citation.model import Citation

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def reference(citation: Citation, language: str) -> str:
    """Return the reference: by GB/T 7714—2015 in Chinese, by APA 7 in English.

    :param language: ``zh`` or ``en``.
    """
    return _FORMS[language](citation)


def _chinese(citation: Citation) -> str:
    """Return the reference by GB/T 7714—2015: a data set online, ``[DS/OL]`` (§8.6, A.2).

    A part of a dataset stands before ``//``, as what is taken from a larger work does (§4.2).
    """
    whole = citation.title.zh + (f": {citation.version}版" if citation.version else "")
    named = f"{citation.part.zh}[DS/OL]//{whole}" if citation.part else f"{whole}[DS/OL]"
    days = f"({citation.released.isoformat()})" if citation.released else ""
    days += f"[{citation.accessed.isoformat()}]" if citation.accessed else ""
    authors = ", ".join([*citation.names("zh"), *citation.others("zh")])
    proof = citation.proof("zh")
    parts = (authors, named, days, citation.permalink, proof)
    return " ".join(f"{part}." for part in parts if part)


def _english(citation: Citation) -> str:
    """Return the reference by APA 7: a data set (§10.9)."""
    return " ".join(_english_parts(citation))


def _english_parts(citation: Citation) -> Iterator[str]:
    authors = _listed([*citation.names("en"), *citation.others("en")])
    yield authors if authors.endswith(".") else f"{authors}."
    released = citation.released
    yield (
        f"({released.year}, {MONTHS[released.month - 1]} {released.day})."
        if released
        else ("(n.d.).")
    )
    version = f" (Version {citation.version})" if citation.version else ""
    if citation.part:
        yield f"{citation.part.en}."
        yield f"In {citation.title.en}{version} [Data set]."
    else:
        yield f"{citation.title.en}{version} [Data set]."
    if citation.accessed:
        yield f"Retrieved {_day(citation.accessed)}, from {citation.permalink}"
    else:
        yield citation.permalink
    if citation.digest:
        yield f"{citation.proof('en')}."


def _listed(names: list[str]) -> str:
    return ", & ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _day(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


_FORMS: dict[str, Callable[[Citation], str]] = {"zh": _chinese, "en": _english}
