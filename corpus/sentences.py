"""Read and check the annotated sentences: `python corpus/sentences.py [FILE ...]`, by default all of corpus/sentences.

A file is made of blocks, each on one conflict and told at one date:

    ## The Chaco War | 1934-11-20
    @ bolivia | state | Bolivia
    @ paraguay | state | Paraguay

    [[La Paz|bolivia]] {{accused|1}} [[Asunción|paraguay]] of {{shelling|2}} [[its|bolivia]] outposts.
    1 bolivia > paraguay ACCUSE
    2 paraguay > bolivia ASSAULT speaker=bolivia at=1934-11

A passage is one line of one or more sentences; `[[words|actor,actor]]` marks a mention, `{{words|1,2}}` the trigger of
claims 1 and 2 (it may stand in parts); marks may stand in each other. Its claims follow, one a line: the number of the
trigger or `-`, source `>` target, type, and what is not as usual: `sign=`, `layer=`, `speaker=` (an actor, or words in
quotation marks), `modality=`, `at=START`, `at=START..END`, `third=`. A passage without claims has none. An empty line
ends a passage.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate

FOLDER = Path(__file__).parent / "sentences"
KINDS = frozenset(("state", "person", "organization", "organ", "bloc", "group", "people"))
MARK = re.compile(r"\[\[|\{\{|\|([^|\[\]{}]+)(\]\]|\}\})")
CLAIM = re.compile(r"(\d+|-) (\S+) > (\S+) ([A-Z_]+)((?: .+)?)$")
FIELDS = frozenset(("sign", "layer", "speaker", "modality", "at", "third"))
# One block in five, the last of each five of its file, is only ever scored.
ASIDE_EVERY = 5


class SentenceError(ValueError):
    """A line that cannot be read: the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of the text: [begin, end) in characters, and what it is marked with."""

    begin: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class SentenceClaim:
    """A claim of a passage; `trigger` is the number of its mark, "-" for none."""

    trigger: str
    source: str
    target: str
    type: ClaimType
    sign: int
    layer: Layer
    speaker: str
    modality: Modality
    start: str | None
    end: str | None
    third: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and all that is annotated in it."""

    key: str
    conflict: str
    published: str
    text: str
    mentions: tuple[Marked, ...]
    triggers: tuple[Marked, ...]
    claims: tuple[SentenceClaim, ...]
    actors: dict[str, tuple[str, str]]  # kind and name
    is_aside: bool


def passages(path: Path) -> Iterator[Passage]:
    """The passages of a file, in order. Raises `SentenceError` at the first line that breaks a rule."""
    conflict = published = ""
    actors: dict[str, tuple[str, str]] = {}
    block = count = 0
    lines = [*path.read_text(encoding="utf-8").splitlines(), ""]
    pending: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        where = f"{path.name}:{number}"
        if pending and line.startswith(("## ", "@ ")):
            raise SentenceError(f"{where}: {line!r} stands in a passage. End the passage with an empty line.")
        if line.startswith("## "):
            conflict, published = checked_heading(line[3:], where)
            block, actors = block + 1, {}
        elif line.startswith("@ "):
            identifier, kind, name = checked_actor(line[2:], where)
            actors[identifier] = (kind, name)
        elif line.strip():
            pending.append((number, line))
        elif pending:
            count += 1
            yield passage(f"{path.stem}-{count}", conflict, published, actors, pending, path.name,
                          is_aside=block % ASIDE_EVERY == 0)
            pending = []


def checked_heading(row: str, where: str) -> tuple[str, str]:
    """Conflict and date of a block's first line."""
    conflict, _, published = (part.strip() for part in row.partition("|"))
    try:
        PartialDate.parse(published)
    except ValueError as error:
        raise SentenceError(f"{where}: write '## conflict | date of telling'. {error}") from error
    return conflict, published


def checked_actor(row: str, where: str) -> tuple[str, str, str]:
    """Id, kind and name of an actor's line."""
    parts = [part.strip() for part in row.split("|")]
    if len(parts) != 3 or parts[1] not in KINDS or not re.fullmatch(r"[a-z0-9-]+", parts[0]):
        raise SentenceError(f"{where}: {row!r}. Write 'id | kind | name'; a kind is one of {', '.join(sorted(KINDS))}.")
    return parts[0], parts[1], parts[2]


