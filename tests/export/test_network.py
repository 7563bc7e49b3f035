"""Ties as GraphML and GEXF, opened in networkx: nodes, edges, spells and values are what the ledger tells."""

from __future__ import annotations

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import networkx
import pytest

from sides.cli import main
from sides.model.dates import PartialDate
from sides.model.errors import ExportError
from sides.ties.told_ties import CERTAINTIES
from tests.export.ledgers import carried, hard_ledger, of

GEXF = "{http://gexf.net/1.3}"
# What an element may hold in GEXF 1.3, by its XML Schema (specs/1.3 of github.com/gephi/gexf): children, attributes.
GEXF_SHAPE = {
    "gexf": ("meta graph", "version"),
    "meta": ("creator description", ""), "creator": ("", ""), "description": ("", ""),
    "graph": ("attributes nodes edges", "mode defaultedgetype timeformat timerepresentation start end"),
    "attributes": ("attribute", "class mode"), "attribute": ("", "id title type"),
    "nodes": ("node", ""), "edges": ("edge", ""), "node": ("spells attvalues", "id label"),
    "edge": ("spells attvalues", "id source target"), "spells": ("spell", ""), "spell": ("", "start end"),
    "attvalues": ("attvalue", ""), "attvalue": ("", "for value start end"),
}


def test_gexf_has_the_stretches_of_every_tie_as_spells(demo, tmp_path):
    written = demo.export("ties", tmp_path / "ties.gexf")
    graph = networkx.read_gexf(tmp_path / "ties.gexf", version="1.3")
    told = list(demo.told_ties())
    assert written.count == graph.number_of_edges() == len(told)
    assert set(graph) == {side for tie in told for side in (tie.left, tie.right)}
    for tie in told:
        edge = graph.edges[tie.left, tie.right]
        days = [(str(one.since.first), str(one.until.first - timedelta(days=1))) for one in tie.stretches]
        assert edge["spells"] == days
        for name, values in (("state", [one.state for one in tie.stretches]),
                             ("level", [one.state.level if one.state else None for one in tie.stretches]),
                             ("sign", [one.sign for one in tie.stretches]),
                             ("certainty", [one.certainty for one in tie.stretches]),
                             ("weight", [CERTAINTIES.index(one.certainty) + 1.0 if one.certainty else 1.0
                                         for one in tie.stretches])):
            assert edge.get(name, []) == [(value, *when) for value, when in zip(values, days, strict=True)
                                          if value is not None], name
        assert edge["claims"] == len(tie.evidence)
        assert [one["claim"] for one in json.loads(edge["evidence"])] == [one.claim.id for one in tie.evidence]


def test_a_node_of_gexf_lasts_as_long_as_its_edges(demo, tmp_path):
    demo.export("ties", tmp_path / "ties.gexf")
    graph = networkx.read_gexf(tmp_path / "ties.gexf", version="1.3")
    for node, values in graph.nodes(data=True):
        days: set[int] = set()
        for *_, edge in graph.edges(node, data=True):
            days |= {day for spell in edge["spells"] for day in between(spell)}
        assert {day for spell in values["spells"] for day in between(spell)} == days
        assert values["label"] == demo.name(node)
        assert values["kind"] == demo.described(node).kind


def between(spell: tuple[str, str]) -> range:
    first, last = (date.fromisoformat(day).toordinal() for day in spell)
    return range(first, last + 1)


def test_gexf_is_shaped_as_its_schema_says(exported):
    root = ElementTree.parse(exported("gexf", "ties")).getroot()
    for element in root.iter():
        children, attributes = (one.split() for one in GEXF_SHAPE[element.tag.removeprefix(GEXF)])
        assert {child.tag.removeprefix(GEXF) for child in element} <= set(children)
        assert set(element.attrib) <= set(attributes)
    declared = [(one.get("class"), attribute.get("id")) for one in root.iter(f"{GEXF}attributes") for attribute in one]
    assert len(declared) == len(set(declared))
    for kind in ("node", "edge"):
        used = {value.get("for") for one in root.iter(f"{GEXF}{kind}") for value in one.iter(f"{GEXF}attvalue")}
        assert used <= {name for of_kind, name in declared if of_kind == kind}
    assert all(spell.get("start") <= spell.get("end") for spell in root.iter(f"{GEXF}spell"))  # none of them is open
    ids = [one.get("id") for kind in ("node", "edge") for one in root.iter(f"{GEXF}{kind}")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("at", ["2011-06", "2014-07", None])
def test_graphml_is_the_network_of_a_date(demo, tmp_path, at):
    demo.export("ties", tmp_path / "ties.graphml", at=at)
    graph = networkx.read_graphml(tmp_path / "ties.graphml")
    ties = {(tie.left, tie.right): tie for tie in demo.ties(at=at)}
    month = PartialDate.parse(at) if at else demo.horizon()
    assert graph.graph["date"] == str(PartialDate(month.year, month.month))
    told = {(tie.left, tie.right): tie.at(PartialDate(month.year, month.month)) for tie in demo.told_ties()}
    assert {tuple(sorted(edge)) for edge in graph.edges} == {dyad for dyad, stretch in told.items() if stretch}
    for left, right, values in graph.edges(data=True):
        dyad = (min(left, right), max(left, right))
        state = ties[dyad].state if dyad in ties else None  # as `sides tie` tells it; none where all is denied
        assert (values.get("state"), values.get("level")) == (state, state.level if state else None)
        assert values.get("marks", "") == "; ".join(told[dyad].marks)
    assert all(type(values["claims"]) is int and type(values["weight"]) is float
               for *_, values in graph.edges(data=True))


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_edges_carry_their_evidence(hard, exported, form):
    read = networkx.read_gexf if form == "gexf" else networkx.read_graphml
    options = {"version": "1.3"} if form == "gexf" else {}
    graph = read(exported(form, "ties"), **options)
    expected, found = carried(hard), {}
    for *_, values in graph.edges(data=True):
        found |= {one["claim"]: of(one) for one in json.loads(values["evidence"])}
    told = {one.claim.id for tie in hard.told_ties() for one in tie.evidence
            if form == "gexf" or tie.at(PartialDate(2015, 12))}
    assert found == {claim: expected[claim] for claim in told}
    assert len(found) > 5


def test_characters_that_xml_cannot_hold_are_told_of(tmp_path, capsys):
    ledger = hard_ledger(tmp_path, "\x01\ud800\ufffe")
    assert main(["export", "ties", "-l", str(ledger.path), "-o", str(tmp_path / "ties.gexf")]) == 0
    assert "became" not in capsys.readouterr().err  # quotes are JSON, which has an escape for each
    graph = networkx.read_gexf(tmp_path / "ties.gexf", version="1.3")
    quotes = [one["quote"] for *_, edge in graph.edges(data=True) for one in json.loads(edge["evidence"])]
    assert quotes
    assert all("\x01\ud800\ufffe" in quote for quote in quotes)


def test_a_date_that_no_document_tells_of_has_no_network(demo, tmp_path):
    with pytest.raises(ExportError, match="ask for the network of a date until then"):
        demo.export("ties", tmp_path / "ties.graphml", at="2099")
    assert not list(tmp_path.iterdir())
