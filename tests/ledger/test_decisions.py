from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.ledger.decisions import Decision, Part, Verdict, checked_changes, decision_of, decision_record
from sides.ledger.settlement import NOBODY, Place, Settlement
from sides.ledger.store import Store
from sides.model.actor import ActorKind, Form
from sides.model.claim_type import ClaimType
from sides.model.errors import DecisionError

from .factory import actor, claim, document, mention, reading

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
TEXT = "Hamas thanked Iran. HMS thanked Iran. Syria expelled Hamas. HMS praised Hamas."


def decided(subject: str, verdict: str, into: str | None = None, hours: int = 0, **fields: Any) -> Decision:
    return Decision(**{"actor": subject, "verdict": Verdict(verdict), "into": into, "who": "an analyst",
                       "why": "they are", "made_at": NOON + timedelta(hours=hours)} | fields)


def named(*names: str) -> dict[str, Any]:
    return {"part": Part(names=names)}


@pytest.fixture
def read(tmp_path: Path) -> Store:
    """Hamas, and HMS, of which nobody knows yet that it is the same; a claim of each, and one between the two."""
    of = document(TEXT)
    claims = (claim(of, "Hamas thanked Iran.", "hamas", "iran"), claim(of, "HMS thanked Iran.", "hms", "iran"),
              claim(of, "Syria expelled Hamas.", "syria", "hamas", ClaimType.SANCTION, third="hms", speaker="hms"),
              claim(of, "HMS praised Hamas.", "hms", "hamas"))
    mentions = (mention(of, "Hamas", "hamas"), mention(of, "Iran", "iran"), mention(of, "HMS", "hms"),
                mention(of, "Syria", "syria"))
    actors = (actor("hamas", name="Hamas"), actor("hms", name="HMS", is_provisional=True), actor("iran"),
              actor("syria", parent="hms"))
    store = Store.create_or_open(tmp_path / "l.sides")
    store.append([reading(of, claims=claims, mentions=mentions, actors=actors)])
    return store


def parties(store: Store, version: int | None = None) -> list[tuple[str, str]]:
    return [(found.source, found.target) for found in store.snapshot(version).claims()]


def test_a_merged_actor_is_shown_as_the_other_everywhere_and_what_was_read_stays(read: Store) -> None:
    before = read.snapshot()
    read.decide([decided("hms", "merge", "hamas")])
    shown = read.snapshot()
    assert parties(read) == [("hamas", "iran"), ("hamas", "iran"), ("syria", "hamas")]
    assert [found.id for found in shown.claims()] == [found.id for found in before.claims()][:3]
    assert shown.claims()[2].speaker == "hamas" and shown.claims()[2].third is None
    assert shown.claims(corrected=False) == before.claims() == read.snapshot(1).claims()
    assert [found.id for found in shown.actors()] == ["hamas", "iran", "syria"]
    hamas = shown.actor("hamas")
    assert hamas is not None and "HMS" in hamas.names
    syria = shown.actor("syria")
    assert syria is not None and syria.parent == "hamas"
    assert {found.actor for found in shown.mentions(document(TEXT).id)} == {"hamas", "iran", "syria"}
    assert shown.counts().actors == 3 and shown.counts().decisions == 1


def test_a_claim_of_an_actor_about_itself_goes_out_of_view_and_is_counted(read: Store) -> None:
    read.decide([decided("hms", "merge", "hamas")])
    assert read.snapshot().hidden_claims() == {"self": 1}
    assert read.snapshot().counts().claims == 3
    assert read.snapshot(1).hidden_claims() == {}


def test_claims_that_say_the_same_after_a_merge_are_shown_once(store: Store) -> None:
    of = document("Hamas thanked Iran.")
    both = (claim(of, "Hamas thanked Iran.", "hamas", "iran"),
            claim(of, "Hamas thanked Iran.", "hms", "iran", confidence=0.9))
    store.append([reading(of, claims=both)])
    store.decide([decided("hms", "merge", "hamas")])
    assert [found.id for found in store.snapshot().claims()] == [both[0].id]
    assert store.snapshot().hidden_claims() == {"double": 1}


