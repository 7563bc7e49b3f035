"""RDF, opened with rdflib: one graph a document, asked in SPARQL."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from sides.export.characters import Characters
from sides.export.rdf import Terms
from sides.model.errors import ExportError
from tests.export.ledgers import carried, hard_ledger

PREFIXES = """PREFIX sides: <urn:sides:vocabulary#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> """
WHO_SAYS_WHAT = """
SELECT ?claim ?who ?type ?modality ?quote ?begin ?end ?date WHERE {
    GRAPH ?graph {
        ?claim sides:source|sides:target <urn:sides:actor:hamas> ;
            sides:source|sides:target <urn:sides:actor:syria> ;
            sides:speaker ?who ; sides:type ?type ; sides:modality ?modality ;
            oa:hasTarget/oa:hasSelector ?words, ?place .
        ?words oa:exact ?quote .
        ?place oa:start ?begin ; oa:end ?end .
    }
    ?graph prov:wasDerivedFrom ?document ; dcterms:issued ?date .
} ORDER BY ?date ?begin ?claim"""
EVIDENCE = """
SELECT * WHERE {
    GRAPH ?graph {
        ?claim a sides:Claim ; sides:source ?source ; sides:target ?target ; sides:type ?type ; sides:speaker ?speaker ;
            sides:modality ?modality ; sides:happened ?happened ;
            oa:hasTarget [ oa:hasSource ?document ; oa:hasSelector [ oa:exact ?quote ],
                           [ oa:start ?begin ; oa:end ?stop ] ] .
        OPTIONAL { ?claim sides:third ?third } OPTIONAL { ?claim sides:start ?start }
        OPTIONAL { ?claim sides:end ?end }
    }
    ?graph prov:wasDerivedFrom ?document ; dcterms:issued ?published .
    ?document dcterms:identifier ?id .
}"""


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own words of itself


def opened(path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="trig")
    return dataset


@pytest.fixture(scope="module")
def hard_graph(exported):
    """The ledger that is hard to write down."""
    return opened(exported("trig", "ledger"))


def test_who_says_what_of_two_is_told_with_quote_and_date(demo, tmp_path):
    demo.export("ledger", tmp_path / "all.trig")
    rows = list(opened(tmp_path / "all.trig").query(PREFIXES + WHO_SAYS_WHAT))
    expected = {one.claim.id: one for one in demo.evidence(demo.claims())
                if {one.claim.source, one.claim.target} == {"hamas", "syria"}}
    assert len(rows) == len(expected) > 10
    for row in rows:
        one = expected[str(row.claim).rpartition(":")[2]]
        assert (str(row.who), str(row.type), str(row.modality), str(row.quote), int(row.begin), int(row.end)) == (
            one.claim.speaker, one.claim.type, one.claim.modality, one.quote, one.claim.begin_char, one.claim.end_char)
        assert str(row.date) == str(one.document.published)


def test_claims_carry_their_evidence(hard, hard_graph):
    found = {}
    for row in hard_graph.query(PREFIXES + EVIDENCE):
        outlets = hard_graph.objects(row.graph, rdflib.DCTERMS.publisher)
        found[str(row.claim).rpartition(":")[2]] = {
            "quote": str(row.quote), "begin_char": int(row.begin), "end_char": int(row.stop),
            "speaker": str(row.speaker), "outlets": [str(one) for one in outlets], "modality": str(row.modality),
            "published": row.published.toPython() and str(row.published), "happened": str(row.happened),
            "document_id": str(row.id), "type": str(row.type), "start": row.start and str(row.start),
            "end": row.end and str(row.end),
            **{role: row[role] and str(row[role].toPython()) for role in ("source", "target", "third")}}
    expected = carried(hard)
    for one in expected.values():
        one |= {role: one[role] and f"urn:sides:actor:{one[role].replace('ö', '%C3%B6')}"
                for role in ("source", "target", "third")}
    assert found == expected


def test_dates_are_as_exact_as_they_are_known(hard_graph):
    kinds = {str(one): str(one.datatype).rpartition("#")[2] for one in hard_graph.objects(None, rdflib.DCTERMS.issued)}
    assert kinds == {"2012-01-10": "date", "2014-11": "gYearMonth", "2014-12-01": "date", "2015": "gYear"}


def test_each_document_has_a_graph_and_says_nothing_in_another(hard, hard_graph):
    graphs = {str(one.identifier): one for one in hard_graph.graphs() if "graph" in str(one.identifier)}
    assert set(graphs) == {f"urn:sides:graph:{claim.document}" for claim in hard.claims()}
    for name, graph in graphs.items():
        sources = {str(one) for one in graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#hasSource"))}
        assert sources == {name.replace("graph", "document")}


def test_a_stretch_of_a_tie_is_derived_from_claims(hard, hard_graph):
    asked = """SELECT ?tie ?first (GROUP_CONCAT(?claim) AS ?claims) WHERE { ?stretch sides:of ?tie ;
        sides:firstMonth ?first ; prov:wasDerivedFrom ?claim } GROUP BY ?tie ?first"""
    found = {(str(row.tie).replace("%C3%B6", "ö"), str(row.first)):
             {one.rpartition(":")[2] for one in row.claims.split()} for row in hard_graph.query(PREFIXES + asked)}
    assert found == {(f"urn:sides:tie:{tie.left}:{tie.right}", str(stretch.since)): {
        one.claim.id for one in grounds} for tie in hard.told_ties()
        for stretch, grounds in zip(tie.stretches, tie.grounds(), strict=True)}


def test_names_of_things_may_begin_with_an_address_of_ones_own(hard, tmp_path):
    hard.export("ledger", tmp_path / "own.trig", base="https://example.org/own/")
    subjects = {str(one) for one in opened(tmp_path / "own.trig").subjects() if isinstance(one, rdflib.URIRef)}
    assert "https://example.org/own/actor/norland" in subjects
    assert not [one for one in subjects if one.startswith("urn:")]
    with pytest.raises(ExportError, match="cannot begin IRIs"):
        hard.export("ledger", tmp_path / "other.trig", base="no address/")


def test_what_utf8_cannot_hold_is_told_of(tmp_path):
    written = hard_ledger(tmp_path, "\ud800").export("ledger", tmp_path / "all.trig")
    assert "cannot hold became U+FFFD" in written.notes[0]
    assert len(opened(tmp_path / "all.trig"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_literal_and_any_id_a_name(text):
    terms = Terms("urn:sides:", Characters())
    dataset = rdflib.Dataset()
    dataset.parse(data=f"{terms.iri('actor', text)} <urn:says> {terms.text(text)} .", format="trig")
    ((_, _, found, _),) = dataset.quads()
    assert str(found) == text
