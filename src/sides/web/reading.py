"""One run of reading, in a process of its own: `python -m sides.web.reading`.

The server hands a task over as one line of JSON on standard input; how far it is comes back as lines on standard
output. A document that brings the process down costs the run and not the server. A line "stop" ends the run after what
is read is committed; the end of standard input tells that the server is gone: the uploads are removed then.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from sides.documents import Source
from sides.documents.sidecar import Sidecar, read_sidecars
from sides.documents.source import Facts
from sides.face import Ledger
from sides.model.dates import PartialDate
from sides.model.errors import InputError, MissingInput, SidesError
from sides.report.run import run_record

STOP = "stop"


class Telling:
    """Progress as lines of JSON. Raises `KeyboardInterrupt`, which ends a run well, once it is to stop."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self.is_stopped = threading.Event()

    def tell(self, **what: Any) -> None:
        """One line."""
        self._out.write(json.dumps(what) + "\n")
        self._out.flush()

    def found(self, total: int) -> None:
        """See `Progress`."""
        self.tell(found=total)

    def advanced(self, name: str) -> None:
        """See `Progress`."""
        self.tell(advanced=name)
        if self.is_stopped.is_set():
            raise KeyboardInterrupt


def main() -> None:
    """Read what the server hands over."""
    telling = Telling(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    os.dup2(2, 1)  # what a library prints is not ours to tell
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=listen, args=(telling, Path(task["uploads"])), daemon=True).start()
    try:
        telling.tell(report=run(task, telling))
    except KeyboardInterrupt:
        telling.tell(interrupted=True)
    except (SidesError, OSError) as error:
        telling.tell(failed=str(error))
    os._exit(0)  # all is told; the thread that listens would hold up an ordinary end


def listen(telling: Telling, uploads: Path) -> None:
    """Hear when to stop; and leave without a trace when the server is gone."""
    for line in sys.stdin:
        if line.strip() == STOP:
            telling.is_stopped.set()
    shutil.rmtree(uploads, ignore_errors=True)
    os._exit(1)


def run(task: Mapping[str, Any], telling: Telling) -> dict[str, Any]:
    """Read, and report."""
    sidecars = {one["label"]: read_sidecars(Path(one["folder"]), one["label"]) for one in task["sidecars"]}
    inputs = task["inputs"]
    sources = [Source(name=one["name"], path=Path(one["path"]) if one["path"] else None, url=one["url"],
                      facts=facts_of(one, sidecars)) for one in inputs]
    report = Ledger(Path(task["ledger"])).read(
        *sources, progress=telling, published=task["published"], outlet=task["outlet"], author=task["author"],
        language=task["language"])
    report.left_out[:0] = faults_of(sidecars, [one["name"] for one in inputs])
    return run_record(report)


def facts_of(given: Mapping[str, Any], sidecars: Mapping[str, Sidecar]) -> Facts:
    """What is known of an input: what the user says of it, else the nearest sidecar among the uploads that does."""
    name = PurePosixPath(given["name"])
    listed = Facts()
    for folder in name.parents:
        label = f"{folder}/" if folder != PurePosixPath() else ""
        found = sidecars[label].facts.get(given["name"].removeprefix(label)) if label in sidecars else None
        if found is not None:
            listed = found
            break
    return Facts(
        key=listed.key, title=given["title"] or listed.title, author=given["author"] or listed.author,
        outlet=given["outlet"] or listed.outlet, language=listed.language, url=listed.url,
        published=PartialDate.parse(given["published"]) if given["published"] else listed.published,
        published_is=None if given["published"] else listed.published_is)


def faults_of(sidecars: Mapping[str, Sidecar], names: Sequence[str]) -> list[InputError]:
    """What is wrong in the sidecars, and the files that they list and that were not uploaded."""
    uploaded = set(names)
    faults: list[InputError] = []
    for label, sidecar in sidecars.items():
        faults += sidecar.errors
        faults += [MissingInput(f"{label}{file}", f"is listed in {listed_in} but was not uploaded",
                                "Add the file, or remove its row.")
                   for file, listed_in in sidecar.listed_in.items() if f"{label}{file}" not in uploaded]
    return faults


if __name__ == "__main__":
    main()
