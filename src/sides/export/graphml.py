"""The network of a date as GraphML: actors with what is known of them, ties with their state and their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from sides.export.characters import Characters, json_text
from sides.export.evidence import evidence_fields
from sides.export.exporter import Ledger, Wanted, Written
from sides.model.actor import Actor
from sides.model.dates import PartialDate
from sides.model.errors import ExportError
from sides.ties.told_ties import CERTAINTIES, Stretch, ToldTie

# Keys of nodes and edges, each with its type. `docs/export.md` describes them; GEXF has the same.
NODE_KEYS = {"label": "string", "names": "string", "kind": "string", "description": "string", "country": "string",
             "parent": "string", "wikidata": "string", "is_provisional": "boolean"}
STATE_KEYS = {"state": "string", "level": "int", "sign": "int", "certainty": "string", "weight": "double",
              "marks": "string"}
EDGE_KEYS = {"claims": "int", "evidence": "string"}
DATE_KEYS = {"since": "string", "until": "string"}


def node_values(actor: Actor) -> dict[str, Any]:
    """What is known of an actor, without what is not."""
    values = {"label": actor.name, "names": "; ".join(actor.names), "kind": actor.kind.value,
              "description": actor.description, "country": actor.country, "parent": actor.parent,
              "wikidata": actor.wikidata, "is_provisional": actor.is_provisional}
    return {name: value for name, value in values.items() if value not in (None, "")}


def state_values(stretch: Stretch) -> dict[str, Any]:
    """What a tie looks like. Without a state, where all is denied, it has neither level nor certainty.

    The weight tells how sure the state is, 1 to 3: layouts want weights above 0.
    """
    state = stretch.state
    values = {"state": state.value if state else None, "level": state.level if state else None, "sign": stretch.sign,
              "certainty": stretch.certainty,
              "weight": 1.0 + (CERTAINTIES.index(stretch.certainty) if stretch.certainty else 0),
              "marks": "; ".join(stretch.marks)}
    return {name: value for name, value in values.items() if value not in (None, "")}


def edge_values(tie: ToldTie, names: Mapping[str, str]) -> dict[str, Any]:
    """What a tie rests on: how many claims, and all of them with their quotes, as JSON."""
    return {"claims": len(tie.evidence), "evidence": json_text([evidence_fields(one, names) for one in tie.evidence])}


def plain(value: Any) -> str:
    """A value as XML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class GraphML:
    """Writes the network of one date."""

    name: str = "graphml"
    suffix: str = ".graphml"
    subjects: tuple[str, ...] = ("ties",)

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """Nodes where their first edge needs them, then the edge. No tie that nothing is told of by then."""
        month = _month(ledger, wanted)
        names = {actor.id: actor.name for actor in ledger.actors()}
        characters, seen, count = Characters(), set[str](), 0

        def data(values: Mapping[str, Any]) -> Iterator[str]:
            for key, value in values.items():
                yield f'<data key="{key}">{characters.xml(plain(value))}</data>'

        file.write(_head(month).encode())
        for tie in ledger.told_ties(*wanted.about, known=wanted.known, exact=wanted.exact, engine=wanted.engine):
            stretch = tie.at(month) if month else None
            if stretch is None:
                continue
            lines = []
            for side in (tie.left, tie.right):
                if side not in seen:
                    seen.add(side)
                    lines.append(f'<node id="{characters.xml(side)}">'
                                 f"{''.join(data(node_values(ledger.described(side))))}</node>")
            dates = {"since": str(stretch.since)} | ({} if stretch.is_last else {"until": str(stretch.until)})
            values = {f"edge_{key}": value for key, value in (
                state_values(stretch) | dates | edge_values(tie, names)).items()}
            lines.append(f'<edge source="{characters.xml(tie.left)}" target="{characters.xml(tie.right)}">'
                         f"{''.join(data(values))}</edge>")
            file.write("".join(f"{line}\n" for line in lines).encode())
            count += 1
        file.write(b"</graph>\n</graphml>\n")
        return Written(count, f"ties of {month}", characters.notes("XML"))


def _month(ledger: Ledger, wanted: Wanted) -> PartialDate | None:
    """The month that is asked for, else the latest that documents tell of; `None`: they tell of none."""
    horizon = ledger.horizon(known=wanted.known)
    if horizon is None:
        return None
    last = wanted.at.last if wanted.at else horizon.last
    if (last.year, last.month) > (horizon.last.year, horizon.last.month):
        raise ExportError(f"Documents tell of nothing after {horizon}: ask for the network of a date until then, "
                          "with --at.")
    return PartialDate(last.year, last.month)


def _head(month: PartialDate | None) -> str:
    keys = [f'<key id="{key}" for="node" attr.name="{key}" attr.type="{kind}"/>' for key, kind in NODE_KEYS.items()]
    keys += [f'<key id="edge_{key}" for="edge" attr.name="{key}" attr.type="{kind}"/>'
             for key, kind in (STATE_KEYS | DATE_KEYS | EDGE_KEYS).items()]
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">', *keys,
        '<key id="date" for="graph" attr.name="date" attr.type="string"/>',
        '<graph id="ties" edgedefault="undirected">',
        *([f'<data key="date">{month}</data>'] if month else []), ""])


GRAPHML = GraphML()
