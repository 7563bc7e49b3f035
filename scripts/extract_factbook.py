"""Extract heads of state and government, memberships and parties from the editions of the World Factbook.

    python scripts/extract_factbook.py ARCHIVE JSON

`ARCHIVE` is a git directory of MilkMp/CIA-World-Factbooks-Archive-1990-2025 (read to 2014), `JSON` one of
factbook/factbook.json (from 2015 on). The Factbook is a work of the United States government and in the public domain.
Written into `scripts/registry`: `factbook_heads.tsv` (state, office, name, begin, first and last edition),
`factbook_members.tsv` (bloc, state, first and last edition) and `factbook_parties.tsv` (state, party, short name,
leader, first and last edition). The results are sorted.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

from registry_notation import FACTS, PARTICLES, lines, listed

from sides.actors.names import fold, is_same_person_name
from sides.actors.tables import shipped

FIRST_JSON = 2015
MONTHS = {month: number for number, month in enumerate((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december"), 1)}
CELL = re.compile(r"^\s*\((\d+), (\d+), (\d+), N'((?:[^']|'')*)', N'((?:[^']|'')*)'\)[,;]?$")
COUNTRY = re.compile(r"^\s*\((\d+), (\d+), N'((?:[^']|'')*)', N'((?:[^']|'')*)',")
ARTICLE = r"(?:al|el|d|ad|as|ash|ar|an|ol|ul)[-']"
PREFIX = r"^(?:al|el|d|Mc|Mac|de|ol|ul|as|ar)(?=['A-Z-])"
RANKS = r"^(?:Dr|Gen|Col|Lt\. Gen|Sir|Shaykh|Prof|Maj|Brig|Ayatollah|Mullah|President|Prime Minister)\.? "
NO_NAME = (r"[\d/;:()\[\]{}?=+]|\b(?:NA|Vice|Presidents?|Minister|Council|Governor|General|Chairman|Party|note|and|the"
           r"|of)\b")
NO_PARTY = r"(?i)\b(note|formerly|includes?|other|none|party leader|parties|alliance of|coalition of|see)\b"
SECTIONS = (r"(?i)chief of state and head of government:|chief of state:|head of government:|cabinet:"
            r"|elections?[a-z/ ]*:|note:")
# How the Factbook names states that our list names otherwise.
OTHERWISE = {"burma": "myanmar", "zaire": "dr-congo", "swaziland": "eswatini", "macedonia": "north-macedonia",
             "holy see vatican city": "vatican", "macedonia the former yugoslav republic of": "north-macedonia",
             "the former yugoslav republic of macedonia": "north-macedonia", "gaza strip": "", "west bank": "",
             "congo democratic republic of the": "dr-congo", "congo republic of the": "congo-brazzaville",
             "congo": "congo-brazzaville", "micronesia federated states of": "micronesia",
             "germany federal republic of": "west-germany"}


def git(folder: str, *command: str) -> bytes:
    """What a git command prints."""
    return subprocess.run(["git", f"--git-dir={folder}", *command], check=True, capture_output=True).stdout


def states() -> dict[str, str]:
    """Our states by the folded names that need no context, those of today first."""
    tables = shipped()[0]
    kinds = {row[0]: row for row in tables["actors"] if row[1] == "state"}
    found: dict[str, str] = {}
    for row in sorted(tables["names"], key=lambda row: (bool(kinds.get(row[0], ("",) * 7)[6]), row)):
        if row[0] in kinds and row[2] in ("name", "official", "former"):
            found.setdefault(fold(row[1]), row[0])
    return found | OTHERWISE


def state_of(name: str, known: dict[str, str]) -> str:
    """The state of a heading like "Korea, North"; empty where it is none of ours."""
    first, _, second = name.partition(", ")
    return next((known[key] for key in (fold(name), fold(f"{second} {first}"), fold(first)) if key in known), "")


def archive(folder: str, known: dict[str, str]) -> Iterator[tuple[int, str, str, str]]:
    """Edition, state, field and text of the editions before 2015."""
    places = {}
    for line in git(folder, "show", "HEAD:data/countries.sql").decode().splitlines():
        found = COUNTRY.match(line)
        if found:
            places[found[1]] = state_of(found[4].replace("''", "'"), known)
    for year in range(1991, FIRST_JSON):
        text = gzip.decompress(git(folder, "show", f"HEAD:data/fields/country_fields_{year}.sql.gz")).decode()
        for line in text.split("\r\n"):
            cell = CELL.match(line)
            if cell and places.get(cell[3]):
                yield year, places[cell[3]], cell[4], " ".join(cell[5].replace("''", "'").split())


def snapshots(folder: str, known: dict[str, str]) -> Iterator[tuple[int, str, str, str]]:
    """The same from 2015 on, from the last state of each half-year."""
    halves: dict[tuple[int, bool], str] = {}
    for line in git(folder, "log", "--format=%h %as").decode().splitlines():
        commit, day = line.split()
        if int(day[:4]) >= FIRST_JSON:
            halves.setdefault((int(day[:4]), int(day[5:7]) > 6), commit)
    for (year, _), commit in sorted(halves.items()):
        blobs = [line.split()[2:] for line in git(folder, "ls-tree", "-r", commit).decode().splitlines()
                 if line.endswith(".json") and "/" in line and "/meta/" not in line]
        for blob, path in blobs:
            if path.startswith(("meta", "world", "oceans", "antarctica")):
                continue
            government = json.loads(git(folder, "cat-file", "blob", blob)).get("Government", {})
            names = government.get("Country name", {})
            short = names.get("conventional short form", {}).get("text", "")
            if not short or short == "none":
                short = names.get("conventional long form", {}).get("text", "")
            state = state_of(re.sub(r"\s*[(;/<].*", "", short), known)
            if state:
                for field, value in government.items():
                    yield year, state, field, plain(value)


def plain(value: object) -> str:
    """The text of a field that may have parts, as the printed editions have it."""
    if isinstance(value, dict):
        parts = [plain(part) if key == "text" else f"{key}: {plain(part)} |" for key, part in value.items()
                 if isinstance(part, dict | str)]
        return " ".join(parts)
    text = re.sub(r"<br\s*/?>|</?p>|</?li>", " ++ ", str(value))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\u2019", "'").split())


def titles() -> dict[str, str]:
    """The office of each title, ranks as "-"."""
    found = {}
    for (line,) in lines("factbook_titles.txt", 1):
        office, _, field = line.partition(": ")
        found.update({fold(title): office for title in listed(field)})
    return found


def person(text: str, known: dict[str, str]) -> tuple[str, str]:
    """The office and the name in "President Lt. Gen. Umar Hasan Ahmad al-BASHIR"; empty where there is no such name."""
    office, rest = "", re.sub(r"\(.*?\)|\"[^\"]*\"", " ", text).strip(" ,.|+")
    rest = re.sub(r",? also (?:spelled|known as).*|, \d.*", "", rest)
    found = True
    while found:
        words = rest.split()
        found = False
        for size in range(min(9, len(words) - 1), 0, -1):
            title = known.get(fold(" ".join(words[:size])))
            if title is not None:
                office = office or ("" if title == "-" else title)
                rest, found = " ".join(words[size:]).lstrip(", "), True
                break
    return office, name_of(rest)


def name_of(text: str) -> str:
    """A name whose surname is in capitals, in small letters; empty for anything else."""
    words = text.strip(" ,.").split()
    is_name = 2 <= len(words) <= 6 and any(
        len(re.sub(r"\W", "", word)) > 1 and re.sub(PREFIX, "", word).isupper() for word in words)
    is_whole = all(re.match(r"[^\W\d_]", word.lstrip("'`-")) and (
        word.lower() in PARTICLES or not word[0].islower() or re.match(ARTICLE, word)) for word in words)
    if not is_name or not is_whole or re.search(NO_NAME, text):
        return ""
    return re.sub(r"[`\u2018]", "'", " ".join(map(capital, words)))


def capital(word: str) -> str:
    """A word of a name with one capital, or two after O', Mc, and in parts joined by a hyphen."""
    parts = []
    for part in re.split(r"(-)", word):
        prefix = re.match(r"(?:Mc|Mac|O'|d'|D')(?=[A-Z]{2})", part)
        head = prefix.group() if prefix else ""
        rest = part[len(head):]
        is_loud = rest.isupper() and len(rest) > 1 and not re.fullmatch(r"[IVX]+", rest)
        parts.append(head + (rest[:1] + rest[1:].lower() if is_loud else rest))
    word = "".join(parts)
    return word.lower() if word.lower() in PARTICLES and len(word) > 1 and word.isupper() else word


