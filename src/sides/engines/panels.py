"""Files of events gathered for a panel: here, or in groups by an engine.

What a process does with some files (`gathered`) is to gather them as this process would, and to lay the rows down in a
folder that all see; here they are taken up in the order of the files, and the panel is made of all.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mappings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sides.actors.registry import Registry
from sides.engines.engine import LOCAL, Engine, groups, opened
from sides.events.blocks import BLOCK_BYTES
from sides.events.database import MEMORY
from sides.events.gathering import Gathered, Gathering, Told, gathering
from sides.events.mapping import Mapping
from sides.model.errors import EngineError, MalformedInput

# Of files, plain or compressed: a task of some tenths of a second to a few seconds.
GROUP_BYTES = BLOCK_BYTES
# Workers may not have heard yet that nobody waits for them, and write into a folder while it is removed.
REMOVAL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class GatheringSettings:
    """What the gathering of files depends on, besides the files.

    `mappings`: by name, as `sides.events.mapping.shipped` gives them; `dataset` names the one for all files. `memory`:
    of each process. `with_left_out`: whether the records are listed that are left out.
    """

    mappings: Mappings[str, Mapping]
    dataset: str | None = None
    memory: str = MEMORY
    with_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Fallen:
    """Files that brought their process down."""

    paths: tuple[Path, ...]


def read_into(found: Gathering, paths: Iterable[Path], settings: GatheringSettings, *, engine: str = LOCAL,
              beside: Path | None = None) -> Iterator[Told]:
    """Read files into a gathering with the same mappings; what cannot be read costs itself alone.

    `engine`: see `sides.engines.engine.opened`. `beside`: the folder in which a cluster's workers get one of their own,
    as long as they read: all see it under the same path, as they do the files; by default the temporary one of this
    machine. Raises `EngineError`.
    """
    if engine == LOCAL:
        yield from found.read(paths, settings.dataset)
        return
    with shared_folder(beside) as folder, opened(engine) as running:
        yield from read_by(running, found, paths, settings, folder)


def read_by(engine: Engine, found: Gathering, paths: Iterable[Path], settings: GatheringSettings, folder: Path,
            ) -> Iterator[Told]:
    """The same by an engine that runs, through a folder that it shares."""
    for one in engine.each(partial(gathered, folder, settings), groups(paths, Path, GROUP_BYTES), Fallen, chunk=1):
        if isinstance(one, Gathered):
            yield from found.take_up(one)
        elif len(one.paths) > 1:
            for path in one.paths:
                yield from read_by(engine, found, [path], settings, folder)
        else:
            name = str(one.paths[0])
            yield Told(name, None, MalformedInput(
                name, "brought the reading process down (out of memory?)",
                "Give more memory or less of it to the database (--memory); the other files are read."))


def gathered(folder: Path, settings: GatheringSettings, paths: tuple[Path, ...]) -> Iterator[Gathered | Fallen]:
    """The task that every engine runs: gather files, lay their rows down in a folder. Raises `EngineError`."""
    if not folder.is_dir():
        raise EngineError(f"A worker does not see the folder {folder}. Write the output to a folder that all machines "
                          "see under the same path (from Python: name one with `shared`), as they must see the files.")
    with gathering(mappings=settings.mappings, registry=_registry(), memory=settings.memory) as found:
        found.connection.execute("SET threads = 1")  # it is the engine that spreads the work out
        for _ in found.read(paths, settings.dataset):
            pass
        yield found.lay_down(folder, with_left_out=settings.with_left_out)


@contextmanager
def shared_folder(beside: Path | None = None) -> Iterator[Path]:
    """A new folder as long as the context, in the temporary one or in another."""
    folder = Path(beside or tempfile.gettempdir()).resolve() / f".sides-{secrets.token_hex(8)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        until = time.monotonic() + REMOVAL_SECONDS
        while folder.exists() and time.monotonic() < until:
            shutil.rmtree(folder, ignore_errors=True)


@cache
def _registry() -> Registry:
    """It is only looked at, and takes half a second to load."""
    return Registry.load()
