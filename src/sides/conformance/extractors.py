"""What is asked of an extractor of text."""

from __future__ import annotations

from collections.abc import Mapping

from sides.conformance.fault import attempt_input, check_identity, require
from sides.documents.content import storable
from sides.documents.extractor import Extracted, Extractor, own_suffixes
from sides.model.dates import PartialDate
from sides.model.errors import InputError

# No file of any format, or what is left of one.
BROKEN = {"an empty file": b"", "bytes without sense": bytes(range(256)) * 3}


def check_extractor(extractor: Extractor, samples: Mapping[str, bytes]) -> None:
    """Whether an extractor keeps what is asked of it, on `samples`: whole files of its format, by name.

    Raises `ConformanceError`: for a name or version that is none, or a name that is read without it; a sample that
    gives no `Extracted` or no words; a text that no store takes (halves of surrogate pairs, NULs); a title, author,
    outlet, language or address that is no text, a date that is no `PartialDate`; another text on another call, or under
    another file name; and for anything but an `InputError`, which names the file, where a file is empty, cut in half or
    no file of the format at all.
    """
    check_identity(extractor)
    require(extractor.name not in own_suffixes(), f"files that end in .{extractor.name} are read by sides itself")
    require(bool(samples), "no sample was given: pass at least one file of its format")
    for name, content in sorted(samples.items()):
        found = attempt_input(lambda name=name, content=content: extractor.extract(name, content), name, name)  # type: ignore[misc]
        if isinstance(found, InputError):
            require(False, f"it left out the sample {name}: {found}")
        else:
            _check(found, name)
        for called in (name, f"elsewhere/{name}"):
            again = attempt_input(lambda called=called, content=content: extractor.extract(called, content),  # type: ignore[misc]
                                  called, called)
            require(again == found, f"it gave something else for the same bytes of {name}")
        _break(extractor, f"half of {name}", content[:len(content) // 2])
    for what, content in BROKEN.items():
        _break(extractor, what, content)


def _check(found: object, name: str) -> None:
    require(isinstance(found, Extracted), f"it gave {type(found).__name__} for {name}, not sides' Extracted")
    assert isinstance(found, Extracted)
    require(isinstance(found.text, str) and bool(found.text.strip()), f"it gave no text for the sample {name}")
    require(storable(found.text) == found.text, f"the text of {name} holds NULs or halves of surrogate pairs")
    for field in ("title", "author", "outlet", "language", "url"):
        value = getattr(found, field)
        require(value is None or isinstance(value, str), f"the {field} of {name} is {value!r}, no text")
    require(found.published is None or isinstance(found.published, PartialDate),
            f"the date of {name} is {found.published!r}, no PartialDate")


def _break(extractor: Extractor, what: str, content: bytes) -> None:
    name = f"broken.{extractor.name}"
    found = attempt_input(lambda: extractor.extract(name, content), name, what)
    if not isinstance(found, InputError):
        require(isinstance(found, Extracted) and isinstance(found.text, str),
                f"it gave {type(found).__name__} for {what}, neither an Extracted nor an InputError")
