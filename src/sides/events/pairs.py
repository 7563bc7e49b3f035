"""Claims between the records of a group: participants of a dispute, members of an alliance.

Such a table has a record for each member, and a mapping with `[pairs]` says what makes two of them a pair: the same
group, unlike sides where there are sides, and a time at which both were members. A pair is a record of its own, in
which a column of the first is called by its name, that of the second `other.` and its name; `[event]` `start` and
`end` are those of each member, and the pair's are the overlap. It goes through the same conversion as any record, with
the text of both as its evidence; what becomes of the members is told by what became of their pairs.

Pairs are made when the whole file has been read, for a group's records may stand anywhere in it: the records and the
pairs lie in the database, which works on disk where memory ends, and only some pairs at a time become text. A group of
n members has up to n(n-1)/2 pairs: this is for tables of alliances and disputes, not for those of millions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from arro3.core import Array, DataType
from arro3.core import Table as Columns

from sides.events.account import WHY, Account
from sides.events.blocks import Block, check_header
from sides.events.converter import Converter
from sides.events.fields import REASONS, Fields
from sides.events.mapping import OF_BOTH, OTHER, Day, Mapping, Pairs, Table
from sides.model.errors import SidesError

# Pairs that are text at a time: some tens of megabytes of the longest known records.
PAIRS = 20_000
# The overlap of two spells that are known from a first to a last day; without an end, one has not ended yet.
OVERLAP = ("greatest(one.start_first, other.start_first)", "greatest(one.start_last, other.start_last)",
               "least(one.end_first, other.end_first)", "least(one.end_last, other.end_last)")


def of_pairs(mapping: Mapping) -> Mapping:
    """How a pair is to be read, by the mapping for the records that it is made of."""
    first, last, end_first, end_last = OF_BOTH
    event = mapping.event.model_copy(update={
        "start": Day(column=first, last=last), "end": Day(column=end_first, last=end_last)})
    missing = tuple(sorted({*mapping.table.missing, ""}))
    return Mapping(dataset=mapping.dataset, table=Table(missing=missing), event=event, claim=mapping.claim)


def pair_accounts(converter: Converter, mapping: Mapping, blocks: Iterable[Block]) -> Iterator[Account]:
    """Convert a file's pairs with a converter for `of_pairs(mapping)`; after each account, its tables hold the results.

    The accounts together tell of the records of the file: each is read if a claim came of any of its pairs, and left
    out with a reason otherwise; of several reasons, with that of the pair that came furthest. Raises `InputError`
    where columns are missing.
    """
    assert mapping.pairs is not None
    run = converter.connection.execute
    run("CREATE OR REPLACE TEMP TABLE refusal (pair BIGINT, reason VARCHAR)")
    last = _members(converter, mapping, mapping.pairs, blocks)
    ((count,),) = run("SELECT count(*) FROM pair").fetchall()
    for first in range(1, max(count, 1) + 1, PAIRS):
        text = run("SELECT text FROM pair WHERE pair BETWEEN $first AND $last ORDER BY pair",
                   {"first": first, "last": first + PAIRS - 1}).fetchall()
        told = converter.convert(replace(last, first=first, records=len(text), recoded=0,
                                         text="\n".join(one for one, in text), header=pair_header(last.header)))
        run("INSERT INTO refusal SELECT record, reason FROM left_out")
        run("UPDATE converted SET record = pair.one FROM pair WHERE pair.pair = converted.record")
        run("DELETE FROM left_out")
        if first + PAIRS > count:
            reasons = _left_out(converter, mapping.pairs, last.file)
            read = last.records - sum(reasons.values())
            ((found,),) = run("SELECT count(DISTINCT record) FROM (SELECT unnest([one, other]) AS record FROM pair "
                              "ANTI JOIN refusal USING (pair))").fetchall()
            if found != read:
                raise SidesError(f"{last.file}: of {last.records} records {found} were read and "
                                 f"{last.records - read} left out. This is a mistake in sides: please report it.")
            told = replace(told, records=last.records, read=read, left_out=reasons, recoded=last.recoded)
        else:
            told = replace(told, records=0, read=0, left_out={})
        yield told


def pair_header(header: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a pair of records with these columns."""
    return (*header, *(OTHER + name for name in header), *OF_BOTH)


