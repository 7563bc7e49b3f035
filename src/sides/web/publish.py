"""A copy of the app that opens without a server: the built pages, and the answers that they would ask for, as scripts.

Browsers let a page that is opened from a file fetch nothing, but load scripts that lie beside it. So the answers stand
in `data/N.js`, several in each, as calls of `sidesData(key, answer)`; `data.js` tells which of them has which. The copy
shows the ledger at one version, with one `known`, one lens: of all else it says that it does not hold it.

The same ledger gives the same bytes. `manifest.json` lists every file with its hash; only a folder that holds nothing
else is written over.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version as version_of
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sides.face import Ledger
from sides.model.dates import PartialDate
from sides.model.errors import SidesError
from sides.ties.lens import OPEN, Lens
from sides.web.app import bare_app
from sides.web.in_process import InProcess
from sides.web.pages import CODINGS, is_built
from sides.web.questions import NOW, Question, Subjects, defaults, questions
from sides.web.routes.search import quote_found
from sides.web.settings import Settings

FORMAT = "sides-published-1"
MANIFEST = "manifest.json"
EVERYTHING = 2**31 - 1
# Answers share a file up to this size: small enough to load while one waits, large enough for few files.
FILE_BYTES = 262_144


class PublishError(SidesError):
    """A copy cannot be written: why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the copy shows: the ledger as at `known` through a lens, opened at `at`; camps every so many months."""

    at: PartialDate | None = None
    known: PartialDate | None = None
    lens: Lens = OPEN
    exact: bool = False
    version: int | None = None
    step_months: int = 12

    @property
    def parameters(self) -> dict[str, str]:
        """As the API takes it."""
        given = {"known": str(self.known or ""), "lens": "" if self.lens == OPEN else str(self.lens),
                 "exact": "true" if self.exact else ""}
        return {name: value for name, value in given.items() if value}


@dataclass(slots=True)
class Published:
    """What was written: how many answers and bytes, and the questions that had no answer."""

    answers: int = 0
    size_bytes: int = 0
    unanswered: list[str] = field(default_factory=list)


def publish(ledger: Path, folder: Path, chosen: Chosen, built: Path) -> Published:
    """Write a copy into a folder. `built`: where the built pages are.

    Raises `PublishError`, and what opening the ledger raises.
    """
    if not is_built(str(built)):
        raise PublishError("The pages are not built. Install a released wheel, or in a clone run: sh scripts/app")
    refuse_others_files(folder)
    opened, app = Ledger(ledger, chosen.version), bare_app(Settings(ledger=ledger, read_only=True))
    subjects = Subjects(opened, chosen.known, chosen.lens, chosen.exact, chosen.step_months)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        copy_pages(built, scratch)
        scripts = Scripts(scratch)
        scripts.add("/api/search", search_index(opened, chosen.known))
        with InProcess(app) as api:
            report = write_answers(scripts, questions(app.openapi(), subjects), api, chosen, {
                "version": opened.version, "first": subjects.first, "defaults": defaults(app.openapi())})
        write_manifest(scratch, {"version": opened.version, "at": text(chosen.at), "known": text(chosen.known),
                                 "lens": str(chosen.lens), "exact": chosen.exact, "answers": report.answers})
        replace(folder, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return report


def refuse_others_files(folder: Path) -> None:
    """Raise `PublishError` where a folder holds anything that no earlier copy wrote."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise PublishError(f"'{folder}' is a file. Name a folder.")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        ours = {MANIFEST, *manifest["files"]} if manifest["format"] == FORMAT else set()
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    if others := sorted(there - ours):
        raise PublishError(f"'{folder}' holds what `sides publish` did not write: {', '.join(others[:3])}"
                           f"{' and more' if len(others) > 3 else ''}. Name another folder, or clear this one.")


