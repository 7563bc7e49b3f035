"""When a place in an organization was held."""

from __future__ import annotations

import pytest

from tests.claims.grammar_reading import claims

PLACES = {"LEADS", "OFFICIAL_OF", "REPRESENTS", "MEMBER_OF", "PART_OF"}


def tenure(text: str) -> tuple[str, str, str | None, str | None, str]:
    """Type, modality, start, end and what dates them, of the one structure claim of a text of 1 June 2020."""
    (claim,) = [claim for claim in claims(text) if claim.type.value in PLACES]
    start, end = (str(date) if date else None for date in (claim.start, claim.end))
    return claim.type.value, claim.modality.value, start, end, claim.dated_from


@pytest.mark.parametrize(("text", "expected"), [
    ("Khaled Meshaal, leader of Hamas from 2003 to 2011, spoke.", ("2003", "2011")),
    ("Khaled Meshaal, who led Hamas from 2003 to 2011, spoke.", ("2003", "2011")),
    ("Khaled Meshaal, the leader of Hamas since 2019, spoke.", ("2019", None)),
    ("Khaled Meshaal was Hamas's leader until 2014.", (None, "2014")),
    ("Khaled Meshaal has been the leader of Hamas since 2019.", ("2019", None)),
])
def test_a_text_says_since_when_and_until_when(text: str, expected: tuple[str | None, str | None]) -> None:
    assert tenure(text)[2:] == (*expected, "text")


@pytest.mark.parametrize("text", [
    "Khaled Meshaal, the former leader of Hamas, spoke.",
    "Former Hamas leader Khaled Meshaal spoke.",
    "Khaled Meshaal, Hamas's ex-leader, spoke.",
])
def test_a_former_post_was_over_by_the_date_of_the_document(text: str) -> None:
    assert tenure(text) == ("LEADS", "asserted", None, "2020-06-01", "document")


def test_a_post_in_a_bare_form_has_the_year_of_the_document() -> None:
    assert tenure("Khaled Meshaal, the leader of Hamas, spoke.") == ("LEADS", "asserted", "2020", None, "document")


def test_a_post_in_a_clause_about_another_year_was_held_then() -> None:
    assert tenure("In May 2012 Khaled Meshaal, then the leader of Hamas, left.")[2:] == ("2012", None, "text")


@pytest.mark.parametrize("text", [
    "Khaled Meshaal, the incoming leader of Hamas, spoke.",
    "Khaled Meshaal, the next leader of Hamas, spoke.",
])
def test_a_post_that_is_yet_to_be_taken_is_planned(text: str) -> None:
    assert tenure(text)[:2] == ("LEADS", "planned")


def test_a_secretary_general_leads() -> None:
    assert tenure("Khaled Meshaal, the secretary-general of Hamas, spoke.")[0] == "LEADS"


def test_an_ambassador_represents() -> None:
    assert tenure("Khaled Meshaal, the ambassador of Iran, spoke.")[0] == "REPRESENTS"


def test_the_party_of_a_person_is_led_by_that_person() -> None:
    assert tenure("Fatah, the party of Khaled Meshaal, grew.")[0] == "LEADS"
