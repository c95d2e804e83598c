"""Text that has to fit: how wide it is about, and where it is broken."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

#: Widths in parts of the size of the font, on the wide side: fonts are the reader's own.
_WIDE, _CAPITAL, _NARROW = 1.0, 0.68, 0.56
#: A word, a part of an address, a space, or one character of a script that is broken anywhere;
#: what closes a phrase stays with what it closes.
_PIECE = re.compile(r"[^\s⺀-￯/]*/+|[^\s⺀-￯/]+|\s+|[⺀-￯][、。，；：！？）》」』”]*")


def width(text: str, size: float) -> float:
    """Return how wide ``text`` is about, where the font has ``size``."""
    return size * sum(map(_share, text))


def _share(character: str) -> float:
    if east_asian_width(character) in "WF":
        return _WIDE
    return _CAPITAL if character.isupper() or character in "%—" else _NARROW


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Return the lines of ``text`` that fit into ``room``."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if width(lines[-1] + piece.rstrip(), size) <= room:
            lines[-1] += piece
        elif width(piece, size) <= room:
            lines.append(piece.lstrip())
        else:  # an address
            for character in piece:
                if width(lines[-1] + character, size) > room:
                    lines.append("")
                lines[-1] += character
    return [line.rstrip() for line in lines if line.strip()]