def test_a_rejected_actor_its_mentions_and_its_claims_are_not_shown(read: Store) -> None:
    read.decide([decided("hms", "reject")])
    shown = read.snapshot()
    assert parties(read) == [("hamas", "iran"), ("syria", "hamas")]
    assert shown.claims()[1].speaker == "HMS" and shown.claims()[1].third is None
    assert shown.hidden_claims() == {"rejected": 2} and shown.actor("hms") is None
    assert "hms" not in {found.actor for found in shown.mentions(document(TEXT).id)}


def test_a_confirmed_actor_is_what_is_said_of_it(read: Store) -> None:
    changes = checked_changes({"name": "Harakat", "kind": "people", "country": "syria", "wikidata": "Q1"})
    read.decide([decided("hms", "confirm", changes=changes)])
    found = read.snapshot().actor("hms")
    assert found is not None and (found.name, found.names) == ("Harakat", ("HMS",))
    assert (found.kind, found.country, found.wikidata) == (ActorKind.PEOPLE, "syria", "Q1")
    assert not found.is_provisional
    assert parties(read) == parties(read, 1)


def test_an_actor_merged_into_one_that_no_document_names_is_what_the_decision_says_of_that(read: Store) -> None:
    changes = checked_changes({"name": "Islamic Resistance", "kind": "bloc"})
    read.decide([decided("hms", "merge", "islamic-resistance", changes=changes)])
    found = read.snapshot().actor("islamic-resistance")
    assert found is not None and (found.name, found.kind, found.names) == (
        "Islamic Resistance", ActorKind.BLOC, ("HMS",))
    assert not found.is_provisional


def test_decisions_survive_a_newer_reader_and_count_for_what_is_read_later(read: Store) -> None:
    read.decide([decided("hms", "merge", "hamas")])
    later = document("HMS warned Iran.", "2015-01-01")
    read.append([reading(later, claims=(claim(later, "HMS warned Iran.", "hms", "iran", ClaimType.THREATEN),),
                         mentions=(mention(later, "HMS", "hms"),), actors=(actor("hms", is_provisional=True),))])
    (found,) = read.snapshot().claims(types=["THREATEN"])
    assert found.source == "hamas"
    of = document(TEXT)
    again = claim(of, "HMS thanked Iran.", "hms", "iran", reader_version="2")
    read.append([reading(of, "2", claims=(again,))])
    assert [found.source for found in Store.open(read.path).snapshot().claims()] == ["hamas", "hamas"]


def test_corrections_and_decisions_are_independent(read: Store) -> None:
    identifier = next(found.id for found in read.snapshot().claims() if found.source == "hms")
    read.decide([decided("hms", "merge", "hamas")])
    read.correct(identifier, "set", {"modality": "negated"}, who="a", why="b", made_at=NOON)
    (found,) = read.snapshot().claims(modalities=["negated"])
    assert (found.id, found.source) == (identifier, "hamas")
    assert read.snapshot().read_id(identifier) == identifier
    merge = read.snapshot().decisions()[0]
    read.decide([decided("hms", "withdraw", withdraws=merge.id)])
    (found,) = read.snapshot().claims(modalities=["negated"])
    assert (found.id, found.source, found.kept_id) == (identifier, "hms", None)
    read.correct(identifier, "set", {"source": "syria"}, who="a", why="b", made_at=NOON)
    read.decide([decided("syria", "merge", "iran", hours=2)])
    assert read.snapshot().claim(identifier) is None  # it is one of Iran about Iran


def test_a_withdrawn_decision_counts_no_more_and_a_withdrawn_withdrawal_makes_it_count(read: Store) -> None:
    merge = decided("hms", "merge", "hamas")
    back = decided("hms", "withdraw", withdraws=merge.id)
    assert read.decide([merge, back]) == sorted([merge, back], key=lambda one: one.id)
    assert parties(read) == parties(read, 1)
    read.decide([decided("hms", "withdraw", withdraws=back.id, hours=1)])
    assert len(parties(read)) == 3 and read.version == 3


def test_the_same_decisions_twice_are_one_and_make_no_version(read: Store) -> None:
    assert len(read.decide([decided("hms", "reject")])) == 1
    assert read.decide([decided("hms", "reject")]) == [] and read.version == 2


