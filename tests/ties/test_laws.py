"""What must hold of ties whatever is said: order, echoes, clocks, mirror and others' business."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.face import Ledger
from sides.model.claim_type import ClaimType, Modality
from sides.model.dates import PartialDate
from sides.ties.evidence import gather
from sides.ties.field import field_of
from sides.ties.history import History
from sides.ties.inference import infer, infer_all
from sides.ties.parameters import PLACES, shipped
from sides.ties.signals import LAYER_PLACES, Reach, Signals
from sides.ties.tie import Tie, derive
from tests.ties.test_tie import claim, document

TYPES = [kind.value for kind in ClaimType if kind.meaning.kind != "structure" and kind is not ClaimType.MEDIATE]
ROWS = st.lists(st.tuples(st.sampled_from(TYPES), st.sampled_from(["2010", "2011-05", "2012", None]),
                          st.sampled_from(list(Modality)), st.integers(0, 3)), min_size=1, max_size=10)
PAPERS = [document(f"paper {number}", f"2013-0{number + 1}", f"outlet {number}") for number in range(4)]


def claims(rows):
    return [claim(PAPERS[which], kind, year, modality=modality, begin=place)
            for place, (kind, year, modality, which) in enumerate(rows)]


def tie(some, *, left="a", right="b", papers=PAPERS, reports=None, **clocks) -> Tie:
    documents = {paper.id: paper for paper in papers}
    return derive(left, right, gather(some, documents, reports or {}, {}), [], **clocks)


def same(one: Tie, other: Tie) -> bool:
    if one.history is None or other.history is None:
        return one.history is other.history
    return np.array_equal(one.history.shares, other.history.shares)


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_a_copy_of_a_report_changes_nothing(rows):
    some = claims(rows)
    copy = document("copy", "2013-06", "another outlet", "Text of paper 0, again.")
    again = [replace(one, document=copy.id) for one in some if one.document == PAPERS[0].id]
    reports = {paper.id: paper.id for paper in PAPERS} | {copy.id: PAPERS[0].id}
    horizon = PartialDate(2013, 6)
    assert same(tie(some, horizon=horizon),
                tie([*some, *again], papers=[*PAPERS, copy], reports=reports, horizon=horizon))


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_swapping_the_two_mirrors(rows):
    some = claims(rows)
    swapped = [replace(one, source=one.target, target=one.source) for one in some]
    assert same(tie(some), tie(swapped, left="b", right="a"))


@settings(deadline=None, max_examples=20)
@given(ROWS)
def test_each_claim_adds_what_the_tie_without_it_lacks(rows):
    evidence = gather(claims(rows), {paper.id: paper for paper in PAPERS}, {}, {})
    whole = History(evidence, [], 12 * 2005, 12 * 2014)
    if not len(whole.evidence):
        return
    rest = [one for place, one in enumerate(whole.evidence) if place]
    alone = {one.claim.document + one.claim.speaker for one in rest}
    first = whole.evidence[0].claim
    if first.document + first.speaker not in alone:  # else the others weigh more once it is gone
        without = History(rest, [], 12 * 2005, 12 * 2014)
        assert np.allclose(whole.influence[0], whole.levels - without.levels, atol=1e-4)


def test_many_dyads_together_are_as_each_alone():
    rng = np.random.default_rng(3)
    rows, dyads, months = 4000, 2300, 60
    kind = rng.choice([PLACES[ClaimType(name)] for name in TYPES], rows).astype(np.int32)
    first = rng.integers(0, months, rows).astype(np.int32)
    last = np.minimum(first + rng.integers(0, 12, rows), months - 1).astype(np.int32)
    sign = np.asarray([list(ClaimType)[place].meaning.sign for place in kind], np.int32)
    layer = np.full(rows, LAYER_PLACES["general"], np.int32)
    signals = Signals(rng.integers(0, dyads, rows).astype(np.int32), rng.integers(0, len(Reach), rows).astype(np.int32),
                      first, last, last, last, kind, sign, layer, rng.random(rows) < 0.1, rng.random(rows),
                      rng.random(rows))
    together = infer_all(signals, 0, months, dyads, shipped(), threads=2)
    for dyad in (0, 999, 1000, 2299):
        own = signals.taken(signals.dyad == dyad)
        own = replace(own, dyad=np.zeros(len(own), np.int32))
        alone = infer(field_of(own, 0, months, 1, shipped()), shipped())
        assert np.allclose(together.shares[:, :, dyad], alone.shares[:, :, 0], atol=1e-5)
        assert np.array_equal(together.path[:, dyad], alone.path[:, 0])


EARLY = "Norland thanked Sudria in 2009. The alliance of Norland and Sudria is firm."
LATE = "In 2011 Norland broke with Sudria. Norland bombed Sudria in 2012. Esteria praised Westia in 2010."


def imported(folder: Path, *documents: tuple[str, str, str, list[dict[str, str]]]) -> Ledger:

    ledger = Ledger(folder / "laws.sides")
    listing, lines = [], []
    for key, published, text, said in documents:
        listing.append({"key": key, "text": text, "published": published, "source": key, "published_is": "stated"})
        lines += [{"doc": key, **one} for one in said]
    (folder / "documents.json").write_text(json.dumps(listing))
    (folder / "claims.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    names = ("Norland", "Sudria", "Esteria", "Westia")
    actors = [{"id": name.lower(), "name": name, "kind": "state"} for name in names]
    (folder / "actors.jsonl").write_text("".join(json.dumps(one) + "\n" for one in actors))
    report = ledger.import_claims(folder / "claims.jsonl", documents=folder / "documents.json",
                                  actors=folder / "actors.jsonl")
    assert not report.left_out
    return ledger


def said(quote: str, kind: str, start: str | None, source="norland", target="sudria") -> dict[str, str]:
    return {"quote": quote, "source": source, "target": target, "type": kind, "speaker": "author",
            "modality": "asserted"} | ({"start": start} if start else {})


EARLY_CLAIMS = [said("Norland thanked Sudria in 2009", "SUPPORT", "2009"),
                said("The alliance of Norland and Sudria is firm", "ALLIANCE", None)]
LATE_CLAIMS = [said("In 2011 Norland broke with Sudria", "SEVERED", "2011"),
               said("Norland bombed Sudria in 2012", "ASSAULT", "2012")]
OTHERS = [said("Esteria praised Westia in 2010", "SUPPORT", "2010", "esteria", "westia")]


def test_what_is_told_later_is_not_known_before():
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        whole = imported(Path(one), ("early", "2010-01-15", EARLY, EARLY_CLAIMS),
                         ("late", "2013-05-01", LATE, LATE_CLAIMS))
        before = imported(Path(other), ("early", "2010-01-15", EARLY, EARLY_CLAIMS))
        then = whole.tie("Norland", "Sudria", at="2010", known="2010-12-31")
        assert then.probabilities == before.tie("Norland", "Sudria", at="2010", known="2010-12-31").probabilities
        assert then.state.level > 0 and not then.turns
        assert [one.claim.type.value for one in then.evidence] == ["SUPPORT", "ALLIANCE"]
        now = whole.tie("Norland", "Sudria", at="2012")
        assert now.state.level < 0 and [turn.direction for turn in now.turns] == ["down"]


def test_nobody_brokers_with_itself():
    text = "Norland mediated between Norland and Sudria. Esteria mediated between Norland and Sudria."
    rows = [said("Esteria mediated between Norland and Sudria", "MEDIATE", None, "esteria", "sudria") | {
        "third": "norland"}]
    with tempfile.TemporaryDirectory() as folder:
        ledger = imported(Path(folder), ("news", "2013-05-01", text, rows))
        assert [one.actor for one in ledger.tie("Norland", "Sudria").mediators] == ["esteria"]
        assert not ledger.tie("Norland", "Esteria").mediators
        ids = [one.evidence.claim.id for one in ledger.tie("Norland", "Esteria").contributions]
        assert len(ids) == len(set(ids)) == 1


def test_the_business_of_others_moves_nothing():
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        quiet = imported(Path(one), ("late", "2013-05-01", LATE, LATE_CLAIMS))
        busy = imported(Path(other), ("late", "2013-05-01", LATE, [*LATE_CLAIMS, *OTHERS]))
        assert quiet.tie("Norland", "Sudria").probabilities == busy.tie("Norland", "Sudria").probabilities
        assert busy.tie("Esteria", "Westia").state.level > 0