def copy_pages(built: Path, folder: Path) -> None:
    """The built app, with the page that opens from a file as the first one."""
    for path in sorted(built.rglob("*")):
        name = path.relative_to(built).as_posix()
        if path.is_file() and name != "index.html" and path.suffix not in CODINGS.values():
            target = folder / ("index.html" if name == "published.html" else name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    if not (folder / "index.html").is_file():
        raise PublishError("The built app has no published.html. Build it anew: sh scripts/app")


def write_answers(scripts: Scripts, asked_for: Iterator[Question], api: InProcess, chosen: Chosen,
                  about: dict[str, Any]) -> Published:
    """Ask, and write what is answered."""
    report, dates = Published(), set[str]()
    always = {**chosen.parameters, "version": str(about["version"])}
    for question in asked_for:
        status, answer = whole(api, question.path, {**always, **question.asked(text(chosen.at))})
        if status == 200:
            scripts.add(question.key, answer)
            if question.at is not None and question.at != NOW:
                dates.add(question.at)
        else:
            report.unanswered.append(question.key)
    report.answers, report.size_bytes = len(scripts.places), scripts.size_bytes
    scripts.finish({"at": text(chosen.at), "known": text(chosen.known), "lens": always.get("lens"),
                    "exact": chosen.exact, "dates": sorted(dates), **about})
    return report


def whole(api: InProcess, path: str, asked: dict[str, str]) -> tuple[int, Any]:
    """The answer to a question; where it is given in parts, as they are worked out, all of it."""
    while True:
        status, answer = api.ask(path, asked)
        if status != 200 or (answer.get("is_done", True) and answer.get("done", 0) >= answer.get("of", 0)):
            return status, answer


class Scripts:
    """The answers of a copy, as scripts in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._calls: list[str] = []
        self._waiting = self._number = 0
        self.places: dict[str, int] = {}
        self.size_bytes = 0
        (folder / "data").mkdir()

    def add(self, key: str, answer: Any) -> None:
        """Write an answer under its key."""
        call = f"sidesData({script(key)},{script(answer)});\n"
        if self._calls and self._waiting + len(call) > FILE_BYTES:
            self._close()
        self._calls.append(call)
        self._waiting += len(call)
        self.size_bytes += len(call)
        self.places[key] = self._number

    def finish(self, copy: dict[str, Any]) -> None:
        """Write what waits, and the index: what this is a copy of, and where each answer stands."""
        if self._calls:
            self._close()
        index = f"window.sidesCopy={script({**copy, 'places': self.places})};\n"
        (self._folder / "data.js").write_text(index, encoding="ascii", newline="\n")

    def _close(self) -> None:
        path = self._folder / f"data/{self._number}.js"
        path.write_text("".join(self._calls), encoding="ascii", newline="\n")
        self._calls.clear()
        self._number, self._waiting = self._number + 1, 0


def search_index(ledger: Ledger, known: PartialDate | None) -> dict[str, Any]:
    """All that a search can find, for a page that searches by itself."""
    mentioned, actors = ledger.documents_mentioning(), ledger.actors()
    names = {actor.id: actor.name for actor in actors}
    texts = {document.id: document.text for document in ledger.documents()}
    return {"version": ledger.version,
            "actors": [{"id": one.id, "name": one.name, "kind": one.kind.value, "documents": mentioned.get(one.id, 0),
                        "names": sorted({one.name, one.id, *one.names})} for one in actors],
            "quotes": [quote_found(row, names) for row in ledger.find("quotes", "", known=known, most=EVERYTHING).rows],
            "documents": [{**{name: row[name] for name in ("id", "title", "name", "published", "outlets")},
                           "text": texts[row["id"]]}
                          for row in ledger.find("documents", "", known=known, most=EVERYTHING).rows]}


def script(value: Any) -> str:
    """A value as it may stand in a script, in ASCII: the same whatever a file's encoding is taken for."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def text(date: PartialDate | None) -> str | None:
    """A date as written."""
    return str(date) if date else None


def write_manifest(folder: Path, about: dict[str, Any]) -> None:
    """What the copy is of, and every file in it."""
    files = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
             for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = {"format": FORMAT, "program": version_of("sides"), **about, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8", newline="\n")


def replace(folder: Path, by: Path) -> None:
    """Put a folder in the place of another."""
    by.chmod(0o755)  # made for this user alone
    if folder.exists():
        old = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        folder.rename(old / "old")
        by.rename(folder)
        shutil.rmtree(old)
    else:
        by.rename(folder)
