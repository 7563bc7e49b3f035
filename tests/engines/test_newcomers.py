"""Actors of FollowTheMoney and of Wikidata queries, kept with a ledger; the samples are made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sides
from sides.actors.registry import Registry
from sides.cli import main
from sides.model.dates import PartialDate
from sides.model.errors import RegistryError

Q = "http://www.wikidata.org/entity/"


def entity(key, schema, **properties):
    return {"id": key, "schema": schema, "properties": {
        name: value if isinstance(value, list) else [value] for name, value in properties.items()}}


FRONT = entity("ftm-front", "Organization", name="Norvik Liberation Front", alias=["The Greycoats"],
               abbreviation="NLVF", country="sy", incorporationDate="1998-03", previousName="Norvik Committee")
WING = entity("ftm-wing", "Organization", name="Harbour Battalion of Norvik", country="sy")
CHIEF = entity("ftm-chief", "Person", name=["Tarvo Linnet", "T. A. Linnet"], nationality="sy", birthDate="1961-05-02")
ENTITIES = [
    FRONT, WING, CHIEF,
    entity("l1", "Membership", member="ftm-wing", organization="ftm-front", startDate="2004"),
    entity("l2", "Directorship", director="ftm-chief", organization="ftm-front", role="Chairman",
           startDate="2001-02-03"),
    entity("ftm-firm", "Company", name="Norvik Shipping Company"),
    entity("l3", "Ownership", owner="ftm-front", asset="ftm-firm", percentage="80%"),
    entity("post", "Position", name="Minister of Defence", country="sy"),
    entity("l4", "Occupancy", holder="ftm-chief", post="post", startDate="2031-01", endDate="2031-08"),
    entity("hamas", "Organization", name="Hamas", alias="Ring of Norvik"),
]


def lines(path: Path, entities) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in entities), encoding="utf-8")
    return path


def registry_of(ledger) -> Registry:
    return ledger._view().registry


def test_entities_become_actors_with_names_dates_and_whom_they_belong_to(tmp_path):
    ledger = sides.open(tmp_path / "a.sides")
    report = ledger.import_actors(lines(tmp_path / "entities.ftm.json", ENTITIES))
    assert not report.left_out
    assert report.new == ["harbour-battalion-of-norvik", "norvik-liberation-front", "norvik-shipping-company",
                          "tarvo-linnet"]
    assert report.known == ["hamas"]
    registry = registry_of(ledger)
    front = registry.get("norvik-liberation-front")
    assert (front.kind, front.country) == ("organization", "syria")
    assert {"NLVF", "Norvik Committee", "The Greycoats"} <= set(front.names)
    assert str(registry.lifetime(front.id).start) == "1998-03"
    assert registry.get("norvik-shipping-company").parent == front.id
    (member,) = registry.relations("harbour-battalion-of-norvik")
    assert (member.relation, member.parent, str(member.holds.start)) == ("member_of", front.id, "2004")
    assert [(one.label, one.parent, str(one.holds.start)) for one in registry.relations("tarvo-linnet")] == [
        ("chairman", "norvik-liberation-front", "2001-02-03"), ("minister of defence", "syria", "2031-01")]
    assert registry.holders("syria", "defence minister", PartialDate(2031, 5)) == ("tarvo-linnet",)
    assert [name.actor for name in registry.named("ring of norvik")] == ["hamas"]


def test_what_is_read_resolves_against_them(tmp_path):
    (tmp_path / "a.txt").write_text("The Norvik Liberation Front condemned Iran on Monday. "
                                    "Tarvo Linnet met Hezbollah's leaders in Beirut.")
    ledger = sides.open(tmp_path / "a.sides")
    ledger.read(tmp_path / "a.txt", published="2020-06-15", reader="grammar")
    before = {actor.id for actor in ledger.actors() if not actor.is_provisional}
    ledger.import_actors(lines(tmp_path / "entities.ftm.json", ENTITIES))
    ledger.reread(reader="grammar")
    after = {actor.id for actor in ledger.actors() if not actor.is_provisional}
    assert {"norvik-liberation-front", "tarvo-linnet"} <= after - before
    assert ledger.tie("Norvik Liberation Front", "Hezbollah").evidence  # by its chairman


def test_each_line_that_cannot_be_used_is_named_and_the_rest_goes_on(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines(tmp_path / "e.jsonl", [
        FRONT, CHIEF,
        entity("v", "Vessel", name="Sea Norvik"),
        entity("x", "Person", notes="nameless"),
        entity("l1", "Membership", member="nobody", organization="ftm-front"),
        entity("l2", "Ownership", owner="ftm-chief", asset="ftm-front"),
        entity("l3", "Ownership", owner="ftm-front", asset="ftm-front", percentage="3.5 %"),
        entity("l4", "Occupancy", holder="ftm-chief", post="no-post"),
        entity("p", "Person", name="Odo Vintersen", country=["sy", "tr"]),
        entity("q", "Person", name="Ida Vintersen", country="suhh", birthDate="2020-13"),
        FRONT,
        entity("l5", "Membership", member="ftm-front", organization="ftm-front"),
    ])
    with (tmp_path / "e.jsonl").open("a") as file:
        file.write("{not json\n")
    assert main(["import", "actors", "e.jsonl", "-l", "a.sides"]) == 1
    told = capsys.readouterr().err
    for said in ("line 3: a Vessel is no actor", "line 4: 'x' has no name",
                 "line 5: no actor of the file is its member",
                 "line 6: norvik-liberation-front would belong to tarvo-linnet, a person",
                 "line 7: 3.5 percent is no belonging", "line 8: the post 'no-post' is none of the file's positions",
                 "line 9: 'p' is of several states (syria, turkey), so none is taken",
                 "line 10: 'q' is of no state that the registry knows (suhh)", "line 10: begin: ",
                 "line 11: 'ftm-front' is described a second time", "would be member of itself",
                 "line 13: is no entity"):
        assert said in told, (said, told)
    registry = registry_of(sides.open("a.sides"))
    assert registry.get("odo-vintersen").country is None
    assert registry.get("tarvo-linnet") and not registry.get("ida-vintersen")
    assert "odo-vintersen" in {name.actor for name in registry.named("odo vintersen")}
    assert all(f"line {number}:" not in told for number in (1, 2))


def test_results_of_a_query_are_taken_row_by_row(tmp_path):
    rows = [{"item": {"type": "uri", "value": f"{Q}Q999000001"},
             "itemLabel": {"type": "literal", "xml:lang": "en", "value": "Norvik Party"},
             "itemAltLabel": {"type": "literal", "value": "Norvik People's Party, NPPX"},
             "country": {"type": "uri", "value": f"{Q}Q858"},
             "inception": {"type": "literal", "value": "1999-01-01T00:00:00Z"}},
            {"item": {"type": "uri", "value": f"{Q}Q999000002"}},
            {"itemLabel": {"type": "literal", "value": "Nobody"}},
            {"item": {"type": "uri", "value": f"{Q}Q999000003"},
             "itemLabel": {"type": "literal", "value": "Norvik Wing"},
             "parent": {"type": "uri", "value": f"{Q}Q999000009"}}]
    (tmp_path / "q.json").write_text(json.dumps({"head": {"vars": []}, "results": {"bindings": rows}}))
    (tmp_path / "r.csv").write_text(f"item,itemLabel,itemAltLabel\n{Q}Q999000005,Norvik Union,\"NOU, Union of N\"\n"
                                    f"{Q}Q999000006\nnobody,X,\n")
    ledger = sides.open(tmp_path / "a.sides")
    report = ledger.import_actors(tmp_path / "q.json", tmp_path / "r.csv")
    assert report.new == ["norvik-party", "norvik-wing", "norvik-union"]
    told = "\n".join(report.left_out)
    assert len(report.left_out) == 5
    for said in ("row 2: Q999000002 has no itemLabel", "row 3: has no item", "row 4: no actor is parent",
                 "line 3: 3 columns expected", "line 4: item 'nobody' is no Wikidata item"):
        assert said in told
    registry = registry_of(ledger)
    assert registry.get("norvik-party").wikidata == "Q999000001" and registry.get("norvik-party").country == "syria"
    assert str(registry.lifetime("norvik-party").start) == "1999"
    assert {"Norvik People's Party", "NPPX"} <= set(registry.get("norvik-party").names)


def test_importing_the_same_again_changes_nothing_and_a_newer_file_takes_its_place(tmp_path, capsys):
    path, ledger = tmp_path / "e.json", sides.open(tmp_path / "a.sides")
    ledger.import_actors(lines(path, ENTITIES))
    version = ledger.version
    assert main(["import", "actors", str(path), "-l", str(ledger.path)]) == 0
    assert "All was known before" in capsys.readouterr().err
    assert sides.open(ledger.path).version == version
    lines(tmp_path / "more.jsonl", [entity("x", "Person", name="Odo Vintersen")])
    ledger.import_actors(tmp_path / "more.jsonl")
    ledger.import_actors(lines(path, [FRONT]))
    registry = registry_of(ledger)
    assert registry.get("norvik-liberation-front") and registry.get("odo-vintersen")
    assert registry.get("tarvo-linnet") is None


def test_the_order_of_lines_makes_no_difference(tmp_path):
    for name, entities in (("a", ENTITIES), ("b", ENTITIES[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        sides.open(folder / "l.sides").import_actors(lines(folder / "e.json", entities))
    one, other = (sides.open(tmp_path / name / "l.sides")._view().snapshot.registry_files() for name in ("a", "b"))
    assert one[0].content == other[0].content


@pytest.mark.parametrize(("name", "text", "said"), [
    ("a.json", "{}", "holds no results of a query"),
    ("a.jsonl", "nothing at all\n", "is no registry overlay"),
    ("a.csv", "item,itemLabel\nX,Y\n", "Nothing of .* can be used"),
    ("absent.json", None, "cannot be read"),
])
def test_a_file_without_actors_is_refused_whole(tmp_path, name, text, said):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(RegistryError, match=said):
        sides.open(tmp_path / "a.sides").import_actors(tmp_path / name)


def test_the_registry_option_takes_entities_too(tmp_path):
    registry = Registry.load([lines(tmp_path / "e.json", ENTITIES)])
    assert registry.get("tarvo-linnet").country == "syria"
    with pytest.raises(RegistryError, match="line 1: a Vessel is no actor"):
        Registry.load([lines(tmp_path / "f.json", [entity("v", "Vessel", name="Sea Norvik")])])


def test_our_own_export_comes_back_as_the_actors_that_it_tells_of(digest, tmp_path):
    ledger = sides.open(digest)
    ledger.export("ledger", tmp_path / "own.ftm.json", form="ftm")
    written = [json.loads(line) for line in (tmp_path / "own.ftm.json").read_text(encoding="utf-8").splitlines()]
    report = sides.open(tmp_path / "a.sides").import_actors(tmp_path / "own.ftm.json")
    actors = {one["properties"]["name"][0] for one in written
              if one["schema"] in ("Person", "Organization", "PublicBody", "LegalEntity", "Company")}
    registry = registry_of(sides.open(tmp_path / "a.sides"))
    assert {registry.get(actor).name for actor in report.new} <= actors
    known = {actor.id for actor in ledger.actors() if actor.wikidata and Registry.load().get(actor.id)}
    assert set(report.known) <= {actor.id for actor in ledger.actors()} and known & set(report.known)
