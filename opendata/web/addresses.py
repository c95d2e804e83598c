"""The addresses an application has, for whoever visits all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from opendata.spec import RESOURCES, Resource

_CHOICE = re.compile(r"<any(\(.*?\)):\w+>")
_NAME = re.compile(r"<(?:\w+:)?(\w+)>")
_RESOURCES = {resource.operation: resource for resource in RESOURCES}


@dataclass(frozen=True, slots=True)
class Rule:
    """Addresses of one form: ``template`` with ``{names}`` in it, and the view that answers.

    ``suffix`` chooses a form of ``resource``, which is ``None`` outside the description.
    """

    template: str
    endpoint: str
    resource: Resource | None
    suffix: str | None

    @property
    def names(self) -> frozenset[str]:
        """What has to be put in for an address."""
        return frozenset(re.findall(r"{(\w+)}", self.template))


def rules(app: Flask) -> list[Rule]:
    """Return every form of address that is answered with GET, in the order of templates."""
    return sorted(_rules(app), key=lambda rule: (rule.template, rule.endpoint))


def _rules(app: Flask) -> Iterator[Rule]:
    for found in app.url_map.iter_rules():
        if "GET" not in (found.methods or ()):
            continue
        suffix = (found.defaults or {}).get("suffix")
        operation = found.endpoint.rpartition(".")[2].removesuffix(f"_{suffix}")
        resource = _RESOURCES.get(operation)
        for rule in _chosen(found.rule):
            yield Rule(_NAME.sub(r"{\1}", rule), found.endpoint, resource, suffix)


def _chosen(rule: str) -> list[str]:
    """Return ``rule`` with each of the names that it lets choose from."""
    choice = _CHOICE.search(rule)
    if choice is None:
        return [rule]
    names = ast.literal_eval(choice[1])
    return [rule[: choice.start()] + name + rule[choice.end() :] for name in names]
