"""Courses say of every tie in every month what the ledger says when it is asked for each of them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from sides.face import Ledger
from sides.model.dates import PartialDate
from sides.ties.course_codes import FORECAST, ONLY_DENIED, STATE, TURN
from sides.ties.courses import OUTLOOK, courses
from sides.ties.lens import OPEN, Lens
from tests.ties.ledgers import ACTORS, made, told
from tests.ties.looks import drawn, looks

TYPES = ("ALLIANCE", "BACKING", "SEVERED", "HOSTILE", "ASSAULT", "AID", "SUPPORT", "ACCUSE", "RAPPROCHEMENT",
         "SANCTION", "AGREE", "STRAINED", "THREATEN")
MODALITIES = ("asserted",) * 6 + ("negated", "possible", "planned", "forecast", "demanded", "conditional")
PEOPLE = [{"id": "rami", "name": "Rami Tal", "kind": "person"}, {"id": "dana", "name": "Dana Kor", "kind": "person"},
          {"id": "brigade", "name": "Red Brigade", "kind": "organ", "parent": "red-front"}]


def named(asked):
    """A name of a case that does not hang on the order of sets, so that all processes collect the same."""
    return ",".join(f"{name}={value}" for name, value in asked.items()) or "all"


ASKED = ({}, {"exact": True}, {"known": "2013-06"}, {"lens": Lens.parse("outlet=Wire")},
         {"lens": Lens.parse("speaker=rami,speaker=author"), "known": "2014"},
         {"lens": Lens.parse("side=red-front,language=en"), "exact": True})


def drawn_ledger(folder: Path, seed: int) -> Ledger:
    """Whatever may be told: dates of any width, to come and long past, denials, brokers, people who change sides."""
    draw = random.Random(seed)
    documents = []
    for place in range(14):
        year, month = 2010 + place // 3, 1 + place % 3 * 4
        published = draw.choice((f"{year}", f"{year}-{month:02d}", f"{year}-{month:02d}-{draw.randrange(1, 28):02d}"))
        said = [_claim(draw, year) for _ in range(draw.randrange(1, 6))]
        if place % 7 == 0:
            said.append((draw.choice(("rami", "dana")), "LEADS", draw.choice(ACTORS[4:6]), {"start": f"{year}"}))
        documents.append(told(published, draw.choice(("Wire", "Post", "Mirror")), *said, key=f"d{place}"))
    return made(folder, *documents, actors=PEOPLE)


def _claim(draw: random.Random, year: int) -> tuple[str, str, str, dict[str, str]]:
    one, other, third = draw.sample((*ACTORS[:7], *(person["id"] for person in PEOPLE)), 3)
    fields: dict[str, str] = {"modality": draw.choice(MODALITIES), "confidence": draw.choice((0.3, 0.6, 0.9))}
    if draw.random() < 0.3:
        fields["speaker"] = draw.choice(("rami", "norland", "officials"))
    chance = draw.random()
    if chance < 0.7:
        begun = year - draw.choice((0, 0, 0, 1, 3, 8)) + (draw.choice((1, 4)) if chance < 0.05 else 0)
        fields["start"] = draw.choice((f"{begun}", f"{begun}-{draw.randrange(1, 13):02d}", f"{begun}-05-17"))
    if chance > 0.6 and chance < 0.8:
        fields["end"] = f"{year + draw.choice((-1, 0, 1, 3, 12))}-12"
        if fields.get("start", "") > fields["end"]:
            del fields["start"]
    if draw.random() < 0.1:
        return one, "MEDIATE", other, {**fields, "third": third}
    return one, draw.choice(TYPES), other, fields


def compared(ledger: Ledger, asked: dict) -> None:
    view, known = ledger._view(), asked.get("known")
    found = courses(view, known=PartialDate.parse(known) if known else None, lens=asked.get("lens", OPEN),
                    exact=asked.get("exact", False))
    want, unsure = looks(ledger, found, **asked)
    got = drawn(found)
    assert set(got) == set(want)
    differing = [(dyad, place, want[dyad][place], got[dyad][place]) for dyad in want for place in range(found.months)
                 if want[dyad][place] != got[dyad][place] and (dyad, place) not in unsure]
    assert not differing, differing[:5]
    assert len(unsure) <= found.months * len(want) / 100
    atlas = ledger._atlas(known, asked.get("lens"), asked.get("exact", False))
    assert {dyad: len({one.claim.id for one in (*about.evidence, *about.mediation)})
            for dyad, about in atlas.dyads.items()} == {
        (found.sides[left], found.sides[right]): count
        for left, right, count in zip(found.left, found.right, found.claims, strict=True)}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("asked", ASKED, ids=named)
def test_courses_say_what_the_ties_say(tmp_path, seed, asked):
    compared(drawn_ledger(tmp_path, seed), asked)


@pytest.mark.parametrize("asked", ({}, {"known": "2014"}, {"exact": True}), ids=named)
def test_courses_of_the_digest(digest, asked):
    compared(Ledger(digest), asked)


def test_an_alliance_that_breaks_is_seen_to_turn(tmp_path):
    ledger = made(tmp_path, told("2012-01-10", "Wire", ("norland", "ALLIANCE", "sudland", {"start": "2010-03"}),
                                 ("norland", "SUPPORT", "sudland", {"start": "2011-05"})),
                  told("2015-02-10", "Post", ("norland", "SEVERED", "sudland", {"start": "2014-06"}),
                       ("norland", "ASSAULT", "sudland", {"start": "2014-07"}),
                       ("sudland", "ASSAULT", "norland", {"start": "2014-08"})))
    found = courses(ledger._view())
    (turn,) = ledger.tie("norland", "sudland").turns
    (at,) = (place for place in range(found.months) if found.codes(found.begin + place)[0] & TURN)
    assert found.begin + at == 12 * turn.month.year + turn.month.month - 1
    assert found.codes(found.begin - 1)[0] == 0
    last = int(found.codes(found.begin + found.months - 1)[0])
    assert last & FORECAST and last & STATE == 1
    assert found.months == found.horizon + 1 + OUTLOOK


def test_what_is_only_denied_has_a_look_and_no_state(tmp_path):
    ledger = made(tmp_path, told("2012-01-10", "Wire", ("norland", "AID", "sudland", {"modality": "negated"})))
    found = courses(ledger._view())
    assert not ledger.ties()
    assert found.codes(12 * 2012)[0] == ONLY_DENIED


def test_a_ledger_without_claims_has_no_courses(tmp_path):
    ledger = made(tmp_path, told("2012-01-10", "Wire", ("norland", "MEMBER_OF", "northern-pact")))
    found = courses(ledger._view())
    assert len(found.left) == 0 and found.documents_by_month.sum() == 1 and found.claims_by_month.sum() == 0


def test_every_claim_counts_once_in_the_histogram(tmp_path):
    ledger = drawn_ledger(tmp_path, 1)
    found = courses(ledger._view())
    about = ledger._atlas(None, None, False).dyads.values()
    claims = {one.claim.id for one in about for one in (*one.evidence, *one.mediation)}
    assert found.claims_by_month.sum() == len(claims)
    assert found.documents_by_month.sum() == len(ledger.documents())
    assert np.all(np.diff(found.offset) > 0)
