"""Write the texts and tables of annotated articles from their marked-up sources.

    python corpus/mark.py FOLDER [FOLDER ...]

A folder holds `KEY.marked.txt` for each article and `actors.tsv` (id, name, kind, parent, country; a `-` for none).
A marked article begins with `field: value` lines (source, author, published, topic), a line `---`, then its text, in
which `[[both sides|india,pakistan]]` marks the words "both sides" as naming two actors. Marks may stand in each other.
Written from them, the same to the byte each time: `KEY.txt`, `documents.json`, `mentions.jsonl` and
`actors.jsonl`. `claims.jsonl` is annotated by hand and left alone; where there is none, an empty one is made.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

FIELDS = ("source", "author", "published", "topic")
# Words that name nobody by themselves: kept out of the lists of names.
PRONOUNS = frozenset((
    "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
    "theirs", "themselves", "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your",
    "both", "each", "either", "neither", "two", "one", "these", "those", "this", "that", "others"))
MARK = re.compile(r"\[\[|\|([a-z0-9,-]+)\]\]")


class MarkError(ValueError):
    """A source that cannot be read: the message says which, where and what to do."""


def unmark(marked: str, name: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text, and (begin, end, actor) of each mark in it, in order of place.

    >>> unmark("[[[[Its|iran]] allies|hezbollah,syria]] met.", "example")
    ('Its allies met.', [(0, 3, 'iran'), (0, 10, 'hezbollah'), (0, 10, 'syria')])
    """
    pieces: list[str] = []
    opened: list[int] = []
    spans: list[tuple[int, int, str]] = []
    length = last = 0
    for found in MARK.finditer(marked):
        pieces.append(marked[last:found.start()])
        length += found.start() - last
        last = found.end()
        if found[1] is None:
            opened.append(length)
        elif opened:
            begin = opened.pop()
            spans += [(begin, length, actor) for actor in found[1].split(",")]
        else:
            raise MarkError(f"{name}: a mark ends at {found[0]!r} that never began. Add its '[['.")
    pieces.append(marked[last:])
    text = "".join(pieces)
    if opened or "[[" in text or "]]" in text:
        raise MarkError(f"{name}: a mark is not closed near {text[max(0, (opened or [0])[-1] - 30):][:90]!r}.")
    return text, sorted(spans)


def article(path: Path) -> tuple[dict[str, str | None], str, list[tuple[int, int, str]]]:
    """The fields, plain text and marks of one marked-up source."""
    head, separator, body = path.read_text(encoding="utf-8").partition("\n---\n")
    fields: dict[str, str | None] = {}
    for line in head.splitlines():
        field, _, value = line.partition(": ")
        fields[field.rstrip(":")] = value.strip() or None
    if not separator or tuple(fields) != FIELDS:
        raise MarkError(f"{path.name}: begin with the lines {', '.join(FIELDS)} in that order, then '---'.")
    text, spans = unmark(body, path.name)
    return fields, text, spans


def actors(path: Path) -> dict[str, dict[str, Any]]:
    """The actors of a folder, by id."""
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            identifier, name, kind, parent, country = line.split("\t")
            if identifier in found:
                raise MarkError(f"{path.name}: {identifier} stands in it twice. Keep one.")
            found[identifier] = {"id": identifier, "name": name, "kind": kind, "aliases": []}
            found[identifier] |= {field: value for field, value in (("parent", parent), ("country", country))
                                  if value != "-"}
    return found


def build(folder: Path) -> dict[str, str]:
    """What is to stand in the folder: the text of each written file by its name."""
    known = actors(folder / "actors.tsv")
    files: dict[str, str] = {}
    documents: list[dict[str, str | None]] = []
    mentions: list[dict[str, Any]] = []
    named: set[str] = set()
    sources = sorted(folder.glob("*.marked.txt"), key=lambda path: (len(path.name), path.name))
    for path in sources:
        key = path.name.removesuffix(".marked.txt")
        fields, text, spans = article(path)
        files[f"{key}.txt"] = text
        documents.append({"key": key, "file": f"{key}.txt", "source": fields["source"], "author": fields["author"],
                          "published": fields["published"], "published_is": "stated", "topic": fields["topic"]})
        for begin, end, actor in spans:
            if actor not in known:
                raise MarkError(f"{path.name}: {text[begin:end]!r} names {actor}. Add it to {folder.name}/actors.tsv.")
            mentions.append({"doc": key, "begin_char": begin, "end_char": end, "text": text[begin:end],
                             "actor": actor})
            named.add(actor)
            shared = {other for start, stop, other in spans if (start, stop) == (begin, end)}
            aliases = known[actor]["aliases"]
            if len(shared) == 1 and text[begin:end].lower() not in PRONOUNS and text[begin:end] not in aliases:
                aliases.append(text[begin:end])
    unused = sorted(set(known) - named)
    if unused:
        raise MarkError(f"{folder.name}/actors.tsv: nothing names {', '.join(unused)}. Remove them.")
    files["documents.json"] = json.dumps(documents, ensure_ascii=False, indent=2) + "\n"
    files["mentions.jsonl"] = rows(mentions)
    files["actors.jsonl"] = rows([known[identifier] for identifier in sorted(known)])
    return files


def rows(records: list[dict[str, Any]]) -> str:
    """Records as JSON lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def main() -> None:
    """Write the folders that are named."""
    for name in sys.argv[1:]:
        folder = Path(name)
        for file, content in build(folder).items():
            (folder / file).write_text(content, encoding="utf-8")
        (folder / "claims.jsonl").touch()


if __name__ == "__main__":
    main()
