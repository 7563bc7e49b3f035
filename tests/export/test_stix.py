"""The STIX 2.1 bundle, opened with `stix2`, which takes nothing that the standard does not know."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
import stix2

from sides.export.stix import EXTENSION
from sides.model.dates import PartialDate
from tests.export.ledgers import carried, of


@pytest.fixture(scope="module")
def bundle(exported):
    """As the library has it."""
    return stix2.parse(exported("stix", "ledger").read_text(encoding="utf-8"), allow_custom=False)


def test_every_reference_stands_in_the_bundle_and_the_extension_is_defined(bundle):
    ids = [one.id for one in bundle.objects]
    assert len(ids) == len(set(ids))
    for one in bundle.objects:
        refs = [one.get(name) for name in ("created_by_ref", "source_ref", "target_ref") if one.get(name)]
        assert {*refs, *one.get("object_refs", [])} <= set(ids)
        assert set(one.get("extensions", {})) <= {EXTENSION}
    (definition,) = (one for one in bundle.objects if one.type == "extension-definition")
    assert (definition.id, definition.extension_types) == (EXTENSION, ["property-extension"])


def test_a_note_is_a_claim_with_its_evidence(hard, bundle):
    notes = [one for one in bundle.objects if one.type == "note"]
    found = {one.extensions[EXTENSION]["claim"]: of(one.extensions[EXTENSION]) for one in notes}
    expected = carried(hard)
    assert found == expected
    for one in notes:
        claim = hard.claim(one.extensions[EXTENSION]["claim"])
        assert one.content == claim.quote
        assert one.created == day(PartialDate.parse(expected[claim.id]["published"]))
        assert one.confidence == round(claim.confidence * 100)
        involved = {named(bundle, ref) for ref in one.object_refs if ref.startswith("identity")}
        assert involved == {hard.name(actor) for actor in (claim.source, claim.target, claim.third) if actor}


def test_a_relationship_is_a_stretch_of_a_tie(hard, bundle):
    kinds = {"allied": "allied-with", "friendly": "friendly-to", "neutral": "neutral-to", "strained": "strained-with",
             "hostile": "hostile-to", None: "related-to"}
    told = Counter((hard.name(tie.left), hard.name(tie.right), kinds[stretch.state], day(stretch.since),
                    day(stretch.until) if stretch.end else None)
                   for tie in hard.told_ties() for stretch in tie.stretches)
    found = [one for one in bundle.objects if one.type == "relationship" and one.relationship_type != "part-of"]
    assert told == Counter((named(bundle, one.source_ref), named(bundle, one.target_ref), one.relationship_type,
                            one.start_time, following(one.get("stop_time"))) for one in found)
    for one in found:
        assert all(hard.claim(claim) for claim in one.extensions[EXTENSION]["claims"])
    confidence = {"likely": 15, "probable": 50, "sure": 85, None: None}  # Low, Med, High
    assert all(one.get("confidence") == confidence[one.extensions[EXTENSION].get("certainty")] for one in found)


def test_whoever_contradicts_a_tie_has_an_opinion_of_it(hard, bundle):
    found = [one for one in bundle.objects if one.type == "opinion"]
    ties = {one.id: one for one in bundle.objects if one.type == "relationship"}
    assert {one.opinion for one in found} >= {"disagree"}
    for one in found:
        tie = ties[one.object_refs[0]]
        claim = hard.claim(one.extensions[EXTENSION]["claim"])
        says = claim.sign if claim.modality == "asserted" else -claim.sign
        side = {"allied-with": 1, "friendly-to": 1, "strained-with": -1, "hostile-to": -1}[tie.relationship_type]
        assert one.opinion == ("agree" if says == side else "disagree")
        assert one.explanation == claim.quote
        assert one.opinion == "disagree" or "contested" in tie.extensions[EXTENSION]["marks"]


def test_a_report_is_a_document_with_its_hash(hard, bundle):
    reports = {one.extensions[EXTENSION]["document_id"]: one for one in bundle.objects if one.type == "report"}
    for document in hard.documents():
        one = reports.pop(document.id)
        assert one.name == (document.title or document.name)
        assert one.published == day(document.published)
        assert one.extensions[EXTENSION]["published"] == str(document.published)
        assert one.extensions[EXTENSION]["sha256"].startswith(document.id)
        assert one.external_references[0].get("url") == document.url
    assert not reports


def test_no_time_comes_from_a_clock(exported, bundle):
    years = {str(one[name])[:4] for one in bundle.objects for name in ("created", "modified") if name in one}
    assert years == {"2012", "2014", "2015", "2026"}  # the documents', and the day on which the extension was defined
    lines = exported("stix", "ledger").read_text(encoding="utf-8").split("\n")[1:-2]
    assert len([json.loads(line.rstrip(",")) for line in lines]) == len(bundle.objects)  # one object a line


def day(date: PartialDate) -> datetime:
    return datetime(date.first.year, date.first.month, date.first.day, tzinfo=UTC)


def following(moment: datetime | None) -> datetime | None:
    """The moment after the last millisecond of a stretch."""
    return moment and datetime.fromtimestamp(round(moment.timestamp()), UTC)


def named(bundle: stix2.Bundle, identity: str) -> str:
    return next(one.name for one in bundle.objects if one.id == identity)
