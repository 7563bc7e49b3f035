import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.claims.dating import Dating
from sides.model.dates import PartialDate

from .sentences import parsed, word


def dated(text: str, asked: str, *, is_standing: bool = False, is_planned: bool = False) -> tuple[str, str, str]:
    reading = parsed(text)
    start, end, dated_from = Dating(reading).at(word(reading, asked), is_standing=is_standing, is_planned=is_planned)
    return (str(start) if start else "", str(end) if end else "", dated_from)


@pytest.mark.parametrize(("text", "asked", "start", "end"), [
    ("Iran broke off relations with Syria on 3 January 2016.", "broke", "2016-01-03", ""),
    ("France has supported Israel since 1967.", "supported", "1967", ""),
    ("Hamas restored its ties with Syria ten years after it broke with it.", "broke", "2012", ""),
    ("Turkey backed Hamas until 2018.", "backed", "", "2018"),
    ("Between 2014 and 2016 Turkey backed Hamas.", "backed", "2014", "2016"),
    ("Iran attacked Israel last month.", "attacked", "2022-06", ""),
    ("Egypt will meet Hamas on Tuesday.", "meet", "2022-07-12", ""),
    ("Egypt met Hamas on Tuesday.", "met", "2022-07-05", ""),
    ("In 2012, Hamas left Syria and moved to Egypt.", "moved", "2012", ""),
    ("France stopped supporting Israel in 2015.", "supporting", "2015", ""),
    ("Turkey now opposes Iran.", "opposes", "2022-07-11", ""),
])
def test_the_date_of_the_clause_is_the_date_of_its_word(text: str, asked: str, start: str, end: str) -> None:
    assert dated(text, asked) == (start, end, "text")


def test_each_clause_keeps_its_own_date() -> None:
    text = "Haniyeh, who praised Iran in 2021, visited Egypt yesterday."
    assert dated(text, "praised") == ("2021", "", "text")
    assert dated(text, "visited") == ("2022-07-10", "", "text")


def test_what_was_said_yesterday_did_not_happen_yesterday() -> None:
    assert dated("Meshaal said yesterday that Iran had armed Syria.", "armed")[0] != "2022-07-10"


def test_a_year_that_names_a_war_does_not_date_the_clause() -> None:
    assert dated("Iran praised the 2006 war.", "praised") == ("2022", "", "document")


def test_the_telling_goes_on_from_the_date_of_the_sentence_before() -> None:
    assert dated("In 2012 Hamas left Syria. Iran cut its aid.", "cut") == ("2012", "", "text")


def test_a_new_paragraph_leaves_the_date_of_the_one_before() -> None:
    assert dated("In 2012 Hamas left Syria.\n\nIran cut its aid.", "cut") == ("2022", "", "document")


def test_a_month_is_of_the_year_that_the_paragraph_tells_of() -> None:
    assert dated("In 2019 Hamas left Syria. In March Iran cut its aid.", "cut") == ("2019-03", "", "text")


def test_an_event_without_a_date_is_of_the_documents_year() -> None:
    assert dated("Iran attacked Israel.", "attacked") == ("2022", "", "document")


def test_a_tie_in_a_bare_present_has_no_date() -> None:
    assert dated("Iran backs Hamas.", "backs", is_standing=True) == ("", "", "none")


def test_what_is_to_come_has_no_date_of_its_own() -> None:
    assert dated("Egypt will meet Hamas.", "meet") == ("", "", "none")


def test_what_is_planned_holds_as_a_plan_at_the_date_of_the_document() -> None:
    assert dated("Egypt will meet Hamas.", "meet", is_planned=True) == ("2022", "", "document")


@pytest.mark.parametrize(("text", "asked", "start"), [
    ("The wars began in 1999, when Poland attacked Ukraine.", "attacked", "1999"),
    ("He fled in 1990 before settling in Egypt in 2001, starting a friendship between Iran and Syria.", "friendship",
     "2001"),
    ("In May 2019 Egypt froze the talks; Israel closed the crossing.", "closed", "2019-05"),
    ("After winning the elections in 2006, Hamas strengthened its ties with Iran.", "strengthened", "2006"),
    ("His name is still reviled by Iran, and in 1996 Poland attacked Ukraine.", "attacked", "1996"),
    ("In 2014 Turkey left. France protested.", "protested", "2014"),
])
def test_a_date_beside_the_clause_dates_what_it_sets(text: str, asked: str, start: str) -> None:
    assert dated(text, asked) == (start, "", "text")