def day(text: str) -> str:
    """The first date in "since NA December 1981" as 1981-12."""
    found = re.search(r"(?:(\d{1,2}) )?(?:(NA|[A-Z][a-z]+) )?(\d{4})", text)
    if found is None:
        return ""
    month = MONTHS.get((found[2] or "").lower())
    return found[3] + (f"-{month:02d}" + (f"-{int(found[1]):02d}" if found[1] else "") if month else "")


def heads(facts: Iterable[tuple[int, str, str, str]]) -> list[tuple[str, ...]]:
    """Holders of offices with the date since when they are said to hold them."""
    known = titles()
    seen: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for year, state, field, text in facts:
        if field not in ("Executive branch", "Leaders"):
            continue
        for part in re.split(SECTIONS, text)[1:3]:
            for clause in re.findall(r"([^;|]*?)\s*\((?:acting )?since ([^()]*)\)", part):
                office, name = person(clause[0].rpartition(") ")[2] if ") " in clause[0] else clause[0], known)
                if office and name and (since := day(clause[1])):
                    seen[state, office, name, since].add(year)
    return sorted((*key, str(min(years)), str(max(years))) for key, years in seen.items())


def members(facts: Iterable[tuple[int, str, str, str]]) -> list[tuple[str, ...]]:
    """Full members of the organizations in `factbook_blocs.txt`, with the first and last edition that lists them."""
    blocs = {}
    for (line,) in lines("factbook_blocs.txt", 1):
        bloc, _, field = line.partition(": ")
        blocs.update(dict.fromkeys(listed(field), bloc))
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for year, state, field, text in facts:
        if field in ("Member of", "International organization participation"):
            for entry in text.split(", "):
                if entry.strip(" +.") in blocs:
                    seen[blocs[entry.strip(" +.")], state].add(year)
    return sorted((*key, str(min(years)), str(max(years))) for key, years in seen.items())


