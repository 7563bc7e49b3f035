"""Forecasts of a ledger: which claims are events, and that nothing published later is ever seen."""

from __future__ import annotations

import json

import pytest

from sides.forecast.of_ledger import calendar_day, ledger_log
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError
from sides.report.forecast import forecast_record, ranking_record, state_record
from tests.ties.told import row, told

STATES = ("norland", "sudland", "westland", "ostland")


def documents():
    """Four actors; one pair consults every other month; what is published later also tells of earlier days."""
    listed = []
    for month in range(1, 25):
        day = f"{2018 + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}-15"
        rows = [row("norland", "ACCUSE", "westland")] if month % 3 == 0 else [row("ostland", "AID", "sudland")]
        if month % 2:
            rows.append(row("norland", "CONSULT", "sudland"))
        listed.append((f"Wire{month}", day, rows))
    listed.append(("Late", "2020-03-01", [row("norland", "ASSAULT", "sudland", start="2018-05-02"),
                                         row("norland", "SEVERED", "sudland", start="2019-01"),
                                         row("novia", "AID", "norland", start="2018-02")]))
    return listed


def events(ledger, known="2030", **asked):
    found = ledger_log(ledger._view(), PartialDate.parse(known), **asked)
    log = found.log
    return [(str(calendar_day(int(log.day[at]))), log.actors[log.source[at]], log.kinds[log.kind[at]].name,
             log.actors[log.target[at]]) for at in range(len(log))], found


def test_only_what_is_asserted_and_dated_to_a_month_is_an_event(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-20", [
        row("norland", "AID", "sudland", start="2020-04"), row("norland", "ACCUSE", "sudland", modality="forecast"),
        row("norland", "ASSAULT", "sudland", modality="negated"), row("norland", "SANCTION", "sudland"),
        row("norland", "THREATEN", "sudland", start="2019"), row("norland", "PROTEST", "sudland", start="2021-01-01"),
        row("norland", "AGREE", "sudland", start="2020-05"), row("westland", "MEDIATE", "norland", third="sudland",
                                                               start="2020-03-01")]))
    rows, found = events(ledger)
    assert rows == [("2020-03-01", "westland", "MEDIATE", "norland"), ("2020-03-01", "westland", "MEDIATE", "sudland"),
                    ("2020-04-30", "norland", "AID", "sudland"), ("2020-05-20", "norland", "AGREE", "sudland"),
                    ("2020-05-20", "norland", "SANCTION", "sudland"), ("2020-05-20", "sudland", "AGREE", "norland")]
    assert (found.without_month, found.ahead) == (1, 1)
    quotes = {ledger.claim(one).quote for one in found.claims}
    assert any("sanction" in quote for quote in quotes) and len(found.claims) == 4
    assert events(ledger, "2020-05-19")[0] == []


def asked(ledger, day):
    return json.dumps([
        forecast_record(ledger.forecast("norland", "sudland", "CONSULT", within_days=60, at=day)),
        forecast_record(ledger.forecast("norland", "sudland", "verbal-conflict", at=day)),
        state_record(ledger.forecast_state("norland", "sudland", "strained", by="2020-06", at=day)),
        ranking_record(ledger.ranking("norland", "ACCUSE", at=day))])


@pytest.mark.parametrize("day", ["2018-12-31", "2019-06-20", "2019-12"])
def test_without_the_documents_of_later_days_a_forecast_is_the_same_to_the_byte(tmp_path, day):
    last = PartialDate.parse(day).last.isoformat()
    (tmp_path / "all").mkdir()
    (tmp_path / "then").mkdir()
    whole = told(tmp_path / "all", *documents())
    then = told(tmp_path / "then", *(one for one in documents() if one[1] <= last))
    assert len(then.documents()) < len(whole.documents())
    assert asked(whole, day) == asked(then, day)
    assert asked(whole, "2020-03-02") != asked(whole, day)


def test_a_forecast_does_not_know_what_was_published_after_it(tmp_path):
    ledger = told(tmp_path, *documents())
    with pytest.raises(ForecastError, match="may not know what was published until 2020"):
        ledger.forecast("norland", "sudland", "AID", at="2019", known="2020")


