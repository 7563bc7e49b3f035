"""A client of the API in one process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from sides.web.app import create_app
from sides.web.settings import Settings


class Client:
    """Asks the API of a ledger."""

    def __init__(self, ledger: Path) -> None:
        self._client = TestClient(create_app(Settings(ledger=ledger)), "http://127.0.0.1:8420",
                                  raise_server_exceptions=False)

    def get(self, path: str, **asked: Any) -> dict[str, Any]:
        """The answer to a question that is answered."""
        response = self._client.get(path, params=asked)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    def refused(self, path: str, **asked: Any) -> tuple[int, str]:
        """Status and kind of a refusal."""
        response = self._client.get(path, params=asked)
        assert response.status_code >= 400, response.text
        return response.status_code, response.json()["error"]["kind"]
