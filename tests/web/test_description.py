"""The API's description: what the client is generated from, and what the documentation says of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sides.web.openapi import description

ROOT = Path(__file__).parents[2]


def test_the_description_that_the_client_is_generated_from_is_current() -> None:
    written = (ROOT / "web/openapi.json").read_text(encoding="utf-8")
    assert written == description(), "Write it anew: python -m sides.web.openapi web/openapi.json"


def test_every_path_and_method_has_its_heading_in_the_documentation() -> None:
    documented = set(re.findall(r"^## `((?:GET|POST|DELETE) /api/[^`]+)`$", (ROOT / "docs/api.md").read_text("utf-8"),
                                re.M))
    paths = json.loads(description())["paths"]
    assert documented == {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