def test_the_busier_pair_is_likelier_and_its_curve_rises(tmp_path):
    ledger = told(tmp_path, *documents())
    busy, idle = (ledger.forecast(*pair, "CONSULT", within_days=60, at="2019-12-31")
                  for pair in (("norland", "sudland"), ("ostland", "sudland")))
    assert busy.chance > .5 > .1 > idle.chance and not busy.is_onset and idle.is_onset
    assert busy.reasons[0].push > 0 and busy.low < busy.chance < busy.high
    for found in (busy, idle):
        chances = [one.chance for one in found.curve]
        assert [one.days for one in found.curve] == [7, 30, 60, 90, 365] and chances == sorted(chances)
        assert all(one.low <= one.chance <= one.high for one in found.curve)
    assert len(busy.precedents) >= 3 and all("consult" in busy.quotes[one.claim].quote for one in busy.precedents)
    assert any("Too little to learn from" in note for note in busy.notes) and busy.forecaster == "reference class"
    assert idle.lacking is None or "events of CONSULT" in idle.lacking


@pytest.mark.parametrize("days", [5, 30, 180])
def test_a_ranking_says_of_each_what_a_forecast_of_the_two_says(tmp_path, days):
    ledger = told(tmp_path, *documents())
    rows = ledger.ranking("norland", "ACCUSE", within_days=days, at="2019-12-31").rows
    assert rows
    for one in rows:
        found = ledger.forecast("norland", one.target, "ACCUSE", within_days=days, at="2019-12-31")
        assert (one.chance, one.low, one.high) == pytest.approx((found.chance, found.low, found.high), rel=1e-9)


def test_bad_names_are_told_with_what_was_perhaps_meant(tmp_path):
    ledger = told(tmp_path, *documents())
    for event, words in (("CONSLT", "Did you mean 'CONSULT'"), ("verbal-conflct", "Did you mean 'verbal-conflict'"),
                         ("HOSTILE", "how two stand, not what one does")):
        with pytest.raises(ForecastError, match=words):
            ledger.forecast("norland", "sudland", event)
    for call, words in ((lambda: ledger.forecast("norland", "norland", "AID"), "both sides"),
                        (lambda: ledger.forecast("norland", "sudland", "AID", within_days=0), "not 0"),
                        (lambda: ledger.forecast("norland", "sudland", "AID", forecaster="learned"), "Too little"),
                        (lambda: ledger.forecast("norland", "sudland", "AID", forecaster="oracle"), "No forecaster"),
                        (lambda: ledger.forecast_state("norland", "sudland", "warm", by="2021"), "No state is named"),
                        (lambda: ledger.forecast_state("norland", "sudland", "hostile", by="2019"), "not ahead"),
                        (lambda: ledger.forecast("norland", "sudland", "AID", at="2017"), "Ask of a later day|no doc")):
        with pytest.raises(ForecastError, match=words):
            call()


def test_a_backtest_scores_what_would_have_been_said(tmp_path):
    ledger = told(tmp_path, *documents())
    found = ledger.backtest(within_days=60, origins=5, known="2019-12-31")
    tested = found.backtest
    assert len(set(tested.origin.tolist())) == 5
    for origin in set(tested.origin.tolist()):
        day = calendar_day(origin - 1).isoformat()
        then = ledger.forecast("norland", "sudland", "verbal cooperation", within_days=60, at=day)
        now = ledger_log(ledger._view(), PartialDate.parse("2019-12-31")).log.actors
        row_ = [at for at in range(len(tested.origin)) if tested.origin[at] == origin
                and now[tested.source[at]] == "norland" and now[tested.target[at]] == "sudland"]
        # The curve of `forecast` is cut at more horizons than the back-test's one, so that pooling differs slightly.
        assert tested.chances["reference class"][row_[0], 0] == pytest.approx(then.chance, abs=.12)
        assert tested.happened[row_[0], 0]  # a consultation every other month
    assert {one.forecaster for one in tested.scores("recurrence")} >= {"base rate", "recurrence", "reference class"}
    assert any("Too little to learn from" in note for note in found.notes)
    with pytest.raises(ForecastError, match="Give 1 or more"):
        ledger.backtest(origins=0)
