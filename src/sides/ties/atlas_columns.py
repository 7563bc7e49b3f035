"""All dyads with their evidence as columns, ready for the model. Twin of `atlas`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.ledger.claim_columns import DATED_FROM, MODALITIES, TYPES, ClaimColumns
from sides.model.claim import AUTHOR
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.ties.evidence_columns import distinct, evidence_columns, grouped, principals
from sides.ties.lens import OPEN, Lens
from sides.ties.parameters import PLACES, Parameters, shipped
from sides.ties.signals import HEDGED, Reach, Signals, month_of
from sides.ties.view import View

Ints = NDArray[np.int64]
MEDIATE = PLACES[ClaimType.MEDIATE]
ASSERTED, NEGATED = MODALITIES.index(Modality.ASSERTED), MODALITIES.index(Modality.NEGATED)


@dataclass(frozen=True, slots=True)
class AtlasColumns:
    """Every dyad of a ledger under one lens, by what was known at a date. Months are those of `signals`."""

    claims: ClaimColumns  # those that speak of a state, once each
    sides: tuple[str, ...]  # sorted
    left: Ints  # (D,) places in `sides`; dyads in the order of their ids
    right: Ints
    row: Ints  # (E,) of each piece of a dyad's evidence, its claim; dyad by dyad, what is said of the two first
    brokers: NDArray[np.bool_]  # (E,) whether it is somebody's brokering between the two
    signals: Signals  # (E,)
    begin: Ints  # (E,) month of the first day that it may be about
    last: Ints  # (E,) month of the last
    horizon: PartialDate | None  # the latest date that the documents tell of
    counted: tuple[tuple[str, str], ...]  # who counts for whom in some claim, sorted

    @property
    def dyad(self) -> NDArray[np.int32]:
        """(E,) the place of each piece's dyad."""
        return self.signals.dyad

    @property
    def counts(self) -> Ints:
        """(D,) how many claims each dyad rests on."""
        once = distinct(self.dyad.astype(np.int64) * max(len(self.claims), 1) + self.row)
        return np.bincount(once // max(len(self.claims), 1), minlength=len(self.left))


def atlas_columns(view: View, *, known: PartialDate | None = None, lens: Lens = OPEN,
                  exact: bool = False) -> AtlasColumns:
    """The same that `Atlas.dyads` holds as objects."""
    day = known.last if known else None
    claims = evidence_columns(view, day, lens)
    sides, source, target, third = _sides(view, day, claims, exact=exact)
    is_brokered = (claims.type == MEDIATE) & (claims.third >= 0)
    every = np.arange(len(claims))
    pairs = []
    for rows, one, other, brokers in ((every, source, target, False), (every[is_brokered], source, third, False),
                                      (every[is_brokered], target, third, True)):
        one, other = one[rows], other[rows]
        apart = one != other
        if brokers:
            apart &= (source[rows] != one) & (source[rows] != other)
        low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
        pairs.append((rows[apart], low * len(sides) + high, np.full(len(low), brokers)))
    row, key, brokers_ = (np.concatenate(column) for column in zip(*pairs, strict=True))
    order = np.lexsort((row, brokers_, key))
    row, brokers_ = row[order], brokers_[order]
    keys, dyad = np.unique(key[order], return_inverse=True)
    first = np.asarray([month_of(one.first) for one in claims.dates], np.int64)
    last = np.asarray([month_of(one.last) for one in claims.dates], np.int64)
    when = claims.date[row]
    return AtlasColumns(claims, sides, keys // max(len(sides), 1), keys % max(len(sides), 1), row, brokers_,
                        _signals(claims, row, dyad.astype(np.int32), brokers_, shipped()), first[when], last[when],
                        view.horizon(day), _counted(claims, sides, source, target))


def _sides(view: View, known: date | None, claims: ClaimColumns, *,
           exact: bool) -> tuple[tuple[str, ...], Ints, Ints, Ints]:
    """For whom source, target and third of each claim act at its date; the third of one that has none means nothing."""
    roles = (claims.source, claims.target, np.maximum(claims.third, 0))
    if exact:
        return claims.names, *roles
    sides, places = principals(view, known, claims.names, claims.dates, np.concatenate(roles), np.tile(claims.date, 3))
    source, target, third = np.split(places, 3)
    return sides, source, target, third


def _counted(claims: ClaimColumns, sides: tuple[str, ...], source: Ints, target: Ints) -> tuple[tuple[str, str], ...]:
    """Who counts for whom as source or target of some claim."""
    keys = distinct(np.concatenate([claims.source * len(sides) + source, claims.target * len(sides) + target]))
    pairs = [(claims.names[key // len(sides)], sides[key % len(sides)]) for key in keys.tolist()]
    return tuple(sorted((name, whole) for name, whole in pairs if name != whole))


def _signals(claims: ClaimColumns, row: Ints, dyad: NDArray[np.int32], brokers: NDArray[np.bool_],
             parameters: Parameters) -> Signals:
    """The rows of `signals.signals`, for all dyads at once."""
    said = claims.taken(row)
    first_of = np.asarray([month_of(one.first) for one in claims.dates], np.int64)
    last_of = np.asarray([month_of(one.last) for one in claims.dates], np.int64)
    last_day = np.asarray([one.last.toordinal() for one in claims.dates], np.int64)
    kind = np.where(brokers, PLACES[ClaimType.RAPPROCHEMENT], said.type)
    is_tie = np.asarray([one.meaning.kind is Kind.TIE for one in TYPES])[kind]
    document = last_of[claims.published[said.document]]
    from_text = said.dated_from == DATED_FROM.index("text")
    start, end = np.where(from_text, said.start, -1), np.where(from_text, said.end, -1)
    has_start, has_end = start >= 0, end >= 0
    reach = np.select(
        [has_start & has_end & ((last_day[end] > last_day[start]) | is_tie), has_start & is_tie, has_start,
         has_end & is_tie, has_end, said.dated_from == DATED_FROM.index("document")],
        [Reach.CLOSED, Reach.OPEN, Reach.ONCE, Reach.ENDED, Reach.ONCE, Reach.RECENT], Reach.UNDATED)
    began = np.where(has_start, start, end)
    first = np.where(began >= 0, first_of[began], document)
    last = np.where(began >= 0, last_of[began], document)
    is_closed = reach == Reach.CLOSED
    end_first, end_last = (np.where(is_closed, of[end], document) for of in (first_of, last_of))
    last = np.where(first <= document, np.minimum(last, document), last)
    signs = np.asarray([one.meaning.sign for one in TYPES])
    weight, push = _weights(said, dyad, brokers, parameters)
    columns: dict[str, Any] = {
        "dyad": dyad, "reach": reach, "first": first, "last": last, "end_first": np.maximum(end_first, first),
        "end_last": np.maximum(end_last, last), "type": kind, "sign": np.where(brokers, signs[kind], said.sign),
        "layer": said.layer}
    return Signals(**{name: np.asarray(column, np.int32) for name, column in columns.items()},
                   is_denied=said.modality == NEGATED, weight=weight, push=push)


def _weights(said: ClaimColumns, dyad: NDArray[np.int32], brokers: NDArray[np.bool_],
             parameters: Parameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much each piece of evidence weighs, and how much it pushes: see `signals.signals`."""
    names = len(said.names)
    dyads = dyad.astype(np.int64)
    about = ~brokers
    parties = distinct(np.concatenate([dyads[about] * names + role[about] for role in (said.source, said.target)]))
    author = said.names.index(AUTHOR) if AUTHOR in said.names else -1
    is_party = np.isin(dyads * names + said.speaker, parties)
    voice = np.where(said.speaker == author, parameters.speaker["author"],
                     np.where(is_party, parameters.speaker["party"], parameters.speaker["third"]))
    modality = np.asarray([parameters.modality[one] for one in MODALITIES])[said.modality]
    hedge = np.asarray([1.0 if one is Modality.ASSERTED else parameters.change_weak * (one in HEDGED)
                        for one in MODALITIES])[said.modality]
    echo = np.ones(len(dyads), np.int64)
    keys = grouped(dyads, said.document, said.speaker, said.type, said.start, said.modality, said.sign)[about]
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    echo[about] = counts[inverse]
    logs = np.asarray([0.0, *(math.log(one) for one in range(1, int(echo.max(initial=1)) + 1))])
    denied = said.modality == NEGATED
    possible = parameters.modality[Modality.POSSIBLE]
    weight = np.where(brokers, np.where(denied, 0.0, possible * modality * said.confidence),
                      modality * voice * said.confidence * (1 + logs[echo]) / echo)
    push = np.where(brokers, np.where(denied, 0.0, parameters.change_weak * said.confidence),
                    hedge * said.confidence * voice)
    return weight, push


def of_dyads(columns: AtlasColumns, dyads: Ints) -> tuple[NDArray[np.intp], Ints]:
    """The rows of evidence of some dyads, one after another (a dyad may stand there twice), and whose each is."""
    edges = np.searchsorted(columns.dyad, np.arange(len(columns.left) + 1))
    sizes = edges[dyads + 1] - edges[dyads]
    whose = np.repeat(np.arange(len(dyads)), sizes)
    within = np.arange(len(whose)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return edges[dyads][whose] + within, whose


def shifted(signals: Signals, dyad: Ints, months: Ints) -> Signals:
    """Signals of other dyads, with their months counted from another one."""
    by = {name: getattr(signals, name) - months.astype(np.int32) for name in ("first", "last", "end_first", "end_last")}
    return replace(signals, dyad=dyad.astype(np.int32), **by)
