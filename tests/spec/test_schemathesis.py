"""Schemathesis: requests made up from the description, good and bad, and every check it has.

Its pytest plugin does not know pytest 9 yet, so its engine runs here, a phase a test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from opendata.web import create_app
from tests.serving import World

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

#: Checks that must have been made, beside others.
_CHECKS = {
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
    *("negative_data_rejection", "positive_data_acceptance", "unsupported_method"),
}

#: Of what is made alike, one is tested with made-up requests: the smallest collection of records,
#: as pages of all datasets and as a file, and one record at the latest version.
_ALIKE = r"Targets|Projects|Project|Target$|Version|DatasetGlossary|Datasets"
#: Citations take what the rows they cite take, and each reads all of them: their examples are
#: asked for; of what they have of their own, that of a dataset stands for all.
_CITATIONS = r"^cite(?!Dataset$)"
#: Links are followed among one collection's addresses.
_UNLINKED = rf"{_CITATIONS}|Projects|Project|Targets|Target$"


def _schema(folder: Path, phase: str) -> Any:
    phases = {
        name: {"enabled": name == phase} for name in ("examples", "coverage", "fuzzing", "stateful")
    }
    config = SchemathesisConfig.from_dict(
        {
            "phases": phases,
            # Bodies are compared with their schemas as they are, in no content coding.
            "headers": {"Accept-Encoding": "identity"},
            "generation": {"max-examples": 12, "deterministic": True, "database": "none"},
        }
    )
    schema = schemathesis.openapi.from_wsgi("/openapi.json", create_app(folder), config=config)
    if phase in ("coverage", "fuzzing"):
        return schema.exclude(operation_id_regex=f"{_ALIKE}|{_CITATIONS}")
    if phase == "stateful":
        return schema.exclude(operation_id_regex=_UNLINKED)
    return schema


@pytest.mark.parametrize("phase", ["examples", "coverage", "fuzzing", "stateful"])
def test_the_api_keeps_to_its_description(world: World, phase: str) -> None:
    """No failure, nothing undescribed; bad requests are refused, good ones are answered."""
    made: set[str] = set()
    failed: list[str] = []
    for event in from_schema(_schema(world.folder, phase)).execute():
        if isinstance(event, NonFatalError | FatalError):
            failed.append(str(event))
        if isinstance(event, ScenarioFinished):
            for number, checks in event.recorder.checks.items():
                for check in checks:
                    made.add(check.name)
                    if check.failure_info:
                        asked = event.recorder.cases[number].value.as_curl_command()
                        message = check.failure_info.failure.message
                        failed.append(f"{check.name}: {message}\n{asked}")
    assert not failed, "\n\n".join(failed)
    assert made >= _CHECKS
