"""What became of the records of a file: nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

WHY = {
    "columns": "not as many fields as the table has columns",
    "date": "no date that can be read",
    "id": "no id",
    "claim": "nothing that the mapping takes for a claim",
    "code": "a code that the scheme does not have",
    "relation": "a statement or appeal that is no act toward the other",
    "side": "only one side, or none",
    "nobody": "a side that is nobody in particular: a role without a state, an unidentified group",
    "same": "both sides are the same actor",
    "alone": "no other record to make a pair with",
    "apart": "at no time together with another record to make a pair with",
    "repeated": "the same id stands in an earlier record",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Records of a file, or of several: `records` = `read` + all that is in `left_out`, always.

    `claims`: how many they gave; `unknown`: those with a side that the registry does not know; `recoded`: records that
    were no UTF-8; `first`, `last`: the days that the events cover.
    """

    dataset: str
    file: str
    records: int
    read: int
    claims: int
    unknown: int
    recoded: int
    left_out: dict[str, int] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    def with_more(self, other: Account) -> Account:
        """Both together, under the name of the first."""
        reasons = {reason: self.left_out.get(reason, 0) + other.left_out.get(reason, 0) for reason in WHY}
        days = [day for day in (self.first, self.last, other.first, other.last) if day]
        return Account(self.dataset, self.file, self.records + other.records, self.read + other.read,
                       self.claims + other.claims, self.unknown + other.unknown, self.recoded + other.recoded,
                       {reason: count for reason, count in reasons.items() if count},
                       min(days, default=None), max(days, default=None))
