"""The datasets of events that a ledger holds: how much of each, what was left out, and where its coverage has gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sides.events.account import WHY
from sides.events.gaps import Gap, gaps_in
from sides.ledger.filling import Connection
from sides.ledger.snapshot import Snapshot

# By the day on which records were told: that is the rhythm in which a dataset grows.
DAILY = """
    SELECT dataset, published_first, count(*) FROM shown_events
    JOIN shown_documents ON shown_documents.id = document
    GROUP BY ALL ORDER BY ALL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDataset:
    """What was read of a dataset: `records` = `read` + all that is in `left_out`, always."""

    dataset: str
    editions: tuple[str, ...]
    files: int
    records: int
    read: int
    claims: int
    shown: int  # of the claims: those that no newer edition or corrected record replaces
    unknown: int  # claims with a side that the registry does not know
    recoded: int  # records that were no UTF-8
    left_out: dict[str, int]  # by reason, see `sides.events.account.WHY`
    first: date | None  # that the events cover
    last: date | None
    gaps: tuple[Gap, ...]


def event_datasets(snapshot: Snapshot) -> list[EventDataset]:
    """All datasets, by name. What was read of a file again counts once, as it was read last."""
    newest = {(one.dataset, one.file, one.digest, one.first): one for one in snapshot.event_blocks()}
    daily = snapshot.ask(_daily)
    gaps = list(gaps_in(daily))
    found = []
    for dataset in sorted({one.dataset for one in newest.values()}):
        blocks = [one for one in newest.values() if one.dataset == dataset]
        left_out: Counter[str] = Counter()
        for one in blocks:
            left_out.update(one.left_out)
        days = [day for one in blocks for day in (one.day_first, one.day_last) if day]
        found.append(EventDataset(
            dataset=dataset, editions=tuple(sorted({one.edition for one in blocks if one.edition})),
            files=len({(one.file, one.digest) for one in blocks}), records=sum(one.records for one in blocks),
            read=sum(one.read for one in blocks), claims=sum(one.claims for one in blocks),
            shown=sum(count for name, _, count in daily if name == dataset),
            unknown=sum(one.unknown for one in blocks), recoded=sum(one.recoded for one in blocks),
            left_out={reason: left_out[reason] for reason in WHY if left_out[reason]},
            first=min(days, default=None), last=max(days, default=None),
            gaps=tuple(one for one in gaps if one.dataset == dataset)))
    return found


def _daily(connection: Connection) -> list[tuple[str, date, int]]:
    return connection.execute(DAILY).fetchall()
