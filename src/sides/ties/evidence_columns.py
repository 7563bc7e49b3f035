"""Evidence as columns: the claims that count under a lens, what says the same again folded. Twin of `evidence`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sides.claims.restatements import agree
from sides.ledger.claim_columns import MODALITIES, TYPES, ClaimColumns, claim_columns, quotes
from sides.ledger.document_columns import voices
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.ties.lens import Lens
from sides.ties.parameters import shipped
from sides.ties.view import View

Ints = NDArray[np.int64]
MOST = 1 << 62


def evidence_columns(view: View, known: date | None, lens: Lens) -> ClaimColumns:
    """All claims that speak of a state, once each, in the order in which evidence is listed.

    The same that `Atlas.claims` holds as objects.
    """
    speaking = [kind for place, kind in enumerate(TYPES)
                if kind.meaning.kind is not Kind.STRUCTURE and shipped().evidence[place].any()]
    claims = claim_columns(view.snapshot, types=speaking, known=known, outlets=lens.outlets, speakers=lens.speakers)
    if not lens.is_open:
        claims = claims.taken(_accepted(view, claims, known, lens))
    claims = claims.taken(~_said_again(claims))
    claims = claims.taken(np.lexsort((claims.id, claims.begin, claims.document, claims.published[claims.document])))
    claims = claims.taken(~_echoes(view, claims))
    return claims.taken(np.lexsort((claims.id, claims.begin, claims.document, claims.published[claims.document],
                                    claims.date)))


def documents_taken(view: View, known: date | None, lens: Lens) -> list[str]:
    """The documents whose word counts, by id."""
    if lens.is_open:
        return [identifier for identifier, day in view.published.items() if known is None or day.last <= known]
    return [identifier for identifier, outlets, author, language, form in voices(view.snapshot)
            if lens.takes(outlets, author, language, form)
            and (known is None or view.published[identifier].last <= known)]


def grouped(*columns: Ints) -> Ints:
    """A number for each row, the same for rows that agree in all columns of numbers from -1 on."""
    found = np.zeros(len(columns[0]), np.int64)
    size = 1
    for column in columns:
        values = column + 1
        width = int(values.max(initial=0)) + 1
        if size * width > MOST:
            found = np.unique(found, return_inverse=True)[1].astype(np.int64)
            size = int(found.max(initial=0)) + 1
            if size * width > MOST:
                values = np.unique(values, return_inverse=True)[1].astype(np.int64)
                width = int(values.max(initial=0)) + 1
        found = found * width + values
        size *= width
    return found


def distinct(numbers: Ints) -> Ints:
    """Each of some numbers once, sorted. By sorting: with a million different ones it beats a table of hashes."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def principals(view: View, known: date | None, names: tuple[str, ...], dates: tuple[PartialDate, ...], who: Ints,
               when: Ints) -> tuple[tuple[str, ...], Ints]:
    """Whom each of some actors acts for at a date: all that are named, sorted, and the place of each in it.

    `who` places in `names`, `when` in `dates`. Only of those who ever act for somebody each date is asked about.
    """
    organization = view.organization(known)
    is_acting = np.asarray([organization.ever_acts(name) for name in names], bool)
    moving = np.flatnonzero(is_acting[who]) if len(names) else np.zeros(0, np.int64)
    pairs, inverse = np.unique(np.stack([who[moving], when[moving]], 1), axis=0, return_inverse=True)
    found = [organization.principal(names[actor], dates[at]) for actor, at in pairs.tolist()]
    every = tuple(sorted({*names, *found}))
    place = {name: number for number, name in enumerate(every)}
    sides = np.asarray([place[name] for name in names], np.int64)[who] if len(names) else who
    sides[moving] = np.asarray([place[name] for name in found], np.int64)[inverse.reshape(-1)]
    return every, sides


def _accepted(view: View, claims: ClaimColumns, known: date | None, lens: Lens) -> NDArray[np.bool_]:
    """Whether each claim counts under a lens."""
    taken = set(documents_taken(view, known, lens))
    found = np.asarray([identifier in taken for identifier in claims.documents], bool)[claims.document]
    for chosen, named in ((lens.speakers, True), (lens.sides, False)):
        if chosen is not None:
            names, places = (claims.names, claims.speaker) if named else principals(
                view, known, claims.names, claims.dates, claims.speaker, claims.date)
            found &= np.asarray([name in chosen for name in names], bool)[places]
    return found


@dataclass(frozen=True, slots=True)
class _Saying:
    """What a claim is compared by."""

    source: str
    target: str
    third: str | None
    type: ClaimType
    sign: int
    modality: Modality

    @classmethod
    def of(cls, claims: ClaimColumns, row: int) -> _Saying:
        third = int(claims.third[row])
        return cls(claims.names[claims.source[row]], claims.names[claims.target[row]],
                   claims.names[third] if third >= 0 else None, TYPES[claims.type[row]], int(claims.sign[row]),
                   MODALITIES[claims.modality[row]])


def _said_again(claims: ClaimColumns) -> NDArray[np.bool_]:
    """Whether each claim says again what a fuller one here says: see `told_once`."""
    found = np.zeros(len(claims), bool)
    order = np.argsort(claims.id)
    for row in np.flatnonzero(claims.restates).tolist():
        place = int(np.searchsorted(claims.id, claims.restates[row], sorter=order))
        fuller = int(order[place]) if place < len(order) else -1
        if (fuller >= 0 and claims.id[fuller] == claims.restates[row] and not claims.restates[fuller]
                and claims.document[fuller] == claims.document[row]):
            found[row] = agree(_Saying.of(claims, row), _Saying.of(claims, fuller))
    return found


def _echoes(view: View, claims: ClaimColumns) -> NDArray[np.bool_]:
    """Whether each claim, the first published first, says what an earlier one of its report says in the same words."""
    found = np.zeros(len(claims), bool)
    place = {identifier: number for number, identifier in enumerate(claims.documents)}
    report = np.asarray([place[view.reports.get(one, one)] for one in claims.documents], np.int64)
    keys = grouped(report[claims.document], claims.source, claims.target, claims.third, claims.type, claims.modality)
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(counts[inverse] > 1)
    words = quotes(view.snapshot, {claims.documents[one] for one in np.unique(claims.document[shared]).tolist()}) \
        if len(shared) else {}
    seen: set[tuple[int, str]] = set()
    for row in shared.tolist():
        key = (int(keys[row]), " ".join(words[int(claims.id[row])].lower().split()))
        found[row] = key in seen
        seen.add(key)
    return found
