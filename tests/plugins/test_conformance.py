"""The suite that makers of plug-ins run finds what is wrong, and says just that."""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sides.conformance import ConformanceError, check_adapter, check_exporter, check_extractor, check_reader
from sides.documents.extractor import Extracted
from sides.export.exporter import Written
from sides.model.errors import MalformedInput

sys.path.insert(0, str(Path(__file__).parent / "tiny"))
try:
    from tiny_sides import Note, TinyList, TinyReader, TinyWatch
finally:
    sys.path.pop(0)

NOTE = b"%NOTE\nThanks\n2021-06-15\nHamas thanked Iran.\n%END\n"
WATCH = "nr,day,who,whom,what\n1,2011-03-01,Syria,Israel,shelling\n2,2011-03-02,Egypt,Israel,talks\n"


def reading(change):
    """A reader like the tiny one, whose claims are changed."""
    class Changed(TinyReader):
        def read(self, parsed, resolution):
            return change(super().read(parsed, resolution), parsed, resolution)
    return Changed()


def each(**fields):
    return reading(lambda claims, *_: [replace(claim, **fields) for claim in claims])


def mutating(claims, parsed, resolution):
    for token in parsed.doc[:1]:
        token.lemma_ = "changed"
    return claims


def counting():
    """A reader that does something else each time."""
    calls = itertools.count()
    return reading(lambda claims, *_: [replace(claim, confidence=1 / (1 + next(calls))) for claim in claims])


def remembering():
    """A reader that does the same twice in a row, and reads another document by what it read before."""
    seen: list[str] = []

    def change(claims, parsed, _):
        if parsed.document.id not in seen:
            seen.append(parsed.document.id)
        return [] if len(seen) > 1 and parsed.document.id == seen[0] and seen[-1] == parsed.document.id else \
            [replace(claim, confidence=1 / len(seen)) for claim in claims]
    return reading(change)


def named(**fields):
    return type("Named", (TinyReader,), fields)()


READERS = {
    "its name is 'A Reader'": lambda: named(name="A Reader"),
    "its version is ''": lambda: named(version=""),
    "raised ZeroDivisionError on text 1": lambda: reading(lambda *_: 1 / 0),
    "is no sequence of sides.Claim but int": lambda: reading(lambda *_: 3),
    "names another document": lambda: each(document="0" * 16),
    "which does not stand at": lambda: each(quote="Hamas thanks Iran"),
    "has a target that the document does not mention \\(norland\\)": lambda: each(target="norland"),
    "is about 'hamas' alone": lambda: each(target="hamas"),
    "has a confidence of 2": lambda: each(confidence=2),
    "says that 'other' '1' read it": lambda: each(reader="other"),
    "two claims in text 1 have one id": lambda: reading(lambda claims, *_: [*claims, *claims]),
    "are not sorted": lambda: reading(lambda claims, *_: claims[::-1]),
    "changed the parse": lambda: reading(mutating),
    "when asked again": counting,
    "came in another order": remembering,
    "no claim in any of the texts": lambda: reading(lambda *_: []),
}


@pytest.mark.parametrize("said", READERS)
def test_a_reader_that_is_wrong_is_told_why(said):
    with pytest.raises(ConformanceError, match=said):
        check_reader(READERS[said](), ["Hamas thanked Iran.\nSyria thanked Egypt."])


def extracting(extract, name="note"):
    return type("Changed", (Note,), {"name": name, "extract": lambda self, name, content: extract(
        lambda: Note.extract(self, name, content), name, content)})()


def lenient(whole, name, content):
    try:
        return whole()
    except MalformedInput as error:
        raise ValueError("what is this?") from error


def elsewhere(whole, name, content):
    try:
        return whole()
    except MalformedInput as error:
        raise MalformedInput("another", error.reason, error.remedy) from error


EXTRACTORS = {
    "sides itself": lambda: extracting(lambda whole, *_: whole(), name="pdf"),
    "gave str for a.note": lambda: extracting(lambda *_: "a text"),
    "gave no text": lambda: extracting(lambda *_: Extracted(text=" ")),
    "NULs": lambda: extracting(lambda *_: Extracted(text="a\0b")),
    "the title of a.note is 3": lambda: extracting(lambda *_: Extracted(text="a", title=3)),
    "the date of a.note is '2021'": lambda: extracting(lambda *_: Extracted(text="a", published="2021")),
    "something else for the same bytes": lambda: extracting(lambda whole, name, _: Extracted(text=name)),
    "left out the sample a.note": lambda: extracting(lambda _, name, __: (_ for _ in ()).throw(
        MalformedInput(name, "is bad", "Mend it."))),
    "raised ValueError on half of a.note": lambda: extracting(lenient),
    "names 'another', not the input": lambda: extracting(elsewhere),
}


