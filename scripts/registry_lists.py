"""The open lists that the registry takes facts from: rigour, Archigos, REIGN, Wikidata, Party Facts, UCDP."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from registry_notation import Row, dated, lines, listed, slug

from sides.actors.names import fold, is_same_person_name, skeleton

FIRST_YEAR = 1900  # leaders who left before are in no text that is read for today's conflicts
LEAST_SHARE = 10.0  # per cent of a vote: smaller parties are too many, and their names too ordinary
Csv = dict[str, str]


class Facts(Protocol):
    """What is gathered, as `build_registry.Facts`."""

    tables: dict[str, list[Row]]
    bearers: dict[str, set[str]]
    kinds: dict[str, str]
    countries: dict[str, str]

    def actor(self, row: Row) -> None: ...
    def name(self, row: Row) -> None: ...
    def identify(self, actor: str, wikidata: str) -> None: ...
    def bearer(self, names: Any, kinds: tuple[str, ...], country: str) -> str | None: ...


def add(facts: Facts, folder: Path) -> None:
    """Add what the lists know, after the hand-written facts."""
    by_iso3, by_qid = territories(facts, folder / "countries/territories_rigour.jsonl.gz")
    by_number = numbers()
    titles = leader_titles()
    people = People(facts)
    heads_of_wikidata(people, by_qid, folder / "leaders/heads_of_state_and_government_wikidata_2022.csv")
    archigos(people, by_number, titles, folder / "leaders/archigos_4.1.csv.gz")
    reign(people, by_number, titles, folder / "leaders/reign_leaders_2021-03.csv")
    groups(facts, by_number, folder / "groups/ucdp_actor_22.1.csv.gz")
    parties(facts, by_iso3, folder / "parties")


def is_latin(text: str) -> bool:
    """Whether a text is written in Latin letters."""
    return all(ord(letter) < 0x250 or letter in "’‘–" for letter in text)


def tidy(text: str) -> str:
    """A cell on one line, without blanks around it."""
    return " ".join(text.split())


def table(path: Path, encoding: str = "utf-8") -> Iterator[Csv]:
    """The rows of a CSV file, packed or not."""
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding=encoding, newline="") as file:
        yield from csv.DictReader(file)


def territories(facts: Facts, path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Official names, codes and Wikidata ids of states; dependent territories and provinces as places."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = {row["code"]: row for row in map(json.loads, file)}
    ours = {code: identifier for identifier, code, *_ in lines("states.txt", 8) if code != "-"}
    ours |= {"eu": "european-union", "un": "united-nations"}
    states = {row[0]: place for place, row in enumerate(facts.tables["actors"])}
    by_iso3, by_qid = {}, {}
    for code, row in sorted(found.items()):
        ref = f"code {code}"
        if code in ours:
            actor = ours[code]
            by_qid[row["qid"]] = actor
            place = states[actor]
            facts.tables["actors"][place] = (*facts.tables["actors"][place][:7], row["qid"],
                                             *facts.tables["actors"][place][8:])
            if code in ("eu", "un"):
                continue
            if row.get("alpha3"):
                by_iso3[row["alpha3"].upper()] = actor
                facts.tables["codes"].append((actor, "iso3166-1-alpha3", row["alpha3"].upper(), "", "", "rigour", ref))
            if len(code) == 2:
                facts.tables["codes"].append((actor, "iso3166-1-alpha2", code.upper(), "", "", "rigour", ref))
            if is_latin(row["full_name"]) and "(" not in row["full_name"]:
                facts.name((actor, row["full_name"], "official", "en", "", "", "alone", "any", "rigour", ref))
            continue
        name = re.sub(r" \(.*\)", "", row["name"]).removesuffix(" SAR")
        if code in ("zz", "ip", "zr", "us-ga", "aq") or code.startswith("su-") or fold(name) in facts.bearers:
            continue
        parent = ours.get(row.get("parent") or code.split("-")[0], "")
        actor = slug(name) if slug(name) not in facts.kinds else slug(f"{name} {parent}")
        is_subdivision = "-" in code
        what = "province or region" if is_subdivision else "territory"
        facts.actor((actor, "other", name, what, parent, "", "", row["qid"], "rigour", ref))
        strength = "never-alone" if is_subdivision else "context"
        facts.name((actor, name, "name", "en", "", "", strength, "any", "rigour", ref))
    return by_iso3, by_qid


def numbers() -> dict[int, list[tuple[str, str, str]]]:
    """The states of the numbers of the Correlates of War, with dates."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for (line,) in lines("cow.txt", 1):
        for entry in listed(line):
            number, *states = entry.split(" ")
            found[int(number)] = [dated(state) for state in states]
    return found


