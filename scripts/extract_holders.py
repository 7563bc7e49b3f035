"""Extract who held which office when, from the published results of Wikidata queries.

    python scripts/extract_holders.py FOLDER > scripts/registry/office_holders.tsv

`FOLDER` holds, as `NAME.csv`, the file `html/holders21.csv` of repositories `every-politician-scrapers/NAME`: results
of queries to Wikidata (CC0) for the offices of one state since 2000, with the columns position, person, personID, start
and end. Only the positions in `scripts/registry/positions.txt` are taken. One row a spell: state, office, name, other
name, Wikidata id, begin, end. The result is sorted.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from registry_lists import is_latin
from registry_notation import FACTS, PARTICLES, lines, listed

FIRST_END = "1990"  # who left office before then is in other lists or in no text that is read for today's conflicts


def offices() -> list[tuple[str, re.Pattern[str]]]:
    """The offices taken over, and what their positions are called."""
    found = []
    for line in (FACTS / "positions.txt").read_text("utf-8").splitlines():
        office, _, patterns = line.partition(": ")
        if line.startswith("#"):
            continue
        found.append((office, re.compile("|".join(f"(?:{pattern})" for pattern in listed(patterns)))))
    return found


def plain(name: str) -> str:
    """A name without its title of nobility or what tells namesakes apart; empty where it is not in Latin letters."""
    name = re.sub(r"\s*(?:,.*|\(.*\))$", "", name).strip()
    name = re.sub(r"^(?:Sheikh|Dr\.?|Sir|Lord|General|Gen\.|Princess?|King|Queen|Ayatollah) (?=\S+ \S)", "", name)
    is_cased = all(part[0].isupper() or part.lower() in PARTICLES or set("-'") & set(part) for part in name.split())
    return name if is_cased and is_latin(name) and " " in name and not re.search(r"\d|\b(?:of|and)\b", name) else ""


def main() -> None:
    """Write the rows of all files in the folder."""
    patterns = offices()
    states = dict(line.split(": ") for (line,) in lines("holder_files.txt", 1))
    known = {row[0] for row in lines("states.txt", 8)}
    rows = set()
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        name = re.sub(r"-(?:ministers|cabinet)$", "", path.stem)
        state = states.get(name, name)
        if state not in known:
            print(f"{path.name}: no state is called {state}", file=sys.stderr)
            continue
        for row in list(csv.reader(path.read_text("utf-8").splitlines()))[1:]:
            position, person, qid, begin, end = (cell.strip() for cell in row[:5])
            office = next((office for office, pattern in patterns if pattern.fullmatch(position.lower())), None)
            article = plain(row[9]) if len(row) > 9 else ""
            label = plain(person) or article
            if office is None or not label or not begin or (end and end < max(FIRST_END, begin[: len(end)])):
                continue
            rows.add((state, office, label, article if article != label else "", qid, begin, end))
    print("state\toffice\tname\tother\twikidata\tbegin\tend")
    for found in sorted(rows):
        print("\t".join(found))


if __name__ == "__main__":
    main()
