"""Small model values for the tests of the ledger."""

from __future__ import annotations

import hashlib
from typing import Any

from sides.model.actor import Actor, ActorKind, Form, Mention
from sides.model.amount import Amount, AmountKind
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Layer
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.incomplete import Incomplete
from sides.model.reading import Reading
from sides.model.reason import Reason, ReasonKind

DENIAL = "Hamas thanked Iran. Syria expelled Hamas."


def document(text: str = DENIAL, published: str = "2012-07-01", outlet: str | None = "The Ledger",
             **fields: Any) -> Document:
    return Document(**{"text": text, "name": "a.txt", "published": PartialDate.parse(published),
                       "published_from": "option", "outlet": outlet} | fields)


def claim(of: Document, quote: str, source: str, target: str, type_: ClaimType = ClaimType.SUPPORT,
          **fields: Any) -> Claim:
    begin = of.text.index(quote)
    return Claim(**{"document": of.id, "begin_char": begin, "end_char": begin + len(quote), "quote": quote,
                    "source": source, "target": target, "type": type_, "sign": type_.meaning.sign,
                    "layer": type_.meaning.layer, "confidence": 0.75, "reader": "grammar", "reader_version": "1",
                    "trigger": quote.split()[1], "source_text": source, "target_text": target,
                    "dated_from": "text" if "start" in fields else "none"}
                 | {name: PartialDate.parse(value) if name in ("start", "end") and isinstance(value, str) else value
                    for name, value in fields.items()})


def incomplete(of: Document, quote: str, source: str | None, target: str | None,
               type_: ClaimType = ClaimType.SUPPORT, **fields: Any) -> Incomplete:
    begin = of.text.index(quote)
    return Incomplete(**{"document": of.id, "begin_char": begin, "end_char": begin + len(quote), "quote": quote,
                         "source": source, "target": target, "type": type_, "sign": type_.meaning.sign,
                         "layer": type_.meaning.layer, "reader": "grammar", "reader_version": "1",
                         "trigger": quote.split()[1], "actor_text": source or target or ""} | fields)


def mention(of: Document, text: str, actor: str, **fields: Any) -> Mention:
    begin = of.text.index(text)
    return Mention(**{"document": of.id, "begin_char": begin, "end_char": begin + len(text), "text": text,
                      "actor": actor, "form": Form.NAME, "how": "name", "confidence": 0.9} | fields)


def actor(identifier: str, **fields: Any) -> Actor:
    return Actor(**{"id": identifier, "name": identifier.title(), "kind": ActorKind.ORGANIZATION} | fields)


def reading(of: Document | None = None, version: str = "1", reader: str = "grammar", **fields: Any) -> Reading:
    """A reading of Hamas, Iran and Syria; without claims where the text is another one."""
    of = of or document()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    if DENIAL in of.text:
        claims = (claim(of, "Hamas thanked Iran.", "hamas", "iran", reader_version=version, layer=Layer.RHETORICAL),
                  claim(of, "Syria expelled Hamas.", "syria", "hamas", ClaimType.SANCTION, reader_version=version,
                        start="2012-02"))
        mentions = (mention(of, "Hamas", "hamas"), mention(of, "Iran", "iran"), mention(of, "Syria", "syria"))
        actors = (actor("hamas"), actor("iran", kind=ActorKind.STATE), actor("syria", kind=ActorKind.STATE))
    return Reading(**{"document": of, "reader": reader, "reader_version": version, "mentions": mentions,
                      "actors": actors, "claims": claims} | fields)


def with_parts() -> Reading:
    """A reading of one claim that has a reason and two amounts, one of them without a lowest number."""
    of = document("Hamas thanked Iran for its \ud800 $3m and up to forty guns.", name="thanks.txt")
    text = of.text
    reason = Reason(kind=ReasonKind.CAUSE, begin_char=text.index("for"), end_char=len(text) - 1, text=text[
        text.index("for"):-1])
    money, guns = text.index("$3m"), text.index("up to")
    amounts = (Amount(kind=AmountKind.MONEY, low=3e6, high=3e6, unit="USD", begin_char=money, end_char=money + 3,
                      text="$3m"),
               Amount(kind=AmountKind.ARMS, low=None, high=40.0, unit="gun", begin_char=guns, end_char=len(text) - 1,
                      text="up to forty guns"))
    return reading(of, claims=(claim(of, "Hamas thanked Iran", "hamas", "iran", reasons=(reason,), amounts=amounts),))


def many_readings(count: int) -> list[Reading]:
    """Readings of different documents, from month to month."""
    return [reading(document(f"{DENIAL} Number {number}.", f"{2000 + number // 12}-{number % 12 + 1:02d}",
                             f"Outlet {number % 3}", name=f"{number}.txt"))
            for number in range(count)]


def seen(snapshot: Any) -> str:
    """Hash of all that a snapshot shows, whatever its version."""
    shown = (snapshot.documents(), snapshot.claims(), snapshot.claims(corrected=False), snapshot.actors(),
             [snapshot.mentions(found.id) for found in snapshot.documents()[:2]], snapshot.corrections(),
             snapshot.counts(), snapshot.claims_relation().fetchall())
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()
