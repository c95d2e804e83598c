"""Pages as tests read them: elements with what stands in them, forms with what they send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.serving import get

#: What Chromium sends.
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
_EMPTY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})


@dataclass
class Element:
    """An element: its name, attributes, and what stands in it in order."""

    name: str
    given: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, its white space collapsed."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            else:
                yield from one._texts()

    def walk(self) -> Iterator[Element]:
        """Yield it and every element in it."""
        yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one.walk()

    def all(self, kind: str = "", /, **given: str) -> list[Element]:
        """Return the elements in it with this name and these attributes (``_`` for ``-``)."""
        wanted = {key.strip("_").replace("_", "-"): value for key, value in given.items()}
        return [
            one
            for one in self.walk()
            if kind in ("", one.name)
            and all(value in one.given.get(key, "\0").split() for key, value in wanted.items())
        ]

    def one(self, kind: str = "", /, **given: str) -> Element:
        """Return the only such element."""
        found = self.all(kind, **given)
        assert len(found) == 1, (kind, given, [one.given for one in found])
        return found[0]

    def links(self) -> list[str]:
        """Return where its links lead."""
        return [one.given["href"] for one in self.all("a")]

    def sent(self) -> list[tuple[str, str]]:
        """Return what a form sends as it stands: in order, what is empty too."""
        found: list[tuple[str, str]] = []
        for one in self.walk():
            name, kind = one.given.get("name"), one.given.get("type")
            if name is None:
                continue
            if one.name == "select":
                options = one.all("option")
                chosen = [o for o in options if "selected" in o.given] or options[:1]
                found.append((name, chosen[0].given.get("value", chosen[0].text)))
            elif one.name == "input" and (kind != "checkbox" or "checked" in one.given):
                found.append((name, one.given.get("value", "")))
        return found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(one)
        if tag not in _EMPTY:
            self.open.append(one)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(text: str) -> Element:
    """Return a document; every element must be closed, and in the right order."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    [whole] = parser.open
    return whole


def visited(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Return what a browser gets at an address."""
    return get(client, address, **{"Accept": BROWSER, **fields})


def page(client: FlaskClient, address: str, **fields: str) -> Element:
    """Return the page at an address."""
    response = visited(client, address, **fields)
    assert response.status_code == 200, response.text
    return parsed(response.text)


def asked(address: str) -> dict[str, str]:
    """Return the parameters of an address, those of lists joined."""
    found = parse_qs(urlsplit(address).query, keep_blank_values=True)
    return {name: ",".join(values) for name, values in found.items()}
