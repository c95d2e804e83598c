"""Pictures of a version: the numbers that people would rather look at, and SVG drawn from them."""

from opendata.pictures.draw import STYLE, Drawing, draw
from opendata.pictures.material import Material
from opendata.pictures.names import PICTURES, REASONS
from opendata.pictures.pictures import pictures

__all__ = ["PICTURES", "REASONS", "STYLE", "Drawing", "Material", "draw", "pictures"]
