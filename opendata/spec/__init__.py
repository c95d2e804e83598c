"""The API's description: its resources, and the OpenAPI document derived from them."""

from opendata.spec.describe import describe, to_json, to_yaml
from opendata.spec.operations import Examples
from opendata.spec.resources import RESOURCES, Kind, Reach, Resource

__all__ = [
    "RESOURCES",
    "Examples",
    "Kind",
    "Reach",
    "Resource",
    "describe",
    "to_json",
    "to_yaml",
]
