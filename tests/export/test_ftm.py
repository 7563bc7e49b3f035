"""Entities of FollowTheMoney, opened with its own library: every one is known to it, and no value is dropped."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from sides.actors.registry import Registry
from sides.export.ftm import LONGEST, LONGEST_TEXT, Entity, Texts, identifier, table
from tests.export.ledgers import carried, of

model = pytest.importorskip("followthemoney.model", reason="followthemoney is not installed: it needs ICU to compile"
                            ).Model.instance()


def entities(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


@pytest.fixture(scope="module")
def written(exported):
    return entities(exported("ftm", "ledger"))


def dropped(written):
    """What the library does not take: values of properties that it does not know, or that make no sense to it."""
    found = []
    for one in written:
        schema = model.get(one["schema"])
        proxy = model.get_proxy(one, cleaned=False)
        for name, values in one["properties"].items():
            property_ = schema.get(name)
            is_taken = property_ is not None and len(proxy.get(name)) == len(values) and all(
                property_.type.validate(value) and len(value) <= property_.max_length for value in values)
            if not is_taken:
                found.append((one["schema"], name, values))
    return found


@pytest.mark.parametrize("which", ["hard", "demo"])
def test_the_library_takes_every_value(which, written, demo, tmp_path):
    if which == "demo":
        demo.export("ledger", tmp_path / "demo.ftm.json")
    found = written if which == "hard" else entities(tmp_path / "demo.ftm.json")
    assert not dropped(found)
    for one in found:
        assert model.get(one["schema"]).validate(one) is None
        assert set(model.get(one["schema"]).required) <= set(one["properties"])


def test_every_id_is_of_one_entity_of_the_right_kind(written):
    by_id = {one["id"]: one for one in written}
    assert len(by_id) == len(written)
    for one in written:
        for name, values in one["properties"].items():
            property_ = model.get(one["schema"]).get(name)
            if property_.type.name == "entity":
                assert all(model.get(by_id[value]["schema"]).is_a(property_.range) for value in values), (name, values)


def test_an_event_is_a_claim_with_its_evidence(hard, written):
    events = [one for one in written if one["schema"] == "Event"]
    proxies = {one["id"]: model.get_proxy(one, cleaned=False) for one in events}
    found = {}
    for proxy in proxies.values():
        fields = json.loads(proxy.first("indexText"))
        found[fields["claim"]] = of(fields)
        assert proxy.get("recordId") == [fields["claim"]]
        assert proxy.get("proof") == [identifier("document", fields["document_id"])]
        assert sorted(proxy.get("publisher")) == sorted(fields["outlets"])
        if fields["start"]:
            assert proxy.get("startDate") == [fields["start"]]
        assert proxy.get("startDate") or proxy.get("date") == [fields["happened"]]
    assert found == carried(hard)


def test_a_link_is_a_stretch_of_a_tie(hard, written):
    links = {one["id"]: one["properties"] for one in written if one["id"].startswith("sides-tie")}
    for tie in hard.told_ties():
        for stretch, grounds in zip(tie.stretches, tie.grounds(), strict=True):
            link = links.pop(identifier("tie", tie.left, tie.right, str(stretch.since)))
            assert link["role"] == [stretch.state.value if stretch.state else "denied"]
            assert link["startDate"] == [str(stretch.since)]
            assert link.get("endDate", []) == ([str(stretch.end)] if stretch.end else [])
            assert set(link["proof"]) == {identifier("document", one.claim.document)
                                          for one in grounds}
    assert not links


def test_who_belongs_where_is_a_membership(written):
    roles = {(one["properties"]["member"][0], one["properties"]["role"][0]) for one in written
             if one["schema"] == "Membership"}
    assert ("sides-actor-norland", "MEMBER_OF") in roles
    assert [role for _, role in roles].count("LEADS") == 1


def test_countries_and_languages_are_those_that_it_lists():
    country, registry = model.get("Person").get("country").type, Registry.load()
    rows = [line.split("\t") for line in (files("sides") / "data/registry/codes.tsv").read_text().splitlines()]
    states = {actor for actor, scheme, *_ in rows if scheme == "iso3166-1-alpha2"}
    codes = {state: table("countries").get(state, registry.code(state, "iso3166-1-alpha2").lower()) for state in states}
    assert len(codes) > 150
    assert not [code for code in codes.values() if code and country.clean(code) != code]
    assert set(table("languages").values()) <= set(model.get("Document").get("language").type.codes)


def test_what_it_has_no_code_for_stands_in_the_notes(written):
    (second,) = (one for one in written if one["properties"].get("notes") == ["address: not an address"])
    assert (second["schema"], second["properties"].get("sourceUrl")) == ("Article", None)
    (third,) = (one for one in written if one["properties"].get("sourceUrl"))
    assert third["properties"]["sourceUrl"] == ["https://wire.example.org/a?b=1&c=%20"]


def test_what_is_too_long_is_cut_and_told_of():
    texts = Texts()
    entity = Entity("Event", "sides-claim-1", texts).add("name", "x" * 1000).add("description", "y" * 100_000)
    assert texts.notes == ("2 values were longer than FollowTheMoney takes, and were cut.",)
    for name, longest in {**LONGEST, "description": LONGEST_TEXT}.items():
        schema = model.get({"title": "Article", "fileName": "Article", "author": "Article", "role": "Membership",
                            "status": "Membership"}.get(name, "Event"))
        assert schema.get(name).max_length == longest, name
    assert not dropped([json.loads(entity.line)])
