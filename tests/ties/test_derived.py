"""What is kept beside a ledger changes no answer."""

from __future__ import annotations

import numpy as np
import pytest

from sides.face import Ledger
from sides.ties import derived
from sides.ties.atlas_columns import atlas_columns
from sides.ties.derived import Derived
from sides.ties.layout import layout, placed, union_graph
from tests.ties.ledgers import ACTORS
from tests.ties.test_courses import ASKED, drawn_ledger, named


@pytest.mark.parametrize("kept", ("beside", "in memory"))
@pytest.mark.parametrize("asked", ASKED, ids=named)
def test_ties_are_the_same_with_the_index(tmp_path, monkeypatch, asked, kept):
    ledger = drawn_ledger(tmp_path, 5)
    monkeypatch.setattr(derived, "MANY", 0)
    if kept == "in memory":
        (ledger.path / "derived").write_text("a file stands in the way")
    indexed = Ledger(ledger.path)
    Derived(ledger.path).index(indexed._view().snapshot)
    assert indexed._view().snapshot._is_indexed
    found = 0
    people = (*ACTORS[:7], "rami", "brigade")
    for place, left in enumerate(people):
        for right in people[place + 1:]:
            one, other = ledger.tie(left, right, **asked), indexed.tie(left, right, **asked)
            assert one.evidence == other.evidence and one.mediators == other.mediators
            assert one.steps == other.steps and one.probabilities == other.probabilities
            found += len(one.evidence)
    assert found
    assert indexed.claims() == ledger.claims()
    assert indexed.documents() == ledger.documents()
    again = Ledger(ledger.path)
    again.prepare()
    assert again.tie("norland", "sudland", **asked).steps == ledger.tie("norland", "sudland", **asked).steps


def test_old_files_go_and_those_in_use_stay(tmp_path, monkeypatch):
    ledger = drawn_ledger(tmp_path, 5)
    monkeypatch.setattr(derived, "KEPT", 3)
    for known in ("2011", "2012", "2013", "2014"):
        ledger.chart(known=known).courses  # noqa: B018
    assert len(list((ledger.path / "derived").glob("*.npz"))) == 3


def test_actors_stay_where_they_stood_when_the_ledger_grows(digest):
    graph = union_graph(atlas_columns(Ledger(digest)._view()))
    first = layout(graph)
    before = placed(graph.actors, first)
    assert (first == layout(graph)).all()
    new = set(graph.actors[::7])
    after = placed(graph.actors, layout(graph, {actor: at for actor, at in before.items() if actor not in new}))
    moved = [max(abs(before[actor][0] - after[actor][0]), abs(before[actor][1] - after[actor][1]))
             for actor in graph.actors if actor not in new]
    assert sum(moved) / len(moved) < 0.02


def test_friends_stand_nearer_than_rivals_and_nobody_on_another(digest):
    graph = union_graph(atlas_columns(Ledger(digest)._view()))
    places = layout(graph)
    apart = np.sqrt(((places[graph.left] - places[graph.right]) ** 2).sum(1))
    assert apart[graph.is_part].mean() < apart[(graph.balance > 0.2) & ~graph.is_part].mean() \
        < apart[(graph.balance < -0.2) & ~graph.is_part].mean()
    every = np.sqrt(((places[:, None] - places[None]) ** 2).sum(-1)) + 9 * np.eye(len(places))
    assert every.min() > 0.99 / np.sqrt(len(places))
    assert np.abs(places).max() <= 1
