"""One audit: every check in turn, its figures, and its findings as placed problems."""

from __future__ import annotations

from datetime import date
from typing import Any

from opendata.audit.actions import check_actions
from opendata.audit.caveats import check_caveats
from opendata.audit.clauses import check_clauses
from opendata.audit.coverage import check_numerals, check_sentences
from opendata.audit.damage import check_damage
from opendata.audit.deadlines import check_deadlines
from opendata.audit.enumerations import check_enumerations
from opendata.audit.figures import check_figures
from opendata.audit.indicators import check_indicators
from opendata.audit.links import check_links
from opendata.audit.measures import check_measures
from opendata.audit.members import check_members
from opendata.audit.names import check_names
from opendata.audit.places import check_places
from opendata.audit.printed import check_printed
from opendata.audit.reasons import check_reasons_of_numerals
from opendata.audit.repairs import check_repairs
from opendata.audit.source import SourceText
from opendata.audit.terms import check_terms
from opendata.audit.twins import check_twins
from opendata.audit.values import check_values
from opendata.reader import Version


def audit(version: Version, source: SourceText, on: date) -> dict[str, Any]:
    """Check ``version`` against its source; return the figures (records.quality.Audit).

    Findings are added to the problems that ``version`` was read with.

    :param version: a version that was read without a problem.
    :param on: the day of the audit.
    """
    document = version.description["documents"][0]
    used = {record["section"] for records in version.collections.values() for record in records}
    check_names(version, source)
    check_indicators(version)
    check_measures(version)
    check_figures(version, source)
    check_repairs(version, source)
    check_terms(version, source)
    check_members(version, source)
    check_caveats(version, source)
    check_reasons_of_numerals(version, source)
    check_actions(version, source)
    check_deadlines(version, source)
    check_twins(version)
    return {
        "document": document["id"],
        "sha256": document["sha256"],
        "on": on,
        "quotes": check_places(version, source),
        "values": check_values(version, source),
        "names": check_printed(version, source),
        "links": check_links(version, source),
        "numerals": check_numerals(version, source),
        "sentences": check_sentences(version, source),
        "clauses": check_clauses(version, source),
        "enumerations": check_enumerations(version),
        "damage": check_damage(version),
        "sections_without_records": [
            section["id"]
            for _, section in version.sections()
            if not section["sections"] and section["id"] not in used
        ],
    }
