import csv
import dataclasses
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.balance.certificate import Branching, Certificate, Packing
from sides.balance.edge_list import read_edge_list
from sides.balance.frustration import check, frustration
from sides.balance.network import Network
from sides.model.errors import NetworkError
from tests.balance.brute import least, networks

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "balance"


@given(networks(), st.sampled_from([2, 3, 4, None]))
@settings(max_examples=150, deadline=None)
def test_the_index_is_that_of_trying_every_division_and_is_proven(network: Network, camps: int | None) -> None:
    found = frustration(network, camps=camps)
    assert found.upper_units == found.lower_units == least(network, camps)
    assert found.upper_units == network.cost(found.camps)
    assert found.proven and found.certified and check(network, found.certificate)
    assert camps is None or len(set(found.camps.tolist())) <= camps


@given(networks(actors=12), st.lists(st.booleans(), min_size=12, max_size=12))
@settings(max_examples=60, deadline=None)
def test_switching_the_signs_around_actors_changes_no_index(network: Network, switched: list[bool]) -> None:
    side = np.where(np.array(switched)[:network.size], -1, 1)
    turned = dataclasses.replace(network, weight=network.weight * side[network.first] * side[network.second])
    assert frustration(turned).upper_units == frustration(network).upper_units


@given(networks(actors=10))
@settings(max_examples=60, deadline=None)
def test_more_camps_never_frustrate_more(network: Network) -> None:
    found = [frustration(network, camps=camps).upper_units for camps in (2, 3, None)]
    assert found == sorted(found, reverse=True)


@given(networks(), st.sampled_from([2, 3, None]), st.data())
@settings(max_examples=150, deadline=None)
def test_no_certificate_proves_more_than_is_true(network: Network, camps: int | None, data: st.DataObject) -> None:
    found = frustration(network, camps=camps)
    held = found.certificate
    assert not check(network, dataclasses.replace(held, bound=found.upper_units + 1))
    proof = held.proof
    while isinstance(proof, Branching):
        proof = data.draw(st.sampled_from([proof.together, proof.apart]))
    if not proof.walks:
        return
    walks = list(proof.walks)
    at = data.draw(st.integers(0, len(walks) - 1))
    actors, amount = walks[at]
    change = data.draw(st.sampled_from(["more", "less", "turn", "grow"]))
    if change == "more":
        walks[at] = (actors, amount + data.draw(st.integers(1, 5)) * proof.unit)
    elif change == "less":
        walks[at] = (actors, -amount)
    elif change == "turn":
        swapped = list(actors)
        one, other = data.draw(st.integers(0, len(actors) - 1)), data.draw(st.integers(0, network.size - 1))
        swapped[one] = other
        walks[at] = (tuple(swapped), amount)
    else:
        walks = walks * 3
    tampered = Certificate(camps, found.upper_units + 1, Packing(proof.unit, tuple(walks)))
    assert not check(network, tampered)


def test_a_certificate_with_a_walk_too_many_a_missing_tie_or_an_even_walk_is_rejected() -> None:
    square = Network.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "d", -1), ("a", "c", 1)])
    assert check(square, Certificate(2, 1, Packing(1, (((0, 2, 3), 1),))))
    assert not check(square, Certificate(2, 2, Packing(1, (((0, 2, 3), 1), ((0, 1, 2, 3), 1)))))  # used twice
    assert not check(square, Certificate(2, 1, Packing(1, (((0, 1, 3), 1),))))  # b and d have no tie
    assert not check(square, Certificate(2, 1, Packing(1, (((0, 1, 2), 1),))))  # nobody hostile on it
    assert not check(square, Certificate(2, 1, Packing(0, (((0, 2, 3), 1),))))
    assert not check(square, Certificate(1, 1, Packing(1, (((0, 2, 3), 1),))))
    assert not check(square, Certificate(2, 1, Branching((1, 3), Packing(1, (((0, 2, 3), 1),)), Packing(1, ()))))


