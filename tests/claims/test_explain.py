import pytest

from sides.claims.grammar.explain import MERGED, OUTREAD, Account, Attempt, accounts

from .grammar_reading import claims, parsed, reader, resolved

TEXTS = [
    "Poland threw its weight behind Ukraine and condemned Russia.",
    "Turkey did not give Syria its backing. Qatar slept. It rained.",
    "Talks between Fatah and Hamas failed. Egypt brokered the truce.",
    "Syrian President Bashar Assad said that Israel had attacked the Iran-backed Hezbollah in 2013.",
    "France and Germany back Ukraine against Russia.",
    "Iran and Iraq clashed over the river and exchanged fire after the raid.",
]


def told(text: str) -> list[Account]:
    read = parsed(text)
    return accounts(reader(), read, resolved(read))


def tried(text: str, entry: str) -> list[Attempt]:
    return [attempt for account in told(text) for attempt in account.attempts if attempt.entry == entry]


@pytest.mark.parametrize("text", TEXTS)
def test_the_claims_of_an_account_are_those_of_reading(text: str) -> None:
    assert [claim for account in told(text) for claim in account.claims] == claims(text)


@pytest.mark.parametrize("text", TEXTS)
def test_every_claim_comes_from_a_reading_that_is_shown(text: str) -> None:
    for account in told(text):
        shown = [reading for attempt in account.attempts for reading in attempt.readings] + list(account.others)
        assert all(any(reading.claim == claim and reading.why is None for reading in shown) for claim in account.claims)


def test_an_entry_is_shown_with_its_file_frame_and_what_fills_it() -> None:
    (attempt,) = tried("Poland threw its weight behind Ukraine.", "throw weight behind")
    assert (attempt.file, attempt.type, attempt.sign, attempt.frame) == ("idioms.toml", "SUPPORT", 1, "subj to behind")
    assert attempt.sources == ("poland (head 'Poland')",)
    assert attempt.targets == ("ukraine (head 'Ukraine')",)
    assert attempt.why is None


@pytest.mark.parametrize(("text", "entry", "why"), [
    ("Rebels attacked Syria with help from Iran.", "attack", "no source"),
    ("Poland attacked while Germany slept.", "attack", "no target"),
    ("Turkey lashed out at Turkey, and Syria watched.", "lash out at", "source and target are the same actor"),
    ("Qatar gave Egypt a look.", "give", "its object or complement is not such as the entry needs: "
                                         "one of [aid] in objects.toml"),
])
def test_an_entry_that_gives_nothing_says_why(text: str, entry: str, why: str) -> None:
    assert tried(text, entry)[0].why == why


def test_a_sentence_with_fewer_than_two_actors_is_said_to_be_skipped() -> None:
    none, one, two = told("It rained. Egypt slept. Egypt attacked Qatar.")
    assert none.skipped == "names no actor"
    assert one.skipped and "egypt" in one.skipped
    assert two.skipped is None


def test_a_reading_that_another_one_outdoes_is_shown_as_such() -> None:
    readings = [reading for attempt in tried("Turkey did not give Syria its backing.", "backing")
                for reading in attempt.readings]
    assert [reading.why for reading in readings] == [None, OUTREAD]


def test_a_reading_that_says_the_same_as_a_surer_one_is_shown_as_such() -> None:
    account, = told("Syrian President Bashar Assad, the leader of Syria, condemned Israel.")
    whys = [reading.why for attempt in account.attempts for reading in attempt.readings]
    assert MERGED in whys or OUTREAD in whys


def test_how_names_stand_together_needs_no_entry() -> None:
    (account,) = told("Iran's Quds Force attacked Israel.")
    assert "place-organ" in {reading.pattern for reading in account.others}


def test_negation_shows_in_the_claim() -> None:
    (account,) = told("Russia did not attack Ukraine.")
    assert [claim.modality.value for claim in account.claims] == ["negated"]
