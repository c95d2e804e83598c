"""Every kind of page: fit for everyone (axe), quiet on the console, light and still."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.visitor import Reader, Visitor

Visit = Callable[[Reader], Visitor]

#: One process has the server and the browser; what runs there is no code of this project.
pytestmark = pytest.mark.no_cover

_DATASET = "/v1/datasets/kuiwen-2025"
_QUANTITATIVE = f"{_DATASET}/targets/retail-sales-total"

#: A page of each kind, by what its screenshot is called.
PAGES = {
    "home": "/",
    "datasets": "/v1/datasets",
    "dataset": _DATASET,
    "version": f"{_DATASET}/versions/0.2.0",
    "versions": f"{_DATASET}/versions",
    "targets": f"{_DATASET}/targets?limit=20",
    "narrowed": "/v1/targets?q=%E6%95%99%E8%82%B2&strength=commit",
    "faulty": "/v1/targets?strenght=commit",
    "projects": f"{_DATASET}/projects?limit=20",
    "glossary": f"{_DATASET}/glossary",
    "search": "/v1/search?q=%E5%AD%A6%E6%A0%A1",
    "target": _QUANTITATIVE,
    "qualitative": f"{_DATASET}/targets/fourteenth-five-year-plan-completion",
    "project": None,
    "term": None,
    "history": f"{_QUANTITATIVE}/history",
    "cite": f"{_QUANTITATIVE}/cite",
    "changes": f"{_DATASET}/changes?limit=20",
    "corrections": f"{_DATASET}/corrections",
    "quality": f"{_DATASET}/quality",
    "pictures": f"{_DATASET}/pictures",
    "picture": f"{_DATASET}/pictures/money",
    "schema": "/v1/schema",
    "vocabularies": "/v1/vocabularies",
    "vocabulary": "/v1/vocabularies/comparators",
    "errors": "/docs/errors",
    "guide": "/docs",
    "index": "/v1",
    "missing": "/v1/datasets/nowhere",
}
#: What is seen of records of which any will do.
_FIRST = {"project": f"{_DATASET}/projects", "term": f"{_DATASET}/glossary"}
#: The statuses of pages that say what went wrong.
_FAULTS = {"missing": 404, "faulty": 400}

#: Everything a page loads, as it comes over the wire, in bytes; and how many requests that takes.
_HEAVIEST, _MOST_REQUESTS = 100_000, 12
_MOST_ELEMENTS = 4_000
#: Cumulative layout shift up to which a page counts as still (Core Web Vitals).
_SHIFT = 0.1

#: The first is asked everything, the second what may be otherwise on its screen.
_VISITS = Reader("zh", "phone"), Reader("en", "desk", dark=True)
#: Pages whose parts all stand on others: seen by the first reader only, for the sake of time.
_ONCE = {
    *("version", "versions", "projects", "qualitative", "project", "history", "changes"),
    *("quality", "picture", "vocabularies", "errors", "index"),
}
_SEEN = [(name, reader) for name in PAGES for reader in _VISITS[: 1 if name in _ONCE else 2]]


@pytest.mark.parametrize(("name", "reader"), _SEEN, ids=str)
def test_a_page_is_fit_for_everyone(visit: Visit, reader: Reader, name: str) -> None:
    """No finding of axe, no scrolling sideways, nothing said on the console, nothing missing."""
    visitor = visit(reader)
    _open(visitor, name)
    visitor.picture(name)
    assert visitor.violations(looks=reader.dark) == []
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"the page is {wide} pixels wider than the screen"
    assert _weight(visitor) == []


def _open(visitor: Visitor, name: str) -> None:
    """Open a page, and look at what it answers with."""
    path = PAGES[name]
    if path is None:
        visitor.go(_FIRST[name])
        first = visitor.page.locator(f"main a[href^='{_FIRST[name]}/']").first
        path = first.get_attribute("href")
        assert path is not None
        visitor.loaded.clear()
    visitor.page.add_init_script(_OBSERVE)
    visitor.go(path)
    status = visitor.loaded[0].status
    assert status == _FAULTS.get(name, 200), f"{path} answers {status}"
    if name in _FAULTS:  # the browser tells of it, and rightly so
        visitor.faults = [fault for fault in visitor.faults if "status of" not in fault]


_OBSERVE = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def _weight(visitor: Visitor) -> list[str]:
    """Return what makes the page heavier, busier or less steady than it may be."""
    page, found = visitor.page, []
    size = sum(one.request.sizes()["responseBodySize"] for one in visitor.loaded)
    if size >= _HEAVIEST:
        found.append(f"{size} bytes come over the wire")
    if len(visitor.loaded) > _MOST_REQUESTS:
        found.append(f"{len(visitor.loaded)} requests are made")
    elements = page.evaluate("document.querySelectorAll('*').length")
    if elements > _MOST_ELEMENTS:
        found.append(f"{elements} elements")
    blocking = page.locator("head script[src]:not([defer], [async], [type=module])").count()
    if blocking:
        found.append(f"{blocking} scripts in the head hold up the page")
    shift = page.evaluate("window.shifted")
    if shift > _SHIFT:
        found.append(f"shifts by {shift:.2f} while it loads")
    return found