def test_a_proof_by_cases_pays_for_what_its_cases_decide() -> None:
    foes = Network.from_edges([(one, other, -1) for other in range(7) for one in range(other)])
    found = frustration(foes, camps=2)
    assert (found.value, found.proven) == (9, True)  # three and four; the cycles alone prove seven
    proof = found.certificate.proof
    assert isinstance(proof, Branching)
    assert not check(foes, Certificate(2, 9, proof.apart))
    assert not check(foes, Certificate(2, 9, Branching(proof.pair, proof.apart, proof.together)))
    assert Certificate.from_json(found.certificate.to_json()) == found.certificate
    assert (frustration(foes, camps=3).value, frustration(foes, camps=None).value) == (5, 0)


@pytest.mark.parametrize("seconds", [0, 0.05])
def test_bounds_hold_when_time_is_up(seconds: float) -> None:
    foes = Network.from_edges([(one, other, -1) for other in range(14) for one in range(other)])
    found = frustration(foes, camps=3, seconds=seconds)
    assert 0 <= found.lower <= 26 <= found.upper  # five, five and four: 10 + 10 + 6
    assert found.certified and found.proven == (found.lower == found.upper)


def test_certificates_are_written_and_read() -> None:
    found = frustration(Network.from_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]))
    again = Certificate.from_json(found.certificate.to_json())
    assert again == found.certificate
    for text in ("", "{}", "[1]", '{"camps": 2, "bound": 1, "proof": {"unit": 1, "walks": [[1]], "cliques": []}}'):
        with pytest.raises(NetworkError):
            Certificate.from_json(text)


def test_an_empty_network_and_lone_actors_are_balanced() -> None:
    for network in (Network.from_edges([]), Network.from_edges([], actors="ab"), Network.from_edges([("a", "a", -1)])):
        for camps in (2, 3, None):
            found = frustration(network, camps=camps)
            assert (found.value, found.proven, len(found.camps)) == (0, True, network.size)


def test_one_camp_is_no_division() -> None:
    with pytest.raises(NetworkError, match="2 or more"):
        frustration(Network.from_edges([("a", "b", 1)]), camps=1)


def test_a_long_ring_is_cut_once() -> None:
    ring = Network.from_edges([*((str(at), str(at + 1), 1) for at in range(3000)), ("0", "3000", -1)])
    found = frustration(ring)
    assert (found.value, found.proven) == (1, True)


def test_weights_are_exact() -> None:
    network = Network.from_edges([("a", "b", 0.7), ("b", "c", 0.25), ("a", "c", -0.3)], weighted=True)
    found = frustration(network)
    assert (found.value, found.lower, found.proven) == (0.25, 0.25, True)


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.parametrize(("file", "camps", "index"), [
    ("highlandtribes.csv", 2, 7), ("highlandtribes.csv", 3, 2), ("cloister.csv", 2, 34), ("congress.csv", 2, 18),
])
def test_published_values(file: str, camps: int, index: int) -> None:
    found = frustration(read_edge_list(DATA / file)[0], camps=camps)
    assert (found.value, found.proven, found.certified) == (index, True, True)


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.parametrize(("camps", "column"), [(2, "two_camps"), (None, "any_camps")])
def test_all_windows_of_the_correlates_of_war_are_proven(camps: int | None, column: str) -> None:
    ties: dict[str, list[tuple[str, str, float]]] = {}
    with gzip.open(DATA / "cow_windows.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            ties.setdefault(row["window"], []).append((row["a"], row["b"], float(row["sign"])))
    with (DATA / "cow_expected.csv").open() as lines:
        expected = {row["window"]: int(row[column]) for row in csv.DictReader(lines)}
    found = {window: frustration(Network.from_edges(edges), camps=camps) for window, edges in ties.items()}
    assert {window: one.value for window, one in found.items()} == expected
    assert all(one.proven for one in found.values())
