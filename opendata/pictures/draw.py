"""A picture as SVG 1.1: drawn from its numbers, with its description and citation in it.

Nothing is fetched and nothing runs; fonts are the reader's own. What colours mean is told by
patterns and words too, and they keep a contrast of 3:1 and more to the ground, light or dark
(WCAG 2.2 §1.4.11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from opendata.pictures.bars import bars
from opendata.pictures.canvas import MARGIN, SIZE, WIDTH, Canvas
from opendata.pictures.columns import columns
from opendata.pictures.stacks import stacks

#: Colours that the colour-blind tell apart too (after Okabe and Ito), darkened for white.
STYLE = (
    "svg{color-scheme:light dark}"
    'text{font-family:system-ui,-apple-system,"PingFang SC","Hiragino Sans GB",'
    '"Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;fill:#1b1f24}'
    ".g{fill:#fff}.h{font-weight:600}.m{fill:#57606a}"
    ".l{stroke:#8c959f;fill:none}.k{stroke:#1b1f24;fill:#1b1f24;stroke-width:2}"
    ".a{fill:#0b5cad}.b{fill:#b35c00}.c{fill:#5f6b76}"
    ".o{fill:#fff;stroke:#0b5cad;stroke-width:2}"
    ".e{stroke:#0b5cad;stroke-width:2;fill:none}"
    ".s{stroke:#0b5cad;stroke-width:3}.t{stroke:#b35c00;stroke-width:3}.q{fill:#5f6b76}"
    ".f{stop-color:#0b5cad}"
    ".ah{fill:url(#ah);stroke:#0b5cad}.bh{fill:url(#bh);stroke:#b35c00}"
    ".ch{fill:url(#ch);stroke:#5f6b76}.up{fill:url(#up)}.dn{fill:url(#dn)}"
    "@media(prefers-color-scheme:dark){"
    "text{fill:#e6edf3}.g{fill:#14181d}.m{fill:#9da7b3}.l{stroke:#6e7681}.k{stroke:#e6edf3;fill:#e6edf3}"
    ".a{fill:#58a6e8}.b{fill:#e69f45}.c,.q{fill:#9da7b3}.o{fill:#14181d;stroke:#58a6e8}"
    ".e,.s,.ah{stroke:#58a6e8}.t,.bh{stroke:#e69f45}.ch{stroke:#9da7b3}.f{stop-color:#58a6e8}}"
)

_HATCH = '<pattern id="{0}" width="6" height="6" patternUnits="userSpaceOnUse" {1}</pattern>'
_STRIPES = 'patternTransform="rotate(45)"><path d="M0 0V6" class="{}"/>'
_DEFINED = {
    "ah": _HATCH.format("ah", _STRIPES.format("s")),
    "bh": _HATCH.format("bh", _STRIPES.format("t")),
    "ch": _HATCH.format("ch", '><circle cx="3" cy="3" r="1.6" class="q"/>'),
    "up": '<linearGradient id="up"><stop class="f"/><stop offset="1" class="f" '
    'stop-opacity="0"/></linearGradient>',
    "dn": '<linearGradient id="dn"><stop class="f" stop-opacity="0"/><stop offset="1" '
    'class="f"/></linearGradient>',
}

_DRAWN: Mapping[str, Callable[[Canvas, Mapping[str, Any], str], None]] = MappingProxyType(
    {
        "growth": bars,
        "sections": stacks,
        "money": bars,
        "deadlines": columns,
        "firmness": stacks,
    }
)


class Drawing(NamedTuple):
    """SVG in UTF-8, and its size in pixels."""

    svg: bytes
    width: int
    height: int


_LANGUAGE = {"zh": "zh-CN", "en": "en"}
_SMALL = 10.5


def draw(
    picture: Mapping[str, Any], language: str, about: str, citation: str, notice: str | None
) -> Drawing:
    """Draw a picture.

    :param picture: as :func:`opendata.pictures.pictures` makes it.
    :param language: ``zh`` or ``en``.
    :param about: what the data are of: the title of the dataset.
    :param citation: how to cite the picture, with its address.
    :param notice: what to mind of the version, if anything.
    """
    canvas = Canvas()
    title, summary = picture["title"][language], picture["summary"][language]
    canvas.paragraph(title, "h", 16)
    canvas.paragraph(about, "m", 12)
    if notice:
        canvas.paragraph(notice, "h", 12)
    canvas.y += 8
    _DRAWN[picture["name"]](canvas, picture, language)
    _left_out(canvas, picture, language)
    canvas.y += 8
    canvas.line(MARGIN, canvas.y, WIDTH - MARGIN, canvas.y, "l")
    canvas.y += 4
    canvas.paragraph(citation, "m", _SMALL)
    high = canvas.y + MARGIN
    defined = "".join(_DEFINED[name] for name in sorted(canvas.used & _DEFINED.keys()))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{round(high)}" '
        f'viewBox="0 0 {WIDTH} {round(high)}" font-size="{SIZE}" role="img" aria-labelledby="t d" '
        f'xml:lang="{_LANGUAGE[language]}" lang="{_LANGUAGE[language]}">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(summary)}</desc>'
        f"<style>{STYLE}</style><defs>{defined}</defs>"
        f'<rect width="100%" height="100%" class="g"/>'
        f"{''.join(canvas.parts)}</svg>\n"
    )
    return Drawing(svg.encode(), WIDTH, round(high))


def _left_out(canvas: Canvas, picture: Mapping[str, Any], language: str) -> None:
    """Write how many are not drawn or not added up, and why."""
    for out in picture["left_out"]:
        count, reason = out["count"], out["text"][language]
        canvas.y += 2
        said = f"{count}项{reason}。" if language == "zh" else f"{count} {reason}."
        canvas.paragraph(said, "m", 12)
