"""Each adapter on made-up records under the dataset's own columns."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sides.actors.registry import Registry
from sides.events.blocks import blocks_of
from sides.events.converter import Converter
from sides.events.gathering import gathering
from sides.events.mapping import shipped
from sides.events.recognize import recognized
from sides.events.sides import Sides

FIELDS = "source, source_sector, target, target_sector, type, start_first, start_last, goldstein"


def read(path: Path, dataset: str | None = None, columns: str = FIELDS) -> tuple[list[Any], dict[str, int]]:
    """What the records of a file become, and what is left out."""
    mapping = shipped()[dataset or recognized(path, shipped())]
    (block,) = blocks_of(path, mapping.table)
    with duckdb.connect() as connection:
        account = Converter(connection, mapping, Sides(registry())).convert(block)
        rows = connection.execute(f"SELECT {columns} FROM converted ORDER BY record, id").fetchall()
    with gathering(registry=registry()) as found:
        (told,) = found.read([path], dataset)
    assert told.account == replace(account, file=str(path)), told.error
    return [tuple(str(one) if one is not None else None for one in row) for row in rows], account.left_out


@cache
def registry() -> Registry:
    return Registry.load()


def gdelt(dataset: str, **given: str) -> str:
    """A made-up line of GDELT."""
    return "\t".join(given.get(name, "") for name in shipped()[dataset].table.columns)


@pytest.mark.parametrize(("dataset", "name", "added"), [
    ("gdelt-2", "20191024143000.export.CSV.gz", "20191024143000"), ("gdelt-1", "20160728.export.CSV", "20160728"),
    ("gdelt-1-backfile", "198201.csv", "19820101")])
def test_gdelt(tmp_path, dataset, name, added):
    usual = {"SQLDATE": "20121105", "DATEADDED": added, "EventCode": "190", "GoldsteinScale": "-10.0"}
    lines = [
        gdelt(dataset, GLOBALEVENTID="1", Actor1Code="ISRMIL", Actor1Name='THE "ARMY"', Actor2Code="PSEREBHMS",
              **usual),
        gdelt(dataset, GLOBALEVENTID="2", Actor1Code="GOV", Actor1Name="GOVERNMENT", Actor2Code="ISR", **usual),
        gdelt(dataset, GLOBALEVENTID="3", Actor1Code="SYRREB", Actor2Code="TUR", **{**usual, "EventCode": "0211"}),
        gdelt(dataset, GLOBALEVENTID="4", Actor1Code="SYRREB", Actor2Code="TUR", **{**usual, "EventCode": "057"}),
        gdelt(dataset, GLOBALEVENTID="5", Actor1Code="USA", **usual),
        gdelt(dataset, GLOBALEVENTID="6", Actor1Code="USAGOV", Actor2Code="USA", **usual),
        gdelt(dataset, GLOBALEVENTID="7", Actor1Code="USA", Actor2Code="IRN", **{**usual, "SQLDATE": "20121305"}),
        gdelt(dataset, GLOBALEVENTID="8", Actor1Code="USA", Actor2Code="IRN", **{**usual, "EventCode": "999"}),
        "a line that was cut",
    ]
    path, content = tmp_path / name, ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    rows, left_out = read(path)
    assert rows == [
        ("israel", "MIL", "hamas", None, "ASSAULT", "2012-11-05", "2012-11-05", "-10.0"),
        ("syrreb", None, "turkey", None, "SUPPORT", "2012-11-05", "2012-11-05", "-10.0")]
    assert left_out == {"columns": 1, "date": 1, "code": 1, "relation": 1, "side": 1, "nobody": 1, "same": 1}


def test_icews(tmp_path):
    header = ("Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
              "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t"
              "Province\tCountry\tLatitude\tLongitude")
    rest = "\t7\t1\tA Paper\tNA\tNA\tNA\tNA\tNA\tNA"
    path = tmp_path / "events.2016.made.tab"
    path.write_text("\n".join([
        header,
        "1\t2016-05-02\tBarack Obama\tGovernment\tUnited States\tConsult\t040\t1\tPolice (France)\tPolice\tFrance"
        + rest,
        "1\t2017-05-02\tDonald Trump\tNA\tUnited States\tConsult\t040\t1\tGermany\tNA\tGermany" + rest,
        "2\t2016-05-02\tArmed Gang (Haiti)\tNA\tHaiti\tConsult\t190\t-10\tHaiti\tNA\tHaiti" + rest, ""]),
        encoding="utf-8")
    rows, left_out = read(path)
    assert rows[0][0] in ("barack-obama", "united-states")
    assert rows[0][2:5] == ("france", "Police Police", "CONSULT")
    assert rows[2][0] == "armed-gang-haiti"
    assert rows[2][2] == "haiti"
    assert not left_out


def test_polecat(tmp_path):
    names = ("Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\t"
             "Primary Actor Sector\tRecipient Name\tRecipient Country\tPrimary Recipient Sector\tSource\t"
             "Publication Date")
    path = tmp_path / "ngecEvents.made.txt"
    path.write_bytes((names + "\n" + "\n".join([
        "x1\t2023-01-03\tAID\tNone\t10\tM\tNone\tPoland\tPOL\tGOV\tUkraine\tUKR\tGOV\tMade\t2023-01-04",
        "x2\t2023-01-03\tAID\tNone\t10\tM\tNone\tPoland\tPOL\tGOV\tNone\tNone\tNone\tMade\t2023-01-04",
        ""])).encode()
        + "x3\t2023-01-03\tACCUSE\tNone\t-3\tV\tNone\tJosé\tESP\tCVL\tFrance\tFRA\tGOV\tM\t2023-01-04\n".encode(
            "latin-1"))
    rows, left_out = read(path)
    assert rows[0][:5] == ("poland", "GOV", "ukraine", "GOV", "AID")
    assert rows[1][:5] == ("spain", "José CVL", "france", "GOV", "ACCUSE")
    assert left_out == {"side": 1}


def test_cow_dates_are_as_exact_as_they_are_told(tmp_path):
    path = tmp_path / "mie_made.csv"
    path.write_text("micnum,eventnum,ccode1,ccode2,stmon,stday,styear,endmon,endday,endyear,sidea1,action,hostlev\r\n"
                    "2,1,2,200,5,-9,1902,5,-9,1902,1,7,3\r\n3,1,255,220,8,3,1914,8,4,1914,1,1,5\r\n")
    rows, left_out = read(path, columns="source, target, type, start_first, start_last, end_last")
    assert rows == [("united-states", "united-kingdom", "MOBILIZE", "1902-05-01", "1902-05-31", "1902-05-31"),
                    (rows[1][0], "france", "ASSAULT", "1914-08-03", "1914-08-03", "1914-08-04")]
    assert rows[1][0] in ("germany", "german-empire")
    assert not left_out


def test_acled_dates_places_and_quotes(tmp_path):
    names = ("event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
             "actor2,inter2,country,source,notes,fatalities,timestamp")
    path = tmp_path / "made_acled.csv"
    path.write_text("\n".join([
        names,
        'SYR1,2022-03-05,2022,2,Battles,Armed clash,Military Forces of Turkey (2016-),,8,'
        'Military Forces of Syria (2000-2024),1,Syria,A; B,"Said ""so"",\nin two lines",3,1',
        "SYR2,28 March 2022,2022,3,Protests,Peaceful protest,Protesters (Syria),,6,Military Forces of Turkey (2016-),8,"
        "Syria,A,No.,0,1",
        "SYR3,2022-03-05,2022,1,Battles,Armed clash,Unidentified Armed Group (Syria),,3,"
        "Military Forces of Syria (2000-2024),1,Syria,A,No.,0,1"]))
    rows, left_out = read(path)
    assert rows == [
        ("turkey", "Military Forces", "syria", "Military Forces", "ASSAULT", "2022-03-02", "2022-03-08", None),
        ("syria", "Protesters", "turkey", "Military Forces", "PROTEST", "2022-03-01", "2022-03-31", None)]
    assert left_out == {"nobody": 1}


def test_a_row_of_an_armed_conflict_gives_a_claim_for_each_pair_and_each_second_party(tmp_path):
    names = ('"conflict_id","location","side_a","side_a_id","side_a_2nd","side_b","side_b_id","side_b_2nd","year",'
             '"type_of_conflict","gwno_a","gwno_a_2nd","gwno_b","gwno_b_2nd"')
    path = tmp_path / "ucdp_prio_made.csv"
    path.write_text(names + '\n"1","Israel","Government of Israel","121","","Hamas, PIJ","208, 209","",'
                    '"2014","3","666","652, 645","",""\n')
    rows, _ = read(path, columns="source, type, target, start_first, start_last")
    assert {row[:3] for row in rows} == {
        ("israel", "HOSTILE", "hamas"), ("israel", "HOSTILE", "palestinian-islamic-jihad"),
        ("syria", "BACKING", "israel"), ("iraq", "BACKING", "israel")}
    assert {row[3:] for row in rows} == {("2014-01-01", "2014-12-31")}


def test_the_cline_centers_phoenix(tmp_path):
    path = tmp_path / "PhoenixMade_1945-2005.csv"
    path.write_text(
        "eid,story_date,year,month,day,source,source_root,source_agent,source_others,target,target_root,target_agent,"
        "target_others,code,root_code,quad_class,goldstein,joined_issues,lat,lon,placename,statename,countryname,aid,"
        "process\n7,10/6/1973,1973,10,6,EGYMIL,EGY,MIL,,ISR,ISR,,,190,19,4,-10,,,,,,,made,x\n")
    rows, left_out = read(path)
    assert rows == [("egypt", "MIL", "israel", None, "ASSAULT", "1973-10-06", "1973-10-06", "-10.0")]
    assert not left_out
