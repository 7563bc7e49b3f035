"""Columns of plain values into Arrow, in the types of the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from arro3.core import Array, DataType, Field, Schema, list_array, struct_array
from arro3.core import Table as ArrowTable

from sides.ledger.escape import UNSTORABLE, escaped
from sides.ledger.tables import Table, Values

EPOCH = date(1970, 1, 1).toordinal()
UNSIGNED = 1 << 64

TEXT = DataType.string()
INTEGER = DataType.int64()
NUMBER = DataType.float64()
ASIDE_FIELDS = (Field("begin_char", INTEGER), Field("end_char", INTEGER), Field("reason", TEXT))
REASON_FIELDS = (Field("kind", TEXT), Field("begin_char", INTEGER), Field("end_char", INTEGER), Field("text", TEXT))
AMOUNT_FIELDS = (Field("kind", TEXT), Field("low", NUMBER), Field("high", NUMBER), Field("unit", TEXT),
                 Field("begin_char", INTEGER), Field("end_char", INTEGER), Field("text", TEXT))
TYPES: Mapping[Values, DataType] = {
    Values.TEXT: TEXT,
    Values.INTEGER: INTEGER,
    Values.NUMBER: NUMBER,
    Values.FLAG: DataType.bool(),
    Values.DAY: DataType.date32(),
    Values.TEXTS: DataType.list(Field("element", TEXT)),
    Values.INTEGERS: DataType.list(Field("element", INTEGER)),
    Values.ASIDES: DataType.list(Field("element", DataType.struct(ASIDE_FIELDS))),
    Values.REASONS: DataType.list(Field("element", DataType.struct(REASON_FIELDS))),
    Values.AMOUNTS: DataType.list(Field("element", DataType.struct(AMOUNT_FIELDS))),
}


def arrow_schema(table: Table) -> Schema:
    """The Arrow schema of a table."""
    return Schema([Field(column.name, TYPES[column.values], nullable=column.is_nullable) for column in table.columns])


def arrow_table(table: Table, columns: Mapping[str, Sequence[Any]]) -> ArrowTable:
    """Rows for a table, given as one sequence of values for each of its columns, all equally long."""
    return ArrowTable.from_arrays(
        [BUILDERS[column.values](columns[column.name]) for column in table.columns], schema=arrow_schema(table))


def signed(value: int) -> int:
    """An unsigned 64-bit number as the signed one of the same bits: Delta tables have no unsigned numbers.

    >>> signed(2**64 - 1), unsigned(-1) == 2**64 - 1, signed(5)
    (-1, True, 5)
    """
    if not 0 <= value < UNSIGNED:
        raise ValueError(f"{value} is not an unsigned 64-bit number.")
    return value - UNSIGNED if value >= UNSIGNED // 2 else value


def unsigned(value: int) -> int:
    """The unsigned 64-bit number that `signed` was given."""
    return value % UNSIGNED


def _texts(values: Sequence[str | None]) -> Array:
    together = "".join(value for value in values if value)
    if not together.isascii() and UNSTORABLE.search(together):
        values = [None if value is None else escaped(value) for value in values]
    return Array(values, type=TEXT)


def _days(values: Sequence[date | None]) -> Array:
    days = [None if value is None else value.toordinal() - EPOCH for value in values]
    return Array(days, type=DataType.int32()).cast(DataType.date32())


def _lists(values: Sequence[Sequence[Any]], kind: Values, inner: Callable[[list[Any]], Array]) -> Array:
    offsets = [0]
    for value in values:
        offsets.append(offsets[-1] + len(value))
    flat = [item for value in values for item in value]
    return list_array(Array(offsets, type=DataType.int32()), inner(flat), type=cast(Any, TYPES[kind]))


def _structs(values: Sequence[tuple[Any, ...]], fields: Sequence[Field]) -> Array:
    """Rows of values, one value a field, as an array of structs."""
    columns = list(zip(*values, strict=True)) if values else [()] * len(fields)
    arrays = [_texts(column) if field.type == TEXT else Array(column, type=field.type)
              for column, field in zip(columns, fields, strict=True)]
    return struct_array(arrays, fields=fields)


BUILDERS: Mapping[Values, Callable[[Sequence[Any]], Array]] = {
    Values.TEXT: _texts,
    Values.INTEGER: lambda values: Array(values, type=INTEGER),
    Values.NUMBER: lambda values: Array(values, type=DataType.float64()),
    Values.FLAG: lambda values: Array(values, type=DataType.bool()),
    Values.DAY: _days,
    Values.TEXTS: lambda values: _lists(values, Values.TEXTS, _texts),
    Values.INTEGERS: lambda values: _lists(values, Values.INTEGERS, lambda flat: Array(flat, type=INTEGER)),
    Values.ASIDES: lambda values: _lists(values, Values.ASIDES, lambda flat: _structs(flat, ASIDE_FIELDS)),
    Values.REASONS: lambda values: _lists(values, Values.REASONS, lambda flat: _structs(flat, REASON_FIELDS)),
    Values.AMOUNTS: lambda values: _lists(values, Values.AMOUNTS, lambda flat: _structs(flat, AMOUNT_FIELDS)),
}
