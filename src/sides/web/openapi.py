"""Write the API's description, from which the app's client is generated: `python -m sides.web.openapi FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sides.web.app import create_app
from sides.web.settings import Settings


def description() -> str:
    """The OpenAPI document as JSON; without the version of the program, which changes nothing in it."""
    found = create_app(Settings(ledger=Path("any.sides"))).openapi()
    found["info"]["version"] = "0"
    return json.dumps(found, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(description(), encoding="utf-8")