def passage(key: str, conflict: str, published: str, actors: dict[str, tuple[str, str]],
            lines: list[tuple[int, str]], name: str, *, is_aside: bool) -> Passage:
    """One passage from its lines."""
    (first, marked), *rest = lines
    text, mentions, triggers = unmarked(marked, f"{name}:{first}")
    named = {actor for mention in mentions for actor in mention.mark.split(",")}
    unknown = sorted(named - set(actors))
    if unknown:
        raise SentenceError(f"{name}:{first}: {', '.join(unknown)} has no '@' line in this block. Add it.")
    claims = []
    for number, line in rest:
        one = claim(line, f"{name}:{number}")
        missing = sorted({one.source, one.target, *([one.third] if one.third else [])} - set(actors))
        if missing:
            raise SentenceError(f"{name}:{number}: {', '.join(missing)} has no '@' line in this block. Add it.")
        claims.append(one)
    numbers = {number for trigger in triggers for number in trigger.mark.split(",")}
    used = {one.trigger for one in claims} - {"-"}
    if numbers != used:
        raise SentenceError(f"{name}:{first}: triggers {sorted(numbers ^ used)} stand in the text or the claims only. "
                            "Number them alike.")
    return Passage(key, conflict, published, text, tuple(mentions), tuple(triggers), tuple(claims), dict(actors),
                   is_aside)


def unmarked(marked: str, where: str) -> tuple[str, list[Marked], list[Marked]]:
    """The plain text, its mentions and its triggers.

    >>> unmarked("[[Iran|iran]] {{armed|1}} [[[[its|iran]] ally|hamas]].", "example")[0]
    'Iran armed its ally.'
    """
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    found: dict[str, list[Marked]] = {"]]": [], "}}": []}
    length = last = 0
    for mark in MARK.finditer(marked):
        pieces.append(marked[last:mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[1] is None:
            opened.append((mark[0], length))
            continue
        kind, begin = opened.pop() if opened else ("", 0)
        if (kind, mark[2]) not in (("[[", "]]"), ("{{", "}}")):
            raise SentenceError(f"{where}: {mark[0]!r} closes what was not opened before it. Nest the marks.")
        found[mark[2]].append(Marked(begin, length, mark[1]))
    pieces.append(marked[last:])
    text = "".join(pieces)
    if opened or re.search(r"\[\[|\]\]|\{\{|\}\}", text):
        raise SentenceError(f"{where}: a mark is not closed: {text[:90]!r}.")
    return text, sorted(found["]]"], key=lambda one: (one.begin, one.end)), sorted(
        found["}}"], key=lambda one: (one.begin, one.end))


def claim(line: str, where: str) -> SentenceClaim:
    """One claim's line."""
    parts = CLAIM.fullmatch(line.strip())
    if not parts or parts[4] not in ClaimType.__members__:
        raise SentenceError(f"{where}: {line!r} is no claim. Write '1 source > target TYPE field=value'.")
    trigger, source, target, kind = parts[1], parts[2], parts[3], ClaimType[parts[4]]
    try:
        fields = dict(field.partition("=")[::2] for field in shlex.split(parts[5]))
    except ValueError as error:
        raise SentenceError(f"{where}: {parts[5].strip()!r}: {error}. Close the quotation mark.") from error
    if set(fields) - FIELDS:
        raise SentenceError(f"{where}: {sorted(set(fields) - FIELDS)}: no such field. Use {', '.join(sorted(FIELDS))}.")
    if source == target:
        raise SentenceError(f"{where}: source and target are the same. A claim needs two actors.")
    if fields.get("sign", "0") not in ("1", "0", "-1"):
        raise SentenceError(f"{where}: sign={fields['sign']}. A sign is 1, 0 or -1.")
    start, _, end = fields.get("at", "").partition("..")
    try:
        for moment in filter(None, (start, end)):
            PartialDate.parse(moment)
        return SentenceClaim(trigger, source, target, kind, int(fields.get("sign", kind.meaning.sign)),
                             Layer(fields.get("layer", kind.meaning.layer.value)), fields.get("speaker", "author"),
                             Modality(fields.get("modality", "asserted")), start or None, end or None,
                             fields.get("third"))
    except ValueError as error:
        raise SentenceError(f"{where}: {error}") from error


def main() -> None:
    """Check files, and print what is in them."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    total: Counter[str] = Counter()
    by_type: Counter[str] = Counter()
    by_modality: Counter[str] = Counter()
    seen: dict[str, str] = {}
    for path in files:
        for one in passages(path):
            if one.text in seen:
                raise SentenceError(f"{one.key} repeats {seen[one.text]}. Remove one.")
            seen[one.text] = one.key
            total.update(passages=1, sentences=len(re.findall(r"[.!?][”\"')]*(?=\s|$)", one.text)) or 1,
                         claims=len(one.claims), mentions=len(one.mentions), without_claim=int(not one.claims),
                         aside=int(one.is_aside), of_others=sum(claim.speaker != "author" for claim in one.claims))
            by_type.update(claim.type.value for claim in one.claims)
            by_modality.update(claim.modality.value for claim in one.claims)
    for counts in (total, by_type, by_modality):
        print(", ".join(f"{name} {count}" for name, count in counts.most_common()))
    print("no claim of:", ", ".join(kind for kind in ClaimType if not by_type[kind]) or "-")


if __name__ == "__main__":
    try:
        main()
    except SentenceError as error:
        sys.exit(str(error))
