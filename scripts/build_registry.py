"""Build the tables of the actor registry: `src/sides/data/registry/*.tsv`.

    python scripts/build_registry.py [--lists ../shared/data/actors]

Hand-written facts come from `scripts/registry`, in the notation that its README describes; the rest from open lists
(see `scripts/registry_lists.py`), which are not part of this repository: without `--lists` the rows that came from them
are taken over from the tables as they stand. The result depends on nothing else and is the same every time.

From the persons among them it writes two word lists of resolution, first names and the last names of leaders.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import registry_doubles
import registry_facts
import registry_lists
from registry_notation import FACTS, OWN_REF, Row, dated, lines, listed, name_row, slug, span

from sides.actors.names import fold
from sides.actors.tables import COLUMNS, KEYS, parse

TARGET = Path(__file__).parents[1] / "src" / "sides" / "data" / "registry"
GIVEN_NAMES = TARGET.parent / "resolution" / "given_names.tsv"
LEADER_SURNAMES = TARGET.parent / "resolution" / "leader_surnames.tsv"
NAME_MIN = 3  # letters
SHORT = 6  # letters: in small ones such a word is often another: eta, alba, is
LEADERS = ("archigos", "reign")  # lists that tell who was in power
HANDOVER_YEARS = 0.3
RELATIONS = {"of": "part_of", "wing": "wing_of", "in": "member_of", "from": "splinter_of", "into": "merged_into",
             "after": "successor_of"}


class Facts:
    """The rows gathered so far, and who bears which name."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self.bearers: dict[str, set[str]] = {}
        self.kinds: dict[str, str] = {}
        self.countries: dict[str, str] = {}
        self.named: set[tuple[str, str, str]] = set()
        self.places: dict[str, int] = {}

    def actor(self, row: Row) -> None:
        """Add an actor. Two facts about one id are a mistake."""
        if row[0] in self.kinds:
            raise SystemExit(f"two actors have the id {row[0]}")
        self.kinds[row[0]], self.countries[row[0]] = row[1], row[4]
        self.places[row[0]] = len(self.tables["actors"])
        self.tables["actors"].append(row)

    def identify(self, actor: str, wikidata: str) -> None:
        """Give an actor without one a Wikidata id."""
        rows = self.tables["actors"]
        place = self.places[actor]
        rows[place] = (*rows[place][:7], wikidata, *rows[place][8:])

    def fill(self, actor: str, row: Row) -> None:
        """Take description and Wikidata id from another row where an actor has none."""
        rows, place = self.tables["actors"], self.places[actor]
        ours = rows[place]
        rows[place] = (*ours[:3], ours[3] or row[3], *ours[4:7], ours[7] or row[7], *ours[8:])

    def name(self, row: Row) -> None:
        """Add a name, unless the actor bears it already for that time. A short one in capitals is an abbreviation."""
        if row[1].isupper() and row[1].isalpha() and len(row[1]) <= SHORT:
            row = (*row[:2], "abbr" if row[2] == "name" else row[2], *row[3:7], "exact", *row[8:])
        spell = row[4] + row[5] if row[2] in ("capital", "seat", "former") else ""
        key = (row[0], fold(row[1]), spell + row[7])
        if key in self.named or not key[1]:
            return
        self.named.add(key)
        self.bearers.setdefault(key[1], set()).add(row[0])
        self.tables["names"].append(row)

    def merge(self, kept: dict[str, str]) -> None:
        """Let what is told of some actors be told of others, and drop them.

        Of one post told twice the first stays, or the first with an end.
        """
        tables = self.tables
        lost = {row[0]: row for row in tables["actors"] if row[0] in kept}
        actors, names = tables["actors"], tables["names"]
        self.tables = {**tables, "actors": [], "names": []}
        for index in (self.bearers, self.kinds, self.countries, self.named, self.places):
            index.clear()
        for row in actors:
            if row[0] not in kept:
                self.actor(row)
        for actor, into in sorted(kept.items()):
            self.fill(into, lost[actor])
        has_surname = {row[0] for row in names if row[2] == "surname" and row[0] not in kept}
        for row in sorted(names, key=lambda row: row[0] in kept):
            if row[0] not in kept or row[2] != "surname" or kept[row[0]] not in has_surname:
                self.name((kept.get(row[0], row[0]), *row[1:]))
        for table in ("roles", "relations", "codes"):
            rows = sorted(tables[table], key=lambda row: row[0] in kept)
            self.tables[table] = [(kept.get(row[0], row[0]), row[1], kept.get(row[2], row[2]), *row[3:])
                                  for row in rows]
        self.tables["relations"] = [row for row in self.tables["relations"] if row[0] != row[2]]
        changed = set(kept.values())
        posts: dict[Row, list[Row]] = {}
        for row in self.tables["roles"]:
            told = posts.setdefault(row[:3], [])
            same = [place for place, other in enumerate(told) if row[0] in changed and is_one_post(row, other)]
            if not same:
                told.append(row)
            elif row[4] and told[same[0]][5] == "unknown-end" and told[same[0]][6] in registry_facts.SOURCES:
                told[same[0]] = row
        self.tables["roles"] = [row for told in posts.values() for row in told]

    def bearer(self, names: Iterable[str], kinds: tuple[str, ...], country: str) -> str | None:
        """The actor of one of these kinds and this state, or of no state, who bears one of these names."""
        for name in names:
            found = sorted(actor for actor in self.bearers.get(fold(name), ()) if self.kinds[actor] in kinds
                           and (self.countries[actor] in (country, "") or not country))
            if len(found) == 1:
                return found[0]
        return None


