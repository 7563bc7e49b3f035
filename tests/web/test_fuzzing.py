"""schemathesis over the whole API: whatever is asked, no fault of ours, and each answer is as it is described."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sides.web.app import bare_app
from sides.web.settings import Settings
from tests.web.conftest import serving

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
# Requests to each operation. With 400, once, nothing else was found.
EXAMPLES = 25
OPERATIONS = sorted((path, method.upper()) for path, methods in bare_app(
    Settings(ledger=Path("any.sides"))).openapi()["paths"].items() for method in methods)


@pytest.fixture(scope="module")
def api(digest: Path, tmp_path_factory):
    """The description of the API of a ledger of its own, which the requests may change."""
    ledger = shutil.copytree(digest, tmp_path_factory.mktemp("fuzzed") / "fuzzed.sides")
    with serving(Settings(ledger=ledger)) as served:
        with urlopen(f"{served.url}/api/openapi.json") as answer:
            described = plain(json.load(answer))
        yield schemathesis.openapi.from_dict(described), served.url


def plain(described):
    """A description without `prefixItems`, which schemathesis 4.32 takes for a fault of the description."""
    if isinstance(described, dict):
        return {name: plain(part) for name, part in described.items() if name != "prefixItems"}
    return [plain(part) for part in described] if isinstance(described, list) else described


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
def test_whatever_is_asked_there_is_no_fault_of_ours(path, method, api):
    description, url = api

    @given(case=description[path][method].as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def ask(case):
        case.call_and_validate(base_url=url, checks=CHECKS)

    ask()
