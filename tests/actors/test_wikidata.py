import json
from pathlib import Path

import pytest

from sides.actors.registry import Registry
from sides.model.dates import PartialDate
from sides.model.errors import RegistryError

ENTITY = "http://www.wikidata.org/entity/"
HEAD = "item,itemLabel,countryLabel,country,positionLabel,start,end"


def laid(tmp_path: Path, name: str, text: str) -> Registry:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return Registry.load([path])


def test_holders_of_an_office_are_added_from_a_query_result(tmp_path: Path) -> None:
    registry = laid(tmp_path, "ministers.csv", f"""{HEAD}
{ENTITY}Q999000001,Adel Testov,Syria,{ENTITY}Q858,Minister of Foreign Affairs of Syria,2031-03-04T00:00:00Z,
{ENTITY}Q999000002,Nour Probe,Syria,{ENTITY}Q858,minister of defence,2031-01-01T00:00:00Z,2032-05-06T00:00:00Z
""")
    assert registry.holders("syria", "foreign minister", PartialDate(2031, 3)) == ("adel-testov",)
    actor = registry.get("adel-testov")
    assert actor is not None and actor.wikidata == "Q999000001" and actor.kind.value == "person"
    post, = (relation for relation in registry.relations("nour-probe") if relation.label)
    assert str(post.holds.start) == "2031" and str(post.holds.end) == "2032-05-06"


def test_an_item_that_is_known_is_extended_and_not_doubled(tmp_path: Path) -> None:
    registry = laid(tmp_path, "names.csv", f"item,itemLabel,altLabel\n{ENTITY}Q858,Syria,Sham Republic\n")
    assert [name.actor for name in registry.named("sham republic")] == ["syria"]
    assert len(registry.ids()) == len(Registry.load().ids())


def test_the_verbose_and_the_plain_json_export_say_the_same(tmp_path: Path) -> None:
    verbose = {"head": {"vars": ["item"]}, "results": {"bindings": [{
        "item": {"type": "uri", "value": f"{ENTITY}Q999000003"},
        "itemLabel": {"type": "literal", "xml:lang": "en", "value": "Front of Tests"},
        "instanceLabel": {"type": "literal", "value": "armed organization"},
        "country": {"type": "uri", "value": f"{ENTITY}Q858"}}]}}
    plain = [{"item": f"{ENTITY}Q999000003", "itemLabel": "Front of Tests", "instanceLabel": "armed organization",
              "country": f"{ENTITY}Q858"}]
    one = laid(tmp_path, "verbose.json", json.dumps(verbose)).get("front-of-tests")
    other = laid(tmp_path, "plain.json", json.dumps(plain)).get("front-of-tests")
    assert one == other
    assert one is not None and (one.kind.value, one.country) == ("organization", "syria")


def test_the_tab_separated_export_has_marks_of_its_own(tmp_path: Path) -> None:
    registry = laid(tmp_path, "q.tsv", f'?item\t?itemLabel\t?kind\n<{ENTITY}Q999000004>\t"League of Proofs"@en\tbloc\n')
    actor = registry.get("league-of-proofs")
    assert actor is not None and actor.kind.value == "bloc"


def test_parents_may_stand_in_the_same_file(tmp_path: Path) -> None:
    registry = laid(tmp_path, "parts.csv", f"""item,itemLabel,kind,parent,relation,start
{ENTITY}Q999000006,Wing of Tests,organization,{ENTITY}Q999000005,wing_of,2020-02-01T00:00:00Z
{ENTITY}Q999000005,Party of Tests,organization,,,
""")
    wing = registry.get("wing-of-tests")
    assert wing is not None and wing.parent == "party-of-tests"


def test_an_abbreviation_needs_context(tmp_path: Path) -> None:
    registry = laid(tmp_path, "a.csv", f"item,itemLabel,altLabel,kind\n{ENTITY}Q999000007,Ring of Tests,ROTX,bloc\n")
    name, = registry.named("rotx")
    assert name.strength.value == "context" and name.is_case_exact


@pytest.mark.parametrize(("text", "fault"), [
    (f"item,itemLabel,country\n{ENTITY}Q999000008,Someone,{ENTITY}Q999999999\n", "line 2: no actor is country 'Q9999"),
    ("item,itemLabel\nSyria,Syria\n", "is no Wikidata item"),
    (f"item,itemLabel\n{ENTITY}Q999000009,Q999000009\n", "has no itemLabel"),
    (f"item,itemLabel,positionLabel\n{ENTITY}Q999000010,A B,president\n", "is in no organization"),
    (f"item,itemLabel\n{ENTITY}Q999000011\n", "2 columns expected"),
])
def test_a_row_that_makes_no_sense_is_refused_with_its_place(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(RegistryError, match=fault):
        laid(tmp_path, "bad.csv", text)


def test_json_that_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no results of a query"):
        laid(tmp_path, "x.json", '{"a": 1}')
