"""What features say of small worlds that can be reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sides.balance import swift
from sides.forecast.event_log import EventLog, Kind
from sides.forecast.features import Features
from sides.forecast.pair_table import NEVER_DAYS, PairTable
from sides.forecast.questions import Channels, Questions
from sides.forecast.tie_states import MOST_MONTHS, NAMES
from sides.ties.parameters import shipped
from sides.ties.states import LEVELS

KINDS = (Kind("host", 1, 1), Kind("attack", 4, -1), Kind("accuse", 3))


def asked(events, until, pairs, **told):
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS, **told)
    past = log.before(until)
    questions = Questions(*(np.array([log.actors.index(pair[side]) for pair in pairs]) for side in (0, 1)))
    return Features.of(past, questions, Channels.quads(log.kinds))


def of(features, name):
    """The values of a feature of all questions."""
    return features.values[:, features.names.index(name)]


def test_the_history_of_a_pair_is_told():
    events = [(0, "A", "B", "host"), (100, "A", "B", "host"), (100, "A", "B", "host"), (120, "A", "B", "host"),
              (390, "A", "B", "host"), (399, "B", "A", "attack")]
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS)
    table = PairTable.of(log.before(400), Channels.quads(log.kinds).members)
    own, back, none = table.find(np.array([0, 1, 1]), np.array([1, 0, 1]), 2)
    assert (table.count[own, 0], table.since[own, 0], table.first[own], table.last[own]) == (5, 10, 400, 10)
    assert table.decayed[own, 0, 1] == pytest.approx(np.exp(-np.array([400, 300, 300, 280, 10]) / 30).sum())
    assert table.windows[own, 0] == pytest.approx(2 / 12)  # days 100 and 120 share the tenth window back
    gaps = np.array([100, 20, 270])
    assert table.mean_gap[own, 0] == gaps.mean() and table.gap_spread[own, 0] == pytest.approx(gaps.std() / gaps.mean())
    assert table.onsets[own, 0] == pytest.approx(np.exp(-400 / 720) + np.exp(-10 / 720))  # day 0; day 390 after 270
    assert table.year_ago[own, 0] == 0 and table.since[back, 3] == 1 and table.reverse[own] == back
    assert none == len(table) and table.since[none, 0] == NEVER_DAYS and table.decayed[none].sum() == 0


def test_a_year_ago_is_the_window_that_is_asked_about():
    features = asked([(35, "A", "B", "host"), (64, "A", "B", "host"), (65, "A", "B", "host"), (34, "A", "B", "host")],
                     400, ["AB"])
    assert np.expm1(of(features, "own: a year ago, verbal cooperation")) == pytest.approx([2])


def test_the_enemy_of_an_enemy_pulls_together_and_the_friend_of_one_apart():
    fights = [(day, one, other, "attack") for day in (90, 95) for one, other in ("AX", "XA", "BX", "XB")]
    deals = [(day, one, other, "host") for day in (90, 95) for one, other in ("CX", "XC", "AY", "YA", "CY", "YC")]
    features = asked([*fights, *deals], 100, ["AB", "BC", "AC"])
    balance = of(features, "neighbours: balance")
    assert balance[0] > 0 > balance[1]
    assert of(features, "neighbours: both enemies")[0] > 0 == of(features, "neighbours: both enemies")[1]
    assert of(features, "neighbours: common").tolist() == pytest.approx(np.log1p([1, 1, 2]))


def test_circles_leave_the_pair_itself_out():
    events = [(90, "A", "B", "attack"), (91, "A", "B", "attack"), (92, "A", "C", "attack"), (93, "D", "B", "host")]
    features = asked(events, 100, ["AB"], countries={"A": "X", "B": "Y", "D": "X"})
    assert np.expm1(of(features, "does: in a month, material conflict")) == pytest.approx(np.exp(-8 / 30))
    assert np.expm1(of(features, "country does to: in a month, verbal cooperation")) == pytest.approx(np.exp(-7 / 30))
    assert np.expm1(of(features, "country does to: in a month, material conflict")) == pytest.approx(0)
    assert np.expm1(of(features, "does: active pairs")) == pytest.approx(1)


def test_what_actors_alike_do_is_expected_of_an_actor():
    chance = np.random.default_rng(2)
    events = []
    for ally in range(12):  # all allies attack all enemies, and host each other, but for one couple
        for enemy in range(12):
            if (ally, enemy) != (3, 5):
                events += [(int(day), f"ally{ally}", f"enemy{enemy}", "attack") for day in chance.integers(100, size=3)]
        for other in range(12):
            if ally != other:
                events.append((int(chance.integers(100)), f"ally{ally}", f"ally{other}", "host"))
    events += [(1, f"lone{place}", f"lone{place + 1}", "attack") for place in range(30)]
    log = EventLog.named(*zip(*events, strict=True), kinds=KINDS)
    names = [("ally3", "enemy5"), ("ally3", "lone5"), ("enemy5", "ally3")]
    questions = Questions(*(np.array([log.actors.index(pair[side]) for pair in names]) for side in (0, 1)))
    alike = of(Features.of(log.before(101), questions, Channels.quads(log.kinds)), "alike: own, material conflict")
    assert alike[0] > 5 * abs(alike[1]) and alike[0] > 5 * abs(alike[2])


def test_a_triangle_of_two_friendships_and_an_enmity_strains_each_of_its_ties():
    events = [(90, "A", "B", "host"), (91, "C", "B", "host"), (92, "A", "C", "attack"), (93, "D", "B", "host"),
              (94, "D", "E", "accuse")]
    features = asked(events, 100, ["AB", "AC", "CA", "AD", "DE"])
    assert of(features, "strain: tie").tolist() == [1, -1, -1, 0, 0]
    assert np.expm1(of(features, "strain: unbalanced if friendly")) == pytest.approx([1, 0, 0, 0, 0])
    assert np.expm1(of(features, "strain: unbalanced if hostile")) == pytest.approx([0, 1, 1, 1, 0])
    assert np.expm1(of(features, "strain: unbalanced as it stands")) == pytest.approx([1, 1, 1, 0, 0])
    # One triangle against it, among one and two for doubt; a pair without a tie strains nothing yet.
    assert of(features, "strain: unbalanced as it stands, share").tolist() == [.5, .5, .5, -1, -1]
    assert of(features, "strain: sign that balances") == pytest.approx([-1 / 3, 1 / 3, 1 / 3, 1 / 3, 0])


def test_a_tie_that_flips_moves_the_triangle():
    deals = [(day, "A", "B", "host") for day in (10, 20)] + [(30, "B", "C", "host"), (30, "A", "C", "host")]
    fights = [(day, "B", "A", "attack") for day in (60, 61, 62, 63)]
    before, after = (asked(deals + fights, day, ["AB", "AC"]) for day in (60, 64))
    assert [of(each, "strain: tie").tolist() for each in (before, after)] == [[1, 1], [-1, 1]]
    stands = [np.expm1(of(each, "strain: unbalanced as it stands")) for each in (before, after)]
    assert stands == [pytest.approx([0, 0]), pytest.approx([1, 1])]


def test_pairs_stand_in_one_camp_or_across():
    friends = [(90, one, other, "host") for one, other in ("AB", "BE", "CD", "DF", "AE", "CF")]
    foes = [(90, one, other, "attack") for one, other in ("AC", "BD", "EF")]
    features = asked([*friends, *foes, (1, "G", "A", "accuse"), (90, "X", "Y", "host")], 100,
                     ["AB", "AC", "BC", "EC", "AG"])
    assert of(features, "strain: camps").tolist() == [1, -1, -1, -1, 0]
    assert (of(features, "strain: camps, how firmly") * [1, -1, -1, -1, 1] >= 0).all()


def test_the_state_of_a_tie_follows_its_events():
    deals = [(day, "A", "B", "host") for day in range(0, 600, 10)]
    fights = [(day, "B", "A", "attack") for day in range(600, 690, 10)]
    events = [*deals, *fights, (5, "C", "D", "host"), (689, "A", "E", "accuse")]
    before, after = (asked(events, day, ["AB", "BA", "AC", "AE"]) for day in (600, 690))
    assert of(before, "tie: level")[0] > 1.2 > -1.2 > of(after, "tie: level")[0]
    assert of(before, "tie: chance of friendly or allied")[0] > .9
    assert of(before, "tie: months since the last turn")[0] > 12  # from friendly to allied
    assert of(after, "tie: months since the last turn")[[0, 2]].tolist() in ([0, MOST_MONTHS], [1, MOST_MONTHS])
    assert of(after, "tie: turns")[0] > of(before, "tie: turns")[0] and of(after, "tie: turns")[2] == 0
    assert of(after, "tie: chance of strained or hostile")[0] > .9 and of(after, "tie: likeliest")[0] < 0
    assert of(after, "tie: level before the last turn")[0] > of(after, "tie: likeliest")[0]
    for name in NAMES:  # both ways are one tie; of strangers the first month of the chain is told
        told = of(after, f"tie: {name}")
        assert told[0] == told[1]
        assert told[2] == of(before, f"tie: {name}")[2]
    start = float(shipped().initial @ LEVELS)
    assert of(after, "tie: level")[2] == pytest.approx(start, abs=1e-6) and abs(of(after, "tie: level")[3] - start) < .2


def test_a_share_is_of_all_that_an_actor_does_and_a_surge_against_its_years():
    events = [(90, "A", "B", "host"), (90, "A", "B", "host"), (90, "A", "C", "host"), (90, "D", "B", "host")]
    events += [(day, "E", "F", "host") for day in range(-1900, 100, 5)]
    features = asked(events, 100, ["AB", "AC", "EF", "FA"])
    late = np.exp(-10 / 30)
    shares = of(features, "share of what source does over 30 days, verbal cooperation")
    assert shares[:2] == pytest.approx(np.log([(2 * late + .01) / (3 * late + .01), (late + .01) / (3 * late + .01)]))
    surges = of(features, "source does: surge of 30 days, any event")
    assert surges[0] > 2 and abs(surges[2]) < .15 and surges[3] == 0  # news; as ever; nothing at all
    ranks = np.expm1(of(features, "target: rank among whom source does most to"))
    assert ranks == pytest.approx([0, 1, 0, 0])
    assert np.expm1(of(features, "source: whom it did anything to")) == pytest.approx([2, 2, 1, 0])


def test_features_do_not_change_when_all_that_came_later_is_deleted():
    chance = np.random.default_rng(5)
    drawn = [(int(day), *map(str, chance.choice(list("ABCDEFGH"), 2, replace=False)),
              str(chance.choice(["host", "attack"]))) for day in chance.integers(300, size=150)]
    later = [(310, "AA", "B", "attack"), (320, "A", "AA", "host"), (330, "A", "B", "attack"), (340, "Z", "A", "host")]
    pairs = [one + other for one in "ABCDEFGH" for other in "ABCDEFGH" if one != other]
    whole, cut = asked(drawn + later, 300, pairs), asked(drawn, 300, pairs)
    assert len(set(of(whole, "strain: camps"))) > 1 and len(set(of(whole, "strain: sign that balances"))) > 3
    assert whole.values.tobytes() == cut.values.tobytes()


def test_compiled_and_interpreted_loops_say_the_same(monkeypatch):
    chance = np.random.default_rng(8)
    events = [(int(chance.integers(900)), *map(str, chance.choice(list("ABCDEF"), 2, replace=False)),
               str(chance.choice(["host", "attack"]))) for _ in range(240)]
    pairs = [one + other for one in "ABCDEF" for other in "ABCDEF" if one != other]
    interpreted = asked(events, 900, pairs).values.tobytes()
    monkeypatch.setattr(swift, "SMALL", 0)
    monkeypatch.setattr(swift, "LARGE", 0)
    assert asked(events, 900, pairs).values.tobytes() == interpreted


def test_an_empty_past_has_features_too():
    features = asked([(5, "A", "B", "host")], 1, ["AB"])
    assert np.isfinite(features.values).all() and len(features.pairs) == 0