def split_store(store: Store) -> Store:
    """Two men of one surname that were taken for one."""
    text = "Ali Abbas met Iran. Abbas smiled. He left Iran. Omar Abbas met Syria. Abbas warned Syria. He thanked Iran."
    of = document(text)
    spots = [(text.index("Ali Abbas"), "Ali Abbas"), (text.index("Abbas smiled"), "Abbas"),
             (text.index("He left"), "He"), (text.index("Omar Abbas"), "Omar Abbas"),
             (text.index("Abbas warned"), "Abbas"), (text.index("He thanked"), "He")]
    mentions = tuple(mention(of, words, "ali-abbas", begin_char=begin, end_char=begin + len(words),
                             form=Form.PRONOUN if words == "He" else Form.NAME) for begin, words in spots)
    claims = (claim(of, "Ali Abbas met Iran.", "ali-abbas", "iran", ClaimType.CONSULT, source_text="Ali Abbas"),
              claim(of, "Omar Abbas met Syria.", "ali-abbas", "syria", ClaimType.CONSULT, source_text="Omar Abbas"),
              claim(of, "Abbas warned Syria.", "ali-abbas", "syria", ClaimType.THREATEN, source_text="Abbas"),
              claim(of, "He thanked Iran.", "ali-abbas", "iran", source_text="He", speaker="ali-abbas"))
    names = {"name": "Ali Abbas", "names": ("Abbas", "Omar Abbas"), "kind": ActorKind.PERSON, "is_provisional": True}
    store.append([reading(of, claims=claims, mentions=mentions, actors=(actor("ali-abbas", **names),))])
    return store


def test_a_split_by_name_takes_short_names_and_pronouns_with_the_name_before_them(store: Store) -> None:
    split_store(store)
    changes = checked_changes({"name": "Omar Abbas", "kind": "person"})
    store.decide([decided("ali-abbas", "split", "omar-abbas", changes=changes, **named("omar ABBAS"))])
    shown = store.snapshot()
    assert [found.source for found in shown.claims()] == ["ali-abbas", "omar-abbas", "omar-abbas", "omar-abbas"]
    assert shown.claims()[3].speaker == "omar-abbas"
    assert [found.actor for found in shown.mentions(shown.documents()[0].id)] == ["ali-abbas"] * 3 + ["omar-abbas"] * 3
    assert [(found.id, found.name, found.names) for found in shown.actors()] == [
        ("ali-abbas", "Ali Abbas", ("Abbas",)), ("omar-abbas", "Omar Abbas", ("Abbas",))]


def test_a_split_by_document_or_mention_takes_just_these(store: Store) -> None:
    split_store(store)
    identifier = store.snapshot().documents()[0].id
    store.decide([decided("ali-abbas", "split", "omar", part=Part(mentions=(f"{identifier}:0-9",)))])
    assert [found.source for found in store.snapshot().claims()] == ["omar", *["ali-abbas"] * 3]
    store.decide([decided("ali-abbas", "split", "all", hours=1, part=Part(documents=(identifier,)))])
    assert {found.source for found in store.snapshot().claims()} == {"all"}
    assert [found.id for found in store.snapshot().actors()] == ["all"]


def test_what_was_split_off_can_be_merged_again(store: Store) -> None:
    split_store(store)
    store.decide([decided("ali-abbas", "split", "omar-abbas", **named("Omar Abbas")),
                  decided("omar-abbas", "merge", "iran", hours=1)])
    assert parties(store) == [("ali-abbas", "iran"), ("iran", "syria"), ("iran", "syria")]


def test_a_part_of_a_merged_actor_can_be_told_apart_again() -> None:
    settlement = Settlement([decided("a", "merge", "b"), decided("b", "split", "a", hours=1, **named("x"))])
    assert settlement.shown_at("a", Place("d", names=frozenset({"x"}))) == "a"
    assert settlement.shown_at("b", Place("d", names=frozenset({"x"}))) == "a"
    assert settlement.shown_at("a", Place("d")) == "b"