def _members(converter: Converter, mapping: Mapping, pairs: Pairs, blocks: Iterable[Block]) -> Block:
    """Make the tables `member`, a row each record, and `pair`; tells of the file as of one block, without text."""
    run, records, recoded, last = converter.connection.execute, 0, 0, None
    for block in blocks:
        if last is None:
            check_header(block.file, block.header, mapping.table, mapping.used)
            column = Fields(mapping, block.header, "f[{}]")
            start = column.day(mapping.event.start)
            end = column.day(mapping.event.end) if mapping.event.end else ("NULL", "NULL")
            group = [column(name) for name in pairs.group]
            side = column(pairs.side) if pairs.side else "''"
            member = f"""
                SELECT record, text, len(f) = {len(block.header)} AS is_whole,
                       CASE WHEN {' AND '.join(f'{one} IS NOT NULL' for one in group)}
                            THEN concat_ws(chr(31), {', '.join(group)}) END AS body, {side} AS side,
                       {start[0]}::DATE AS start_first, {start[1]}::DATE AS start_last,
                       {end[0]}::DATE AS end_first, {end[1]}::DATE AS end_last
                FROM (SELECT row_number() OVER () - 1 + $first AS record, text, string_split(text, $separator) AS f
                      FROM lines)"""
        converter.connection.register("lines", Columns.from_arrays(
            [Array(block.text.split("\n"), DataType.string())], names=["text"]))
        run(("INSERT INTO member" if last else "CREATE OR REPLACE TEMP TABLE member AS") + member,
            {"first": block.first, "separator": block.separator})
        converter.connection.unregister("lines")
        last, records, recoded = block, records + block.records, recoded + block.recoded
    assert last is not None  # a file without records has been refused
    dates = ", ".join(f"coalesce({one}::VARCHAR, '')" for one in OVERLAP)
    sides = "one.side <> other.side" if pairs.side else "true"
    run(f"""
        CREATE OR REPLACE TEMP TABLE pair AS
        WITH whole AS MATERIALIZED (
            SELECT * FROM member
            WHERE is_whole AND body IS NOT NULL AND side IS NOT NULL AND start_first IS NOT NULL)
        SELECT row_number() OVER (ORDER BY one.record, other.record) AS pair, one.record AS one, other.record AS other,
               concat_ws($separator, one.text, other.text, {dates}) AS text
        FROM whole AS one JOIN whole AS other ON one.body = other.body AND {sides}
             -- Each pair once, and the same one first whatever the order of the records.
             AND (one.side, one.text, one.record) < (other.side, other.text, other.record)
        WHERE coalesce(least(one.end_last, other.end_last) >= greatest(one.start_first, other.start_first), true)
        ORDER BY pair""", {"separator": last.separator})
    return replace(last, records=records, recoded=recoded, text="")


def _left_out(converter: Converter, pairs: Pairs, file: str) -> dict[str, int]:
    """Fill `left_out` with the records of which no pair was read; how many for each reason."""
    rank = " ".join(f"WHEN '{reason}' THEN {place}" for place, reason in enumerate(REASONS))
    run = converter.connection.execute
    run(f"""
        INSERT INTO left_out
        WITH paired AS (SELECT unnest([one, other]) AS record, pair FROM pair),
        fate AS (SELECT record, bool_or(reason IS NULL) AS is_read,
                        max_by(reason, CASE reason {rank} END) AS reason
                 FROM paired LEFT JOIN refusal USING (pair) GROUP BY record),
        company AS (SELECT body, count(*) AS members, count(DISTINCT side) AS sides FROM member
                    WHERE is_whole AND body IS NOT NULL AND side IS NOT NULL AND start_first IS NOT NULL GROUP BY body)
        SELECT $file AS file, member.record, CASE
            WHEN NOT is_whole THEN 'columns' WHEN start_first IS NULL THEN 'date' WHEN body IS NULL THEN 'id'
            WHEN side IS NULL THEN 'side' WHEN fate.reason IS NOT NULL THEN fate.reason
            WHEN company.{'sides' if pairs.side else 'members'} < 2 THEN 'alone' ELSE 'apart' END,
            text
        FROM member LEFT JOIN fate USING (record) LEFT JOIN company USING (body)
        WHERE is_read IS DISTINCT FROM true
        ORDER BY member.record""", {"file": file})
    reasons = dict(run("SELECT reason, count(*) FROM left_out GROUP BY reason").fetchall())
    return {reason: reasons[reason] for reason in WHY if reason in reasons}
