"""A made-up ledger of any size, through the ledger's own writers: seeded, every quote stands in its document.

Sides have ties that change state every few years; claims are drawn by what the model says of claims in each state, so
that there are courses to see. One document in thirty is a copy of an earlier one (wire copy), one claim in twenty is
about an officer or organ of a side, and some sides are members of blocs for a while.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from sides.documents import signature
from sides.ledger.store import Store
from sides.model.actor import Actor, ActorKind, Form, Mention
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.reading import Reading
from sides.ties.parameters import TYPES, shipped

SYLLABLES = ("ba", "ro", "lan", "ti", "sue", "mar", "ken", "dol", "vi", "ras", "no", "pel", "gar", "shi", "tun", "ela")
OUTLETS = ("The Courier", "The Ledger", "The Post", "The Wire", "The Gazette", "The Observer", "The Star", "The Herald")
BEGIN = date(2001, 1, 1)
DOCUMENTS_OF_A_BATCH = 5000
COPIES, OFFICERS, BLOCS = 1 / 30, 1 / 20, 20
STAYS = 96  # months, on average, between changes of a tie
MODALITIES = (*[Modality.ASSERTED] * 16, Modality.NEGATED, Modality.POSSIBLE, Modality.PLANNED, Modality.FORECAST)


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make up."""

    claims: int = 1_000_000
    actors: int = 2000
    dyads: int = 20_000
    documents: int = 100_000
    months: int = 240

    @classmethod
    def of(cls, claims: int) -> Size:
        """As the full size, with fewer claims."""
        share = claims / 1_000_000
        return cls(claims, max(20, round(2000 * share ** 0.5)), max(30, round(20_000 * share)),
                   max(50, round(100_000 * share)))


