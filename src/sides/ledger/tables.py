"""The tables of a ledger and their columns. docs/ledger.md describes each; a test compares the two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SCHEMA_VERSION = 5


class Values(Enum):
    """What a column holds: its name in DuckDB. Only these are used."""

    TEXT = "VARCHAR"
    INTEGER = "BIGINT"
    NUMBER = "DOUBLE"
    FLAG = "BOOLEAN"
    DAY = "DATE"
    TEXTS = "VARCHAR[]"
    INTEGERS = "BIGINT[]"
    ASIDES = "STRUCT(begin_char BIGINT, end_char BIGINT, reason VARCHAR)[]"
    REASONS = "STRUCT(kind VARCHAR, begin_char BIGINT, end_char BIGINT, text VARCHAR)[]"
    AMOUNTS = ("STRUCT(kind VARCHAR, low DOUBLE, high DOUBLE, unit VARCHAR, begin_char BIGINT, end_char BIGINT, "
               "text VARCHAR)[]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `default` is the SQL literal that stands in rows written before the column existed."""

    name: str
    values: Values
    is_nullable: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One Delta table, a folder within the ledger's."""

    name: str
    columns: tuple[Column, ...]
    since: int = 1  # the schema that brought it


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Values.TEXT) for name in names)


def _text_or_null(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Values.TEXT, is_nullable=True) for name in names)


def _integer(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Values.INTEGER) for name in names)


def _day(*names: str, is_nullable: bool = False) -> tuple[Column, ...]:
    return tuple(Column(name, Values.DAY, is_nullable=is_nullable) for name in names)


