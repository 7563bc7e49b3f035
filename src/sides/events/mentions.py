"""Mentions: other sources' reports of events that stand in another table. They are no events of their own.

One event through many mentions counts once. Mentions are kept beside the events, in the table `mentioned`, joined to
them by dataset and id whatever the order of the files, and a panel's `publishers` counts their sources too. This is for
datasets whose records are one event each: where a record gives several claims, their ids are not those of the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb
from arro3.core import Array, DataType
from arro3.core import Table as Columns

from sides.events.account import WHY, Account
from sides.events.blocks import Block, check_header
from sides.events.fields import Fields
from sides.events.mapping import Mapping

MENTIONED = {"dataset": "VARCHAR", "id": "VARCHAR", "file": "VARCHAR", "record": "BIGINT", "day": "DATE",
             "published": "DATE", "publisher": "VARCHAR", "url": "VARCHAR", "confidence": "DOUBLE"}


def mention_accounts(connection: duckdb.DuckDBPyConnection, mapping: Mapping,
                     blocks: Iterable[Block]) -> Iterator[Account]:
    """Add a file's mentions to the table `mentioned`; after each account `left_out` has the records that are none.

    Raises `InputError` where columns are missing.
    """
    assert mapping.mention is not None
    run, event = connection.execute, mapping.event
    for block in blocks:
        check_header(block.file, block.header, mapping.table, mapping.used)
        column = Fields(mapping, block.header, "f[{}]")
        identity = f"concat_ws('/', {', '.join(column(one) for one in event.id)})"
        connection.register("lines", Columns.from_arrays([Array(block.text.split("\n"), DataType.string())],
                                                         names=["text"]))
        run(f"""
            CREATE OR REPLACE TEMP TABLE mention AS
            SELECT record, text, CASE
                   WHEN len(f) <> {len(block.header)} THEN 'columns'
                   WHEN day IS NULL THEN 'date'
                   WHEN NOT ({' AND '.join(f'{column(one)} IS NOT NULL' for one in event.id)}) THEN 'id' END AS reason,
                   {identity} AS id, day, {column.day(event.published)[0] if event.published else 'NULL'} AS published,
                   {column(event.publisher)} AS publisher, {column(event.url)} AS url,
                   try_cast({column(mapping.mention.confidence)} AS DOUBLE) AS confidence
            FROM (SELECT *, {column.day(event.start)[0]} AS day
                  FROM (SELECT row_number() OVER () - 1 + $first AS record, text, string_split(text, $separator) AS f
                        FROM lines))""", {"first": block.first, "separator": block.separator})
        connection.unregister("lines")
        run("INSERT INTO mentioned SELECT $dataset, id, $file, record, day, published, publisher, url, confidence "
            "FROM mention WHERE reason IS NULL ORDER BY record",
            {"dataset": mapping.dataset.name, "file": block.file})
        run("CREATE OR REPLACE TEMP TABLE left_out AS SELECT $file AS file, record, reason, text FROM mention "
            "WHERE reason IS NOT NULL ORDER BY record", {"file": block.file})
        reasons = dict(run("SELECT reason, count(*) FROM left_out GROUP BY reason").fetchall())
        ((read, first, last),) = run("SELECT count(*), min(day), max(day) FROM mention WHERE reason IS NULL").fetchall()
        yield Account(mapping.dataset.name, block.file, block.records, read, 0, 0, block.recoded,
                      {reason: reasons[reason] for reason in WHY if reason in reasons}, first, last)


def repeated_mentions(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many records of each file mention an event at an address that an earlier record has, by file and place."""
    return dict(connection.execute(
        "SELECT file, count(*) FROM (SELECT file FROM mentioned QUALIFY row_number() OVER "
        "(PARTITION BY dataset, id, publisher, url ORDER BY file, record) > 1) GROUP BY file").fetchall())


def without_event(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many mentions of each file are of events that were not read, or were left out."""
    return dict(connection.execute(
        "SELECT file, count(*) FROM mentioned ANTI JOIN gathered USING (dataset, id) GROUP BY file ORDER BY file"
    ).fetchall())
