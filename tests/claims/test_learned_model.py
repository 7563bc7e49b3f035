"""How the shipped network is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from sides.claims.learned import model
from sides.claims.learned.model import is_exact


@pytest.mark.parametrize(("machine", "flags", "exact"), [
    ("x86_64", "flags : fpu avx2 avx512_vnni", True), ("AMD64", "flags : avx_vnni", True),
    ("x86_64", "flags : fpu avx2", False), ("aarch64", "Features : fp asimd", True)])
def test_the_fast_kernel_is_taken_only_where_it_is_exact(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, machine: str,
                                                         flags: str, exact: bool) -> None:
    (tmp_path / "cpuinfo").write_text(flags, encoding="utf-8")
    monkeypatch.setattr(model.platform, "machine", lambda: machine)
    assert is_exact(tmp_path / "cpuinfo") is exact


def test_a_processor_that_nobody_tells_of_is_not_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(model.platform, "machine", lambda: "x86_64")
    assert not is_exact(tmp_path / "none")