DOCUMENTS = Table("documents", (
    *_text("batch", "sighting", "digest", "id", "name", "published"),
    *_day("published_first", "published_last"),
    *_text("published_from", "published_is"),
    *_text_or_null("title", "outlet", "author"),
    *_text("language"),
    *_text_or_null("url"),
    *_text("format"),
    *_text_or_null("key"),
    Column("asides", Values.ASIDES),
    Column("signature", Values.INTEGERS),
    *_text("text"),
))
READINGS = Table("readings", (
    *_text("batch", "reading", "document", "anchor", "reader", "reader_version"),
    *_integer("mentions", "actors", "claims"),
))
MENTIONS = Table("mentions", (
    *_text("batch", "reading", "document"),
    *_integer("begin_char", "end_char"),
    *_text("text", "actor", "form", "how"),
    Column("confidence", Values.NUMBER),
))
ACTORS = Table("actors", (
    *_text("batch", "reading", "id", "name", "kind"),
    Column("names", Values.TEXTS),
    *_text_or_null("description", "country", "parent", "wikidata"),
    Column("is_provisional", Values.FLAG),
))
CLAIMS = Table("claims", (
    *_text("batch", "reading", "id", "document"),
    *_integer("begin_char", "end_char"),
    *_text("quote", "source", "target"),
    *_text_or_null("third"),
    *_text("type"),
    *_integer("sign"),
    *_text("layer", "speaker", "modality"),
    *_text_or_null("start"),
    *_day("start_first", "start_last", is_nullable=True),
    *_text_or_null("end"),
    *_day("end_first", "end_last", is_nullable=True),
    *_text("dated_from"),
    Column("confidence", Values.NUMBER),
    *_text("reader", "reader_version", "trigger", "source_text", "target_text"),
    Column("inferred", Values.TEXTS, default="[]"),
    *_text_or_null("restates"),
    Column("reasons", Values.REASONS, default="[]"),
    Column("amounts", Values.AMOUNTS, default="[]"),
))
INCOMPLETE = Table("incomplete", (
    *_text("batch", "reading", "id", "document"),
    *_integer("begin_char", "end_char"),
    *_text("quote"),
    *_text_or_null("source", "target"),
    *_text("type"),
    *_integer("sign"),
    *_text("layer", "speaker", "modality"),
    *_text_or_null("start"),
    *_day("start_first", "start_last", is_nullable=True),
    *_text_or_null("end"),
    *_day("end_first", "end_last", is_nullable=True),
    *_text("dated_from", "reader", "reader_version", "trigger", "actor_text"),
), since=3)
CORRECTIONS = Table("corrections", (
    *_text("batch", "id", "claim", "action", "changes"),
    *_text_or_null("withdraws"),
    *_text("who", "why", "made_at"),
))
DECISIONS = Table("decisions", (
    *_text("batch", "id", "actor", "verdict"),
    *_text_or_null("into"),
    *_text("part", "changes"),
    *_text_or_null("withdraws"),
    *_text("who", "why", "made_at"),
), since=2)
REGISTRY_FILES = Table("registry_files", (
    *_text("batch"),
    *_integer("place"),
    *_text("name", "content"),
), since=2)
LEXICON_FILES = Table("lexicon_files", REGISTRY_FILES.columns, since=3)
EVENTS = Table("events", (
    *_text("batch", "reading", "claim", "document", "dataset", "edition", "event", "file"),
    *_integer("record"),
    *_text_or_null("code", "mode", "context"),
    Column("quad", Values.INTEGER, is_nullable=True),
    Column("goldstein", Values.NUMBER, is_nullable=True),
    Column("score", Values.NUMBER, is_nullable=True),
    *(Column(name, Values.INTEGER, is_nullable=True) for name in ("mentions", "sources", "articles", "deaths")),
    *_text_or_null("publisher", "url", "source_sector", "target_sector"),
), since=4)
EVENT_MENTIONS = Table("event_mentions", (
    *_text("batch", "dataset", "event", "file"),
    *_integer("record"),
    *_day("day"),
    *_day("published", is_nullable=True),
    *_text_or_null("publisher", "url"),
    Column("confidence", Values.NUMBER, is_nullable=True),
), since=4)
EVENT_BLOCKS = Table("event_blocks", (
    *_text("batch", "dataset", "edition", "file", "digest", "reader_version"),
    *_integer("first", "records"),
    Column("is_last", Values.FLAG),
    Column("is_whole_edition", Values.FLAG),
    *_integer("read", "claims", "unknown", "recoded"),
    *_text("left_out"),
    *_day("day_first", "day_last", is_nullable=True),
), since=4)
FORECASTS = Table("forecasts", (
    *_text("batch", "id", "source", "target", "event"),
    *_day("asked_on"),
    *_text("known"),
    *_integer("within_days"),
    *_text("lens"),
    Column("is_exact", Values.FLAG),
    *(Column(name, Values.NUMBER) for name in ("chance", "low", "high", "base_rate", "recurrence_rate")),
    *_text("forecaster", "forecaster_version"),
    *_day("horizon"),
), since=5)
COMMITS = Table("commits", (
    *_integer("version"),
    *_text("batch", "kind"),
    *_integer("schema_version", "documents", "readings", "mentions", "actors", "claims", "corrections"),
    Column("decisions", Values.INTEGER, default="0"),
    Column("registry_files", Values.INTEGER, default="0"),
    Column("incomplete", Values.INTEGER, default="0"),
    Column("lexicon_files", Values.INTEGER, default="0"),
    Column("events", Values.INTEGER, default="0"),
    Column("event_mentions", Values.INTEGER, default="0"),
    Column("event_blocks", Values.INTEGER, default="0"),
    Column("forecasts", Values.INTEGER, default="0"),
))

DATA_TABLES = (DOCUMENTS, READINGS, MENTIONS, ACTORS, CLAIMS, INCOMPLETE, CORRECTIONS, DECISIONS, REGISTRY_FILES,
               LEXICON_FILES, EVENTS, EVENT_MENTIONS, EVENT_BLOCKS, FORECASTS)
TABLES = (COMMITS, *DATA_TABLES)
