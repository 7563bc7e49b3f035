"""Amounts of claims, and the numbers that are none."""

from __future__ import annotations

import pytest

from sides.claims.quantities import Quantities

from .grammar_reading import claims


def amounts(text: str) -> list[tuple[str, float | None, float | None, str, str]]:
    """The amounts of all claims of a text, each once, by place."""
    found = {(one.begin_char, one.kind.value, one.low, one.high, one.unit, one.text)
             for claim in claims(text) for one in claim.amounts}
    return [(kind, low, high, unit, words) for _, kind, low, high, unit, words in sorted(found, key=lambda one: one[0])]


@pytest.mark.parametrize(("text", "amount"), [
    ("Iran gave Hamas $100 million.", ("money", 1e8, 1e8, "USD", "$100 million")),
    ("Germany lent Ukraine some 40m euros.", ("money", 4e7, 4e7, "EUR", "some 40m euros")),
    ("Russia sold Iran arms for 2.5 billion rubles.", ("money", 2.5e9, 2.5e9, "RUB", "2.5 billion rubles")),
    ("France paid Egypt £3m.", ("money", 3e6, 3e6, "GBP", "£3m")),
    ("Egypt lent Syria 300 million Egyptian pounds.", ("money", 3e8, 3e8, "EGP", "300 million Egyptian pounds")),
    ("Turkey sold Poland 40 F-16s.", ("arms", 40, 40, "f-16", "40 F-16s")),
    ("Russia sent at least 3,000 troops to Syria.", ("people", 3000, None, "troop", "at least 3,000 troops")),
    ("Israel freed two hundred prisoners of Hamas.", ("people", 200, 200, "prisoner", "two hundred prisoners")),
    ("Syria arrested hundreds of French teachers.", ("people", 200, None, "teacher", "hundreds of French teachers")),
    ("Iran supplied Syria with more than 20,000 barrels of oil.",
     ("goods", 20000, None, "barrel", "more than 20,000 barrels")),
])
def test_an_amount_has_its_kind_numbers_and_unit(text: str, amount: tuple[str, float, float, str, str]) -> None:
    assert amounts(text) == [amount]


def test_each_of_several_amounts_is_read() -> None:
    found = amounts("Poland sent Ukraine 50 tanks and a dozen missiles.")
    assert [(kind, low, unit) for kind, low, _, unit, _ in found] == [("arms", 50, "tank"), ("arms", 12, "missile")]


@pytest.mark.parametrize("text", [
    "Iran attacked Israel in 1991.",
    "Turkey condemned Iraq on 7 October.",
    "Hamas thanked Iran for the third time.",
    "France and Germany met for three days.",
    "The two countries, France and Germany, met.",
    "A 35-year-old Syrian thanked Russia.",
    "France backed Poland under Article 5.",
    "3.2 France condemned Turkey.",
])
def test_dates_ages_ordinals_and_places_on_a_list_are_no_amounts(text: str) -> None:
    assert claims(text)
    assert amounts(text) == []


def test_an_amount_in_another_clause_is_not_the_claims() -> None:
    found = {claim.type.value: claim.amounts for claim in claims(
        "France, where 40,000 farmers marched, condemned Turkey.")}
    assert found["ACCUSE"] == ()


@pytest.mark.parametrize(("text", "low", "high", "unit"), [
    ("10 to 15 million dollars", 1e7, 1.5e7, "USD"),
    ("between 10 and 15 percent", 10, 15, "percent"),
    ("$10-15m", 1e7, 1.5e7, "USD"),
    ("up to USD 5bn", None, 5e9, "USD"),
    ("3,500 or more Swiss francs", 3500, None, ""),
    ("several hundred thousand dinars", 200000, None, "dinar"),
    ("half a million Iraqi dinars", 500000, 500000, "IQD"),
    ("twenty-five thousand ducats", 25000, 25000, "ducat"),
    ("tens of thousands of rubles", 20000, None, "RUB"),
    ("a dozen", 12, 12, ""),
    ("two hundred and fifty", 250, 250, ""),
    ("36 per cent", 36, 36, "percent"),
    ("¥70bn", 7e10, 7e10, "JPY"),
])
def test_numbers_of_every_style_are_understood(text: str, low: float | None, high: float | None, unit: str) -> None:
    (found,) = Quantities.load().within(text)
    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["the 4th army", "in all countries", "M23", "9/11", "the Su-25", "F-16"])
def test_names_and_ordinals_hold_no_number(text: str) -> None:
    assert not [one for one in Quantities.load().within(text) if one.kind is not None or one.low not in (9, 11)]


def test_a_number_that_nobody_tells_is_none() -> None:
    assert not list(Quantities.load().within("9" * 5000 + " dollars"))
