import numpy as np
import pytest

from sides.balance.difference import Edit, Standing, difference
from sides.balance.frustration import frustration
from sides.balance.network import Network
from sides.balance.what_if import WhatIf
from sides.model.errors import NetworkError


@pytest.mark.parametrize("camps", [2, None])
def test_a_hundred_changes_give_what_solving_anew_gives(camps: int | None) -> None:
    random = np.random.default_rng(1)
    edges = [(one, other, 1 if (one < 8) == (other < 8) else -1) for other in range(16) for one in range(other)
             if random.random() < 0.4]
    what_if = WhatIf(Network.from_edges(edges, actors=range(16)), camps=camps)
    for _ in range(100):
        one, other = (str(actor) for actor in random.choice(16, 2, replace=False))
        found = what_if.set(one, other, int(random.integers(-1, 2)))
        cold = frustration(found.network, camps=camps)
        assert (found.upper_units, found.proven) == (cold.upper_units, True)
        assert found.network.cost(found.camps) == found.upper_units


def test_flips_and_removals_name_what_is_missing() -> None:
    what_if = WhatIf(Network.from_edges([("a", "b", 1), ("b", "c", 1)]))
    with pytest.raises(NetworkError, match="no tie"):
        what_if.flip("a", "c")
    with pytest.raises(NetworkError, match="not in this network"):
        what_if.remove("a", "d")
    with pytest.raises(NetworkError, match="cannot have a tie"):
        what_if.set("a", "a", 1)
    assert what_if.set("a", "c", -1).value == 1
    assert what_if.network.ties == 3


def test_a_standing_network_answers_each_set_of_edits_as_if_it_were_the_first() -> None:
    edges = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("c", "d", 1), ("a", "d", -1), ("d", "e", -1)]
    network = Network.from_edges(edges)
    standing = Standing(network)
    for edits in ([Edit("flip", "a", "c")], [Edit("remove", "a", "b"), Edit("add", "a", "e", -1)], []):
        warm, cold = standing.after(edits), difference(network, edits)
        assert (warm.moved, warm.shifts, warm.after.strains.base.value) == (
            cold.moved, cold.shifts, cold.after.strains.base.value)


def test_a_standing_network_takes_over_the_names_of_camps() -> None:
    network = Network.from_edges([("a", "b", 1), ("c", "d", 1), ("a", "c", -1)])
    found = Standing(network, former={"a": 7, "b": 7, "c": 4, "d": 4}, fresh=9).after([Edit("add", "b", "d", -1)])
    assert found.membership_before == found.membership_after == {"a": 7, "b": 7, "c": 4, "d": 4}


def test_a_change_within_a_time_is_exact_where_time_does() -> None:
    what_if = WhatIf(Network.from_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", 1)]), seconds=10)
    assert (what_if.flip("a", "c").value, what_if.result.proven) == (1, True)
    what_if.restart()
    assert what_if.result.value == 0 and what_if.network.weight.tolist() == [1, 1, 1]