def is_one_post(row: Row, other: Row) -> bool:
    """Whether two rows of a person in one office are of one term."""
    if row[3] and other[3]:
        return abs(int(row[3][:4]) - int(other[3][:4])) <= 1
    return row[3:5] == other[3:5]


def states(facts: Facts) -> None:
    """States, with demonyms, capitals and seats."""
    for identifier, _, label, demonyms, capitals, others, spell, description in lines("states.txt", 8):
        begin, end = span(spell)
        facts.actor((identifier, "state", label, description or "state", "", begin, end, "", "own", OWN_REF))
        facts.name(name_row(identifier, label))
        for kind, field in (("demonym", demonyms), ("capital", capitals), ("name", others)):
            for written in listed(field):
                facts.name(name_row(identifier, written, kind))


def succession(facts: Facts) -> None:
    """A name that a state of the past had until some day is its successor's from that day on: Moscow, Prague."""
    until: dict[str, str] = {}
    for row in facts.tables["names"]:
        if row[5] and row[6] == "alone":
            until[fold(row[1])] = max(row[5], until.get(fold(row[1]), ""))
    for place, row in enumerate(facts.tables["names"]):
        if not row[4] and not row[5] and row[6] == "alone" and fold(row[1]) in until:
            facts.tables["names"][place] = (*row[:4], until[fold(row[1])], *row[5:])


def organizations(facts: Facts, file: str) -> None:
    """Organizations, organs, blocs and peoples, with their places in others."""
    for identifier, kind, label, country, places, names, spell, description in lines(file, 8):
        actor = identifier or slug(label.lstrip("~!"))
        begin, end = span(spell)
        facts.actor((actor, kind, label.lstrip("~!="), description, country, begin, end, "", "own", OWN_REF))
        facts.name(name_row(actor, label))
        for written in listed(names):
            facts.name(name_row(actor, written))
        for written in listed(places):
            relation, _, rest = written.partition(" ")
            parent, since, until = dated(rest)
            facts.tables["relations"].append((actor, RELATIONS[relation], parent, since, until, "own", OWN_REF))


def persons(facts: Facts) -> None:
    """Persons, with their posts: `office@organization 2004..2017`."""
    for label, country, names, posts, description in lines("persons.txt", 5):
        actor = slug(label)
        facts.actor((actor, "person", label, description, country, "", "", "", "own", OWN_REF))
        facts.name(name_row(actor, label))
        for written in listed(names):
            facts.name(name_row(actor, written))
        facts.name((actor, surname(label), "surname", "en", "", "", "context", "any", "own", OWN_REF))
        for written in listed(posts):
            found = re.fullmatch(r"(?P<office>[^@]+)@(?P<where>[a-z0-9-]+)(?: (?P<spell>[\d.-]+))?", written)
            if found is None:
                raise SystemExit(f"persons.txt: {label}: {written!r} is no post")
            begin, end = span(found["spell"] or "")
            facts.tables["roles"].append(
                (actor, found["office"].strip(), found["where"], begin, end, precision(begin, end), "own", OWN_REF))


def officials(facts: Facts) -> None:
    """Holders of offices of states, by year, who are added to the persons if they are not among them."""
    people = registry_lists.People(facts)
    for state, office, field in lines("officials.txt", 3):
        for written in listed(field):
            found = re.fullmatch(r"(?P<name>\D+) (?P<begin>\d{4})(?P<open>\.\.)?(?P<end>\d{4})?", written)
            if found is None:
                raise SystemExit(f"officials.txt: {state}: {written!r} is no term")
            begin, end = found["begin"], found["end"] or ("" if found["open"] else found["begin"])
            known = slug(found["name"])  # whatever state a person is told to be of
            actor = known if facts.kinds.get(known) == "person" else people.take(found["name"], state, "own", OWN_REF)
            people.post(actor, office, state, begin, end, precision(begin, end), "own", OWN_REF)


