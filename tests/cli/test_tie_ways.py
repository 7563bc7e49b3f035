"""The tie of two actors seen in several ways: under lenses, taken apart, with other numbers."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from tests.cli.test_commands import call


def test_lenses_stand_side_by_side(capsys, digest):
    ways = ("--under", "outlet=Barada Mirror", "--under", "outlet=Harbour Wire")
    code, out, _ = call(capsys, "tie", "Hamas", "Syria", "-l", digest, *ways)
    assert code == 0 and "outlet=Barada Mirror" in out and "outlet=Harbour Wire" in out
    records = json.loads(call(capsys, "tie", "Hamas", "Syria", "-l", digest, *ways, "--json")[1])
    assert [one["lens"] for one in records] == ["outlet=Barada Mirror", "outlet=Harbour Wire"]
    assert all(one["evidence"] for one in records) and records[0]["probabilities"] != records[1]["probabilities"]
    for record, outlet in zip(records, ("Barada Mirror", "Harbour Wire"), strict=True):
        assert all(outlet in evidence["outlets"] for evidence in record["evidence"])


def test_what_is_no_lens_is_refused(capsys, digest):
    with pytest.raises(SystemExit) as left:
        call(capsys, "tie", "Hamas", "Syria", "-l", digest, "--under", "planet=Mars")
    assert left.value.code == 2 and "no lens" in capsys.readouterr().err


def test_persons_and_parts_stand_apart(capsys, digest):
    records = json.loads(call(capsys, "tie", "Hamas", "Syria", "-l", digest, "--within", "--json")[1])
    pairs = {(one["left"]["id"], one["right"]["id"]) for one in records}
    assert ("khaled-meshaal", "syria") in pairs and ("hamas", "bashar-al-assad") in pairs
    for one in records:
        assert one["evidence"]
        for evidence in one["evidence"]:
            assert {one["left"]["id"], one["right"]["id"]} & {evidence["source"], evidence["target"], evidence["third"]}


def test_other_numbers_give_another_answer(capsys, digest, tmp_path):
    shipped = (files("sides") / "data/ties/model.toml").read_text(encoding="utf-8")
    model = tmp_path / "model.toml"
    model.write_text(shipped.replace("stay = 0.975", "stay = 0.8"))
    plain = json.loads(call(capsys, "tie", "Hamas", "Syria", "-l", digest, "--json", "--months")[1])
    other = json.loads(call(capsys, "tie", "Hamas", "Syria", "-l", digest, "--json", "--model", str(model))[1])
    assert plain["probabilities"] != other["probabilities"]
    assert len(plain["months"]["probabilities"]) > 100 and "months" not in other
    assert [year["year"] for year in plain["years"]] == list(range(plain["years"][0]["year"], 2024))
