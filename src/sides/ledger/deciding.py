"""Decisions about actors laid over mentions, claims and actors: views under the names by which these are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sides.ledger.actors import merged_actor
from sides.ledger.filling import Connection, fill, statements
from sides.ledger.parts import by_document, nearest
from sides.ledger.settlement import NOBODY, Place, Settlement, settled_actors
from sides.ledger.tables import Column, Table, Values
from sides.ledger.values import MENTION_COLUMNS, MENTION_FIELDS, actors_of, fetched, mentions_of
from sides.model.actor import Actor, Mention

PARTS = ("source", "target", "third", "speaker")


def _table(name: str, *columns: str, integers: Iterable[str] = ()) -> Table:
    return Table(name, tuple(Column(column, Values.INTEGER if column in integers else Values.TEXT, is_nullable=True)
                             for column in columns))


DECIDED_ACTORS = _table("decided_actors", "actor", "shown", "name")
SPLIT_MENTIONS = _table("split_mentions", "document", "begin_char", "end_char", "actor", "shown",
                        integers=("begin_char", "end_char"))
SPLIT_CLAIMS = _table("split_claims", "id", *PARTS)
SPLIT_INCOMPLETE = _table("split_incomplete", "id", *PARTS)
CLAIM_PARTS = ("SELECT id, document, begin_char, end_char, source, target, third, speaker, source_text, target_text "
               "FROM claims_corrected")
INCOMPLETE_PARTS = ("SELECT id, document, begin_char, end_char, source, target, third, speaker, actor_text, actor_text "
                    "FROM incomplete_as_read")

ACTOR_VARIANTS = ("SELECT id, name, kind, names, description, country, parent, wikidata, is_provisional, count(*) "
                  "FROM shown_actors GROUP BY ALL ORDER BY ALL")
NAMES_LEFT = ("SELECT actor, text, count(*) FROM seen_mentions WHERE form = 'name' "
              "AND actor IN (SELECT shown FROM split_mentions) GROUP BY ALL ORDER BY count(*) DESC, text")
LEFT = "SELECT DISTINCT actor FROM seen_mentions WHERE actor IN (SELECT shown FROM split_mentions) ORDER BY actor"


def lay_decisions(connection: Connection, settlement: Settlement) -> None:
    """Create the views `claims`, `incomplete` and `seen_mentions`, given what was read and corrected."""
    if not settlement:
        connection.execute("CREATE VIEW claims AS SELECT * FROM claims_corrected")
        connection.execute("CREATE VIEW incomplete AS SELECT * FROM incomplete_as_read")
        connection.execute("CREATE VIEW seen_mentions AS SELECT * FROM shown_mentions")
        return
    moved = settlement.moved
    names = {identifier: merged_actor(found).name for identifier, found in actor_variants(connection).items()}
    fill(connection, DECIDED_ACTORS, {"actor": list(moved), "shown": list(moved.values()),
                                      "name": [names.get(actor, actor) for actor in moved]})
    _lay_splits(connection, settlement, names)
    connection.execute(statements("decided.sql"))


def actors_shown(connection: Connection, settlement: Settlement) -> list[Actor]:
    """All actors as they are shown, by id."""
    variants = actor_variants(connection)
    if not settlement:
        return [merged_actor(variants[identifier]) for identifier in sorted(variants)]
    left: dict[str, list[str]] = {}
    if settlement.split:
        (identifiers,) = fetched(connection.execute(LEFT), 1)
        left = {identifier: [] for identifier in identifiers}
        for identifier, name, _ in zip(*fetched(connection.execute(NAMES_LEFT), 3), strict=True):
            left[identifier].append(name)
    return settled_actors(variants, settlement, left)


def actor_variants(connection: Connection) -> dict[str, list[tuple[Actor, int]]]:
    """What the shown readings say of each actor, and how many say so."""
    variants: dict[str, list[tuple[Actor, int]]] = {}
    *columns, counts = fetched(connection.execute(ACTOR_VARIANTS), 10)
    for actor, count in zip(actors_of(columns), counts, strict=True):
        variants.setdefault(actor.id, []).append((actor, count))
    return variants


def _lay_splits(connection: Connection, settlement: Settlement, names: Mapping[str, str]) -> None:
    fill(connection, _table("split_actors", "actor"), {"actor": sorted(settlement.split)})
    query = f"SELECT {MENTION_COLUMNS} FROM shown_mentions WHERE actor IN (SELECT actor FROM split_actors) ORDER BY ALL"
    mentions = by_document(mentions_of(fetched(connection.execute(query), len(MENTION_FIELDS)))) \
        if settlement.split else {}
    rows = {(mention.document, mention.begin_char, mention.end_char, mention.actor):
            settlement.shown_at(mention.actor, place) for found in mentions.values() for mention, place in found}
    fill(connection, SPLIT_MENTIONS, {
        **{name: [key[number] for key in rows] for number, name in enumerate(
            ("document", "begin_char", "end_char", "actor"))}, "shown": list(rows.values())})
    for table, query in ((SPLIT_CLAIMS, CLAIM_PARTS), (SPLIT_INCOMPLETE, INCOMPLETE_PARTS)):
        fill(connection, table, _split_parts(connection, query, settlement, mentions, names))


def _split_parts(connection: Connection, query: str, settlement: Settlement,
                 mentions: Mapping[tuple[str, str], Sequence[tuple[Mention, Place]]],
                 names: Mapping[str, str]) -> dict[str, list[str | None]]:
    """The parts of claims that name an actor that was split, and as whom each is shown."""
    columns: dict[str, list[str | None]] = {name: [] for name in ("id", *PARTS)}
    if not settlement.split:
        return columns
    among = " OR ".join(f"{part} IN (SELECT actor FROM split_actors)" for part in PARTS)
    for identifier, document, begin, end, *parts, source_text, target_text in zip(
            *fetched(connection.execute(f"{query} WHERE {among} ORDER BY id"), 10), strict=True):
        columns["id"].append(identifier)
        for part, actor, words in zip(PARTS, parts, (source_text, target_text, "", ""), strict=True):
            shown = None
            if actor in settlement.split:
                shown = settlement.shown_at(actor, nearest(actor, document, begin, end, words, mentions))
                if part == "speaker" and shown == NOBODY:
                    shown = names.get(actor, actor)
            columns[part].append(shown)
    return columns