def at(places: list[tuple[str, str, str]], day: str) -> str | None:
    """The one of several dated things that holds on a day."""
    return next((place for place, begin, end in places if begin <= day and (not end or day < end)), None)


def leader_titles() -> dict[str, list[tuple[str, str, str]]]:
    """What the leaders of a state are called, with dates."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for (line,) in lines("leader_titles.txt", 1):
        title, _, field = line.partition(": ")
        for entry in listed(field):
            state, begin, end = dated(entry)
            found.setdefault(state, []).append((title, begin, end))
    return found


def sound(name: str) -> str:
    """What all spellings of a full name share: the consonants of its ends, those aside that may be heard two ways."""
    parts = skeleton(name).split(" ")
    return " ".join(re.sub(r"(.)\1+", r"\1", part.replace("j", "k").replace("v", "")) for part in (parts[0], parts[-1]))


class People:
    """Persons of a state under all the names that lists give them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.called: dict[tuple[str, str], list[str]] = {}
        self.sounding: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in facts.tables["names"]:
            if facts.kinds[row[0]] == "person" and row[2] != "surname":
                self.enter(row[0], row[1], facts.countries[row[0]])
        self.qids = {row[0]: row[7] for row in facts.tables["actors"] if row[7]}
        self.of_qid = {qid: actor for actor, qid in self.qids.items()}
        self.posts: dict[tuple[str, str], list[Row]] = {}
        for row in facts.tables["roles"]:
            self.posts.setdefault((row[0], row[2]), []).append(row)

    def enter(self, actor: str, name: str, state: str) -> None:
        """Note that a person of a state bears this name."""
        self.called.setdefault((state, fold(name)), []).append(actor)
        self.sounding.setdefault((state, sound(name)), []).append((actor, name))

    def find(self, name: str, state: str, wikidata: str = "") -> str | None:
        """The person of a state with this Wikidata id, or who bears this name, in this or another spelling."""
        if wikidata in self.of_qid:
            return self.of_qid[wikidata]
        found = [*self.called.get((state, fold(name)), ()),
                 *(actor for actor, other in self.sounding.get((state, sound(name)), ())
                   if is_same_person_name(name, other))]
        return next((actor for actor in found if not wikidata or self.qids.get(actor, wikidata) == wikidata), None)

    def take(self, name: str, state: str, source: str, ref: str, wikidata: str = "", strength: str = "alone",
             has_surname: bool = True) -> str:
        """The id of a person, who is added if not yet known."""
        actor = self.find(name, state, wikidata)
        facts = self.facts
        if actor is None:
            actor = slug(name) if slug(name) not in facts.kinds else slug(f"{name} {state}")
            if actor in facts.kinds:
                actor = slug(f"{name} {state} {ref}")
            facts.actor((actor, "person", name, "", state, "", "", wikidata, source, ref))
            last = re.sub(r",? (?:Jr\.?|Sr\.?|I{1,3}|IV|VI{0,3})$", "", name)
            found = re.search(r"(?:(?:al|el|bin|ben)[- ]|de |van |von |da |del )?\S+$", last)
            if found and " " in last and has_surname:
                facts.name((actor, found.group(), "surname", "en", "", "", "context", "any", source, ref))
        if wikidata and actor not in self.qids:
            self.qids[actor], self.of_qid[wikidata] = wikidata, actor
            facts.identify(actor, wikidata)
        strength = strength if " " in name else "context"
        facts.name((actor, name, "name", "en", "", "", strength, "any", source, ref))
        self.enter(actor, name, state)
        return actor

    def post(self, actor: str, office: str, state: str, begin: str, end: str, precision: str, source: str,
             ref: str) -> None:
        """Add a post, unless one of that person in that state is known for that time, better than as a leader."""
        known = self.posts.setdefault((actor, state), [])
        for row in known:
            is_same_time = row[3][:4] and abs(int(row[3][:4]) - int(begin[:4])) <= 1
            is_within = row[3] and row[3] <= begin and (not row[4] or begin < row[4])
            if (is_same_time or (office == "leader" and is_within)) and (row[1] == office or office == "leader"):
                if end and row[5] == "unknown-end" and row[1] == office and source == "wikidata-holders":
                    self.facts.tables["roles"].remove(row)
                    known.remove(row)
                    break
                return
        row = (actor, office, state, begin, end, precision, source, ref)
        known.append(row)
        self.facts.tables["roles"].append(row)


