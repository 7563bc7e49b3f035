"""Who gives whom what: sums of like units only, what is told twice once."""

from __future__ import annotations

from dataclasses import replace

from sides.model.amount import Amount, AmountKind
from sides.model.claim_type import Layer, Modality
from sides.model.dates import PartialDate
from sides.report.flows import flow_records, flows_lines, total_words
from sides.ties.evidence import gather
from sides.ties.flows import flows
from sides.ties.rollup import Counted
from tests.ties.test_tie import claim, document


def amount(kind, low, high, unit, begin=0):
    return Amount(kind=AmountKind(kind), low=low, high=high, unit=unit, begin_char=begin, end_char=begin + 4,
                  text=f"{low} {unit}")


def evidence(*claims, reports=None, counted=None):
    papers = [document(f"paper {n}", f"2020-0{n + 1}-01", f"outlet {n}") for n in range(len(claims))]
    made = [replace(claim(paper, kind, year, begin=n, **fields), amounts=amounts)
            for n, (paper, (kind, year, amounts, fields)) in enumerate(zip(papers, claims, strict=True))]
    return gather(made, {paper.id: paper for paper in papers}, reports or {}, {}, counted)


def test_like_amounts_are_added_and_unlike_units_and_currencies_are_not():
    found = flows(evidence(("AID", "2018", (amount("money", 70e6, 70e6, "USD"),), {}),
                           ("AID", "2019", (amount("money", 30e6, None, "USD"),), {}),
                           ("AID", "2019", (amount("money", 5e6, 5e6, "EUR"), amount("arms", 40, 40, "tank")), {})))
    (flow,) = found
    assert [(one.unit, one.low, one.high) for one in flow.totals] == [
        ("tank", 40, 40), ("EUR", 5e6, 5e6), ("USD", 100e6, None)]
    assert total_words(flow.totals[2]).startswith("100,000,000 or more USD in all: ")
    assert (str(flow.first), str(flow.last)) == ("2018", "2019")


def test_the_same_amount_of_the_same_year_counts_once_whoever_tells_it():
    same = (amount("money", 70e6, 70e6, "USD"),)
    (flow,) = flows(evidence(("AID", "2018-03", same, {}), ("AID", "2018", same, {}), ("AID", "2019", same, {})))
    assert flow.totals[0].low == 140e6
    assert len(flow.evidence) == 3


def test_shares_are_never_added():
    (flow,) = flows(evidence(("AID", "2018", (amount("share", 30, 30, "percent"),), {}),
                             ("AID", "2019", (amount("share", 40, 40, "percent"),), {})))
    assert [one.low for one in flow.totals] == [30, 40]


def test_directions_fields_modalities_and_what_is_withheld_are_told_apart():
    found = flows(evidence(("AID", "2018", (), {}), ("AID", "2018", (), {"modality": "planned"}),
                           ("SANCTION", "2018", (), {}), ("AID", "2018", (), {"source": "b", "target": "a"}),
                           ("ACCUSE", "2018", (), {})))
    assert {(one.giver, one.is_withheld, one.layer, one.modality) for one in found} == {
        ("a", False, Layer.FINANCIAL, Modality.ASSERTED), ("a", False, Layer.FINANCIAL, Modality.PLANNED),
        ("a", True, Layer.DIPLOMATIC, Modality.ASSERTED), ("b", False, Layer.FINANCIAL, Modality.ASSERTED)}


def test_persons_give_for_their_side():
    given = evidence(("AID", "2018", (), {"source": "ann"}))
    counted = {given[0].claim.id: (Counted("ann", "a", PartialDate(2018), ()),)}
    (flow,) = flows(evidence(("AID", "2018", (), {"source": "ann"}), counted=counted))
    assert (flow.giver, flow.receiver) == ("a", "b")


def test_records_have_one_row_for_each_sum_and_lines_a_quote():
    found = flows(evidence(("AID", "2018", (amount("money", 70e6, 70e6, "USD"), amount("arms", 40, 40, "tank")), {}),
                           ("SANCTION", "2019", (), {})))
    assert [(row["is_withheld"], row["unit"]) for row in flow_records(found, {})] == [
        (False, "tank"), (False, "USD"), (True, None)]
    assert len(list(flows_lines(found, {}))) == 4


def test_joint_action_and_concessions_are_flows_where_something_material_passes():
    material = evidence(("COOPERATE", "2018", (amount("arms", 40, 40, "tank"),), {}), ("COOPERATE", "2018", (), {}),
                        ("CONCEDE", "2018", (), {}))
    assert [len(one.evidence) for one in flows(material)] == [1]
