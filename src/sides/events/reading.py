"""What is known of files while they are read, and what became of them."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from sides.events.account import Account
from sides.events.parts import Part, done
from sides.events.portions import Laid
from sides.events.scan import Found
from sides.events.units import Units
from sides.model.errors import InputError

# Of text that is read at once. More takes no less time, and the keys of a hundred megabytes are few.
BATCH_BYTES = 256_000_000
BATCH_FILES = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file: its account, or why it could not be read."""

    file: str
    account: Account | None
    error: InputError | None = None


@dataclass(slots=True)
class Reading:
    """A file that is being read, or was: `number` is its place among all."""

    path: Path
    number: int
    dataset: str = ""
    records: int = 0
    recoded: int = 0
    account: Account | None = None  # of a file that is read by itself
    error: InputError | None = None
    is_listed: bool = False  # whether `refused` has what was left out of it


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some files that were read by one gathering, for another to take up; their rows lie in Parquet."""

    readings: tuple[Reading, ...]
    rows: tuple[Laid, ...]


@dataclass(frozen=True, slots=True)
class Scanning:
    """Files of the same units that are being read beside all else."""

    units: Units
    readings: list[Reading]
    found: Future[Found]


@dataclass(slots=True)
class Batch:
    """Parts of files that can be read at once."""

    parts: list[tuple[Reading, Part]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether there is enough to read."""
        return len(self.parts) >= BATCH_FILES or sum(part.size for _, part in self.parts) >= BATCH_BYTES

    def takes(self, reading: Reading, part: Part) -> bool:
        """Whether a part is laid out as the others are."""
        return not self.parts or [(reading.dataset, part.header, part.separator, part.skip)] == [
            (other.dataset, one.header, one.separator, one.skip) for other, one in self.parts[:1]]

    def drop(self, reading: Reading) -> None:
        """Leave out what is there of a file."""
        for other, part in self.parts:
            if other is reading:
                done(part)
        self.parts = [one for one in self.parts if one[0] is not reading]
