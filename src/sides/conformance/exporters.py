"""What is asked of an exporter."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sides.conformance.fault import ConformanceError, attempt, check_identity, require
from sides.export.exporter import SUBJECTS, Exporter, Wanted, Written
from sides.export.formats import exporters
from sides.face import Ledger
from sides.model.errors import SidesError

# A ledger with what formats stumble over: quotes with markup, signs beyond the first plane, tabs and line breaks, a
# speaker, a mediator, a claim without a date, one of a year.
TEXT = ("Norland thanked the Blue Front for \u201cits <help> & love\u201d \U0001f600.\nSouthland said on Monday\tthat "
        "Norland attacked the Blue Front in 2019. Egypt mediates between Norland and Southland.")
CLAIMS = (
    {"quote": "Norland thanked the Blue Front for \u201cits <help> & love\u201d \U0001f600", "source": "norland",
     "target": "blue-front", "type": "SUPPORT"},
    {"quote": "Norland attacked the Blue Front in 2019", "source": "norland", "target": "blue-front", "type": "ASSAULT",
     "speaker": "southland", "start": "2019"},
    {"quote": "Egypt mediates between Norland and Southland", "source": "norland", "target": "southland",
     "third": "egypt", "type": "MEDIATE"},
)


def check_exporter(exporter: Exporter, ledger: Ledger | None = None) -> None:
    """Whether an exporter keeps what is asked of it, on a small ledger of ours or on one of yours.

    Raises `ConformanceError`: for a name or suffix that is none, the name of a format that `sides` has itself, no
    subject or one that there is not; an exception; a result that is no `Written`; other bytes on another call or from
    the same ledger opened anew; a ledger or wish that it changed; a file that it closed; nothing written for a subject
    of which it says that it wrote some.
    """
    check_identity(exporter, with_version=False)
    require(exporter.name not in exporters(), f"sides itself has a format {exporter.name!r}: take another name")
    require(isinstance(exporter.suffix, str) and exporter.suffix.startswith(".") and len(exporter.suffix) > 1,
            f"its suffix is {exporter.suffix!r}; it must be like '.graphml'")
    subjects = tuple(exporter.subjects)
    require(bool(subjects) and set(subjects) <= set(SUBJECTS),
            f"its subjects are {subjects!r}; they must be some of {', '.join(SUBJECTS)}")
    with TemporaryDirectory() as folder:
        path = ledger.path if ledger else _small(Path(folder))
        for subject in subjects:
            first = _written(exporter, ledger or Ledger(path), subject)
            again = _written(exporter, Ledger(path), subject)
            require(first == again, f"it wrote other bytes of {subject} when it was asked again: the same ledger and "
                    "wish must give the same bytes")


def _written(exporter: Exporter, ledger: Ledger, subject: str) -> bytes:
    wanted, file, version = Wanted(subject=subject), BytesIO(), ledger.version
    before = repr(wanted)
    told = attempt(lambda: exporter.write(ledger, file, wanted), f"{subject} of a small ledger")
    require(isinstance(told, Written), f"it returned {type(told).__name__} for {subject}, not sides' Written")
    require(not file.closed, f"it closed the file that it was given for {subject}")
    require(Ledger(ledger.path).version == version and repr(wanted) == before,
            f"it changed the ledger, or what was wanted, when it wrote {subject}")
    content = file.getvalue()
    require(bool(content) or not told.count, f"it says that it wrote {told.count} {told.things}, and wrote nothing")
    return content


def _small(folder: Path) -> Path:
    """A ledger of a few claims, made as `sides import` makes one."""
    (folder / "documents.json").write_text(json.dumps([
        {"key": "n1", "text": TEXT, "source": "The <Wire> & Co", "published": "2021-06-15"}]), "utf-8")
    (folder / "claims.jsonl").write_text("".join(json.dumps({"doc": "n1", **one}) + "\n" for one in CLAIMS), "utf-8")
    path = folder / "small.sides"
    try:
        report = Ledger(path).import_claims(folder / "claims.jsonl", documents=folder / "documents.json")
    except SidesError as error:
        raise ConformanceError(f"the ledger to test with could not be made: {error}") from error
    require(report.claims == len(CLAIMS), f"the ledger to test with is not whole: {report.left_out}")
    return path
