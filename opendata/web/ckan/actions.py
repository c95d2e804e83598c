"""Every action there is, by name, and what its help says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

from opendata.formats.json import dump
from opendata.store import Store
from opendata.web.ckan import datastore, packages, searching, site, things
from opendata.web.ckan.arguments import Arguments
from opendata.web.ckan.faults import not_found

#: Answers an action with ready JSON; its documentation is the action's help.
#: It raises ActionError where the action fails.
Action = Callable[[Store, Arguments], bytes]

#: Names of actions of CKAN that change something.
_WRITING = re.compile(
    r".*_(create|update|patch|delete|purge|upsert|revise|reorder|invite|submit|add|remove|"
    r"toggle|clear|revert|cancel|purge)|(un)?follow_.*|send_.*|.*_new|member_.*|job_.*"
)


def help_show(current: Store, arguments: Arguments) -> bytes:
    """Return what an action does and which arguments it takes.

    name: of the action.
    """
    name = arguments.needed("name")
    if name not in ACTIONS:
        raise not_found(f"Action {name!r} was not found")
    return dump(inspect.getdoc(ACTIONS[name]))


def changes_something(name: str) -> bool:
    """Whether an action of CKAN that is not offered here is one that changes something."""
    return bool(_WRITING.fullmatch(name))


_OFFERED: tuple[Action, ...] = (
    datastore.datastore_info,
    datastore.datastore_search,
    help_show,
    packages.current_package_list_with_resources,
    packages.package_autocomplete,
    packages.package_list,
    packages.package_show,
    packages.resource_search,
    packages.resource_show,
    packages.resource_view_list,
    searching.package_search,
    site.license_list,
    site.organization_activity_list,
    site.package_activity_list,
    site.recently_changed_packages_activity_list,
    site.site_read,
    site.status_show,
    site.vocabulary_list,
    site.vocabulary_show,
    things.group_autocomplete,
    things.group_list,
    things.group_package_show,
    things.group_show,
    things.organization_autocomplete,
    things.organization_list,
    things.organization_show,
    things.tag_autocomplete,
    things.tag_list,
    things.tag_search,
    things.tag_show,
)

#: Every action, by name.
ACTIONS: dict[str, Action] = {action.__name__: action for action in _OFFERED}
