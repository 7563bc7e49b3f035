"""Work over processes: in order, and a fatal document costs itself alone."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest

from sides.documents import Options, Source, load
from sides.engines.engine import chunks
from sides.engines.processes import Processes
from sides.engines.stages import documents_of, fallen
from sides.engines.worker import Desk, Settings, checked
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import UnreadableDocument
from sides.model.reason import Reason, ReasonKind

TEXT = b"2020-05-01\n\nEgypt condemned Ethiopia on Friday. Nobody else said a word about it."


def load_or_die(source: Source) -> list[object]:
    """As loading is, but for a document that takes its whole process with it."""
    if source.name == "fatal":
        os._exit(9)
    return list(load(source, Options(today=date(2024, 1, 1))))


def sources(*names: str) -> list[Source]:
    return [Source(name=name, content=TEXT + name.encode()) for name in names]


def test_results_come_in_the_order_of_the_sources():
    names = [f"{number:02}" for number in range(30)]
    with Processes(2) as engine:
        loaded = list(documents_of(engine, sources(*names), Options(today=date(2024, 1, 1))))
    assert [document.name for document in loaded] == names


def test_a_document_that_brings_its_process_down_costs_itself_alone():
    names = [f"{number:02}" for number in range(9)] + ["fatal"] + [f"{number:02}" for number in range(10, 20)]
    with Processes(2) as engine:
        loaded = list(engine.each(load_or_die, sources(*names), fallen))
    assert [one.name for one in loaded] == names
    assert [one.name for one in loaded if isinstance(one, UnreadableDocument)] == ["fatal"]


def test_a_reader_that_fails_on_a_document_costs_that_document(monkeypatch):
    desk = Desk(Settings())

    def fail(document: Document):
        raise RecursionError("too deep")

    monkeypatch.setattr(desk, "read", fail)
    error = desk.try_reading(Document(text="x", name="odd.txt", published=PartialDate(2020), published_from="option"))
    assert isinstance(error, UnreadableDocument)
    assert error.name == "odd.txt"
    assert "too deep" in error.reason


def test_a_reading_whose_quote_is_not_in_its_document_is_refused():
    desk = Desk(Settings())
    document = Document(text="Egypt condemned Ethiopia on Friday.", name="x", published=PartialDate(2020),
                        published_from="option")
    reading = desk.read(document)
    assert checked(reading) is reading
    false = replace(reading, claims=(replace(reading.claims[0], quote="Egypt praised Ethiopia"),))
    with pytest.raises(ValueError, match="Egypt praised Ethiopia"):
        checked(false)
    (claim,) = reading.claims
    reason = Reason(kind=ReasonKind.CAUSE, begin_char=0, end_char=5, text="over the dam")
    with pytest.raises(ValueError, match="over the dam"):
        checked(replace(reading, claims=(replace(claim, reasons=(reason,)),)))


def test_chunks_lose_nothing():
    assert [list(chunk) for chunk in chunks(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []
