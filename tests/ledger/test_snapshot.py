from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sides.ledger.snapshot import Snapshot
from sides.ledger.store import Store
from sides.model.claim_type import ClaimType, Modality
from sides.model.errors import LedgerError

from .factory import claim, document, many_readings, reading

TEXT = ("Hamas left Syria. Iran mediated between Hamas and Syria. Hamas and Iran are allies. Qatar may fund Hamas. "
        "Egypt jailed members.")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Two documents, of 2012 and of March 2021, the second in two outlets."""
    store = Store.create_or_open(tmp_path_factory.mktemp("snapshot") / "l.sides")
    old = document(TEXT, "2012-07-01", "Old Post")
    new = document(TEXT + " Now.", "2021-03", "New Post")
    readings = [reading(of, claims=(
        claim(of, "Hamas left Syria.", "hamas", "syria", ClaimType.RETREAT, start="2012-02"),
        claim(of, "Iran mediated between Hamas and Syria.", "iran", "syria", ClaimType.MEDIATE, third="hamas"),
        claim(of, "Hamas and Iran are allies.", "hamas", "iran", ClaimType.ALLIANCE, start="1992"),
        claim(of, "Qatar may fund Hamas.", "qatar", "hamas", ClaimType.AID, speaker="egypt",
              modality=Modality.POSSIBLE),
        claim(of, "Egypt jailed members.", "egypt", "hamas", ClaimType.COERCE, end="2014", third="qatar"),
    )) for of in (old, new)]
    store.append(readings, [document(TEXT + " Now.", "2021-03-20", "Copy", name="b.txt")])
    return store.snapshot()


def asked(shown: Snapshot, **query: Any) -> list[tuple[str, str]]:
    """Year of the document and type of each claim."""
    published = {found.id: str(found.published)[:4] for found in shown.documents()}
    claims = shown.claims(**query)
    assert [found[0] for found in shown.claims_relation(**query).fetchall()] == [found.id for found in claims]
    return [(published[found.document], found.type.value) for found in claims]


def types(shown: Snapshot, **query: Any) -> set[str]:
    return {name for _, name in asked(shown, **query)}


def test_claims_come_by_date_of_the_document_and_place_in_its_text(shown: Snapshot) -> None:
    names = ["RETREAT", "MEDIATE", "ALLIANCE", "AID", "COERCE"]
    assert asked(shown) == [(year, name) for year in ("2012", "2021") for name in names]


def test_between_goes_both_ways_and_finds_who_is_mediated_for(shown: Snapshot) -> None:
    for pair in (("syria", "hamas"), ("hamas", "syria")):
        assert types(shown, between=pair) == {"RETREAT", "MEDIATE"}
    assert types(shown, between=("iran", "hamas")) == {"MEDIATE", "ALLIANCE"}
    assert types(shown, between=("iran", "syria")) == {"MEDIATE"}
    assert types(shown, between=("qatar", "hamas")) == {"AID"}  # not what has Qatar as a mere beneficiary
    assert asked(shown, between=("hamas", "nobody")) == []


def test_actors_are_found_in_every_role(shown: Snapshot) -> None:
    assert types(shown, actors=["qatar"]) == {"AID", "COERCE"}
    assert asked(shown, actors=[]) == []


def test_an_event_is_about_its_date_and_a_tie_lasts_until_its_document(shown: Snapshot) -> None:
    assert ("2012", "ALLIANCE") not in asked(shown, since=date(2013, 1, 1))
    assert ("2021", "ALLIANCE") in asked(shown, since=date(2013, 1, 1))
    assert "RETREAT" not in types(shown, since=date(2013, 1, 1))
    assert asked(shown, until=date(1992, 6, 1)) == [("2012", "ALLIANCE"), ("2012", "COERCE"), ("2021", "ALLIANCE"),
                                                    ("2021", "COERCE")]  # nobody says since when


def test_what_has_no_date_is_about_the_day_of_its_document(shown: Snapshot) -> None:
    window = {"since": date(2021, 3, 1), "until": date(2021, 4, 1)}
    assert asked(shown, types=["AID"], **window) == [("2021", "AID")]
    assert asked(shown, types=["AID"], since=date(2021, 4, 1)) == []


def test_what_is_not_surely_published_is_not_known(shown: Snapshot) -> None:
    assert {year for year, _ in asked(shown, known=date(2021, 3, 30))} == {"2012"}
    assert {year for year, _ in asked(shown, known=date(2021, 3, 31))} == {"2012", "2021"}
    assert asked(shown, known=date(2012, 6, 30)) == []


def test_other_conditions_and_all_of_them_together(shown: Snapshot) -> None:
    assert types(shown, types=[ClaimType.AID, "MEDIATE"]) == {"AID", "MEDIATE"}
    assert types(shown, modalities=["possible"]) == types(shown, speakers=["egypt"]) == {"AID"}
    assert {year for year, _ in asked(shown, outlets=["Copy"])} == {"2021"}
    assert {year for year, _ in asked(shown, documents=[document(TEXT).id])} == {"2012"}
    assert asked(shown, actors=["iran"], types=["ALLIANCE"], outlets=["Old Post"], known=date(2020, 1, 1),
                 documents=[document(TEXT).id], speakers=["author"], modalities=["asserted"], since=date(2000, 1, 1),
                 until=date(2013, 1, 1), between=("iran", "hamas")) == [("2012", "ALLIANCE")]


def test_one_text_in_place_of_a_collection_is_a_mistake(shown: Snapshot) -> None:
    with pytest.raises(TypeError, match="actors takes a collection"):
        shown.claims(actors="hamas")


def test_sql_in_a_name_is_only_a_name(shown: Snapshot) -> None:
    assert asked(shown, actors=["x') OR true --"]) == [] and asked(shown, between=("' OR '1'='1", "hamas")) == []


def test_a_relation_writes_files_without_objects(shown: Snapshot, tmp_path: Path) -> None:
    relation = shown.claims_relation(types=["RETREAT"])
    relation.write_csv(str(tmp_path / "claims.csv"))
    relation.write_parquet(str(tmp_path / "claims.parquet"))
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["quote"], row["start"], row["holds_first"]) for row in rows] == [
        ("Hamas left Syria.", "2012-02", "2012-02-01")] * 2
    assert not {"batch", "reading"} & set(rows[0])


def test_any_question_can_be_put_in_sql(shown: Snapshot) -> None:
    assert shown.sql("SELECT type, count(*) FROM claims GROUP BY type ORDER BY ALL LIMIT 1").fetchall() == [("AID", 2)]
    for view in ("documents", "readings", "mentions", "actors", "claims", "corrections"):
        columns = shown.sql(f"FROM {view}").columns
        assert columns and not {"batch", "sighting", "digest"} & set(columns)
    assert len(shown.sql("SELECT text FROM documents").fetchall()) == 2


@pytest.mark.parametrize("query", [
    "DROP VIEW claims", "INSERT INTO committed VALUES ('x', 9)", "COPY (SELECT 1) TO 'x.csv'", "SELECT 1; SELECT 2", "",
    "SET threads = 1", "ATTACH 'x.db'", "SELEC", "SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM nothing",
    "SELECT * FROM 'https://127.0.0.1/x.parquet'", "PRAGMA database_list; DROP VIEW claims",
])
def test_sql_neither_changes_nor_reaches_anything(shown: Snapshot, query: str) -> None:
    with pytest.raises(LedgerError):
        shown.sql(query).fetchall()


def test_counts_are_of_what_is_shown(shown: Snapshot) -> None:
    counts = shown.counts()
    assert (counts.documents, counts.sightings, counts.readings, counts.claims) == (2, 3, 2, 10)


def test_only_what_is_not_read_is_left_to_read(store: Store) -> None:
    readings = many_readings(4)
    store.append(readings[:2])
    documents = [one.document for one in readings]
    left = store.snapshot().unread(documents * 2, "grammar", "1")
    assert sorted(left, key=documents.index) == documents[2:]
    assert len(store.snapshot().unread(documents, "grammar", "2")) == 4


def test_documents_can_be_chosen(shown: Snapshot) -> None:
    chosen = document(TEXT).id
    assert [found.id for found in shown.documents([chosen, "nothing"])] == [chosen]
    assert shown.documents([]) == []


def test_a_snapshot_stays_as_it_was_while_others_write(store: Store) -> None:
    readings = many_readings(6)
    store.append(readings[:3])
    before = store.snapshot()
    untouched = store.snapshot()
    store.append(readings[3:])
    assert len(before.claims()) == len(untouched.documents()) * 2 == 6
    assert before.version == 1 and store.snapshot().version == 2
