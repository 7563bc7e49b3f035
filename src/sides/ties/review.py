"""What a person should look at, with what the documents say: the actors in doubt and the sentences that name them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sides.actors.registry import Registry
from sides.actors.review import Doubt, Naming, Reason, Standing, doubts
from sides.ledger.escape import escaped, unescaped
from sides.ledger.parquet import quoted
from sides.ledger.values import StoredDocument
from sides.model.actor import Form
from sides.ties.evidence import sentence_around
from sides.ties.view import View

QUOTES, LEAST_QUOTES = 3, 2
NAMINGS = "SELECT actor, document, text, form, how, confidence, count(*) FROM mentions GROUP BY ALL ORDER BY ALL"
CLAIMS = ("SELECT actor, count(DISTINCT id) FROM (SELECT id, unnest([source, target, third, speaker]) AS actor "
          "FROM claims) WHERE actor IS NOT NULL GROUP BY actor")
SPOTS = "SELECT actor, document, begin_char, end_char, text, form FROM mentions WHERE actor IN ({}) ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention in its sentence."""

    document: StoredDocument
    begin_char: int
    end_char: int

    @property
    def sentence(self) -> tuple[str, str, str]:
        """What the sentence says before the mention, the mention, and what it says after it."""
        return sentence_around(self.document.text, self.begin_char, self.end_char)


@dataclass(frozen=True, slots=True)
class Case:
    """An actor in doubt, with sentences that name it, and the names of the documents that suggestions speak of."""

    doubt: Doubt
    spots: tuple[Spot, ...]
    document_names: Mapping[str, str]


def review(view: View, registry: Registry, *, reasons: Collection[Reason] | None = None, most: int | None = None,
           ) -> list[Case]:
    """The actors that a person should look at, those that most claims rest on first; at most so many.

    `reasons`: only those looked at for one of these.
    """
    found = [doubt for doubt in doubts(standings(view), registry, view.snapshot.settlement.confirmed)
             if reasons is None or not set(reasons).isdisjoint(doubt.reasons)]
    return _cases(view, found[:most])


def standings(view: View) -> list[Standing]:
    """Each actor that documents mention, with all that rests on it."""
    claims = {unescaped(actor): int(count) for actor, count in view.snapshot.sql(CLAIMS).fetchall()}
    namings: dict[str, list[Naming]] = {}
    for actor, document, text, form, how, confidence, count in view.snapshot.sql(NAMINGS).fetchall():
        namings.setdefault(unescaped(actor), []).append(Naming(
            document=document, text=unescaped(text), form=Form(form), how=how, confidence=confidence, count=count))
    countries: dict[str, dict[str, list[str]]] = {}
    settlement = view.snapshot.settlement
    for document, actor in view.snapshot.accounts():
        if actor.country and actor.id not in settlement.split:
            told = countries.setdefault(settlement.shown(actor.id), {})
            told.setdefault(settlement.shown(actor.country), []).append(document)
    return [Standing(actor=actor, claims=claims.get(identifier, 0), namings=tuple(namings.get(identifier, ())),
                     countries={country: tuple(told) for country, told in countries.get(identifier, {}).items()})
            for identifier, actor in view.actors.items()]


def _cases(view: View, found: Sequence[Doubt]) -> list[Case]:
    if not found:
        return []
    among = ", ".join(quoted(escaped(doubt.actor.id)) for doubt in found)
    spots: dict[str, list[tuple[str, int, int, str, str]]] = {}
    for actor, *spot in view.snapshot.sql(SPOTS.format(among)).fetchall():
        document, begin, end, text, form = spot
        spots.setdefault(unescaped(actor), []).append((document, begin, end, text, form))
    quotes: dict[str, list[tuple[int, int]]] = {}
    for claim in view.snapshot.claims(actors=[doubt.actor.id for doubt in found]):
        quotes.setdefault(claim.document, []).append((claim.begin_char, claim.end_char))
    documents = {document.id: document for document in view.snapshot.documents(
        {spot[0] for listed in spots.values() for spot in listed})}
    order = {identifier: place for place, identifier in enumerate(documents)}
    return [Case(doubt, tuple(_chosen(spots.get(doubt.actor.id, ()), documents, order, quotes)),
                 {identifier: documents[identifier].name for suggestion in doubt.suggestions
                  for identifier in suggestion.documents})
            for doubt in found]


def _chosen(spots: Iterable[tuple[str, int, int, str, str]], documents: Mapping[str, StoredDocument],
            order: Mapping[str, int], quotes: Mapping[str, Sequence[tuple[int, int]]]) -> list[Spot]:
    """A few mentions that tell most: by name and within a claim before others, each name and document once first."""
    def rank(spot: tuple[str, int, int, str, str]) -> tuple[bool, bool, int, int]:
        document, begin, end, _, form = spot
        is_claimed = any(first <= begin and end <= last for first, last in quotes.get(document, ()))
        return (form != Form.NAME, not is_claimed, order[document], begin)

    chosen: list[Spot] = []
    names, seen, sentences = set[str](), set[str](), set[tuple[str, int]]()
    ranked = sorted(spots, key=rank)
    for wanted in ("name", "document", "any"):
        for document, begin, end, text, _ in ranked:
            is_new = {"name": text not in names, "document": document not in seen, "any": True}[wanted]
            spot = Spot(documents[document], begin, end)
            start = (document, begin - len(spot.sentence[0]))
            if len(chosen) < (QUOTES if wanted != "any" else LEAST_QUOTES) and is_new and start not in sentences:
                chosen.append(spot)
                names.add(text)
                seen.add(document)
                sentences.add(start)
    return chosen
