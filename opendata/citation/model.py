"""What there is to say of something that is cited, whatever the form."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from opendata.vocabularies import Label

#: Who is named where there is nobody: of data that are of no dataset.
_NOBODY = Label("佚名", "Anonymous")
_OTHERS = Label("等", "others")


@dataclass(frozen=True, slots=True)
class Digest:
    """SHA-256 of bytes that anybody can get: ``value`` in hexadecimal, ``of`` says of which."""

    value: str
    of: Label


@dataclass(frozen=True, slots=True)
class Citation:
    """A version of a dataset, or a part of it, as it is cited.

    ``authors`` are those who publish the data, ``more`` tells that there are others beside them;
    ``title`` is that of the dataset. ``dataset`` and ``version`` are ``None`` for data of several
    datasets, of which ``released`` is the latest release. ``permalink`` is the address that gives
    the same data again. ``part`` says which part of the dataset is meant, ``None`` for all of it,
    and ``name`` names it within the dataset, for the key. ``accessed`` is the day of the request
    (UTC); it and ``digest`` are left out where they are ``None``.
    """

    authors: tuple[Label, ...]
    title: Label
    permalink: str
    dataset: str | None = None
    version: str | None = None
    released: date | None = None
    more: bool = False
    part: Label | None = None
    name: str = ""
    accessed: date | None = None
    digest: Digest | None = None

    @property
    def key(self) -> str:
        """The name it has in bibliographies: the same on every day, in every language.

        Of letters, digits, ``.``, ``-`` and ``_`` only, which every tool takes. Of a query, a part
        of the digest of its address tells it from others.
        """
        named = [self.dataset or "opendata", self.version or str(self.released or ""), self.name]
        _, asked, query = self.permalink.partition("?")
        if asked:
            named.append(hashlib.sha256(query.encode()).hexdigest()[:8])
        return "_".join(filter(None, named))

    def names(self, language: str) -> list[str]:
        """Return who is named as author."""
        return [getattr(author, language) for author in self.authors or (_NOBODY,)]

    def others(self, language: str) -> list[str]:
        """Return what stands for authors who are not named, if there are any."""
        return [getattr(_OTHERS, language)] if self.more else []

    def own_title(self, language: str) -> str:
        """Return the title of what is cited: of the part, or of the whole dataset."""
        title: str = getattr(self.part or self.title, language)
        return title

    def proof(self, language: str) -> str:
        """Return the digest in words, empty where there is none."""
        if self.digest is None:
            return ""
        of = getattr(self.digest.of, language)
        return (
            f"SHA-256（{of}）：{self.digest.value}"
            if language == "zh"
            else (f"SHA-256 ({of}): {self.digest.value}")
        )
