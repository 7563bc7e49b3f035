"""What people said and then took back: which of their statements count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol, TypeVar


class Statement(Protocol):
    """What somebody said at a moment, which may be that an earlier statement no longer counts."""

    @property
    def id(self) -> str:
        """Hash of all of it."""
        ...

    @property
    def withdraws(self) -> str | None:
        """The id of the statement that no longer counts."""
        ...

    @property
    def made_at(self) -> datetime:
        """When it was said."""
        ...


Said = TypeVar("Said", bound=Statement)


def moment(at: datetime) -> str:
    """A moment in UTC as text that sorts by time. Raises `ValueError` for a time without a zone.

    >>> moment(datetime(2024, 5, 1, 12, tzinfo=UTC))
    '2024-05-01T12:00:00.000000Z'
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone. Give one: datetime(..., tzinfo=timezone.utc).")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def in_order(statements: Iterable[Said]) -> list[Said]:
    """Each statement once, by time, then id: the order in which they are laid over what was read."""
    by_id = {statement.id: statement for statement in statements}
    return sorted(by_id.values(), key=lambda statement: (moment(statement.made_at), statement.id))


def in_force(statements: Iterable[Said]) -> list[Said]:
    """The statements that count, in their order.

    A withdrawal takes its statement out wherever it stands in the order, unless it is itself withdrawn.
    """
    listed = in_order(statements)
    gone = withdrawn(listed)
    return [statement for statement in listed if statement.withdraws is None and statement.id not in gone]


def withdrawn(statements: Iterable[Said]) -> dict[str, str]:
    """By the id of each statement that no longer counts, withdrawals too, the id of a withdrawal that does."""
    withdrawals: dict[str, list[str]] = {}
    for statement in in_order(statements):
        if statement.withdraws is not None:
            withdrawals.setdefault(statement.withdraws, []).append(statement.id)

    def by(identifier: str) -> str | None:
        return next((one for one in withdrawals.get(identifier, ()) if by(one) is None), None)

    return {identifier: one for identifier in withdrawals if (one := by(identifier)) is not None}