def heads_of_wikidata(people: People, by_qid: dict[str, str], path: Path) -> None:
    """Holders of the two highest offices in 2022, by year."""
    for row in table(path):
        state = by_qid.get(row["countryid"])
        name = row["officeholderLabel"]
        if state is None or not is_latin(name) or re.fullmatch(r"Q\d+", name):
            continue
        office = re.sub(r"(?: of| in)(?: the)? .*", "", row["positionLabel"]).lower()
        office = {"monarch": "king", "federal chancellor": "chancellor"}.get(office, office)
        ref = f"{row['officeholder']} {row['position']}"
        actor = people.take(name, state, "wikidata", ref, row["officeholder"])
        if row["start_year"]:
            precision = "year" if row["end_year"] else "unknown-end"
            people.post(actor, office, state, row["start_year"], row["end_year"], precision, "wikidata", ref)


def archigos(people: People, by_number: dict[int, list[tuple[str, str, str]]],
             titles: dict[str, list[tuple[str, str, str]]], path: Path) -> None:
    """Effective leaders to 2015, those whose full name the list's address at DBpedia gives."""
    for row in table(path):
        address = row["dbpedia_uri"]
        if "/resource/" not in address or row["enddate"][:4] < str(FIRST_YEAR) or row["enddate"] == "NA":
            continue
        name = re.sub(r"\s*[(,].*", "", unquote(address.rsplit("/resource/", 1)[1]).replace("_", " ")).strip()
        state = at(by_number.get(int(row["ccode"]), []), row["startdate"])
        is_page_of_office = re.search(r"\b(of|List|President|Junta|Council|Committee|government)\b", name)
        if state is None or " " not in name or is_page_of_office or not is_latin(name):
            continue
        is_open = row["exit"] == "Still in Office"
        actor = people.take(name, state, "archigos", row["obsid"])
        people.post(actor, at(titles.get(state, []), row["startdate"]) or "leader", state, row["startdate"],
                    "" if is_open else row["enddate"], "unknown-end" if is_open else "day", "archigos", row["obsid"])


def reign(people: People, by_number: dict[int, list[tuple[str, str, str]]],
          titles: dict[str, list[tuple[str, str, str]]], path: Path) -> None:
    """Leaders who took office from 2014 on, or were still in office then, under their full names."""
    for row in table(path):
        begin = f"{int(row['syear']):04d}-{int(row['smonth']):02d}-{int(row['sdate'] or 1):02d}"
        state = at(by_number.get(int(float(row["ccode"])), []), begin)
        name = " ".join(row["leader"].split())
        if state is None or begin < "2014" or " " not in name or not is_latin(name):
            continue
        end = f"{int(row['eyear']):04d}-{int(row['emonth']):02d}" if row["eyear"] and row["emonth"] else ""
        actor = people.take(name, state, "reign", row["leadid"])
        people.post(actor, at(titles.get(state, []), begin) or "leader", state, begin, end,
                    "month" if end else "unknown-end", "reign", row["leadid"])