def precision(begin: str, end: str) -> str:
    """How exact a spell is: its least exact end, or `unknown-end`."""
    if not begin:
        return ""
    return {4: "year", 7: "month", 10: "day"}[min(len(begin), len(end))] if end else "unknown-end"


def surname(label: str) -> str:
    """The last part of a name with the article that belongs to it."""
    bare = re.sub(r",? (?:Jr\.?|Sr\.?|I{1,3}|IV|VI{0,3})$", "", label)
    found = re.search(r"(?:(?:al|el|ad|as|ar|an|at|ash|bin|ben)[- ]|(?:de|van|von|da|del) )?(?:Abu |Suu )?\S+$", bare)
    return found.group() if found else bare


def members(facts: Facts) -> None:
    """Who belongs to which bloc: `bloc | member@begin..end; ...`."""
    for bloc, field in lines("members.txt", 2):
        for written in listed(field):
            member, begin, end = dated(written)
            facts.tables["relations"].append((member, "member_of", bloc, begin, end, "own", OWN_REF))


def words(facts: Facts) -> None:
    """Head nouns, titles of offices, stops and sources."""
    abbreviations = {fold(row[1]) for row in facts.tables["names"] if row[7] == "exact" and row[6] == "alone"}
    for table in ("heads", "stops"):
        seen: set[str] = set()
        for (line,) in lines(f"{table}.txt", 1):
            value, _, field = line.partition(": ")
            for word in listed(field):
                key = word.lower() if table == "heads" else fold(word)
                # A word in capitals that is a name needing no context is no stop: US, IS, WHO.
                if key not in seen and not (table == "stops" and key in abbreviations):
                    seen.add(key)
                    facts.tables[table].append((word.lower() if table == "heads" else word, value, "own", OWN_REF))
    titles: set[str] = set()
    for (line,) in lines("offices.txt", 1):
        head, _, field = line.partition(":")
        office, relation = re.fullmatch(r"(.+) \((\w+)\)", head).groups()  # type: ignore[union-attr]
        for title in [office, *listed(field)]:
            if fold(title) not in titles:
                titles.add(fold(title))
                facts.tables["offices"].append((fold(title), fold(office), relation, "own", OWN_REF))
    for key, licence, citation, version, horizon in lines("sources.txt", 5):
        facts.tables["sources"].append((key, licence, citation, version, horizon))


def carried_over(facts: Facts) -> None:
    """Take the rows that came from lists from the tables as they stand."""
    for table in ("actors", "names", "roles", "relations", "codes"):
        path = TARGET / f"{table}.tsv"
        for row in parse(path.read_text("utf-8"), COLUMNS[table], path.name):
            if row[-2] in registry_facts.SOURCES:
                continue
            if table == "roles" and row[5] == "next-holder":
                row = (*row[:4], "", "unknown-end", *row[6:])
            if row[-2] == "own":
                if table == "actors" and row[0] in facts.kinds:
                    facts.fill(row[0], row)
                continue
            if table == "actors" and row[0] not in facts.kinds:
                facts.actor(row)
            elif table == "names":
                facts.name(row)
            elif table != "actors":
                facts.tables[table].append(row)


def extracted(facts: Facts) -> None:
    """Add what was extracted from larger sources into `scripts/registry`."""
    people = registry_lists.People(facts)
    registry_facts.holders(people)
    registry_facts.heads(people)
    registry_facts.members(people)
    registry_facts.parties(people)
    registry_facts.terms(facts.tables["roles"])
    registry_facts.codes(facts.tables["codes"])


def merge(facts: Facts) -> None:
    """Merge the actors that several lists tell of under different names."""
    kept = registry_doubles.Doubles(facts).merged()
    for kind in sorted({facts.kinds[actor] for actor in kept}):
        print(f"{kind:10} {sum(facts.kinds[actor] == kind for actor in kept):6} merged into another")
    facts.merge(kept)


