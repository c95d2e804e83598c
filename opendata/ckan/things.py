"""Organizations, groups, tags, licences and activities as CKAN 2.11 shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from opendata.ckan.names import identifier, timestamp, valid_name

Dict = dict[str, Any]

#: Licences that conform to the Open Definition 2.1 (SPDX identifiers; opendefinition.org).
OPEN_LICENCES = frozenset(
    {
        *("CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0", "DL-DE-BY-2.0"),
        *("DL-DE-ZERO-2.0", "ODbL-1.0", "ODC-By-1.0", "OGL-UK-3.0", "PDDL-1.0", "etalab-2.0"),
    }
)


def organization(base_url: str, publisher: Mapping[str, Any], created: str) -> Dict:
    """Return the organization that a publisher is: its English name makes its name here.

    :param created: a time as CKAN writes it.
    """
    name = valid_name(publisher["name"]["en"])
    known = identifier(_address(base_url, "organization_show", name))
    return {
        "id": known,
        "name": name,
        "title": publisher["name"]["zh"],
        "type": "organization",
        "description": "\n\n".join(filter(None, (publisher["name"]["en"], publisher["url"]))),
        "image_url": "",
        "created": created,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
        # udata's harvester takes no organization without these two, of CKAN before 2.9
        "revision_id": known,
        "revision_timestamp": created,
    }


def group(base_url: str, code: str, label: Mapping[str, str]) -> Dict:
    """Return the group that a theme is."""
    address = f"{base_url}/v1/vocabularies/themes#{code}"
    return {
        "description": f"{label['en']}\n\n{address}",
        "display_name": label["zh"],
        "id": identifier(address),
        "image_display_url": "",
        "name": valid_name(code),
        "title": label["zh"],
    }


def tag(base_url: str, name: str) -> Dict:
    """Return a tag of no vocabulary."""
    return {
        "display_name": name,
        "id": identifier(_address(base_url, "tag_show", name)),
        "name": name,
        "state": "active",
        "vocabulary_id": None,
    }


def licence(entry: Mapping[str, Any]) -> Dict:
    """Return a licence of the code list."""
    conforms = entry["code"] in OPEN_LICENCES
    return {
        "id": entry["code"],
        "title": entry["label"]["zh"],
        "title_en": entry["label"]["en"],
        "url": next(iter(entry["exact_match"]), ""),
        "family": "",
        "maintainer": "",
        "status": "active",
        "is_generic": False,
        "is_okd_compliant": conforms,
        "is_osi_compliant": False,
        "od_conformance": "approved" if conforms else "not reviewed",
        "osd_conformance": "not reviewed",
        "domain_content": True,
        "domain_data": True,
        "domain_software": False,
    }


def whole(thing: Mapping[str, Any], kind: str, created: str, packages: int) -> Dict:
    """Return an organization or a group as its list and its page show it."""
    return {
        "approval_status": "approved",
        "image_url": "",
        "is_organization": kind == "organization",
        "state": "active",
        "type": kind,
        **thing,
        "created": created,
        "display_name": thing["title"],
        "image_display_url": "",
        "num_followers": 0,
        "package_count": packages,
    }


def activity(package: Mapping[str, str], version: str, published: str, *, first: bool) -> Dict:
    """Return what the publication of a version is in the stream of activities.

    :param package: its ``id``, ``title``, organization's id ``owner_org`` and address ``url``.
    :param published: when it was (``2026-11-24T15:03:22Z``).
    :param first: whether it is the first version.
    """
    return {
        "id": identifier(f"{package['url']}/versions/{version}"),
        "timestamp": timestamp(published),
        "user_id": package["owner_org"],
        "object_id": package["id"],
        "activity_type": "new package" if first else "changed package",
        "data": {"package": {"title": package["title"]}, "version": version},
    }


def _address(base_url: str, action: str, name: str) -> str:
    return f"{base_url}/api/3/action/{action}?id={quote(name)}"
