"""The guide runs: every call that it shows is made here, every page that it names opened."""

from __future__ import annotations

import io
import re
import urllib.request
from collections.abc import Iterator
from contextlib import redirect_stdout
from types import FunctionType

import pytest
from click import Command, Context
from flask.testing import FlaskClient

from opendata.cli import main
from opendata.query import Condition, Operator, Query, fields_of
from opendata.web.pages import guide
from opendata.web.pages.tours import TOURS
from tests.pages.reading import Element, page, visited
from tests.serving import get


def _shown(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Yield every call of the page with the text before it."""
    for step in page(client, "/docs?lang=en").one("main").all("li"):
        for call in step.all("pre"):
            yield step.all("p")[0].text, call.text


def test_every_kind_of_user_has_a_tour(client: FlaskClient) -> None:
    """In both languages, at places that can be linked to."""
    for language in ("zh", "en"):
        whole = page(client, f"/docs?lang={language}")
        assert [one.given["id"] for one in whole.one("main").all("h2")] == [t.id for t in TOURS]
        for tour in TOURS:
            for step in tour.steps:
                assert getattr(step.text, language) in whole.text


def test_every_call_answers_as_the_guide_says(client: FlaskClient) -> None:
    """200, or the error that is shown on purpose."""
    calls = [(said, call) for said, call in _shown(client) if call.startswith("curl ")]
    assert len(calls) >= 12
    for said, call in calls:
        [address] = re.findall(r"^curl '(.+)'$", call)
        promised = re.search(r"answers (\d+)", said)
        assert get(client, address).status_code == int(promised[1] if promised else 200), call


def test_every_page_that_it_leads_to_is_one(client: FlaskClient) -> None:
    """Links to pages, to a browser."""
    links = page(client, "/docs?lang=zh").one("main").links()
    assert len([link for link in links if link.startswith("/v1/")]) >= 6
    for link in links:
        if link.startswith("/"):
            assert visited(client, link).mimetype == "text/html", link


def test_the_program_walks_through_every_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs as it stands, here against this site."""

    def urlopen(url: str) -> io.BytesIO:
        return io.BytesIO(get(client, url).data)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    whole = page(client, "/docs?lang=en")
    [program] = [one for one in whole.all("pre") if "import json" in one.text]
    printed = io.StringIO()
    with redirect_stdout(printed):
        FunctionType(compile(_source(program), "guide", "exec"), {})()
    total = get(client, "/v1/targets").get_json()["meta"]["total"]
    assert printed.getvalue() == f"{total} of {total}\n"


def _source(program: Element) -> str:
    return "".join(one for one in program.inside if isinstance(one, str))


def test_every_command_is_one_of_the_software(client: FlaskClient) -> None:
    """With arguments and options that it takes."""
    commands = [call for _, call in _shown(client) if call.startswith("opendata ")]
    assert len(commands) == sum(bool(step.command) for tour in TOURS for step in tour.steps)
    for call in commands:
        _, name, *arguments = call.split()
        command = main.get_command(Context(main), name)
        assert isinstance(command, Command), call
        assert command.make_context(name, _existing(arguments))


def _existing(arguments: list[str]) -> list[str]:
    """Return the arguments with a folder that is there for the one that is to be."""
    return ["." if argument == "DIR" else argument for argument in arguments]


def test_a_site_without_targets_has_a_guide(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps that need a record are left out; the rest answers."""
    nothing = Condition(fields_of(guide.TARGETS)["id"], Operator.EQ, ("nobody",))
    monkeypatch.setattr(guide, "_FIGURES", Query((nothing,)))
    calls = [call for _, call in _shown(client) if call.startswith("curl ")]
    assert calls
    assert "{" not in " ".join(calls)
    for call in calls:
        [address] = re.findall(r"^curl '(.+)'$", call)
        assert get(client, address).status_code in (200, 400), call


def test_swagger_stands_beside_it(client: FlaskClient) -> None:
    """At an address of its own, with files that are there."""
    back = get(client, "/docs/reference?lang=zh").text
    assert '<a href="../docs?lang=zh">' in back
    response = get(client, "/docs/reference")
    assert response.status_code == 200
    for name in re.findall(r'(?:href|src)="([^"/]+\.(?:css|js|png))"', response.text):
        assert get(client, f"/docs/{name}").status_code == 200, name
    assert '"../openapi.json"' in get(client, "/docs/swagger.js").text
