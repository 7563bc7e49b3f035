"""The signed network of a day, from ties of a ledger."""

from __future__ import annotations

import numpy as np
import pytest

from sides.balance.day import day_of
from sides.model.dates import PartialDate
from sides.ties.lens import Lens
from tests.ties.told import row, told


@pytest.fixture
def ledger(tmp_path):
    return told(tmp_path, ("Morning", "2015-05-01", [
        row("hamas", "ALLIANCE", "iran", start="2014"), row("hamas", "ASSAULT", "israel", start="2015-04"),
        row("hamas", "HOSTILE", "israel", start="2015-04"), row("iran", "HOSTILE", "israel", start="2015")]),
        ("Evening", "2018-05-01", [row("iran", "ALLIANCE", "syria", start="2018-02")]))


def signs(network):
    return {(network.names[one], network.names[other]): int(np.sign(weight))
            for one, other, weight in zip(network.first, network.second, network.weight, strict=True)}


def test_allied_and_friendly_ties_are_positive_strained_and_hostile_ones_negative(ledger):
    assert signs(ledger.network(at="2018-04")) == {
        ("hamas", "iran"): 1, ("hamas", "israel"): -1, ("iran", "israel"): -1, ("iran", "syria"): 1}


def test_a_pair_counts_only_from_the_first_date_that_is_told_of_it(ledger):
    assert ("iran", "syria") not in signs(ledger.network(at="2017"))
    assert signs(ledger.network(at="2014")) == {("hamas", "iran"): 1}
    assert ledger.network(at="2013").size == 0


def test_what_was_not_published_by_then_is_not_known(ledger):
    day = ledger.day(at="2018-04", known="2017")
    assert ("iran", "syria") not in signs(day.network)
    assert "2017" in " ".join(day.network.conventions.sentences())


def test_a_lens_leaves_out_other_voices_and_stands_in_the_conventions(ledger):
    day = ledger.day(at="2018-04", lens=Lens.parse("outlet=Evening"))
    assert signs(day.network) == {("iran", "syria"): 1}
    assert "outlet=Evening" in day.network.conventions.sentences()[0]


def test_every_tie_can_be_opened_down_to_its_quotes(ledger):
    day = ledger.day(at="2018-04")
    for place in range(day.network.ties):
        tie = day.behind(place)
        assert {tie.left, tie.right} == {day.network.names[day.network.first[place]],
                                         day.network.names[day.network.second[place]]}
        assert all(one.quote for one in tie.evidence)
    assert day.tie("israel", "hamas") is day.tie("hamas", "israel") is not None
    assert day.tie("syria", "israel") is None


def test_weights_are_expected_levels(ledger):
    day = ledger.day(at="2018-04", weighted=True)
    network = day.network
    for place in range(network.ties):
        tie = day.behind(place)
        level = sum(state.level * share for state, share in tie.history.probabilities(day.at).items())
        assert network.weight[place] / network.scale == pytest.approx(level, abs=0.0051)
    assert network.conventions.weighted and "expected level" in network.conventions.sentences()[-1]


def test_chances_are_those_of_the_states(ledger):
    day = ledger.day(at="2018-04")
    assert day.chances.shape == (len(day.ties), 3)
    assert day.chances.sum(axis=1) == pytest.approx(1, abs=1e-5)
    sure = {(tie.left, tie.right): row for tie, row in zip(day.ties, day.chances, strict=True)}
    assert sure["hamas", "israel"][2] > 0.5 > sure["hamas", "israel"][0]


def test_the_order_of_ties_changes_nothing(ledger):
    ties = ledger.ties(at="2018-04")
    one, other = (day_of(listed, PartialDate(2018, 4), weighted=True) for listed in (ties, ties[::-1]))
    assert one.network.names == other.network.names
    assert np.array_equal(one.network.weight, other.network.weight)
    assert np.array_equal(one.chances, other.chances)


def test_a_ledger_without_ties_has_an_empty_network(tmp_path):
    ledger = told(tmp_path, ("Morning", "2015-05-01", [row("hamas", "PART_OF", "iran")]))
    day = ledger.day(at="2015")
    assert day.network.size == 0 and day.ties == () and day.chances.shape == (0, 3)