@pytest.mark.parametrize("said", EXTRACTORS)
def test_an_extractor_that_is_wrong_is_told_why(said):
    with pytest.raises(ConformanceError, match=said):
        check_extractor(EXTRACTORS[said](), {"a.note": NOTE})


def mapped(old="", new="", **fields):
    text = TinyWatch().mapping().replace(old, new)
    return type("Changed", (TinyWatch,), {"mapping": lambda self: text, **fields})()


def changing():
    calls = itertools.count()
    return type("Changing", (TinyWatch,), {
        "mapping": lambda self: TinyWatch.mapping(self) + f"# {next(calls)}"})()


ADAPTERS = {
    "sides itself has a dataset 'gdelt-2'": lambda: mapped(name="gdelt-2"),
    "event: Field required": lambda: mapped("[event]", "[mention]"),
    "is of the dataset 'other'": lambda: mapped('name = "tiny-watch"', 'name = "other"'),
    "is another when it is asked again": changing,
    "does not fit its mapping": lambda: mapped('"nr", "day"', '"number", "day"'),
    "no record of the sample becomes a claim": lambda: mapped('"day" }', '"day", forms = ["%d.%m.%Y"] }'),
    "1 records of the sample bear an id": lambda: mapped('id = ["nr"]', 'id = ["whom"]'),
}


@pytest.mark.parametrize("said", ADAPTERS)
def test_an_adapter_that_is_wrong_is_told_why(said, tmp_path):
    (tmp_path / "tiny.csv").write_text(WATCH)
    with pytest.raises(ConformanceError, match=said):
        check_adapter(ADAPTERS[said](), tmp_path / "tiny.csv")


def writing(write, **fields):
    return type("Changed", (TinyList,), {"write": lambda self, ledger, file, wanted: write(
        lambda: TinyList.write(self, ledger, file, wanted), ledger, file), **fields})()


def stamping():
    calls = itertools.count()
    return writing(lambda whole, _, file: file.write(f"{next(calls)}".encode()) and whole())


def closing(whole, _, file):
    told = whole()
    file.close()
    return told


def correcting(whole, ledger, _):
    from datetime import UTC, datetime

    type(ledger)(ledger.path).correct(ledger.claims()[0].id, action="reject", who="x", why="x", when=datetime.now(UTC))
    return whole()


EXPORTERS = {
    "sides itself has a format 'csv'": lambda: writing(lambda whole, *_: whole(), name="csv"),
    "its suffix is 'list'": lambda: writing(lambda whole, *_: whole(), suffix="list"),
    "its subjects are \\('everything',\\)": lambda: writing(lambda whole, *_: whole(), subjects=("everything",)),
    "raised ZeroDivisionError on claims": lambda: writing(lambda *_: 1 / 0),
    "returned NoneType for claims": lambda: writing(lambda whole, *_: whole() and None),
    "other bytes of claims": stamping,
    "closed the file": lambda: writing(closing),
    "changed the ledger": lambda: writing(correcting),
    "wrote 3 claims, and wrote nothing": lambda: writing(lambda *_: Written(3, "claims")),
}


@pytest.mark.parametrize("said", EXPORTERS)
def test_an_exporter_that_is_wrong_is_told_why(said):
    with pytest.raises(ConformanceError, match=said):
        check_exporter(EXPORTERS[said]())


def test_our_own_readers_pass():
    from sides.claims.grammar.reader import GrammarReader

    check_reader(GrammarReader.load(), ["Iran condemned Israel."])


def test_our_own_exporters_differ_in_name_alone():
    from sides.export.formats import exporters

    for one in exporters().values():
        own = type("Renamed", (), {"name": f"own-{one.name}", "suffix": one.suffix, "subjects": one.subjects[:1],
                                   "write": staticmethod(one.write)})()
        check_exporter(own)
