"""What every template is given: texts and forms of the reader's language, addresses, the store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from flask import render_template, request
from markupsafe import Markup, escape

from opendata.records import COLLECTIONS, DATASETS
from opendata.vocabularies import LANGUAGES, Label
from opendata.web.current import base_url
from opendata.web.languages import Reader
from opendata.web.pages import forms
from opendata.web.pages.assets import asset_path
from opendata.web.pages.texts import TEXTS

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
#: Characters that stay readable in a query (RFC 3986 §3.4 allows them there).
_READABLE = ",:/~"
Query = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Shell:
    """How a page speaks and leads on; its methods are what templates call.

    :param path: the address of the page without suffix.
    :param suffix: ``html`` where the page was reached by that suffix.
    """

    reader: Reader
    path: str
    suffix: str = ""

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.reader.language

    @property
    def other(self) -> str:
        """The other language."""
        return next(name for name in LANGUAGES if name != self.language)

    def t(self, key: str, **values: object) -> str:
        """Return a text of the catalogue."""
        text: str = getattr(TEXTS[key], self.language)
        return text.format(**values) if values else text

    def say(self, text: Label | Mapping[str, str] | None) -> str:
        """Return a bilingual text; what is missing is shown in the other language, and said so."""
        if text is None:
            return ""
        said = text._asdict() if isinstance(text, Label) else text
        own = said.get(self.language)
        if own:
            return str(own)
        other = said.get(self.other)
        if not other:
            return ""
        form = Markup('<span lang="{}">{}</span> <small>({})</small>')
        return form.format(tag(self.other), other, self.t("site.untranslated"))

    def marked(self, text: object) -> str:
        """Return a text with its language where that is evidently not the reader's."""
        if self.language != "zh" and _HAN.search(str(text)):
            return Markup('<span lang="{}">{}</span>').format(tag("zh"), text)
        return escape(text)

    def link(self, path: str, query: Query | None = None, **more: str | None) -> str:
        """Return the address of a page of this site."""
        if self.suffix and path.startswith("/v1"):
            path = f"{path}.{self.suffix}"
        asked = {**(query or {}), **more}
        if self.reader.asked:
            asked.setdefault("lang", self.language)
        return self.file(path, asked)

    def file(self, path: str, query: Query | None = None, **more: str | None) -> str:
        """Return the address of what is no page; a path with ``#`` keeps its fragment."""
        path, _, fragment = path.partition("#")
        asked = {n: v for n, v in {**(query or {}), **more}.items() if v is not None}
        text = urlencode(asked, safe=_READABLE, quote_via=quote)
        root = urlsplit(base_url()).path
        return f"{root}{path}{'?' if text else ''}{text}{'#' if fragment else ''}{fragment}"

    def asset(self, name: str) -> str:
        """Return the address of a file of the site."""
        return self.file(asset_path(name))

    def switch(self) -> str:
        """Return the address of this page in the other language."""
        asked = {n: ",".join(v) for n, v in request.args.lists()} | {"lang": self.other}
        path = f"{self.path}.{self.suffix}" if self.suffix else self.path
        return self.file(path, asked)


def tag(language: str) -> str:
    """Return the language tag of texts in ``language`` (BCP 47): Chinese is simplified here."""
    return "zh-Hans" if language == "zh" else language


def render(template: str, page: Any, shell: Shell) -> bytes:
    """Return a page."""
    speech = forms.FORMS[shell.language]
    return render_template(
        f"pages/{template}",
        page=page,
        shell=shell,
        language=shell.language,
        tag=tag,
        t=shell.t,
        say=shell.say,
        marked=shell.marked,
        link=shell.link,
        file=shell.file,
        asset=shell.asset,
        number=speech.number,
        day=speech.day,
        base=base_url(),
        collections={**COLLECTIONS, DATASETS.name: DATASETS},
    ).encode()
