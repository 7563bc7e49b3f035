from __future__ import annotations

from pathlib import Path

import pytest

from sides.ledger.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create_or_open(tmp_path / "levant.sides")
