"""What the columns of a table of events mean: a mapping, declared in TOML, shipped for known datasets or a user's own.

docs/events.md describes the file. Names of columns are those of the header, or of `columns` where there is none.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache, cached_property
from importlib.resources import files as package_files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sides.model.claim_type import ClaimType
from sides.model.errors import MappingError

Scheme = Literal["cameo", "cow", "gleditsch-ward", "iso3166-1-alpha2", "iso3166-1-alpha3", "ucdp", "name"]
# In a table of pairs: the columns of the record with which one is paired, and the dates at which both are members.
OTHER = "other."
OF_BOTH = ("start.first", "start.last", "end.first", "end.last")
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dataset(_Part):
    """What the table is."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    edition: str = ""
    edition_in_name: str = ""  # else a regular expression whose first group, in the name of a file, is the edition
    is_whole: bool = False  # an edition holds everything: what a newer one lacks was withdrawn
    outlet: str = ""  # who says so
    title: str = ""
    citation: str = ""
    until: date | None = None  # what has no end had none by this day
    confidence: Annotated[float, Field(gt=0, le=1)] = 1.0

    def edition_of(self, name: str) -> str:
        """The edition of a file of this name."""
        found = re.search(self.edition_in_name, name) if self.edition_in_name and not self.edition else None
        return found[1].replace("_", ".") if found else self.edition


class Table(_Part):
    """How a file is laid out."""

    files: tuple[str, ...] = ()  # names that such files bear, as shell patterns
    separator: Literal["tab", "comma", "semicolon", "bar"] = "comma"
    quoted: bool = True  # "a, b" is one field; else a quote is a letter like others
    header: bool = True
    columns: tuple[str, ...] = ()  # all in their order where there is no header; else those that must be there
    missing: tuple[str, ...] = ("",)

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        if not self.header and not self.columns:
            raise ValueError("a table without a header needs `columns`, all of them in their order")
        return self


class Day(_Part):
    """A date: one column in some form, or columns of year, month and day; and how exact it is."""

    column: str | None = None
    forms: tuple[str, ...] = ("%Y-%m-%d",)  # as strptime takes them, the first that fits
    year: str | None = None
    month: str | None = None
    day: str | None = None
    precision: str | None = None  # a column whose values stand in `within`
    within: dict[str, Literal["day", "week", "month", "year"]] = {}
    last: str | None = None  # a column with the last day that it may be, where `column` has the first
    optional: bool = False

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.column is None) == (self.year is None):
            raise ValueError("a date has either `column` or `year` (with `month` and `day` if there are any)")
        return self


class Side(_Part):
    """An actor: the columns that tell who it is, the surest first."""

    code: str | None = None
    scheme: Scheme = "name"
    name: str | None = None
    country: str | None = None
    country_scheme: Scheme = "name"
    place: str | None = None  # where it acts, which tells namesakes apart
    sectors: str | None = None  # a column that is kept as it is
    split: str | None = None  # several actors in one field, parted by this

    @model_validator(mode="after")
    def _is_told(self) -> Self:
        if not (self.code or self.name):
            raise ValueError("a side needs a `code` or a `name`")
        return self


class Act(_Part):
    """What is done, by a code of a scheme, or by a column's values."""

    code: str | None = None
    scheme: Literal["cameo", "weis"] | None = None
    root: str | None = None  # a column with the first two digits, which restores a zero that was lost
    column: str | None = None
    values: dict[str, ClaimType] = {}

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.code is None) == (self.column is None) or (self.code is None) != (self.scheme is None):
            raise ValueError("an act has either `code` with `scheme`, or `column` with `values`")
        return self


class Said(_Part):
    """One claim of each row."""

    source: Side
    target: Side
    type: ClaimType | Act
    when: dict[str, tuple[str, ...]] = {}  # only of rows in which these columns have one of these values


