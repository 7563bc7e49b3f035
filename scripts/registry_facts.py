"""The extracted facts in `scripts/registry/*.tsv`: office holders of Wikidata, heads and parties of the Factbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry_lists import Facts, People
from registry_notation import FACTS, Row, lines, listed, slug

from sides.actors.names import fold

HOLDERS, FACTBOOK = "wikidata-holders", "factbook"
SOURCES = frozenset((HOLDERS, FACTBOOK))
# Offices known around the world: the full name of who held one needs no further context.
PROMINENT = frozenset((
    "president", "prime minister", "king", "emir", "supreme leader", "chancellor", "foreign minister", "crown prince",
    "leader", "pope"))
# Offices that one person holds at a time, so that the next holder ends the term of the last.
SINGLE = frozenset((
    "president", "prime minister", "king", "emir", "supreme leader", "chancellor", "foreign minister",
    "defence minister", "secretary of state", "interior minister", "finance minister", "justice minister"))
KINDS = ("organization", "bloc")
SHORT_WORD = 3  # letters: of, the, de
LEAST_EDITIONS = 4  # of the Factbook: parties listed for a shorter time left few traces
ONE_PLACE_BLOC = 1992  # the first edition that lists members of most organizations: no sign of when they joined


def rows_of(name: str) -> Iterator[list[str]]:
    """The rows of an extracted table, without its header."""
    for line in (FACTS / name).read_text("utf-8").splitlines()[1:]:
        yield line.split("\t")


def holders(people: People) -> None:
    """Holders of offices since about 1990, with Wikidata ids."""
    left_out = {(state, name) for state, names in lines("not_holders.txt", 2) for name in listed(names)}
    for state, office, name, other, qid, begin, end in rows_of("office_holders.tsv"):
        if (state, name) in left_out:
            continue
        strength = "alone" if office in PROMINENT else "context"
        actor = people.take(name, state, HOLDERS, qid, qid, strength=strength, has_surname=office in PROMINENT)
        if other and fold(other) != fold(name):
            people.facts.name((actor, other, "name", "en", "", "", strength, "any", HOLDERS, qid))
        precision = {4: "year", 7: "month", 10: "day"}[min(len(begin), len(end))] if end else "unknown-end"
        people.post(actor, office, state, begin, end, precision, HOLDERS, qid)


def heads(people: People) -> None:
    """Heads of state and government in the Factbook since 1992: who began when; the next holder tells the end."""
    for state, office, names, begin, first, last in rows_of("factbook_heads.tsv"):
        ref = f"edition {first}" if first == last else f"editions {first}-{last}"
        strength = "alone" if office in PROMINENT else "context"
        spelled = names.split("; ")
        actor = people.take(spelled[0], state, FACTBOOK, ref, strength=strength, has_surname=office in PROMINENT)
        for name in spelled[1:]:
            people.facts.name((actor, name, "name", "en", "", "", strength, "any", FACTBOOK, ref))
        people.post(actor, office, state, begin, "", "unknown-end", FACTBOOK, ref)


def terms(table: list[Row]) -> None:
    """End terms of single-holder offices whose end no source gives where the next holder began."""
    begun: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in table:
        if row[1] in SINGLE and row[3]:
            begun.setdefault((row[1], row[2]), []).append((row[3], row[0]))
    for spells in begun.values():
        spells.sort()
    for place, row in enumerate(table):
        if row[4] or row[5] != "unknown-end" or row[1] not in SINGLE:
            continue
        later = [begin for begin, person in begun[row[1], row[2]] if begin[:7] > row[3][:7] and person != row[0]]
        if later and later[0][:4] > row[3]:
            table[place] = (*row[:4], later[0], "next-holder", *row[6:])


def members(facts: People) -> None:
    """Members of organizations that the hand-written lists leave out, by the editions that list them."""
    tables = facts.facts.tables
    written = {row[2] for row in tables["relations"] if row[1] == "member_of" and row[5] == "own"
               and facts.facts.kinds.get(row[0]) == "state"}
    editions: dict[str, int] = {}
    found = list(rows_of("factbook_members.tsv"))
    for _, state, _, last in found:
        editions[state] = max(editions.get(state, 0), int(last))
    for bloc, state, first, last in found:
        if bloc in written or bloc not in facts.facts.kinds:
            continue
        begin = first if int(first) > ONE_PLACE_BLOC else ""
        end = last if int(last) < editions[state] - 1 else ""
        tables["relations"].append((state, "member_of", bloc, begin, end, FACTBOOK, f"editions {first}-{last}"))


def parties(people: People) -> None:
    """Parties and groups listed in several editions, with those who led them."""
    facts = people.facts
    listed_in: dict[tuple[str, str], list[tuple[str, str, int, int]]] = {}
    bearers: dict[str, set[str]] = {}
    for state, party, short, leader, first, last in rows_of("factbook_parties.tsv"):
        listed_in.setdefault((state, party), []).append((short, leader, int(first), int(last)))
        bearers.setdefault(fold(party), set()).add(state)
    names: dict[str, list[str]] = {}
    for row in facts.tables["names"]:
        names.setdefault(row[0], []).append(fold(row[1]))
    common = {fold(word) for row in facts.tables["stops"] for word in row[:1]}
    for (state, party), found in sorted(listed_in.items()):
        begin, end = min(first for *_, first, _ in found), max(last for *_, last in found)
        ref = f"editions {begin}-{end}"
        if any(facts.kinds[bearer] == "state" for bearer in facts.bearers.get(fold(party), ())):
            continue
        actor = facts.bearer([party], KINDS, state) or same(
            facts, party, {short for short, *_ in found}, state, names)
        if actor is None and (end - begin + 1 < LEAST_EDITIONS or fold(party) in common):
            continue
        if actor is None:
            actor = slug(party) if slug(party) not in facts.kinds else slug(f"{party} {state}")
            if actor in facts.kinds:
                continue
            facts.actor((actor, "organization", party, "political party or group", state, "", "", "", FACTBOOK, ref))
        is_plain = party.count(" ") < 2 or len(bearers[fold(party)]) > 1 or fold(party) in facts.bearers
        if fold(party) not in common:
            facts.name((actor, party, "name", "en", "", "", "context" if is_plain else "alone", "any", FACTBOOK, ref))
        for short in sorted({short for short, *_ in found if short and short.isupper()}):
            facts.name((actor, short, "abbr", "en", "", "", "context", "exact", FACTBOOK, ref))
        for _, leader, since, until in found:
            if until - since + 1 >= LEAST_EDITIONS or people.find(leader, state):
                seen = f"edition {since}" if since == until else f"editions {since}-{until}"
                person = people.take(leader, state, FACTBOOK, seen, strength="context", has_surname=False)
                people.post(person, "leader", actor, str(since), str(until) if until < end else "",
                            "year" if until < end else "unknown-end", FACTBOOK, seen)


def same(facts: Facts, party: str, shorts: set[str], state: str, names: dict[str, list[str]]) -> str | None:
    """The organization of the state with this abbreviation whose name has most words of this one's."""
    words = {word for word in fold(party).split() if len(word) > SHORT_WORD}
    for short in sorted(shorts - {""}):
        found = [actor for actor in sorted(facts.bearers.get(fold(short), ()))
                 if facts.kinds[actor] in KINDS and facts.countries[actor] == state]
        if len(found) == 1:
            for name in names.get(found[0], ()):
                other = {word for word in name.split() if len(word) > SHORT_WORD}
                if len(words & other) >= max(2, min(len(words), len(other)) - 1):
                    return found[0]
    return None


def codes(table: list[Row]) -> None:
    """Codes of states with dates, as their issuers give them: `scheme | source | state value@begin..end; ...`."""
    for scheme, ref, field in lines("codes.txt", 3):
        for entry in listed(field):
            found = re.fullmatch(r"(?P<state>\S+) (?P<value>\w+)(?:@(?P<begin>[\d-]*)\.\.(?P<end>[\d-]*))?", entry)
            if found is None:
                raise SystemExit(f"codes.txt: {entry!r} is no code")
            table.append((found["state"], scheme, found["value"], found["begin"] or "", found["end"] or "", "own", ref))
    withdrawn = [row for row in table if row[4] and row[1].startswith("iso")]
    for place, row in enumerate(table):
        ends = [old[4] for old in withdrawn if old[1] == row[1] and (old[0] == row[0] or old[2] == row[2])]
        if ends and not row[3]:
            table[place] = (*row[:3], max(ends), *row[4:])
