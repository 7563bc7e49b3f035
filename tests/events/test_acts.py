"""What codes stand for, against the ontology as its makers publish it, and the traps between its versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sides.events.converter import QUADS, acts
from sides.model.claim_type import ClaimType, Kind

ONTOLOGY = Path(__file__).parents[3] / "shared" / "data" / "claims" / "plover_ontology.json"
QUAD_NAMES = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
CAMEO = {code: rest for scheme, code, *rest in acts() if scheme == "cameo"}


def test_traps_between_the_versions_of_the_ontology():
    types = {code: CAMEO[code][0] for code in CAMEO}
    assert types["080"] == types["083"] == "CONCEDE"  # which the labelled sets merge with RETREAT as "yield"
    assert types["0813"] == types["087"] == "RETREAT"
    assert types["090"] == types["110"] == "ACCUSE"  # no DISAPPROVE, no INVESTIGATE, and never cooperation
    assert {types[root] for root in ("18", "19", "20")} == {"ASSAULT"}  # no FIGHT
    assert {types[code] for code in types if code.startswith(("01", "02"))} == {None}
    assert "SANCTION" in QUADS[4]  # material: older lists, and Phoenix, have it verbal
    assert all(score < 0 for kind, _, _, _, score in CAMEO.values() if kind == "ACCUSE")  # printed +3 at the root
    assert CAMEO["163"][3] == -6.5  # -8 in GDELT's list, whose rows keep their own


def test_scores_and_signs_do_not_contradict_each_other():
    for code, (kind, mode, _, _, score) in CAMEO.items():
        if kind and ClaimType(kind).meaning.sign:
            assert score * ClaimType(kind).meaning.sign > 0, (code, kind, mode)


def test_every_type_of_event_has_one_quad_class():
    events = {one.value for one in ClaimType if one.meaning.kind is Kind.EVENT}
    assert sorted(kind for some in QUADS.values() for kind in some) == sorted(events)


@pytest.mark.skipif(not ONTOLOGY.exists(), reason="the ontology as published is not part of the repository")
def test_codes_are_those_of_the_ontology():
    published = json.loads(ONTOLOGY.read_text(encoding="utf-8"))
    for code, one in published["cameo2plover"].items():
        kind, mode, context, _, _ = CAMEO[code]
        told = one["plover"], one["mode"], one["context"].replace("; ", ";")
        assert (kind, mode or "", context or "") == told, code
    # A code that the list lacks has the type of the nearest shorter one.
    more = {code: kind for code, (kind, *_) in CAMEO.items() if kind and code not in published["cameo2plover"]}
    assert sorted(more) == ["0357", "109", "1641", "1642", "1643"]
    for code, kind in more.items():
        nearest = next(code[:size] for size in (3, 2) if size < len(code) and code[:size] in CAMEO)
        assert kind == CAMEO[nearest][0]
    goldstein = {code: rest[3] for code, rest in CAMEO.items() if rest[3] is not None}
    assert goldstein == published["goldstein_cameo"]
    assert {kind: QUAD_NAMES[quad] for quad, some in QUADS.items() for kind in some if kind != "MEDIATE"} \
        == published["quad"]
    scores = published["scores"]
    for code, (kind, mode, _, _, score) in CAMEO.items():
        if kind:
            usual = -3.0 if kind == "ACCUSE" else scores[kind]
            assert score == scores.get(f"{kind}: {(mode or '').capitalize()}", usual), code
