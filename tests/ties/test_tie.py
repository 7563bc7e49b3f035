"""What counts toward a state, how surely, what is only shown, and when a report counts once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sides.ledger.values import StoredDocument
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate
from sides.report.tie import tie_record
from sides.ties.evidence import gather, told_once
from sides.ties.states import State
from sides.ties.tie import best_quotes, derive


def document(name: str, published: str, outlet: str | None = None, text: str = "") -> StoredDocument:
    return StoredDocument(text=text or f"Text of {name}.", name=name, published=PartialDate.parse(published),
                          published_from="sidecar", outlet=outlet, outlets=(outlet,) if outlet else ())


def claim(where: StoredDocument, kind: str, year: str | None = None, *, source="a", target="b", modality="asserted",
          speaker="author", third=None, begin=0, confidence=0.8) -> Claim:
    type_ = ClaimType(kind)
    return Claim(document=where.id, begin_char=begin, end_char=begin + 4, quote=where.text[begin:begin + 4],
                 source=source, target=target, third=third, type=type_, sign=type_.meaning.sign,
                 layer=type_.meaning.layer,
                 speaker=speaker, modality=Modality(modality), start=PartialDate.parse(year) if year else None,
                 dated_from="text" if year else "document", confidence=confidence, reader="test", reader_version="1",
                 trigger="", source_text=source, target_text=target)


def tie(*pairs: tuple[StoredDocument, Claim], reports: dict[str, str] | None = None, **clocks):
    documents = {doc.id: doc for doc, _ in pairs}
    evidence = gather([one for _, one in pairs], documents, reports or {}, {})
    mediation = [one for one in evidence if one.claim.type is ClaimType.MEDIATE]
    return derive("a", "b", [one for one in evidence if one not in mediation], mediation, **clocks)


def test_nothing_said_is_no_state():
    assert tie().now is None and tie().state is None and not tie().probabilities


def test_an_attack_is_hostile_and_a_rebuff_only_strained():
    news = document("news", "2020")
    assert tie((news, claim(news, "ASSAULT", "2020"))).state is State.HOSTILE
    assert tie((news, claim(news, "REJECT", "2020"))).state is State.STRAINED


def test_many_criticisms_do_not_make_an_enemy():
    papers = [document(f"paper {n}", "2020", f"outlet {n}") for n in range(9)]
    assert tie(*((paper, claim(paper, "ACCUSE", "2020")) for paper in papers)).state is State.STRAINED


def test_a_meeting_says_little_and_alliances_say_allied():
    papers = [document(f"paper {n}", "2020", f"outlet {n}") for n in range(3)]
    met = tie((papers[0], claim(papers[0], "CONSULT", "2020")))
    allied = tie(*((paper, claim(paper, "ALLIANCE")) for paper in papers))
    assert allied.state is State.ALLIED
    assert met.probabilities[State.ALLIED] < allied.probabilities[State.ALLIED]
    assert met.history.levels[-1] < allied.history.levels[-1]


def test_probabilities_add_up_to_one_in_every_month():
    news = document("news", "2020")
    answer = tie((news, claim(news, "ASSAULT", "2019")), (news, claim(news, "AID", begin=5)))
    assert abs(sum(answer.probabilities.values()) - 1) < 1e-5
    assert abs(answer.history.shares.sum(1) - 1).max() < 1e-5


def test_a_denial_is_evidence_of_the_contrary_only_through_its_speaker():
    news = document("news", "2020")
    said = tie((news, claim(news, "ALLIANCE")))
    denied = tie((news, claim(news, "ALLIANCE", modality="negated")))
    assert [one.claim.type for one in denied.denied] == [ClaimType.ALLIANCE]
    assert denied.state is None  # that two are no allies does not tell how they stand
    both = tie((news, claim(news, "ALLIANCE")), (news, claim(news, "ALLIANCE", modality="negated", begin=5)))
    assert both.probabilities[State.ALLIED] < said.probabilities[State.ALLIED]


def test_what_is_planned_or_forecast_says_little_and_is_shown():
    news = document("news", "2020")
    answer = tie((news, claim(news, "ASSAULT", "2020", modality="forecast")),
                 (news, claim(news, "ALLIANCE", "2020", begin=5)))
    assert answer.state.level > 0
    assert {one.claim.modality for one in answer.ahead} == {Modality.FORECAST}
    sure = tie((news, claim(news, "ASSAULT", "2020")))
    forecast = tie((news, claim(news, "ASSAULT", "2020", modality="forecast")))
    assert forecast.probabilities[State.HOSTILE] < sure.probabilities[State.HOSTILE]


def test_a_break_is_a_turn_with_its_months_and_the_claims_that_carry_it():
    early, late = document("early", "2009-06"), document("late", "2014-06")
    pairs = [(early, claim(early, "ALLIANCE", "2005")), (early, claim(early, "BACKING", begin=5)),
             (late, claim(late, "SEVERED", "2012")), (late, claim(late, "HOSTILE", begin=5)),
             (late, claim(late, "ASSAULT", "2013-05", begin=9))]
    answer = tie(*pairs)
    (turn,) = answer.turns
    assert turn.direction == "down" and turn.before.level > 0 > turn.after.level
    assert PartialDate(2010) <= turn.first <= turn.month <= turn.last <= PartialDate(2013, 6)
    assert "SEVERED" in {one.evidence.claim.type.value for one in turn.carried}
    assert all(one.shift < 0 for one in turn.carried)
    assert [step.state.level > 0 for step in answer.steps] == [True, False]
    assert answer.steps[1].first == turn.month


def test_silence_makes_a_state_less_sure_but_no_turn():
    news = document("news", "2010")
    answer = tie((news, claim(news, "ALLIANCE", "2010")), (news, claim(news, "BACKING", "2010", begin=5)))
    later = tie((news, claim(news, "ALLIANCE", "2010")), (news, claim(news, "BACKING", "2010", begin=5)),
                at=PartialDate(2018))
    assert later.turns == []
    assert max(later.probabilities.values()) < max(answer.probabilities.values())


def test_a_claim_without_a_date_counts_before_its_document():
    news = document("news", "2017-05-01")
    answer = tie((news, claim(news, "AID")))
    assert answer.steps[0].last == PartialDate(2017, 5)
    assert answer.history.levels[answer.history.place(PartialDate(2017, 5))] > 0


def test_wire_copy_counts_once_with_the_outlets_of_all_copies():
    first = document("first", "2020-01-01", "Wire")
    second = document("second", "2020-01-02", "Post", "Text of first. Post.")
    against = document("third", "2020-01-03", "Mirror")
    copies = {first.id: "report", second.id: "report"}
    answer = tie((first, claim(first, "ASSAULT")), (second, claim(second, "ASSAULT")), (against, claim(against, "AID")),
                 reports=copies)
    assert [one.outlets for one in answer.evidence] == [("Post", "Wire"), ("Mirror",)]


def test_a_report_that_repeats_itself_does_not_outvote_another():
    loud, quiet = document("loud", "2020", "Loud"), document("quiet", "2020", "Quiet", "Quiet text.")
    once = tie((loud, claim(loud, "ACCUSE", "2020")), (quiet, claim(quiet, "AID", "2020")))
    answer = tie(*((loud, claim(loud, "ACCUSE", "2020", begin=n)) for n in range(6)),
                 (quiet, claim(quiet, "AID", "2020")))
    six = [document(f"paper {n}", "2020", f"outlet {n}") for n in range(6)]
    voices = tie(*((paper, claim(paper, "ACCUSE", "2020")) for paper in six), (quiet, claim(quiet, "AID", "2020")))
    level = [one.history.levels[-1] for one in (voices, answer, once)]
    assert level[0] < level[1] < level[2]
    assert answer.now.is_contested is False and once.now.is_contested


def test_opposite_voices_of_one_year_disagree_and_one_voice_does_not_with_itself():
    one, other = document("one", "2020", "One"), document("other", "2020", "Other", "Other text.")
    answer = tie((one, claim(one, "FRIENDLY")), (other, claim(other, "SEVERED")))
    assert [found.year for found in answer.disagreements] == [2020]
    assert not tie((one, claim(one, "FRIENDLY")), (one, claim(one, "SEVERED", begin=5))).disagreements


def test_mediators_are_named_and_hint_at_a_mended_tie():
    news = document("news", "2020")
    answer = tie((news, claim(news, "MEDIATE", "2020", source="c", target="b", third="a")))
    assert [mediator.actor for mediator in answer.mediators] == ["c"]
    assert answer.history is not None and not answer.steps[0].evidence


def test_at_asks_for_a_date_in_the_world():
    news = document("news", "2020")
    pairs = [(news, claim(news, "ALLIANCE", "2008")), (news, claim(news, "BACKING", "2010", begin=9)),
             (news, claim(news, "SEVERED", "2015", begin=5)), (news, claim(news, "ASSAULT", "2016", begin=15))]
    assert tie(*pairs, at=PartialDate(2010)).state.level > 0
    assert tie(*pairs, at=PartialDate(2016)).state.level < 0
    assert tie(*pairs, at=PartialDate(2010)).turns == tie(*pairs).turns


def test_each_layer_has_a_tie_of_its_own():
    news = document("news", "2020")
    arms = [claim(news, "AID", year, begin=n) for n, year in enumerate(("2017", "2018", "2019"))]
    words = [claim(news, "ACCUSE", year, begin=10 + n) for n, year in enumerate(("2018", "2019", "2020"))]
    arms = [replace(one, layer=Layer.MILITARY) for one in arms]
    answer = tie(*((news, one) for one in (*arms, *words)))
    levels = {one.layer: one.history.state(answer.now_at).level for one in answer.layers}
    assert levels[Layer.MILITARY] > 0 > levels[Layer.RHETORICAL]


def test_the_best_quotes_come_from_different_reports():
    one, other = document("one", "2020", "One"), document("other", "2020", "Other", "Other text.")
    answer = tie((one, claim(one, "ASSAULT", confidence=0.9)), (one, claim(one, "ASSAULT", begin=5, confidence=0.9)),
                 (other, claim(other, "ASSAULT", confidence=0.5)))
    assert {quote.document.name for quote in best_quotes(answer.evidence, 2)} == {"one", "other"}


def test_a_quote_is_shown_in_its_sentence_and_no_other():
    text = "A met B. Then A praised B for it. C was absent."
    news = document("news", "2020", text=text)
    begin = text.index("A praised B")
    found = claim(news, "SUPPORT", begin=begin)
    (evidence,) = gather([found], {news.id: news}, {}, {})
    assert "".join(evidence.sentence) == "Then A praised B for it."


TYPES = [kind.value for kind in ClaimType if kind.meaning.kind != "structure" and kind is not ClaimType.MEDIATE]


@given(st.lists(st.tuples(st.sampled_from(TYPES), st.sampled_from(["2010", "2011", "2012", None]),
                          st.sampled_from(list(Modality)), st.integers(0, 3)), max_size=12), st.randoms())
@settings(deadline=None, max_examples=25)
def test_the_order_of_evidence_never_changes_a_tie(rows, shuffler):
    papers = [document(f"paper {n}", "2012-0{n}".replace("{n}", str(n + 1)), f"outlet {n}") for n in range(4)]
    pairs = [(papers[which], claim(papers[which], kind, year, modality=modality, begin=n))
             for n, (kind, year, modality, which) in enumerate(rows)]
    shuffled = list(pairs)
    shuffler.shuffle(shuffled)
    assert tie_record(tie(*pairs), {}) == tie_record(tie(*shuffled), {})


def test_a_state_that_only_an_accuser_tells_is_given_as_his_word():
    news = document("news", "2020")
    told = tie((news, claim(news, "AID", "2020", speaker="an accuser")))
    assert told.now.only_voices == ("an accuser",)
    both = tie((news, claim(news, "AID", speaker="an accuser")), (news, claim(news, "AID", begin=5)))
    assert both.now.only_voices == ()


def test_what_a_headline_says_again_counts_once_and_is_kept_with_the_fuller_claim():
    news = document("news", "2020")
    fuller = claim(news, "ASSAULT", begin=5)
    again = replace(claim(news, "HOSTILE"), restates=fuller.id)
    answer = tie((news, fuller), (news, again))
    assert [one.claim for one in answer.evidence] == [fuller]
    assert answer.evidence[0].restatements == (again,)
    assert len(answer.now.agreeing) == 1


def test_a_restatement_whose_fuller_claim_is_gone_or_says_something_else_by_now_counts_for_itself():
    news = document("news", "2020")
    fuller = claim(news, "ASSAULT", begin=5)
    again = replace(claim(news, "ASSAULT"), restates=fuller.id)
    assert len(tie((news, again)).evidence) == 1
    denied = replace(fuller, modality=Modality.NEGATED)
    answer = tie((news, denied), (news, again))
    assert answer.state.level < 0 and len(answer.denied) == 1


@given(st.permutations(range(4)))
def test_the_order_of_claims_makes_no_difference_to_what_is_said_again(order):
    news = document("news", "2020")
    fuller = claim(news, "ASSAULT", begin=5)
    told = [fuller, *(replace(claim(news, "ASSAULT", begin=begin), restates=fuller.id) for begin in (0, 1, 2))]
    once, again = told_once([told[place] for place in order])
    assert once == [fuller] and [one.begin_char for one in again[fuller.id]] == [0, 1, 2]
