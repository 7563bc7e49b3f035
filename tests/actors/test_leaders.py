from sides.actors.leaders import Leaders
from sides.model.dates import PartialDate
from tests.actors.resolving import lists, registry, who


def leaders() -> Leaders:
    return Leaders(registry(), lists())


def test_a_surname_is_whoever_alone_leads_a_state_under_it_at_the_date():
    assert leaders().of_surname("putin", PartialDate.parse("2015-05-01")) == "vladimir-putin"
    assert leaders().of_surname("putin", PartialDate.parse("1975-05-01")) is None


def test_surnames_stand_first_in_chinese():
    assert leaders().of_surname("xi", PartialDate.parse("2016-05-01")) == "xi-jinping"
    assert leaders().of_surname("jinping", PartialDate.parse("2016-05-01")) is None


def test_one_who_left_office_is_remembered_for_some_years():
    assert leaders().of_surname("thatcher", PartialDate.parse("1992-05-01")) == "margaret-thatcher"
    assert leaders().of_surname("thatcher", PartialDate.parse("2012-05-01")) is None


def test_a_king_goes_by_his_first_name():
    assert leaders().reigning(["spain"], "felipe", PartialDate.parse("2018-05-01")) == "felipe-vi-of-spain"
    text = "King Felipe scolded Felipe González in Spain."
    assert who(text, "Felipe", "2018-05-01") == ["felipe-vi-of-spain"]


def test_a_king_whom_no_list_knows_is_named_with_his_title():
    assert who("King Zarmeen praised Iran. Iran thanked King Zarmeen.", "Zarmeen") == ["king-zarmeen"]
