"""Actions about the site itself: what it is, its licences and what was published when."""

from __future__ import annotations

from opendata.formats.json import dump
from opendata.store import Store
from opendata.web.ckan.arguments import Arguments
from opendata.web.ckan.faults import not_found
from opendata.web.ckan.joining import listed

#: The release of CKAN whose Action API this is.
CKAN_VERSION = "2.11.0"

#: Activities of a page: CKAN's own number, and the most.
_ACTIVITIES, _MOST_ACTIVITIES = 31, 100


def status_show(current: Store, arguments: Arguments) -> bytes:
    """Return what the site is and which release of CKAN it answers like."""
    return dump(
        {
            "ckan_version": CKAN_VERSION,
            "site_title": "opendata",
            "site_description": "Government work reports as open data 政府工作报告开放数据",
            "site_url": current.base_url,
            "locale_default": "zh_Hans_CN",
            "error_emails_to": None,
            "extensions": ["activity", "datastore"],
        }
    )


def site_read(current: Store, arguments: Arguments) -> bytes:
    """Return true: everyone may read the site."""
    return dump(True)


def license_list(current: Store, arguments: Arguments) -> bytes:
    """Return the licences that datasets can have."""
    return listed(found.json for found in current.packages.things("license"))


def vocabulary_list(current: Store, arguments: Arguments) -> bytes:
    """Return the tag vocabularies: there are none."""
    return dump([])


def vocabulary_show(current: Store, arguments: Arguments) -> bytes:
    """Return a tag vocabulary: there is none.

    id: its name or id.
    """
    raise not_found(f"Could not find vocabulary {arguments.needed('id')!r}")


def recently_changed_packages_activity_list(current: Store, arguments: Arguments) -> bytes:
    """Return the versions that were published, the newest first.

    limit: at most so many (31; the most is 100). offset: skip so many.
    """
    limit, offset = _page(arguments)
    return listed(current.packages.activities(limit, offset))


def package_activity_list(current: Store, arguments: Arguments) -> bytes:
    """Return the versions of a dataset, the newest first.

    id: its name or id. limit, offset: as of recently_changed_packages_activity_list.
    """
    name = arguments.needed("id")
    limit, offset = _page(arguments)
    known = current.packages.id_of(name)
    if known is None:
        raise not_found(f"package {name!r}")
    return listed(current.packages.activities(limit, offset, package=known))


def organization_activity_list(current: Store, arguments: Arguments) -> bytes:
    """Return the versions that an organization published, the newest first.

    id: its name or id. limit, offset: as of recently_changed_packages_activity_list.
    """
    name = arguments.needed("id")
    limit, offset = _page(arguments)
    owner = current.packages.thing("organization", name)
    if owner is None:
        raise not_found(f"organization {name!r}")
    return listed(current.packages.activities(limit, offset, owner=owner.id))


def _page(arguments: Arguments) -> tuple[int, int]:
    limit = arguments.natural("limit", _ACTIVITIES, _MOST_ACTIVITIES)
    offset = arguments.natural("offset", 0)
    arguments.check()
    return limit, offset
