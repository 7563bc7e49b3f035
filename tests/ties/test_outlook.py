"""Plans and predictions, and what became of them: judged by later words of others, never with hindsight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.model.claim_type import ClaimType, Kind
from sides.ties.lens import Lens
from sides.ties.outlook import scoreboard, wilson
from sides.ties.predictions import Fate
from sides.ties.windows import windows
from tests.ties.told import FILLER, row, told

VISIT = row("norland", "CONSULT", "sudland", modality="planned", start="2020-06")


def fates(ledger, *about, **asked):
    return [one.fate for one in ledger.outlook(*about, **asked)]


def test_a_planned_visit_that_is_reported_later_is_borne_out_by_that_report(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [VISIT]),
                  ("Post", "2020-07-01", [row("sudland", "CONSULT", "norland", start="2020-06-12")]))
    (one,) = ledger.outlook()
    assert (one.fate, one.expects, str(one.made), str(one.since), str(one.until)) == (
        Fate.BORNE_OUT, True, "2020-05-01", "2020-06-01", "2020-06-30")
    assert [(bearing.outlets, bearing.claim.source) for bearing in one.bearing] == [(("Post",), "sudland")]


def test_what_was_not_known_yet_leaves_a_fate_open(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [VISIT]),
                  ("Post", "2021-03-01", [row("norland", "CONSULT", "sudland", start="2020-06-12")]))
    assert fates(ledger) == [Fate.BORNE_OUT]
    assert fates(ledger, known="2021-02") == [Fate.OPEN]
    assert fates(ledger, known="2020-04") == []


def test_at_asks_what_had_been_said_and_had_happened_by_a_date_of_the_world(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [VISIT]),
                  ("Post", "2021-03-01", [row("norland", "CONSULT", "sudland", start="2020-06-12")]))
    assert fates(ledger, at="2020-04") == []
    assert fates(ledger, at="2020-06-01") == [Fate.OPEN]
    assert fates(ledger, at="2020-06-20") == [Fate.BORNE_OUT]


def test_neither_its_own_report_nor_a_copy_of_it_judges_a_prediction(tmp_path):
    quote = "Norland will meet Sudland in the middle of June, said a desk that has been right before"
    met = row("norland", "CONSULT", "sudland", start="2020-06-12", quote="Norland met Sudland, as was expected")
    ledger = told(tmp_path, ("Wire", "2020-05-01", [{**VISIT, "quote": quote}]),
                  ("Copy", "2020-06-20", [{**VISIT, "quote": quote}, met]),
                  texts={"Wire": FILLER, "Copy": FILLER})
    (one,) = ledger.outlook()
    assert one.evidence[0].outlets == ("Copy", "Wire")
    assert (one.fate, one.bearing) == (Fate.OPEN, ())


def test_what_a_copy_of_a_report_says_in_other_words_is_nobody_elses_prediction(tmp_path):
    plan = row("norland", "CONSULT", "sudland", modality="planned")
    ledger = told(tmp_path, ("Wire", "2020-05-01", [{**plan, "speaker": "two sources", "quote": "They will meet"}]),
                  ("Copy", "2020-05-02", [{**plan, "speaker": "sources", "quote": "A meeting is planned"}]),
                  texts={"Wire": FILLER, "Copy": FILLER})
    (one,) = ledger.outlook()
    assert (one.voice, str(one.made), len(one.evidence)) == ("two sources", "2020-05-01", 2)


def test_an_event_before_or_after_its_time_does_not_bear_it_out(tmp_path):
    for number, start in enumerate(("2020-04-30", "2020-05-20", "2020-07-02", "2020", "2012")):
        folder = tmp_path / str(number)
        folder.mkdir()
        ledger = told(folder, ("Wire", "2020-05-01", [VISIT]),
                      ("Post", "2021-01-01", [row("norland", "CONSULT", "sudland", start=start)]))
        assert fates(ledger) == [Fate.OPEN], start


def test_silence_tells_against_an_event_only_where_enough_reports_speak_of_the_two(tmp_path):
    others = [(f"Paper {day}", f"2020-07-0{day}", [row("norland", "ACCUSE", "sudland", start="2020-06-11")])
              for day in (1, 2, 3)]
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    assert fates(told(tmp_path / "few", ("Wire", "2020-05-01", [VISIT]), *others[:2])) == [Fate.OPEN]
    (one,) = told(tmp_path / "many", ("Wire", "2020-05-01", [VISIT]), *others).outlook("norland", "sudland")
    assert one.fate is Fate.NOT_BORNE_OUT
    assert len(one.bearing) == 3


def test_a_denial_tells_against_an_event_once_its_time_is_over(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [VISIT]),
                  ("Post", "2020-06-15", [{**VISIT, "modality": "negated", "start": "2020-06-14"}]),
                  ("Late", "2020-08-01", [row("norland", "AID", "westland")]))
    assert fates(ledger, "sudland") == [Fate.NOT_BORNE_OUT]
    assert fates(ledger, "sudland", known="2020-06-15") == [Fate.OPEN]


def test_what_is_said_not_to_happen_is_judged_the_other_way_round(tmp_path):
    refused = row("norland", "ASSAULT", "sudland", modality="negated", quote="Norland will not attack Sudland")
    dated = row("norland", "AID", "sudland", modality="negated", start="2021", quote="Norland gives nothing in 2021")
    past = row("norland", "COERCE", "sudland", modality="negated", start="2019", quote="Norland did not seize a ship")
    ledger = told(tmp_path, ("Wire", "2020-05-01", [refused, dated, past]),
                  ("Post", "2021-08-01", [row("norland", "ASSAULT", "sudland", start="2020-09-03"),
                                          row("norland", "AID", "sudland", start="2021-07")]))
    assert [(one.type, one.expects, one.fate) for one in ledger.outlook()] == [
        (ClaimType.ASSAULT, False, Fate.NOT_BORNE_OUT), (ClaimType.AID, False, Fate.NOT_BORNE_OUT)]


def test_an_attack_by_the_other_side_does_not_bear_a_threatened_one_out(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [row("norland", "ASSAULT", "sudland", modality="forecast")]),
                  ("Post", "2020-09-01", [row("sudland", "ASSAULT", "norland", start="2020-08")]))
    assert fates(ledger) == [Fate.OPEN]


def test_a_predicted_relation_is_judged_by_the_state_at_the_end_of_its_time(tmp_path):
    for kind, fate in (("HOSTILE", Fate.NOT_BORNE_OUT), ("ALLIANCE", Fate.BORNE_OUT)):
        folder = tmp_path / kind
        folder.mkdir()
        friends = row("norland", "FRIENDLY", "sudland", modality="forecast")
        ledger = told(folder, ("Wire", "2020-05-01", [friends]),
                      ("Post", "2021-06-01", [row("norland", kind, "sudland", start="2021-05")]),
                      ("Gazette", "2022-06-01", [row("norland", kind, "sudland", start="2022-04")]))
        (one,) = ledger.outlook()
        assert one.fate is fate
        assert one.probability is not None and (one.probability > 0.6) is (fate is Fate.BORNE_OUT)
        assert fates(ledger, known="2021-12") == [Fate.OPEN]


def test_demands_conditions_and_what_is_told_afterwards_are_shown_and_not_judged(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [
        row("norland", "AID", "sudland", modality="demanded"),
        row("norland", "AGREE", "sudland", modality="conditional"),
        row("norland", "ASSAULT", "sudland", modality="planned", start="2012")]))
    found = ledger.outlook()
    assert {(one.fate, one.because) for one in found} == {
        (Fate.NOT_JUDGED, "asked for, not predicted"), (Fate.NOT_JUDGED, "hangs on a condition"),
        (Fate.NOT_JUDGED, "told after its time")}
    assert scoreboard(found) == []


def test_persons_count_for_their_side_and_stand_alone_when_asked_exactly(tmp_path):
    actors = [{"id": "norland", "name": "Norland", "kind": "state"}, {"id": "sudland", "name": "Sudland",
              "kind": "state"}, {"id": "ann", "name": "Ann Norr", "kind": "person"}]
    ledger = told(tmp_path, ("Wire", "2020-05-01", [row("ann", "LEADS", "norland"), {**VISIT, "source": "ann"}]),
                  ("Post", "2020-07-01", [row("norland", "CONSULT", "sudland", start="2020-06-12")]), actors=actors)
    (one,) = ledger.outlook("ann")
    assert (one.source, one.fate) == ("norland", Fate.BORNE_OUT)
    assert [(one.source, one.fate) for one in ledger.outlook("ann", exact=True)] == [("ann", Fate.OPEN)]


def test_a_lens_chooses_the_predictions_and_everybody_judges_them(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [VISIT]), ("Mirror", "2020-05-02", [VISIT]),
                  ("Post", "2020-07-01", [row("norland", "CONSULT", "sudland", start="2020-06-12")]))
    (one,) = ledger.outlook(lens=Lens.of(outlets=["Wire"]))
    assert (one.voice, one.fate) == ("Wire", Fate.BORNE_OUT)


def test_the_scoreboard_counts_each_voice_once_a_report(tmp_path):
    again = {**VISIT, "start": None}
    spoken = row("norland", "AID", "sudland", modality="forecast", speaker="an envoy")
    ledger = told(tmp_path, ("Wire", "2020-05-01", [VISIT, again, spoken]),
                  ("Post", "2020-07-01", [row("norland", "CONSULT", "sudland", start="2020-06-12")]))
    assert [(one.voice, one.made, one.judged, one.borne_out) for one in scoreboard(ledger.outlook())] == [
        ("Wire", 1, 1, 1), ("an envoy", 1, 0, 0)]


def test_undated_news_long_after_bears_out_and_just_after_does_not(tmp_path):
    plan = row("norland", "AID", "sudland", modality="planned")
    for published, fate in (("2020-05-20", Fate.OPEN), ("2021-02-01", Fate.BORNE_OUT)):
        folder = tmp_path / published
        folder.mkdir()
        ledger = told(folder, ("Wire", "2020-05-01", [plan]), ("Post", published, [row("norland", "AID", "sudland")]))
        assert fates(ledger) == [fate]


def test_every_type_is_borne_out_by_its_own_or_judged_by_the_state():
    for kind in ClaimType:
        if kind.meaning.kind is Kind.EVENT:
            assert kind in windows().borne_out[kind]
        elif kind in windows().borne_out:
            assert kind.meaning.kind is Kind.TIE and kind in windows().borne_out[kind]


@given(st.integers(1, 200).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_wilsons_interval_holds_the_share_and_stays_within_bounds(pair):
    hits, trials = pair
    low, high = wilson(hits, trials)
    assert 0 <= low <= hits / trials + 1e-9 and hits / trials - 1e-9 <= high <= 1 and low < high


def test_an_earlier_known_never_judges_more(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-05-01", [VISIT, row("norland", "AID", "sudland", modality="planned")]),
                  ("Post", "2020-07-01", [row("norland", "CONSULT", "sudland", start="2020-06-12")]),
                  ("Gazette", "2021-01-01", [row("norland", "AID", "sudland", start="2020-10")]))
    judged = [sum(one.fate is not Fate.OPEN for one in ledger.outlook(known=known))
              for known in ("2020-05", "2020-07", "2021-01")]
    assert judged == [0, 1, 2]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_documents_makes_no_difference(tmp_path, order):
    documents = [("Wire", "2020-05-01", [VISIT]), ("Mirror", "2020-05-01", [VISIT]),
                 ("Post", "2020-07-01", [row("norland", "CONSULT", "sudland", start="2020-06-12")])]
    found = told(tmp_path, *(documents[place] for place in order)).outlook()
    assert {(one.voice, one.fate, one.bearing[0].outlets) for one in found} == {
        ("Wire", Fate.BORNE_OUT, ("Post",)), ("Mirror", Fate.BORNE_OUT, ("Post",))}
