from pathlib import Path

import pytest

from sides.actors.names import fold
from sides.actors.registry import NameType, Registry, Strength
from sides.actors.tables import COLUMNS, shipped
from sides.model.actor import ActorKind
from sides.model.dates import PartialDate
from sides.model.errors import RegistryError


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def actors_alone(registry: Registry, text: str) -> set[str]:
    return {name.actor for name in registry.named(fold(text)) if name.strength is Strength.ALONE}


@pytest.mark.parametrize(("text", "actor"), [
    ("Damascus", "syria"), ("White House", "united-states"),
    ("US", "united-states"),
    ("U.S.", "united-states"), ("American", "united-states"), ("French", "france"), ("Israelis", "israel"),
    ("Emirati", "united-arab-emirates"), ("Saudis", "saudi-arabia"), ("Burkinabe", "burkina-faso"), ("Kyiv", "ukraine"),
    ("Addis", "ethiopia"), ("Delhi", "india"), ("Brussels", "european-union"), ("Ramallah", "palestinian-authority"),
    ("Pyongyang", "north-korea"), ("Turks", "turkey"), ("Naypyidaw", "myanmar"), ("Tel Aviv", "israel"),
    ("Hezbollah", "hezbollah"), ("Hizbullah", "hezbollah"), ("Hizbollah", "hezbollah"), ("Hizballah", "hezbollah"),
    ("IRGC", "irgc"), ("Quds Force", "quds-force"), ("Wagner Group", "wagner-group"), ("RSF", "rsf"), ("M23", "m23"),
    ("Jabhat al-Nusra", "hayat-tahrir-al-sham"), ("Daesh", "islamic-state"), ("FARC", "farc"), ("Tamil Tigers", "ltte"),
    ("Khmer Rouge", "khmer-rouge"), ("Sinn Fein", "sinn-fein"), ("TPLF", "tplf"), ("Al Shabaab", "al-shabaab"),
    ("Boko Haram", "boko-haram"), ("MILF", "milf"), ("Arakan Army", "arakan-army"), ("JNIM", "jnim"),
    ("Viet Cong", "viet-cong"),
    ("Sinaloa Cartel", "sinaloa-cartel"), ("NATO", "nato"), ("Warsaw Pact", "warsaw-pact"), ("ECOWAS", "ecowas"),
    ("Axis of Resistance", "axis-of-resistance"), ("Third Reich", "nazi-germany"), ("Rohingya", "rohingya"),
    ("Uighurs", "uyghurs"), ("Palestinians", "palestinians"), ("Kuomintang", "kuomintang"),
    ("Sandinistas", "sandinistas"),
])
def test_a_name_that_stands_alone_is_its_actor(registry: Registry, text: str, actor: str) -> None:
    found = actors_alone(registry, text)
    assert found == {actor}


@pytest.mark.parametrize("text", ["Congolese", "PP", "Georgetown", "Gaddafi", "Solidarity", "Barbecue", "Victoria"])
def test_an_ambiguous_name_needs_context(registry: Registry, text: str) -> None:
    assert not actors_alone(registry, text)


def test_a_bare_surname_is_never_evidence_alone(registry: Registry) -> None:
    surnames = [name for actor in registry.ids() for name in registry.names_of(actor) if name.type is NameType.SURNAME]
    assert len(surnames) > 1000
    strong = {name.text for name in surnames if name.strength is Strength.ALONE}
    assert strong == set()


def test_short_abbreviations_count_only_in_capitals(registry: Registry) -> None:
    for actor in registry.ids():
        for name in registry.names_of(actor):
            is_short = name.text.isupper() and name.text.isalpha() and len(name.text) < 6
            if name.type is NameType.ABBREVIATION or is_short:
                assert name.is_case_exact, name


def test_every_sovereign_state_has_a_capital_and_a_demonym(registry: Registry) -> None:
    names = {actor: {name.type for name in registry.names_of(actor)} for actor in registry.ids()}
    for state in ("syria", "chad", "peru", "laos", "fiji", "norway", "oman", "benin", "cuba", "kosovo", "taiwan"):
        assert {NameType.CAPITAL, NameType.DEMONYM} <= names[state], state
    states = [actor for actor in registry.ids() if (found := registry.get(actor)) and found.kind is ActorKind.STATE]
    assert len(states) >= 230


