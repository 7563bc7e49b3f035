"""The tie model carried forward: frozen at a day, judged by what came out later, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from sides.ledger.snapshot import Snapshot
from sides.model.dates import PartialDate
from sides.ties.atlas import Atlas
from sides.ties.carried import Verdict, calibration, freezes, questions, shares, tallies
from sides.ties.history import carried, infer_together
from sides.ties.lens import Lens
from sides.ties.states import STATES, State
from tests.ties.told import row, told


def war(year):
    return [row("norland", "ASSAULT", "sudland", start=f"{year}-0{month}") for month in (2, 4, 6)] + [
        row("norland", "HOSTILE", "sudland", start=f"{year}-01")]


def peace(year):
    return [row("norland", "AGREE", "sudland", start=f"{year}-0{month}") for month in (2, 4, 6)] + [
        row("norland", "ALLIANCE", "sudland", start=f"{year}-01")]


@pytest.fixture
def feud(tmp_path):
    """At war in 2015, allied in 2017 and ever since; the last is told in 2019."""
    return told(tmp_path, ("Wire", "2015-07-01", war(2015)), ("Post", "2015-07-02", war(2015)),
                ("Wire", "2017-07-01", peace(2017)), ("Post", "2017-07-03", peace(2017)),
                ("Wire", "2019-07-01", peace(2019)))


def test_what_is_said_of_later_months_is_what_the_tie_says_at_a_later_date(feud):
    for one in feud.carried(frozen=["2016-01", "2018-03-15"]):
        tie = feud.tie("norland", "sudland", known=one.frozen, at=one.resolves)
        assert np.allclose(one.said, [tie.probabilities[state] for state in STATES], atol=1e-4)
        assert np.allclose(one.said.sum(), 1, atol=1e-4)


def test_nothing_that_came_out_later_is_in_what_was_said(feud, tmp_path_factory):
    early = told(tmp_path_factory.mktemp("early"), ("Wire", "2015-07-01", war(2015)), ("Post", "2015-07-02", war(2015)))
    then = [one.said for one in early.carried(frozen=["2016-01"])]
    now = [one.said for one in feud.carried(frozen=["2016-01"])]
    assert np.allclose(then, now)
    assert all(one.verdict is Verdict.OPEN for one in early.carried(frozen=["2016-01"]))


def test_a_tie_is_judged_only_by_later_words_about_its_time(feud):
    found = {one.ahead_months: one for one in feud.carried(frozen=["2016-01"])}
    assert found[6].verdict is Verdict.NOT_JUDGED  # nobody tells of the time up to July 2016
    assert found[6].brier is None
    assert (found[24].verdict, found[24].became) == (Verdict.JUDGED, State.ALLIED)
    assert {str(one.document.published) for one in found[24].bearing} == {"2017-07-01", "2017-07-03"}
    assert found[24].brier > 1, "it was thought to be hostile still"
    assert found[24].baseline > found[24].brier, "that nothing changes is worse still"


def test_a_copy_of_what_was_known_judges_nothing(tmp_path):
    text = " ".join(f"Common{number}" for number in range(80)) + "."
    quote = {"quote": "Norland and Sudland have been at war ever since, said the desk"}
    said = [row("norland", "HOSTILE", "sudland", start="2015-01", **quote)]
    ledger = told(tmp_path, ("Wire", "2015-07-01", said), ("Copy", "2016-05-01", said),
                  ("Other", "2018-01-01", [row("westland", "AGREE", "ostland")]), texts={"Wire": text, "Copy": text})
    found = ledger.carried("norland", "sudland", frozen=["2015-12"])
    assert {one.verdict for one in found} == {Verdict.NOT_JUDGED}


def test_a_time_that_is_not_over_is_open(feud):
    found = feud.carried(frozen=["2019-07-01"])
    assert {one.verdict for one in found} == {Verdict.OPEN}
    assert [str(one.resolves) for one in found] == ["2020-01", "2020-07", "2021-07"]


def test_an_earlier_known_leaves_open_what_it_does_not_tell_of(feud):
    assert {one.verdict for one in feud.carried(frozen=["2016-01"], known="2016-02")} == {Verdict.OPEN}


def test_under_a_lens_everybodys_word_judges(feud):
    found = feud.carried(frozen=["2018-01"], lens=Lens.parse("outlet=Post"))
    assert {one.claims for one in found} == {8}
    assert {outlet for one in found for each in one.bearing for outlet in each.outlets} == {"Wire"}


def test_tallies_count_only_what_is_judged(feud):
    found = feud.carried(frozen=["2016-01", "2018-01", "2019-07-01"])
    for one in tallies(found):
        some = [each for each in found if each.ahead_months == one.ahead_months]
        judged = [each.brier for each in some if each.verdict is Verdict.JUDGED]
        assert (one.asked, one.judged) == (len(some), len(judged))
        assert one.brier == pytest.approx(np.mean(judged)) if judged else one.brier is None
    assert sum(one.count for one in calibration(found)) == 5 * sum(one.judged for one in tallies(found))
    assert sum(one.came_true for one in calibration(found)) == sum(one.judged for one in tallies(found))
    assert all(one.count == 0 and one.mean is None for one in calibration([]))


def test_dyads_of_different_beginnings_are_inferred_as_each_alone(digest):
    import sides

    ledger = sides.open(digest)
    atlas = Atlas(ledger._view(), known=PartialDate(2018))
    months = [12 * 2018, 12 * 2019]
    together = shares(atlas.dyads, months)
    for dyad, about in atlas.dyads.items():
        assert np.allclose(shares({dyad: about}, months)[dyad], together[dyad], atol=1e-6)


def test_without_a_day_there_is_nothing_to_freeze_at(feud):
    atlas = Atlas(feud._view())
    with pytest.raises(ValueError, match="frozen at a day"):
        questions(atlas, atlas)


def test_days_to_freeze_at_end_where_nothing_was_published():
    assert freezes(PartialDate(2012), PartialDate(2013, 5, 4), 9) == [PartialDate(2012, 5, 4), PartialDate(2013, 5, 4)]
    assert freezes(None, None, 3) == []


def test_what_is_ahead_of_one_tie_is_what_the_outlook_says_of_it(digest):
    import sides

    ledger = sides.open(digest)
    for left, right in (("hamas", "syria"), ("hamas", "iran"), ("iran", "syria")):
        for asked in ({}, {"known": "2018"}, {"lens": Lens.parse("language=en"), "known": "2020"}):
            tie = ledger.tie(left, right, **asked)
            ahead = ledger.ahead(tie, lens=asked.get("lens"))
            every = [one for one in ledger.outlook(left, right, **asked) if {one.source, one.target} == {left, right}]
            assert [one for one in ahead if {one.source, one.target} == {left, right}] == every


def test_the_ties_of_an_actor_come_in_pages_those_of_most_claims_first(digest):
    import sides

    ledger = sides.open(digest)
    every = ledger.toward("hamas")
    assert every.total == len(every.ties) > 4
    pages = [ledger.toward("hamas", offset=place, most=3) for place in range(0, every.total, 3)]
    assert [(tie.left, tie.right) for page in pages for tie in page.ties] == [
        (tie.left, tie.right) for tie in every.ties]
    assert next(len(tie.evidence) for tie in every.ties) == max(len(tie.evidence) for tie in every.ties)
    for tie in every.ties:
        assert tie.probabilities == pytest.approx(ledger.tie(tie.left, tie.right).probabilities)


def test_a_history_carried_forward_stays_what_it_was(digest):
    import sides

    history = sides.open(digest).tie("hamas", "syria").history
    later = history.carried(history.end + 24)
    assert len(later.shares) == len(history.shares) + 24
    assert np.allclose(later.shares[:len(history.shares)], history.shares, atol=0.02)
    assert later.shares[-1].max() <= history.shares[-1].max() + 1e-6, "it grows no surer"
    assert history.carried(0).end == history.end


def test_histories_worked_out_together_are_as_each_alone(digest):
    import sides

    ledger = sides.open(digest)
    for left, right in (("hamas", "syria"), ("hamas", "iran"), ("iran", "syria")):
        one, other = (ledger.tie(left, right) for _ in range(2))
        together, alone = ([tie.history, *(each.history for each in tie.layers)] for tie in (one, other))
        infer_together(together)
        later = carried(together, one.history.end + 24)
        for these, those in ((together, alone), (later, [each.carried(each.end + 24) for each in alone])):
            for each, by_itself in zip(these, those, strict=True):
                assert np.allclose(each.shares, by_itself.shares, atol=1e-6)
                assert each.changes == by_itself.changes
                assert np.allclose(each.influence, by_itself.influence, atol=1e-6)
    assert carried([], 0) == []


def test_what_is_ahead_of_a_tie_is_judged_by_evidence_that_is_at_hand(digest, monkeypatch):
    import sides

    asked = []
    claims = Snapshot.claims

    def counted(self, **query):
        asked.append(query.get("both"))
        return claims(self, **query)

    monkeypatch.setattr(Snapshot, "claims", counted)
    for left, right in (("hamas", "syria"), ("syria", "hamas")):
        ledger = sides.open(digest)
        tie = ledger.tie(left, right)
        first = next(both for both in asked if both)
        found = ledger.ahead(tie)
        assert found == ledger.ahead(tie)
        assert asked.count(first) == 1
        asked.clear()