def groups(facts: Facts, by_number: dict[int, list[tuple[str, str, str]]], path: Path) -> None:
    """Formally organized armed groups."""
    for row in table(path, "utf-8-sig"):
        short, full = tidy(row["NameData"]), tidy(row["NameOrigFullEng"])
        if row["Org"] != "1" or re.search(r"\(|faction|forces of|^Government|\bgang$", short):
            continue
        wide = [name.strip() for name in (full, tidy(row["NameOrigFull"])) if is_name(name)]
        place = re.match(r"\d+", row["GWNOLoc"])
        states = by_number.get(int(place.group()), []) if place else []
        state = states[-1][0] if states and "," not in row["Location"] else ""
        ref = f"actor {row['ActorId']}"
        is_state = any(facts.kinds[actor] == "state" for name in wide for actor in facts.bearers.get(fold(name), ()))
        if is_state or (not wide and not is_name(short)):
            continue
        actor = facts.bearer([*wide, short], ("organization", "organ", "bloc"), state)
        if actor is None:
            label = wide[0] if wide else short
            actor = slug(label) if slug(label) not in facts.kinds else slug(f"{label} {short}")
            if actor in facts.kinds:
                actor = slug(f"{label} ucdp {row['ActorId']}")
            facts.actor((actor, "organization", label, "armed group", state, "", "", "", "ucdp", ref))
        for name in [short, *wide]:
            if not is_name(name):
                continue
            is_short = name.isupper() and len(name) <= 8
            is_plain = name.count(" ") < 2 or fold(name) in facts.bearers
            strength = "context" if is_short or is_plain else "alone"
            facts.name((actor, name, "abbr" if is_short else "name", "en", "", "", strength,
                        "exact" if is_short else "any", "ucdp", ref))


def is_name(text: str) -> bool:
    """Whether a cell holds a name and not "n/a" or a list of names."""
    return bool(text) and text not in ("n/a", "NA") and not re.search(r"[,/(:;]|\d{4}", text) and is_latin(text) \
        and len(text) > 2


def parties(facts: Facts, by_iso3: dict[str, str], folder: Path) -> None:
    """Political parties with a Wikidata id and a sizeable vote; their short names need context."""
    qids = {row["partyfacts_id"]: row["wikidata_id"] for row in table(folder / "partyfacts_wikidata.csv.gz")}
    rows = [row for row in table(folder / "partyfacts_core_parties.csv.gz")
            if not row["technical"] and row["country"] in by_iso3 and row["partyfacts_id"] in qids
            and float(row["share"] or 0) >= LEAST_SHARE]
    bearers: dict[str, set[str]] = {}
    spelled: dict[str, list[str]] = {}
    for row in rows:
        cells = [row["name_english"], row["name"], *re.split(r", | / ", row["name_other"])]
        names = [tidy(part) for cell in cells for part in cell.split(" / ")]
        spelled[row["partyfacts_id"]] = [name for name in dict.fromkeys(names) if is_name(name) and len(name) < 70]
        for name in spelled[row["partyfacts_id"]]:
            bearers.setdefault(fold(name), set()).add(row["partyfacts_id"])
    for row in sorted(rows, key=lambda row: int(row["partyfacts_id"])):
        state, names, ref = by_iso3[row["country"]], spelled[row["partyfacts_id"]], f"party {row['partyfacts_id']}"
        if not names:
            continue
        actor = facts.bearer(names, ("organization",), state)
        if actor is None:
            actor = slug(names[0]) if slug(names[0]) not in facts.kinds else slug(f"{names[0]} {state}")
            if actor in facts.kinds:
                actor = slug(f"{names[0]} {state} {row['partyfacts_id']}")
            end = row["year_last"] if len(row["year_last"]) == 4 else ""
            facts.actor((actor, "organization", names[0], "political party", state, "", end,
                         qids[row["partyfacts_id"]], "partyfacts", ref))
        for name in names:
            is_plain = name.count(" ") < 2 or len(bearers[fold(name)]) > 1 or fold(name) in facts.bearers
            strength = "context" if is_plain else "alone"
            facts.name((actor, name, "name", "en", "", "", strength, "any", "partyfacts", ref))
        short = tidy(row["name_short"])
        if is_name(short) and " " not in short and len(short) <= 8 and short.upper() == short:
            facts.name((actor, short, "abbr", "en", "", "", "context", "exact", "partyfacts", ref))