def retitle(facts: Facts) -> None:
    """Call no president whom a list only calls the leader while another source knows another president.

    The lists of leaders tell who was in power, not in which office; `leader_titles.txt` gives the usual one.
    """
    told: dict[tuple[str, str], list[Row]] = {}
    held: dict[tuple[str, str], list[Row]] = {}
    for row in facts.tables["roles"]:
        if row[6] not in LEADERS and row[3] and (row[4] or row[6] == "own"):
            told.setdefault((row[1], row[2]), []).append(row)
            held.setdefault((row[0], row[2]), []).append(row)
    rows: list[Row] = []
    for row in facts.tables["roles"]:
        others = told.get((row[1], row[2]), ()) if row[6] in LEADERS and row[1] != "leader" else ()
        if any(other[0] != row[0] and shared_years(row, other) > HANDOVER_YEARS for other in others):
            if any(shared_years(row, other) > HANDOVER_YEARS for other in held.get((row[0], row[2]), ())):
                continue
            row = (row[0], "leader", *row[2:])
        rows.append(row)
    facts.tables["roles"] = rows


def shared_years(one: Row, other: Row) -> float:
    """For how many years two posts overlap; an open one counts as held for a year."""
    begun = [registry_doubles.years(row[3]) for row in (one, other)]
    ended = [registry_doubles.years(row[4]) if row[4] else
             begin + (1 if row[6] in LEADERS else 100) for row, begin in zip((one, other), begun, strict=True)]
    return min(ended) - max(begun)


def write(facts: Facts) -> None:
    """Write the tables, sorted, without facts that are told twice or speak of nobody."""
    known = set(facts.kinds)
    for table, rows in facts.tables.items():
        width = {"names": 1, "codes": 1}.get(table, 3)
        if table in ("names", "codes", "roles", "relations"):
            dangling = sorted({cell for row in rows for cell in row[:width:2] if cell not in known})
            if dangling:
                raise SystemExit(f"{table}: no actor has the ids {', '.join(dangling)}")
        kept: dict[Row, Row] = {}
        for row in rows:
            cow = row[3:4] if row[1] == "cow" else ()  # Germany has its number twice, before and after it was two
            spell = {"names": row[4:6], "roles": row[3:4], "relations": row[3:5], "codes": cow}.get(table, ())
            kept.setdefault((*row[: KEYS[table]], *spell), row)
        text = "\n".join("\t".join(row) for row in [COLUMNS[table], *sorted(kept.values())])
        (TARGET / f"{table}.tsv").write_text(text + "\n", "utf-8")
        print(f"{table:10} {len(kept):6} rows")


def build(lists: Path | None) -> None:
    """Build the tables from hand-written and extracted facts and these lists, or what the tables took from them."""
    facts = Facts()
    states(facts)
    succession(facts)
    for path in sorted(FACTS.glob("organizations*.txt")):
        organizations(facts, path.name)
    persons(facts)
    officials(facts)
    members(facts)
    if lists:
        registry_lists.add(facts, lists)
    else:
        carried_over(facts)
    words(facts)
    merge(facts)
    extracted(facts)
    merge(facts)
    retitle(facts)
    write(facts)


def write_person_names() -> None:
    """Write the first names of the registry's persons that are seldom last names, and the last names of leaders."""
    tables = {table: parse((TARGET / f"{table}.tsv").read_text(encoding="utf-8"), COLUMNS[table], f"{table}.tsv")
              for table in ("actors", "roles", "offices")}
    leading = {row[0] for row in tables["offices"] if row[2] == "leads"}
    states = {row[0] for row in tables["actors"] if row[1] == "state"}
    leaders = {row[0] for row in tables["roles"] if row[1] in leading and row[2] in states}
    firsts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    surnames: set[str] = set()
    for row in tables["actors"]:
        words = fold(row[2]).split()
        if row[1] == "person" and len(words) > 1 and len(words[0]) >= NAME_MIN:
            firsts[words[0]] += 1
            lasts[words[-1]] += 1
            if row[0] in leaders and len(words[-1]) >= NAME_MIN:
                surnames.add(words[-1])
    given = {name for name, count in firsts.items() if count >= lasts[name]}
    for path, names, what in ((GIVEN_NAMES, given, "First names of the registry's persons"),
                              (LEADER_SURNAMES, surnames - given, "Last names of those who led a state")):
        path.write_text(f"# {what}, folded: a sign that a name is a person's.\n"
                        "# source: the registry (scripts/build_registry.py).\nname\n"
                        + "".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


def main() -> None:
    """Build everything."""
    options = argparse.ArgumentParser(description="Build the actor registry.")
    options.add_argument("--lists", type=Path, help="the folder of public lists; default: keep their rows as they are")
    chosen = options.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    if chosen.lists:
        build(chosen.lists)
    build(None)  # also after the lists, so that both ways end at the same tables
    write_person_names()


if __name__ == "__main__":
    main()
