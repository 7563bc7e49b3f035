"""How well claims are read: against annotated articles, beside a floor that knows no grammar.

    python benchmarks/claims.py SHARED [--set-aside] [--corpus corpus/mentions] [--reader grammar|learned|both]

SHARED holds `seeds`, `gold`, `tools/score_claims.py` and `data/reading`. Prints precision, recall and F1 of the
scorer's four levels and the shares of right speakers, modalities and years, for the five first articles and for the
reading corpus; with --set-aside for those of its articles that nothing was developed on (the figures to quote). The
floor, in the same run: every two actors that are named in a sentence, as one friendly claim. With --corpus also for
articles of our own, the same way.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from resolution import SET_ASIDE
from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.claims.mode import Mode
from sides.claims.readers import reader_of
from sides.documents import Options, Source, find, load
from sides.export.claims import claim_records
from sides.ledger.values import StoredDocument
from sides.model.actor import Form
from sides.model.claim import Claim
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

FLOOR_FORMS = {Form.NAME, Form.METONYM, Form.DEMONYM, Form.PHRASE}
LEVELS = ("pair", "signed", "typed", "relation")


def chosen(about: str | None) -> argparse.Namespace:
    """What the command line asks to be measured: `shared`, `set_aside` and `corpus`."""
    arguments = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--set-aside", action="store_true", help="the articles that nothing was developed on")
    arguments.add_argument("--corpus", type=Path, help="a folder of folders with annotated articles of our own")
    arguments.add_argument("--reader", choices=tuple(Mode), default=Mode.BOTH.value, help="what reads")
    return arguments.parse_args()


def main() -> None:
    """Read, score and print."""
    options = chosen(__doc__)
    shared: Path = options.shared
    reader = Reader(Mode(options.reader))
    totals: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for part, texts, gold, keys in parts(shared, options.corpus, is_aside=options.set_aside):
        ours, floor = reader.records(texts, keys)
        for system, records in (("sides", ours), ("floor", floor)):
            totals.setdefault((part, system), []).append(
                scored(records, shared / "tools/score_claims.py", gold, keys))
    print(f"{'':24}{'gold':>6}{'said':>6}  " + "".join(f"{level + ' P / R / F1':>22}" for level in LEVELS)
          + "   speaker modality year")
    for (part, system), scores in totals.items():
        print(line(f"{part}, {system}", scores))


def parts(shared: Path, corpus: Path | None, *, is_aside: bool) -> list[tuple[str, Path, Path, set[str]]]:
    """What is measured: the part of the table, the folder of the texts, that of their annotation, and the keys."""
    aside = set_aside(shared / "data/reading/README.md") | SET_ASIDE
    found = [("set aside" if is_aside else "developed on", folder, folder)
             for folder in sorted((shared / "data/reading").iterdir()) if folder.is_dir()]
    if corpus:
        found += [("own, set aside" if is_aside else "own", folder, folder)
                  for folder in sorted(path.parent for path in corpus.glob("*/claims.jsonl"))
                  if (folder / "claims.jsonl").stat().st_size]
    if not is_aside:
        found.insert(0, ("seeds", shared / "seeds", shared / "gold"))
    rows = []
    for part, texts, gold in found:
        keys = {row["key"] for row in json.loads((texts / "documents.json").read_text(encoding="utf-8"))}
        rows.append((part, texts, gold, keys if part == "seeds" else keys & aside if is_aside else keys - aside))
    return rows


def set_aside(readme: Path) -> set[str]:
    """The keys of the articles that the corpus sets aside for measuring, as its README names them."""
    found = re.search(r"Set aside for measuring\*\*: ([^.]*)\.", readme.read_text(encoding="utf-8"))
    assert found, f"{readme} names no articles that are set aside"
    return set(re.split(r",\s*", found.group(1)))


class Reader:
    """The reader under test and the floor, on the same parses and mentions."""

    def __init__(self, mode: Mode = Mode.BOTH) -> None:
        self.parser, self.resolver, self.reader = Parser.load(), Resolver(Registry.load()), reader_of(mode)

    def records(self, folder: Path, keys: set[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Claims of the documents of these keys as the reader finds them, and as the floor does."""
        ours: list[dict[str, Any]] = []
        floor: list[dict[str, Any]] = []
        for parsed, resolution in self.documents(folder, keys):
            ours += recorded(self.reader.read(parsed, resolution), parsed, resolution)
            floor += together(parsed, resolution)
        return ours, floor

    def documents(self, folder: Path, keys: set[str]) -> Iterator[tuple[Parsed, Resolution]]:
        """The documents of these keys, parsed and resolved."""
        for source in find([str(folder)]):
            if not (isinstance(source, Source) and source.facts and source.facts.key in keys):
                continue
            for document in load(source, Options(today=date(2100, 1, 1))):
                assert isinstance(document, Document), document
                (parsed,) = self.parser.parse([document])
                yield parsed, self.resolver.resolve(parsed)