def parties(facts: Iterable[tuple[int, str, str, str]]) -> list[tuple[str, ...]]:
    """Parties with their leaders, as "Name or ABBR [First LAST, chairman]", seen in two editions at least."""
    seen: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for year, state, field, text in facts:
        if not re.match(r"(?i)political (part|pressure)", field):
            continue
        for entry in re.findall(r"([^\[\];|+]+?) \[([^\]]+)\]", re.sub(r"^[^\[]{0,80}?: ", "", text)):
            name = re.sub(r"\(.*?\)", " ", entry[0].rpartition(": ")[2]).strip(" .,*-")
            name, _, short = (" ".join(name.split())).partition(" or ")
            leader = name_of(re.sub(RANKS, "", re.split(r",| and |;|\(", entry[1])[0].strip()))
            is_name = re.fullmatch(r"[A-Z'\u00c0-\u024f][^\d\[\]/;:]{3,69}", name) and name.count(" ") < 9 \
                and not re.search(NO_PARTY, name)
            if is_name and leader and not re.search(r"[a-z]{4}.* [a-z]{4,} [a-z]{4,} ", name):
                short = short if re.fullmatch(r"[A-Z][A-Za-z-]{1,9}", short) else ""
                seen[state, name, short, leader].add(year)
    return sorted((*key, str(min(years)), str(max(years))) for key, years in seen.items()
                  if len(years) > 1 or max(years) >= FIRST_JSON)


def merged(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows of one holder under several spellings or dates of taking office as one."""
    kept: list[list[str]] = []
    for row in rows:
        for old in kept:
            is_same = any(is_same_person_name(row[2], name) or fold(row[2]) == fold(name)
                          for name in old[2].split("; "))
            if old[:2] == list(row[:2]) and is_same and abs(int(old[3][:4]) - int(row[3][:4])) <= 1:
                if fold(row[2]) not in {fold(name) for name in old[2].split("; ")}:
                    old[2] += f"; {row[2]}"
                if int(row[5]) - int(row[4]) > int(old[5]) - int(old[4]):
                    old[3] = row[3]
                old[4], old[5] = min(old[4], row[4]), max(old[5], row[5])
                break
        else:
            kept.append(list(row))
    return [tuple(row) for row in kept]


def write(name: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table of facts."""
    rows = list(rows)
    (FACTS / name).write_text("\n".join([header.replace(" ", "\t"), *("\t".join(row) for row in rows)]) + "\n", "utf-8")
    print(f"{name:24} {len(rows):6} rows")


def main() -> None:
    """Read both and write the three tables."""
    known = states()
    facts = [*archive(sys.argv[1], known), *snapshots(sys.argv[2], known)]
    write("factbook_heads.tsv", "state office names begin first last", merged(heads(facts)))
    write("factbook_members.tsv", "bloc state first last", members(facts))
    write("factbook_parties.tsv", "state party short leader first last", parties(facts))


if __name__ == "__main__":
    main()
