import gzip
from pathlib import Path

import networkx
import numpy as np
import pytest

from sides.balance.edge_list import read_edge_list
from sides.balance.frustration import frustration
from sides.balance.network import Network
from sides.model.errors import MalformedInput, MissingInput, NetworkError


def test_the_order_of_reports_changes_no_network() -> None:
    edges = [("b", "a", -1), ("a", "c", 1), ("10", "9", 1), ("c", "b", 1)]
    one, other = Network.from_edges(edges), Network.from_edges([(b, a, sign) for a, b, sign in reversed(edges)])
    assert one.names == other.names == ("9", "10", "a", "b", "c")
    for column in ("first", "second", "weight"):
        assert np.array_equal(getattr(one, column), getattr(other, column))


@pytest.mark.parametrize(("conflicts", "ties"), [
    ("drop", []), ("sum", [("a", "b", 1)]), ("negative", [("a", "b", -1)]),
])
def test_conflicting_reports_follow_the_rule_that_is_said(conflicts, ties) -> None:
    network = Network.from_edges([("a", "b", 2), ("b", "a", -1), ("a", "a", 1), ("a", "b", 0)], conflicts=conflicts)
    found = [(network.names[one], network.names[other], int(weight))
             for one, other, weight in zip(network.first, network.second, network.weight, strict=True)]
    assert found == ties
    said = network.conventions
    assert (said.reports, said.conflicting, said.dropped, said.loops, said.neutral) == (4, 1, int(not ties), 1, 1)


def test_weights_are_kept_as_whole_parts() -> None:
    network = Network.from_edges([("a", "b", 0.25), ("b", "c", -1.5), ("b", "c", -0.25)], weighted=True)
    assert (network.scale, network.weight.tolist()) == (4, [1, -7])
    assert not network.conventions.rounded
    assert Network.from_edges([("a", "b", 1 / 3)], weighted=True).conventions.rounded


def test_arrays_and_graphs_are_the_same_network() -> None:
    edges = [(0, 1, 1), (1, 2, -1), (0, 2, 1)]
    graph = networkx.Graph()
    graph.add_weighted_edges_from(edges, weight="sign")
    graph.add_node(3)
    matrix = np.zeros((4, 4))
    for one, other, sign in edges:
        matrix[one, other] = matrix[other, one] = sign
    for network in (Network.from_networkx(graph), Network.from_matrix(matrix)):
        assert (network.names, network.weight.tolist()) == (("0", "1", "2", "3"), [1, 1, -1])
        assert np.array_equal(network.matrix(), matrix)
        assert frustration(network).value == 1


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e12])
def test_what_is_no_weight_is_refused(value) -> None:
    with pytest.raises(NetworkError, match="weight"):
        Network.from_edges([("a", "b", value)])


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(NetworkError, match="square"):
        Network.from_matrix(np.zeros((2, 3)))
    with pytest.raises(NetworkError, match="has no 'sign'"):
        Network.from_networkx(networkx.path_graph(2))


@pytest.mark.parametrize("text", [
    "u,v,sign\na,b,1\nb,c,-1\n", "a,b,1\nb,c,-1\n", "# told\na\tb\t1\nb\tc\t-1\n", "\ufeffa;b;+;x\nb;c;-;y\n",
    'a b 1\r\nb c -1\r\n', '"a",b,+\nb,"c",−1\n',
])
def test_edge_lists_of_many_shapes_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes(gzip.compress(text.encode()) if "told" in text else text.encode())
    network, refused = read_edge_list(path)
    assert (network.names, network.weight.tolist(), refused) == (("a", "b", "c"), [1, -1], [])


def test_a_bad_line_costs_that_line(tmp_path: Path) -> None:
    path = tmp_path / "O'Brien's ties.csv"
    path.write_text("a,b,1\nb,c\nc,d,perhaps\n,e,1\nd,e,nan\ne,f,-1\n")
    network, refused = read_edge_list(path)
    assert network.ties == 2
    assert [line.line for line in refused] == [2, 3, 4, 5]
    assert "'perhaps'" in refused[1].reason


def test_files_that_are_no_edge_lists_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingInput):
        read_edge_list(tmp_path / "none.csv")
    files = {"empty": b"", "gzip": b"\x1f\x8b\x08broken", "bytes": b"\xff\xfe\x00a", "prose": b"a b\nc d\n"}
    for name, raw in files.items():
        path = tmp_path / name
        path.write_bytes(raw)
        with pytest.raises(MalformedInput, match=name):
            read_edge_list(path)
    with pytest.raises(MalformedInput):
        read_edge_list(tmp_path)
