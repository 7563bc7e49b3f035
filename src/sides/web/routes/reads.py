"""Adding documents: files, pasted texts and addresses, read in the background and followed while they are."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from sides.documents.sidecar import SIDECARS
from sides.model.dates import PartialDate
from sides.web.answers.evidence import FaultAnswer
from sides.web.answers.reads import About, AgainAsked, ReadAsked, RunAnswer, RunsAnswer, run_answer
from sides.web.asked import SettingsHere
from sides.web.faults import Refused
from sides.web.runs import Input, Run, Runs, Said, safe_name
from sides.web.settings import Settings

router = APIRouter()
MOST_FILES = 10_000
ABOUT_BYTES = 8 * 1024 * 1024
REFUSALS: dict[int | str, dict[str, Any]] = {code: {"model": FaultAnswer} for code in (400, 403, 409, 413, 429)}
# Those who follow a run are told at most so often, and asked to come again after so long: a server that shuts down
# waits for its answers to end.
TELL_SECONDS, STREAM_SECONDS = 0.2, 10.0
FORM = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {
    "type": "object", "required": ["about"], "properties": {
        "about": {"type": "string", "description": "A ReadAsked as JSON."},
        "files": {"type": "array", "items": {"type": "string", "format": "binary"}}}}}}}}


def runs_of(request: Request) -> Runs:
    """The runs of the app."""
    found: Runs = request.app.state.runs
    return found


def changeable(settings: SettingsHere) -> Settings:
    """The settings of a server that takes documents. Raises `Refused`."""
    if settings.read_only:
        raise Refused(403, "This server shows the ledger and takes no documents.")
    return settings


RunsHere = Annotated[Runs, Depends(runs_of)]
ChangeableHere = Annotated[Settings, Depends(changeable)]


def run_here(id: str, runs: RunsHere) -> Run:
    """The run of an id."""
    return runs.get(id)


RunHere = Annotated[Run, Depends(run_here)]


@router.post("/api/reads", response_model=RunAnswer, status_code=202, responses=REFUSALS, openapi_extra=FORM)
async def read(request: Request, runs: RunsHere, settings: ChangeableHere) -> dict[str, Any]:
    """Ask for a run. Files are kept under names of our own until they are read, and never run."""
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES, max_part_size=ABOUT_BYTES)
    try:
        about, files = form.get("about"), form.getlist("files")
        if not isinstance(about, str) or not all(isinstance(one, UploadFile) for one in files):
            raise Refused(422, "Send a form with `about`, a text, and `files`.")
        asked = asked_of(about, settings)
        uploads = [one for one in files if isinstance(one, UploadFile)]
        if len(uploads) != len(asked.files):
            raise Refused(422, f"`about` tells of {len(asked.files)} files, and {len(uploads)} were sent.")
        if not uploads and not asked.urls:
            raise Refused(422, "There is nothing to read: give files, a text or an address.")
        return run_answer(await run_in_threadpool(add, runs, asked, uploads))
    finally:
        await form.close()


@router.get("/api/reads", response_model=RunsAnswer)
def reads(runs: RunsHere) -> dict[str, Any]:
    """The runs that the server remembers."""
    return {"runs": [run_answer(run) for run in runs.all()]}


@router.get("/api/reads/run", response_model=RunAnswer)
def one(run: RunHere) -> dict[str, Any]:
    """One run, as it stands."""
    return run_answer(run)


@router.get("/api/reads/events", response_class=StreamingResponse,
            responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}})
def events(run: RunHere) -> StreamingResponse:
    """A run as it goes: an event with the whole of it at once and whenever something has happened."""
    return StreamingResponse(told(run), media_type="text/event-stream", headers={"cache-control": "no-store"})


@router.post("/api/reads/stop", response_model=RunAnswer, responses=REFUSALS)
def stop(run: RunHere, runs: RunsHere, settings: ChangeableHere) -> dict[str, Any]:
    """End a run; what was read is kept."""
    runs.stop(run)
    return run_answer(run)


@router.post("/api/reads/again", response_model=RunAnswer, status_code=202, responses=REFUSALS)
def again(body: AgainAsked, run: RunHere, runs: RunsHere, settings: ChangeableHere) -> dict[str, Any]:
    """Read what a run left out for want of a date once more, with dates."""
    return run_answer(runs.again(run, {name: str(PartialDate.parse(day)) for name, day in body.dates.items()}))


@router.post("/api/reads/forget", response_model=RunsAnswer, responses=REFUSALS)
def forget(run: RunHere, runs: RunsHere, settings: ChangeableHere) -> dict[str, Any]:
    """Forget a run that is over, with what it left of its uploads."""
    runs.forget(run)
    return reads(runs)


def asked_of(about: str, settings: Settings) -> ReadAsked:
    """What is asked for, with dates that are dates. Raises `Refused` or `DateError`."""
    try:
        asked = ReadAsked.model_validate_json(about)
    except ValidationError as error:
        raise Refused(422, "; ".join(f"about.{'.'.join(map(str, one['loc']))}: {one['msg']}"
                                     for one in error.errors(include_url=False))) from error
    may_fetch = settings.is_loopback and not settings.read_only
    if asked.urls and not may_fetch:
        raise Refused(403, "This server fetches no addresses for others. Save the page and add the file.")
    for day in [asked.published, *(one.published for one in (*asked.files, *asked.urls))]:
        if day:
            PartialDate.parse(day)
    names = [one.name for one in (*asked.files, *asked.urls)]
    doubled = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if doubled is not None:
        raise Refused(422, f"{doubled!r} is given twice. Give each input a name of its own.")
    return asked


def add(runs: Runs, asked: ReadAsked, files: list[UploadFile]) -> Run:
    """Keep the files, and ask for the run."""
    folder = runs.uploads.folder()
    try:
        inputs: list[Input] = []
        sidecars: dict[str, Path] = {}
        for number, (about, file) in enumerate(zip(asked.files, files, strict=True)):
            name = PurePosixPath(about.name)
            if name.name in SIDECARS:
                label = f"{name.parent}/" if name.parent != PurePosixPath() else ""
                place = sidecars.setdefault(label, folder / f"sidecars-{len(sidecars)}")
                place.mkdir(exist_ok=True)
                keep(file, place / name.name)
            else:
                keep(file, folder / safe_name(number, about.name))
                inputs.append(input_of(about, path=str(folder / safe_name(number, about.name))))
        inputs += [input_of(about, url=about.name) for about in asked.urls]
        said = Said(published=asked.published or None, outlet=asked.outlet or None, author=asked.author or None,
                    language=asked.language or None)
        return runs.add(inputs, said, folder, [(label, str(place)) for label, place in sidecars.items()])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def keep(file: UploadFile, path: Path) -> None:
    """Write an upload to a file that only its owner may read, and nobody run."""
    with path.open("xb") as out:
        path.chmod(0o600)
        shutil.copyfileobj(file.file, out)


def input_of(about: About, *, path: str | None = None, url: str | None = None) -> Input:
    """An input with what is said of it."""
    return Input(name=about.name, path=path, url=url, title=about.title or None, author=about.author or None,
                 outlet=about.outlet or None, published=about.published or None)


async def told(run: Run) -> AsyncIterator[str]:
    """A run as events: whoever comes again is told all of it first, so that nothing is missed."""
    yield "retry: 500\n\n"
    seen, until = -1, asyncio.get_running_loop().time() + STREAM_SECONDS
    while asyncio.get_running_loop().time() < until:
        if run.changes != seen:
            seen, is_over = run.changes, run.state.is_over
            yield f"id: {seen}\nevent: run\ndata: {json.dumps(run_answer(run))}\n\n"
            if is_over:
                return
        await asyncio.sleep(TELL_SECONDS)