def test_dead_states_hold_their_names_only_with_dates(registry: Registry) -> None:
    then = {name.actor: name.holds for name in registry.named("moscow")}
    assert str(then["soviet-union"].end) == "1991"
    assert then["russia"].start is not None
    assert {name.actor for name in registry.named("kremlin")} == {"russia", "soviet-union"}
    sanaa = {name.actor: name.holds for name in registry.named("sanaa")}
    assert sanaa["north-yemen"].end is not None and sanaa["yemen"].start is not None


@pytest.mark.parametrize(("organization", "office", "at", "person"), [
    ("syria", "president", "2013", "bashar-al-assad"), ("united-kingdom", "premier", "1982-05", "margaret-thatcher"),
    ("hamas", "leader", "2010", "khaled-meshaal"), ("hezbollah", "secretary-general", "2006-07", "hassan-nasrallah"),
    ("iran", "foreign minister", "2015-07", "mohammad-javad-zarif"),
    ("united-states", "secretary of state", "1973-10", "henry-kissinger"),
    ("iran", "supreme leader", "2020", "ali-khamenei"), ("germany", "chancellor", "2015", "angela-merkel"),
    ("united-nations", "secretary-general", "1999", "kofi-annan"), ("zimbabwe", "president", "2005", "robert-mugabe"),
    ("russia", "president", "2022-03", "vladimir-putin"), ("india", "prime minister", "1975", "indira-gandhi"),
])
def test_an_office_leads_to_its_holder_at_the_date(registry: Registry, organization: str, office: str, at: str,
                                                   person: str) -> None:
    assert person in registry.holders(organization, office, PartialDate.parse(at))


def test_an_unknown_end_is_not_in_office_for_ever(registry: Registry) -> None:
    assert registry.holders("france", "president", PartialDate(2024)) == ("emmanuel-macron",)
    assert registry.holders("france", "president", PartialDate(2060)) == ()


def test_nobody_holds_an_office_before_taking_it(registry: Registry) -> None:
    assert "bashar-al-assad" not in registry.holders("syria", "president", PartialDate(1999))


def test_members_of_a_bloc_come_with_dates(registry: Registry) -> None:
    finland = [relation for relation in registry.members("nato") if relation.child == "finland"]
    assert [str(relation.holds.start) for relation in finland] == ["2023-04"]
    britain = [relation for relation in registry.relations("united-kingdom") if relation.parent == "european-union"]
    assert str(britain[0].holds.end) == "2020-01"


def test_a_wing_is_a_part_of_its_movement(registry: Registry) -> None:
    brigades = registry.get("qassam-brigades")
    assert brigades is not None and brigades.parent == "hamas" and brigades.country == "palestine"


def test_a_person_is_found_under_another_spelling_in_his_country_only(registry: Registry) -> None:
    assert registry.persons_like("Basher al-Asad", ["syria"]) == ("bashar-al-assad",)
    assert registry.persons_like("Basher al-Asad", ["lebanon"]) == ()
    assert registry.persons_like("Asad", ["syria"]) == ()


def test_head_nouns_say_what_a_phrase_stands_for(registry: Registry) -> None:
    heads = registry.heads()
    assert {heads[noun].treatment for noun in ("official", "regime", "troops", "delegation")} == {"pass"}
    assert heads["parliament"].treatment == "organ"
    assert heads["foreign minister"].treatment == "role"
    assert heads["citizen"].treatment == "people"
    assert heads["war"].treatment == "not-actor"


def test_stops_hold_what_is_never_an_actor_but_no_abbreviation_in_capitals(registry: Registry) -> None:
    assert {"mr", "may", "march", "king", "in", "it"} <= registry.stops()
    assert not {"us", "who", "un"} & registry.stops()


def test_the_widths_of_names_are_known_by_their_first_word(registry: Registry) -> None:
    assert max(registry.widths("united")) >= 3
    assert registry.widths("qwertz") == ()