class Event(_Part):
    """What is told of a row as a whole."""

    id: tuple[str, ...]
    start: Day
    end: Day | None = None
    published: Day | None = None
    url: str | None = None
    publisher: str | None = None
    goldstein: str | None = None
    score: str | None = None  # on PLOVER's scale, where the table has its own
    mode: str | None = None
    context: str | None = None
    mentions: str | None = None
    sources: str | None = None
    articles: str | None = None
    deaths: str | None = None


class Pairs(_Part):
    """Records are members of something, and the claims are between two of them: see `sides.events.pairs`."""

    group: Annotated[tuple[str, ...], Field(min_length=1)]  # the columns that tell of what they are members
    side: str | None = None  # only of members with unlike values in this column


class Mention(_Part):
    """Records are no events, but other sources' reports of events in another table: see `sides.events.mentions`."""

    confidence: str | None = None  # a column that tells how sure it is that the event is mentioned


class Mapping(_Part):
    """The whole."""

    dataset: Dataset
    table: Table = Table()
    event: Event
    pairs: Pairs | None = None
    mention: Mention | None = None
    claim: tuple[Said, ...] = ()

    @model_validator(mode="after")
    def _tells_something(self) -> Self:
        if bool(self.claim) == bool(self.mention):
            raise ValueError("a record gives claims, with `[[claim]]`, or else is a `[mention]`")
        return self

    @property
    def gives_many(self) -> bool:
        """Whether a record may give several claims, whose ids then end with their number."""
        return len(self.claim) > 1 or any(side.split for one in self.claim for side in (one.source, one.target))

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The names of all columns that are looked at, sorted."""
        told = _columns(self.event) | {name for one in (*self.claim, self.mention) if one for name in _columns(one)}
        if self.pairs:
            told = {name.removeprefix(OTHER) for name in told - set(OF_BOTH)} | _columns(self.pairs)
        return tuple(sorted(told))


def read_mapping(path: Path) -> Mapping:
    """A mapping of one's own. Raises `MappingError`, naming the file and the place."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}: cannot be read ({error}). Write it as UTF-8 TOML; docs/events.md has an example."
                           ) from error
    return parse_mapping(content, str(path))


def parse_mapping(content: str, where: str) -> Mapping:
    """A mapping from its text. Raises `MappingError`, naming where and what."""
    try:
        return Mapping.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{where}: is no TOML ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise MappingError(f"{where}: {place}: {first['msg']}. See docs/events.md for the fields.") from error


def shipped() -> dict[str, Mapping]:
    """The mappings of known datasets, by name, sorted."""
    folder = package_files("sides") / "data" / "events"
    return {name: parse_mapping((folder / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")
            for name in shipped_names()}


@cache
def shipped_names() -> tuple[str, ...]:
    """The names of those, sorted."""
    folder = package_files("sides") / "data" / "events"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def chosen(dataset: str | None, own: Path | None) -> tuple[dict[str, Mapping], str | None]:
    """The mappings to read with, and which of them is meant, if one is: by its name, or a file of one's own.

    Those of plug-ins are looked for where the package's own name does not say all. Raises `MappingError`.
    """
    from sides.events.adapter import adapted

    if own is not None:
        return {"own": read_mapping(own)}, "own"
    mappings = shipped()
    if dataset not in mappings:
        mappings |= adapted()
    if dataset is not None and dataset not in mappings:
        raise MappingError(f"No dataset is called {dataset!r}. There are: {', '.join(mappings)}.")
    return mappings, dataset


def _columns(part: BaseModel) -> set[str]:
    found: set[str] = set()
    for name, value in part:
        if isinstance(value, BaseModel):
            found |= _columns(value)
        elif name == "when":
            found |= set(value)
        elif name in _COLUMN_FIELDS and value is not None:
            found |= {value} if isinstance(value, str) else set(value)
    return found


_COLUMN_FIELDS = frozenset((
    "id", "column", "year", "month", "day", "precision", "code", "name", "country", "place", "sectors", "root", "url",
    "publisher", "goldstein", "mentions", "sources", "articles", "deaths", "last", "group", "side",
    "confidence", "score", "mode", "context",
))
