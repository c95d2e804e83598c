"""SVG by its few elements: what is drawn grows downwards, and its numbers have one decimal."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from opendata.pictures.text import wrapped

#: Units that the picture is wide, and those left free at its sides. On the narrowest phones this
#: is about as wide as the page, so that text keeps its size.
WIDTH, MARGIN = 420, 16
ROOM = WIDTH - 2 * MARGIN
#: The size of the font, where nothing else is said.
SIZE = 13


class Canvas:
    """A picture in the making; ``y`` is how far down it has come."""

    def __init__(self) -> None:
        self.y = float(MARGIN)
        self.parts: list[str] = []
        self.used: set[str] = set()

    def write(
        self, text: str, x: float, y: float, kind: str = "", anchor: str = "", size: float = SIZE
    ) -> None:
        """Write a line of text with its baseline at ``y``."""
        chosen = _attributes(kind) + (f' text-anchor="{anchor}"' if anchor else "")
        chosen += f' font-size="{size:g}"' if size != SIZE else ""
        self.parts.append(f'<text x="{_n(x)}" y="{_n(y)}"{chosen}>{escape(text)}</text>')

    def paragraph(self, text: str, kind: str = "", size: float = SIZE, room: float = ROOM) -> None:
        """Write text below what is there, in as many lines as it takes."""
        for line in wrapped(text, room, size):
            self.y += size * 1.35
            self.write(line, MARGIN, self.y - size * 0.3, kind, size=size)

    def box(self, x: float, y: float, wide: float, high: float, kind: str) -> None:
        """Draw a rectangle; patterns that ``kind`` names are remembered."""
        if wide <= 0:
            return
        self.used.update(kind.split())
        size = f'width="{_n(wide)}" height="{_n(high)}"'
        self.parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" {size}{_attributes(kind)}/>')

    def path(self, drawn: str, kind: str) -> None:
        """Draw a path."""
        self.parts.append(f"<path d={quoteattr(drawn)}{_attributes(kind)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """Draw a line."""
        self.path(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}", kind)

    def dot(self, x: float, y: float, kind: str) -> None:
        """Draw a dot."""
        self.parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4"{_attributes(kind)}/>')


def _attributes(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