def word(number: int) -> str:
    """A word that only this number has.

    >>> word(0), word(17)
    ('baba', 'roro')
    """
    found = SYLLABLES[number % 16] + SYLLABLES[number // 16 % 16]
    return found + (word(number // 256 - 1) if number >= 256 else "")


class World:
    """The actors and the course of every tie, from which documents are drawn."""

    def __init__(self, size: Size, seed: int) -> None:
        self.size, self.rng, self.draw = size, np.random.default_rng(seed), random.Random(seed)
        self.sides = [self._side(place) for place in range(size.actors)]
        self.officers = [self._officer(place) for place in range(max(2, size.actors // 10))]
        self.of_side: dict[str, list[Actor]] = {}
        for officer in self.officers:
            self.of_side.setdefault(officer.parent or "", []).append(officer)
        self.pairs = self._pairs()
        self.others: dict[int, set[int]] = {}
        for one, other in self.pairs:
            self.others.setdefault(one, set()).add(other)
            self.others.setdefault(other, set()).add(one)
        weights = self.rng.lognormal(0, 0.6, len(self.pairs))
        self.dyads = self.rng.choice(len(self.pairs), size.claims, p=weights / weights.sum())
        self.states = self._states()
        self.kinds = self._kinds()

    def _side(self, place: int) -> Actor:
        kind = (ActorKind.BLOC if place < BLOCS else ActorKind.STATE if place % 8 == 0 else ActorKind.GROUP
                if place % 8 == 1 else ActorKind.ORGANIZATION)
        name = f"{word(place + 300).title()} {'Pact' if kind is ActorKind.BLOC else 'Front'}"
        return Actor(id=f"made-{word(place + 300)}", name=name, kind=kind)

    def _officer(self, place: int) -> Actor:
        whole = self.sides[BLOCS + place * 7 % (self.size.actors - BLOCS) if self.size.actors > BLOCS else 0]
        name = word(place + 30_000).title()
        kind = ActorKind.PERSON if place % 2 else ActorKind.ORGAN
        return Actor(id=f"made-{name.lower()}", name=f"{name} {'Tan' if place % 2 else 'Brigade'}", kind=kind,
                     parent=whole.id)

    def _pairs(self) -> list[tuple[int, int]]:
        """Dyads, more of them of the first sides than of the last."""
        chances = 1 / (np.arange(self.size.actors) + 30.0)
        chances /= chances.sum()
        found: set[tuple[int, int]] = set()
        for place in range(self.size.actors):  # nobody stands alone
            other = int(self.rng.integers(0, self.size.actors - 1))
            found.add((min(place, other), max(place, other)) if other != place else (place, self.size.actors - 1))
        while len(found) < self.size.dyads:
            for one, other in self.rng.choice(self.size.actors, (self.size.dyads, 2), p=chances).tolist():
                if one != other and len(found) < self.size.dyads:
                    found.add((min(one, other), max(one, other)))
        return sorted(found)

    def _states(self) -> np.ndarray:
        """(dyads, months) the state of each tie in each month."""
        moves = self.rng.random((len(self.pairs), self.size.months)) < 1 / STAYS
        moves[:, 0] = True
        drawn = self.rng.choice(5, moves.shape, p=(0.25, 0.2, 0.15, 0.2, 0.2)).astype(np.int8)
        last = np.maximum.accumulate(np.where(moves, np.arange(self.size.months), 0), axis=1)
        return np.take_along_axis(drawn, last, 1)

    def _kinds(self) -> list[tuple[list[ClaimType], list[ClaimType]]]:
        """Of each state, a thousand events and a thousand standing ties as they are drawn."""
        found = []
        for state in range(5):
            drawn = []
            for kind in (Kind.EVENT, Kind.TIE):
                places = [place for place, one in enumerate(TYPES) if one.meaning.kind is kind]
                chances = np.exp([shipped().evidence[place, TYPES[place].meaning.sign + 1, state] for place in places])
                drawn.append([TYPES[place] for place in self.rng.choice(places, 1000, p=chances / chances.sum())])
            found.append((drawn[0], drawn[1]))
        return found

    def documents(self) -> Iterator[tuple[Reading, tuple[int, ...]]]:
        """Readings, the first published first, each with its signature."""
        days = np.sort(self.rng.integers(30, self.size.months * 30, self.size.documents))
        ends = np.linspace(0, self.size.claims, self.size.documents + 1).astype(int)
        copied: Reading | None = None
        for place, day in enumerate(days.tolist()):
            if copied is not None and self.draw.random() < COPIES:
                reading = self._copy(copied, place)
            else:
                reading = self._reading(place, BEGIN + timedelta(days=day), range(ends[place], ends[place + 1]))
            copied = reading
            yield reading, signature(reading.document.text)

    def _reading(self, place: int, published: date, rows: range) -> Reading:
        told = [self._told(place, published, row) for row in rows]
        if place % 50 == 0:
            told.append(self._membership(place))
        return self._read(place, PartialDate.of(published), OUTLETS[place % len(OUTLETS)], told)

    def _read(self, place: int, published: PartialDate, outlet: str, told: list[tuple[str, dict[str, object], tuple[
            Actor, ...]]], more: str = "") -> Reading:
        text = " ".join(f"{quote}." for quote, _, _ in told) + more
        document = Document(text=text, name=f"{place}.txt", published=published, published_from="option",
                            outlet=outlet, language="en")
        claims, begin = [], 0
        actors: dict[str, Actor] = {}
        mentions: dict[str, Mention] = {}
        for quote, fields, present in told:
            claims.append(Claim(**{  # type: ignore[arg-type]  # the fields are those of a claim
                "document": document.id, "begin_char": begin, "end_char": begin + len(quote), "quote": quote,
                "reader": "grammar", "reader_version": "1", **fields}))
            for actor in present:
                actors[actor.id] = actor
                at = begin + quote.index(actor.name)
                mentions.setdefault(actor.id, Mention(
                    document=document.id, begin_char=at, end_char=at + len(actor.name), text=actor.name,
                    actor=actor.id, form=Form.NAME, how="name", confidence=0.9))
            begin += len(quote) + 2
        return Reading(document=document, reader="grammar", reader_version="1", mentions=tuple(mentions.values()),
                       actors=tuple(actors.values()), claims=tuple(claims))

    def _told(self, place: int, published: date, row: int) -> tuple[str, dict[str, object], tuple[Actor, ...]]:
        draw, dyad = self.draw, int(self.dyads[row])
        pair = [self.sides[side] for side in self.pairs[dyad]]
        if draw.random() < 0.5:
            pair.reverse()
        source, target = (draw.choice(self.of_side[side.id]) if side.id in self.of_side
                          and draw.random() < 2 * OFFICERS else side for side in pair)
        month = min(12 * (published.year - BEGIN.year) + published.month - 1, self.size.months - 1)
        is_tie = draw.random() < 0.1
        kind = self.kinds[int(self.states[dyad, month])][is_tie][draw.randrange(1000)]
        third = None
        if kind is ClaimType.MEDIATE:
            known = sorted(set.intersection(*(self.others[side] for side in self.pairs[dyad])))
            third = self.sides[draw.choice(known)] if known else None
        fields: dict[str, object] = {
            "source": source.id, "target": target.id, "third": third.id if third else None, "type": kind,
            "sign": kind.meaning.sign, "layer": kind.meaning.layer, "confidence": round(draw.uniform(0.4, 1), 3),
            "modality": draw.choice(MODALITIES), "trigger": kind.value.lower(), "source_text": source.name,
            "target_text": target.name, **self._dated(published, is_tie)}
        chance = draw.random()
        if chance > 0.7:
            fields["speaker"] = source.id if chance > 0.85 else draw.choice(self.sides).id
        quote = (f"{source.name} {kind.value.lower()} {target.name}{f' {third.name}' if third else ''} "
                 f"{word(draw.randrange(60_000))} {word(draw.randrange(60_000))} {word(draw.randrange(60_000))} {row}")
        return quote, fields, (source, target, third) if third else (source, target)

    def _dated(self, published: date, is_tie: bool) -> dict[str, object]:
        chance = self.draw.random()
        if chance < 0.15:
            return {"dated_from": "document", "start": PartialDate.of(published)} if chance < 0.1 else {}
        day = published - timedelta(days=self.draw.randrange(1500 if is_tie else 30))
        start = (PartialDate.of(day) if chance < 0.7 else PartialDate(day.year, day.month) if chance < 0.93
                 else PartialDate(day.year))
        if is_tie and chance < 0.2:
            return {"dated_from": "text", "start": start, "end": PartialDate.of(published)}
        return {"dated_from": "text", "start": start}

    def _membership(self, place: int) -> tuple[str, dict[str, object], tuple[Actor, ...]]:
        member, bloc = self.sides[place * 13 % len(self.sides)], self.sides[place // 50 % BLOCS]
        if member is bloc:
            member = self.sides[-1]
        since = self.draw.randrange(self.size.months)
        start = PartialDate(BEGIN.year + since // 12, since % 12 + 1)
        quote = f"{member.name} joined {bloc.name} {word(place)} {place}"
        return quote, {"source": member.id, "target": bloc.id, "type": ClaimType.MEMBER_OF, "sign": 0,
                       "layer": ClaimType.MEMBER_OF.meaning.layer, "confidence": 0.9, "trigger": "joined",
                       "source_text": member.name, "target_text": bloc.name, "start": start,
                       "dated_from": "text"}, (member, bloc)

    def _copy(self, reading: Reading, place: int) -> Reading:
        """The same report in another outlet, a day later, with a line of its own."""
        known = {actor.id: actor for actor in reading.actors}
        told = []
        for claim in reading.claims:
            fields = {name: getattr(claim, name) for name in (
                "source", "target", "third", "type", "sign", "layer", "speaker", "modality", "start", "end",
                "dated_from", "confidence", "trigger", "source_text", "target_text")}
            present = tuple(known[one] for one in (claim.source, claim.target, claim.third) if one)
            told.append((claim.quote, fields, present))
        published = PartialDate.of(reading.document.published.first + timedelta(days=1))
        return self._read(place, published, OUTLETS[(place + 3) % len(OUTLETS)], told, f" From a desk {word(place)}.")


def make(folder: Path, size: Size, seed: int = 1) -> Store:
    """Write the ledger into a folder that is not there yet."""
    store = Store.create_or_open(folder)
    readings: list[Reading] = []
    signatures: dict[str, tuple[int, ...]] = {}

    def write() -> None:
        store.append(readings, signatures=signatures)
        readings.clear()
        signatures.clear()

    for reading, own in World(size, seed).documents():
        readings.append(reading)
        signatures[reading.document.id] = own
        if len(readings) >= DOCUMENTS_OF_A_BATCH:
            write()
    write()
    return store