def test_the_last_decision_about_an_actor_counts() -> None:
    merge, reject = decided("a", "merge", "b"), decided("a", "reject", hours=1)
    confirm = decided("a", "confirm", hours=2)
    assert Settlement([reject, merge]).shown("a") == NOBODY
    assert Settlement([reject, merge]).overruled == {merge.id}
    assert Settlement([confirm, merge, reject]).shown("a") == "a"


def test_two_actors_merged_into_each_other_are_the_one_that_was_named_last() -> None:
    one, other = decided("a", "merge", "b"), decided("b", "merge", "a", hours=1)
    assert [Settlement([other, one]).shown(name) for name in "ab"] == ["a", "a"]
    ring = [decided("a", "merge", "b"), decided("b", "merge", "c", hours=1), decided("c", "merge", "a", hours=2)]
    assert {Settlement(ring).shown(name) for name in "abc"} == {"a"}


def test_what_is_merged_into_a_rejected_actor_is_none_either() -> None:
    assert Settlement([decided("a", "merge", "b"), decided("b", "reject", hours=1)]).shown("a") == NOBODY


IDS = st.sampled_from("abcd")


@st.composite
def any_decisions(draw: st.DrawFn) -> list[Decision]:
    made: list[Decision] = []
    for _ in range(draw(st.integers(0, 9))):
        verdict = draw(st.sampled_from(list(Verdict)))
        subject, into, hours = draw(IDS), draw(IDS), draw(st.integers(0, 3))
        if verdict is Verdict.WITHDRAW and made:
            made.append(decided(subject, verdict, hours=hours, withdraws=draw(st.sampled_from(made)).id))
        elif verdict is Verdict.SPLIT and into != subject:
            made.append(decided(subject, verdict, into, hours, **named(draw(st.sampled_from("xy")))))
        elif verdict is Verdict.MERGE and into != subject:
            made.append(decided(subject, verdict, into, hours))
        elif verdict in (Verdict.CONFIRM, Verdict.REJECT):
            made.append(decided(subject, verdict, hours=hours))
    return made


PLACES = [Place("d", names=frozenset(names)) for names in ("", "x", "y", "xy")]


def outcome(decisions: list[Decision]) -> list[str]:
    settlement = Settlement(decisions)
    return [*(settlement.shown_at(name, place) for name in "abcd" for place in PLACES),
            *(settlement.shown(name) for name in "abcd"), *sorted(settlement.overruled)]


@given(any_decisions(), st.randoms())
def test_whatever_contradicts_itself_is_settled_and_in_any_order_alike(decisions: list[Decision], chance: Any) -> None:
    shuffled = [*decisions, *decisions[:2]]
    chance.shuffle(shuffled)
    assert outcome(shuffled) == outcome(decisions)


@given(any_decisions())
def test_where_an_actor_is_shown_it_is_shown_as_itself(decisions: list[Decision]) -> None:
    settlement = Settlement(decisions)
    for name in "abcd":
        assert settlement.shown(settlement.shown(name)) == settlement.shown(name)


@given(any_decisions())
def test_a_withdrawal_of_everything_leaves_what_was_read(decisions: list[Decision]) -> None:
    judgements = [one for one in decisions if one.verdict is not Verdict.WITHDRAW]
    taken_back = [decided(one.actor, "withdraw", withdraws=one.id, hours=9) for one in judgements]
    assert not Settlement([*judgements, *taken_back])


@given(any_decisions())
def test_a_record_gives_the_same_decision(decisions: list[Decision]) -> None:
    assert [decision_of(decision_record(one)) for one in decisions] == decisions


@pytest.mark.parametrize("fields", [
    {"verdict": "merge"}, {"verdict": "confirm", "into": "b"}, {"verdict": "merge", "into": "a"},
    {"verdict": "split", "into": "b"}, {"verdict": "reject", **named("x")}, {"verdict": "withdraw"},
    {"verdict": "reject", "changes": (("name", "X"),)}, {"verdict": "reject", "who": " "},
])
def test_a_decision_that_makes_no_sense_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(DecisionError):
        decided("a", **fields)


@pytest.mark.parametrize("changes", [{"kind": "country"}, {"wikidata": "796"}, {"name": " "}, {"colour": "red"}])
def test_a_change_that_makes_no_sense_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(DecisionError):
        checked_changes(changes)