@pytest.mark.parametrize(("text", "asked", "start"), [
    ("March 1988. Juries in Egypt indict Meshaal. Iran recognizes Hamas.", "recognizes", "1988-03"),
    ("March 1988. Juries in Egypt indict Meshaal.\n\nOctober 3. Iran attacks Israel.", "attacks", "1988-10-03"),
    ("7 May 1989: Iran attacks Israel.", "attacks", "1989-05-07"),
])
def test_under_a_date_that_is_a_heading_the_present_is_told_of(text: str, asked: str, start: str) -> None:
    assert dated(text, asked) == (start, "", "text")


def test_the_date_of_the_document_is_no_heading() -> None:
    assert dated("11 July 2022: Iran speaks. Hamas attacks Israel.", "attacks")[2] == "document"


@pytest.mark.parametrize(("text", "asked", "start"), [
    ("The embargo lasted until September 1995. France lifted it.", "lifted", "1995-09"),
    ("On 7 May Iran and Israel fired for the first time since 1975. France protested.", "protested", "2022-05-07"),
    ("In 2014, citing the treaty of 1965, Turkey refused. That December Iran attacked Israel.", "attacked", "2014-12"),
    ("In 2019 Poland left. Ukraine is calmer. In March Iran attacked Israel.", "attacked", "2022-03"),
    ("Relations with Egypt collapsed in 2011. They have been strained ever since.", "strained", "2011"),
])
def test_the_telling_moves_to_the_dates_that_are_told_of(text: str, asked: str, start: str) -> None:
    assert dated(text, asked) == (start, "", "text")


def test_a_day_that_comes_again_and_again_is_no_date() -> None:
    assert dated("He preached each Sunday. Iran attacked Israel.", "attacked") == ("2022", "", "document")


@pytest.mark.parametrize(("text", "asked", "expected"), [
    ("Poland has ruled Ukraine for 37 years.", "ruled", ("1985", "", "text")),
    ("Poland has not attacked Ukraine for 37 years.", "attacked", ("2022", "", "document")),
    ("The 40-year-old alliance between Iran and Syria broke.", "alliance", ("1982", "", "text")),
    ("The decades-old alliance between Iran and Syria broke.", "alliance", ("2022", "", "document")),
    ("The 40-year-old leader of Syria left.", "leader", ("2022", "", "document")),
])
def test_what_has_lasted_so_long_began_so_long_ago(text: str, asked: str, expected: tuple[str, str, str]) -> None:
    assert dated(text, asked) == expected


HISTORY = "In 1864 Poland won. In 1865 it left. In 1866 it came back. In 1867 it went. By 1868 it was done.\n\n"


@pytest.mark.parametrize(("text", "start"), [
    (HISTORY + "Iran attacked Israel.", "1868"), (HISTORY + "In June Iran attacked Israel.", "1868-06"),
])
def test_in_a_history_a_date_holds_until_another_comes(text: str, start: str) -> None:
    assert dated(text, "attacked") == (start, "", "text")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([
    "Iran", "in 2012", "on Monday", "attacked", "will", "since", "until", "\n\n", ".", ",", "who", "last year",
    "between 2014 and 2016", "the 1990s", "two years later", "and", "that May"]), max_size=14).map(" ".join),
       st.sampled_from(["0001", "2022-07", "9999-12-31"]))
def test_every_word_of_any_text_has_a_date_or_none(text: str, published: str) -> None:
    reading = parsed(text, published)
    dating = Dating(reading)
    for token in reading.doc:
        start, end, dated_from = dating.at(token)
        assert dated_from in {"text", "document", "none"}
        assert (start is None and end is None) == (dated_from == "none")
        if start is not None and end is not None:
            assert PartialDate(start.year) <= end
