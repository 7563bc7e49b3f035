"""What became of the records of files of events: block by block, as it was when they were read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sides.ledger.filling import Connection
from sides.ledger.tables import EVENT_BLOCKS

READER = "events"  # under which what tables say is read
FORMAT = "events"  # of their documents
FIELDS = [column.name for column in EVENT_BLOCKS.columns if column.name != "batch"]
BLOCKS = (f"SELECT {', '.join(FIELDS)} FROM stored.event_blocks JOIN committed USING (batch) "
          "ORDER BY committed.version, file, digest, first")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBlock:
    """Some records of a file: `records` = `read` + all that is in `left_out`, always."""

    dataset: str
    edition: str
    file: str  # its name, without its folder
    digest: str  # of the whole file
    reader_version: str
    first: int  # place of the first record in the file, from 1
    records: int
    is_last: bool  # of the file
    is_whole_edition: bool  # whether an edition of the dataset holds everything
    read: int
    claims: int
    unknown: int  # claims with a side that the registry does not know
    recoded: int  # records that were no UTF-8
    left_out: Mapping[str, int]  # by reason, see `sides.events.account.WHY`
    day_first: date | None  # that the events cover
    day_last: date | None


def event_blocks(connection: Connection) -> list[EventBlock]:
    """All that was read, first what was read first."""
    rows = (dict(zip(FIELDS, row, strict=True)) for row in connection.execute(BLOCKS).fetchall())
    return [EventBlock(**{**row, "left_out": json.loads(row["left_out"])}) for row in rows]
