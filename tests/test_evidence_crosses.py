"""Every surface hands on evidence whole: the quote, where it stands, whose word it is, how it is put, and both dates.

The formats of others and the server of agents have the same test of their own (`tests/export`, `tests/mcp`).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import sides
from sides.cli import main
from sides.export.evidence import evidence_fields
from sides.model.claim import AUTHOR
from tests.web.asking import Client

ASKED = ("Hamas", "Syria")
CARRIED = ("quote", "begin_char", "end_char", "document_id", "document", "outlets", "speaker", "speaker_name",
           "modality", "published", "happened", "source", "target", "third", "type", "sign")
HOW = {"negated": "denied"}  # as people read it
Told = Mapping[str, Mapping[str, Any]]  # by the id of the claim
Surface = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def told(digest) -> Told:
    """The evidence of a tie, as the library gives it."""
    ledger = sides.open(digest)
    names = {actor.id: actor.name for actor in ledger.actors()}
    texts = {document.id: document.text for document in ledger.documents()}
    found = {one.claim.id: evidence_fields(one, names) for one in ledger.tie(*ASKED).evidence}
    assert len(found) > 5 and len({one["modality"] for one in found.values()}) > 1
    for one in found.values():
        assert texts[one["document_id"]][one["begin_char"]:one["end_char"]] == one["quote"]
    return found


def printed(digest: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["tie", *ASKED, "-l", str(digest), "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["evidence"]
    return found


def served(digest: Path, _: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    left, right = (sides.open(digest).actor(name).id for name in ASKED)
    found: list[dict[str, Any]] = Client(digest).get("/api/tie", left=left, right=right)["evidence"]
    return found


@pytest.mark.parametrize("surface", [printed, served])
def test_a_surface_of_values_hands_on_evidence_whole(surface: Surface, told, digest, capsys):
    found = {one["claim"]: one for one in surface(digest, capsys)}
    assert found.keys() == told.keys()
    for claim, one in found.items():
        assert {name: one[name] for name in CARRIED} == {name: told[claim][name] for name in CARRIED}


def test_a_frame_hands_on_evidence_whole(told, digest):
    rows = {row["id"]: row for row in sides.open(digest).frame("claims", between=ASKED).to_dicts()}
    assert rows.keys() >= told.keys()
    for claim, one in told.items():  # its outlets are those of its own document, not of all its copies
        for name in ("quote", "begin_char", "end_char", "document_id", "speaker", "modality", "published", "source",
                     "target", "third", "type", "sign", "start", "end"):
            assert rows[claim][name] == one[name], name
        assert set(rows[claim]["outlets"]) <= set(one["outlets"])


def test_a_brief_hands_on_the_evidence_that_it_quotes_whole(told, digest):
    brief = sides.open(digest).brief(*ASKED)
    page, plain = re.sub(r"<[^>]+>", "", html.unescape(brief.html())), brief.markdown().replace("**", "")
    for text in (page, plain):
        quoted = [one for one in told.values() if f"claim {one['claim']}" in text]
        assert len(quoted) > 5
        for one in quoted:
            source = next(line for line in text.splitlines() if f"claim {one['claim']}" in line)
            assert f"characters {one['begin_char']} to {one['end_char']}; claim {one['claim']}" in source
            assert one["quote"] in source and one["published"] in source and one["document"] in source
            assert one["speaker"] == AUTHOR or one["speaker_name"] in source
            assert one["modality"] == "asserted" or HOW.get(one["modality"], one["modality"]) in source
            assert one["is_undated"] or one["start"] in source or one["end"] in source or one["happened"] in source
