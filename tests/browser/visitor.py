"""Somebody who looks at the site: with a language, a screen, and perhaps without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

#: Rules of WCAG 2.2, levels A and AA, and what axe counts as good practice.
_RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
#: Those that colours, the width of the screen and the language may break.
_LOOKS = {
    "type": "rule",
    "values": [
        *("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"),
        *("html-has-lang", "html-lang-valid", "valid-lang", "meta-viewport"),
    ],
}
_SIZES = {"phone": (390, 844), "desk": (1280, 900)}
_LOCALES = {"zh": "zh-CN", "en": "en-GB"}
_AXE = Axe()


class Reader(NamedTuple):
    """What is known of a visitor; a name of it is a name of its test."""

    language: str
    screen: str
    scripts: bool = True
    dark: bool = False

    def __str__(self) -> str:
        more = ("" if self.scripts else "-plain") + ("-dark" if self.dark else "")
        return f"{self.language}-{self.screen}{more}"


#: Both languages on both screens.
READERS = [Reader(language, screen) for language in _LOCALES for screen in _SIZES]
#: Each language and each screen once.
PAIRS = [Reader("zh", "phone"), Reader("en", "desk")]


class Visitor:
    """A page in a browser of its own; ``faults`` is everything that should not have happened."""

    def __init__(self, browser: Browser, site: str, reader: Reader, screenshots: Path) -> None:
        self.site, self.reader, self.faults = site, reader, list[str]()
        self.loaded: list[Response] = []
        width, height = _SIZES[reader.screen]
        self._screenshots = screenshots
        self._context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=_LOCALES[reader.language],
            java_script_enabled=reader.scripts,
            color_scheme="dark" if reader.dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
            has_touch=reader.screen == "phone",
        )
        if reader.scripts:
            self._context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", lambda response: self.loaded.append(response))

    def _said(self, message: ConsoleMessage) -> None:
        """Note errors and warnings, refusals by the policy of the page among them."""
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    @property
    def zh(self) -> bool:
        """Whether it reads Chinese."""
        return self.reader.language == "zh"

    def say(self, zh: str, en: str) -> str:
        """Return a text in the visitor's language."""
        return zh if self.zh else en

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.site}{path}")

    def follow(self, link: Locator) -> None:
        """Follow a link or send a form to another page."""
        with self.page.expect_navigation():
            link.click()

    def unfold(self, name: str) -> None:
        """Open what is folded up below ``name``, if it is."""
        summary = self.page.locator("summary", has_text=name).first
        if summary.is_visible() and summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()

    @property
    def path(self) -> str:
        """The address of the page without origin."""
        parts = urlsplit(self.page.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def picture(self, name: str) -> None:
        """Keep what the page looks like."""
        file = self._screenshots / f"{name}-{self.reader}.png"
        self.page.screenshot(path=file, full_page=True)

    def violations(self, *, looks: bool = False) -> list[str]:
        """Return what axe finds wrong with the page, each with the elements.

        :param looks: whether to go by those rules only that colours, width and language may break.
        """
        found = _AXE.run(
            self.page,
            options={
                "resultTypes": ["violations"],
                "runOnly": _LOOKS if looks else _RULES,
            },
        )
        return [
            f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
            for one in found.response["violations"]
            for node in one["nodes"][:5]
        ]

    def leave(self) -> None:
        """Close the browser."""
        self._context.close()
