"""The tables of the catalogue as CKAN shows it: packages and what they are searched by."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from opendata.ckan import FIELDS, Field, Type
from opendata.store.layout import metadata


def _column(field: Field) -> Column[object]:
    return Column(field.name, Integer if field.type is Type.NUMBER else Text)


#: The packages in the order of their names, numbered by ``key``; ``row`` is that of the dataset's
#: latest version among the rows of datasets, ``json`` the package as it is served.
packages = Table(
    "packages",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("row", Integer, nullable=False),
    *(_column(field) for field in FIELDS.values() if not field.many),
    Column("json", LargeBinary, nullable=False),
    Index("packages_by_id", "id", unique=True),
    Index("packages_by_name", "name", unique=True),
    Index("packages_by_row", "row"),
    Index("packages_by_modified", "metadata_modified"),
    Index("packages_by_organization", "organization"),
)

#: The values of fields that may have several; ``package`` is a key.
package_members = Table(
    "package_members",
    metadata,
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("package", Integer, nullable=False),
    PrimaryKeyConstraint("field", "value", "package"),
    Index("package_members_by_package", "package", "field"),
    sqlite_with_rowid=False,
)

#: The resources of packages; ``collection`` names the one whose rows datastore_search reads.
package_resources = Table(
    "package_resources",
    metadata,
    Column("key", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("id", "dataset", "name", "description")),
    *(Column(name, Text, nullable=False) for name in ("format", "mimetype", "url", "hash")),
    Column("collection", Text),
    Column("json", LargeBinary, nullable=False),
    Index("package_resources_by_id", "id", unique=True),
)

#: Organizations, groups, tags and licences by ``kind``; ``packages`` is how many have them.
package_things = Table(
    "package_things",
    metadata,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("packages", Integer, nullable=False),
    Column("json", LargeBinary, nullable=False),
    PrimaryKeyConstraint("kind", "name"),
    Index("package_things_by_id", "kind", "id"),
    sqlite_with_rowid=False,
)

#: What was published when, the newest first.
package_activities = Table(
    "package_activities",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("package", Text, nullable=False),
    Column("organization", Text, nullable=False),
    Column("json", LargeBinary, nullable=False),
    Index("package_activities_by_package", "package"),
    Index("package_activities_by_organization", "organization"),
)