def test_no_name_is_found_under_what_it_does_not_fold_to(registry: Registry) -> None:
    assert registry.named("Damascus") == ()
    assert registry.get("nobody-at-all") is None


def test_every_row_has_a_listed_source() -> None:
    tables, _ = shipped()
    sources = {row[0] for row in tables["sources"]}
    for table, columns in COLUMNS.items():
        if "source" in columns:
            assert {row[columns.index("source")] for row in tables[table]} <= sources


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_an_overlay_adds_an_actor_with_names_and_relations(tmp_path: Path) -> None:
    overlay = write(tmp_path / "mine.toml", """
[[actors]]
id = "blue-brigade"
label = "Blue Brigade"
kind = "organization"
country = "syria"
names = ["Liwa al-Azraq"]
[[names]]
actor = "blue-brigade"
name = "Blue Brigade"
[[relations]]
child = "blue-brigade"
relation = "splinter_of"
parent = "hamas"
begin = "2020-05"
""")
    registry = Registry.load([overlay])
    assert actors_alone(registry, "Liwa al-Azraq") == {"blue-brigade"}
    assert registry.relations("blue-brigade")[0].parent == "hamas"
    assert registry.version != Registry.load().version
    assert registry.version == Registry.load([overlay]).version


def test_an_overlay_overrides_and_removes(tmp_path: Path) -> None:
    overlay = write(tmp_path / "changes.csv", "op,table,id,label,actor,name\noverride,actors,hamas,HAMAS!,,\n"
                    "remove,names,,,hezbollah,Hizbollah\nremove,actors,nato,,,\n")
    registry = Registry.load([overlay])
    changed = registry.get("hamas")
    assert changed is not None and changed.name == "HAMAS!" and changed.kind is ActorKind.ORGANIZATION
    assert registry.named("hizbollah") == ()
    assert registry.get("nato") is None and registry.members("nato") == () and registry.named("nato") == ()


@pytest.mark.parametrize(("name", "text", "message"), [
    ("names.csv", "actor,name\nhamas,Foo\nnobody,Bar\n", "names.csv line 3: no actor has the id 'nobody'"),
    ("a.csv", "table,id,label,kind\nactors,x,X,tribe\n", "line 2: kind 'tribe' is unknown"),
    ("a.csv", "table,id,label\nactors,Not A Slug,X\n", "line 2: the id 'Not A Slug'"),
    ("a.csv", "table,id\nactors,new-one\n", "line 2: label is missing"),
    ("a.csv", "table,id,label\nactors,hamas,Hamas\n", "is in the registry already"),
    ("a.csv", "table,op,noun\nheads,remove,flibber\n", "nothing to remove"),
    ("a.csv", "table,op,noun\nheads,burn,war\n", "op 'burn' is unknown"),
    ("a.csv", "table,child,relation,parent,begin\nrelations,hamas,part_of,syria,soon\n", "is not a date"),
    ("a.csv", "table,colour\nheads,blue\n", "has no column 'colour'"),
    ("a.csv", "table,noun\nplanets,mars\n", "no table is called 'planets'"),
    ("a.csv", "table,noun\nheads,mars,x\n", "line 2: 2 columns expected"),
    ("a.toml", "[[actors]]\nid = \"x\"\nlabel = \"X\"\n\n[[actors]]\nid = \"y\"\n", "line 5: label is missing"),
    ("a.toml", "[actors]\nid = \"x\"\n", r"line 1: write \[\[actors\]\]"), ("a.toml", "id = = 3", "a.toml: "),
    ("a.txt", "id", "is no registry overlay"),
])
def test_an_overlay_that_makes_no_sense_is_refused_by_file_and_line(tmp_path: Path, name: str, text: str,
                                                                   message: str) -> None:
    overlay = write(tmp_path / name, text)
    with pytest.raises(RegistryError, match=message):
        Registry.load([overlay])


def test_a_missing_or_undecodable_overlay_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="cannot be read"):
        Registry.load([tmp_path / "none.toml"])
    (tmp_path / "bad.csv").write_bytes(b"table\n\xff\xfe")
    with pytest.raises(RegistryError, match="not UTF-8"):
        Registry.load([tmp_path / "bad.csv"])