def recorded(claims: Iterable[Claim], parsed: Parsed, resolution: Resolution) -> list[dict[str, Any]]:
    """The claims of a document as the export writes them, in their order."""
    document = parsed.document
    stored = StoredDocument(**{name: getattr(document, name) for name in document.__dataclass_fields__})
    return list(claim_records(claims, {document.id: stored}, {actor.id: actor for actor in resolution.actors}))


def together(parsed: Parsed, resolution: Resolution) -> Iterator[dict[str, Any]]:
    """Every two actors that are named in a sentence."""
    for sentence in parsed.doc.sents:
        named = {mention.actor: mention.text for mention in resolution.mentions if mention.form in FLOOR_FORMS
                 and sentence.start_char <= mention.begin_char < sentence.end_char}
        for one, other in combinations(sorted(named), 2):
            yield {"doc": parsed.document.key, "begin_char": sentence.start_char, "end_char": sentence.end_char,
                   "quote": sentence.text, "source": one, "target": other, "source_names": names(resolution, one),
                   "target_names": names(resolution, other), "type": "FRIENDLY", "kind": "tie", "sign": 1,
                   "speaker": "author", "modality": "asserted", "start": str(parsed.document.published.year)}


def names(resolution: Resolution, identifier: str) -> list[str]:
    """The names of an actor of the document."""
    actor = resolution.actor(identifier)
    return [actor.name, *actor.names] if actor else []


def scored(records: Iterable[dict[str, Any]], scorer: Path, gold: Path, keys: set[str]) -> dict[str, Any]:
    """What the scorer says of the records."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "claims.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        command = [sys.executable, str(scorer), str(path), "--gold", str(gold), "--docs", ",".join(sorted(keys)),
                   "--json"]
        result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert not result["quotes_not_in_document"]
    return result


def line(label: str, scores: list[dict[str, Any]]) -> str:
    """One row: folders pooled by the counts that their figures stand for; the attributes weighed by matched pairs."""
    gold, said = sum(one["gold"] for one in scores), sum(one["predicted"] for one in scores)
    cells = []
    for level in LEVELS:
        # `relation` counts sets of relations, whose sizes the scorer does not tell: it is averaged, weighed by gold.
        if level == "relation":
            precision, recall = (sum(one[level][measure] * one["gold"] for one in scores) / gold
                                 for measure in ("precision", "recall"))
        else:
            precision = sum(one[level]["precision"] * one["predicted"] for one in scores) / max(1, said)
            recall = sum(one[level]["recall"] * one["gold"] for one in scores) / gold
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        cells.append(f"{precision:.3f} {recall:.3f} {f1:.3f}")
    matched = [one["pair"]["precision"] * one["predicted"] for one in scores]
    shares = [sum((one.get(name) or 0) * weight for one, weight in zip(scores, matched, strict=True))
              / max(1, sum(matched)) for name in ("speaker", "modality", "year")]
    return (f"{label:24}{gold:6}{said:6}  " + "".join(f"{cell:>22}" for cell in cells)
            + f"   {shares[0]:.3f}   {shares[1]:.3f}    {shares[2]:.3f}")


if __name__ == "__main__":
    main()
