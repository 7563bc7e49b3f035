"""All ties over time as GEXF 1.3: edges with a spell for each stretch, and what they look like then.

Spells are closed, from the first day of a stretch to its last; Gephi takes no others without a complaint. The last one
of a tie that is not known to have ended closes with the last month that documents tell of.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from sides.export.characters import Characters
from sides.export.exporter import Ledger, Wanted, Written
from sides.export.graphml import EDGE_KEYS, NODE_KEYS, STATE_KEYS, edge_values, node_values, plain, state_values
from sides.ties.told_ties import Stretch

Spell = tuple[date, date]
TYPES = {"int": "integer"}  # what GEXF calls a type otherwise than GraphML does


@dataclass(frozen=True, slots=True)
class Gexf:
    """Writes the network over time."""

    name: str = "gexf"
    suffix: str = ".gexf"
    subjects: tuple[str, ...] = ("ties",)

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """Edges go into a scratch file first: nodes stand before them, and last as long as their edges do."""
        names = {actor.id: actor.name for actor in ledger.actors()}
        characters, count, lasting = Characters(), 0, dict[str, list[Spell]]()
        with TemporaryFile() as edges:
            for tie in ledger.told_ties(*wanted.about, known=wanted.known, exact=wanted.exact, engine=wanted.engine):
                spells = [spell(stretch) for stretch in tie.stretches]
                for side in (tie.left, tie.right):
                    lasting[side] = joined([*lasting.get(side, ()), *spells])
                lines = [f'<edge id="{count}" source="{characters.xml(tie.left)}" '
                         f'target="{characters.xml(tie.right)}">', *_spells(spells), "<attvalues>"]
                for stretch, when in zip(tie.stretches, spells, strict=True):
                    lines += _values(state_values(stretch), characters, "edge_", when)
                lines += [*_values(edge_values(tie, names), characters, "edge_"), "</attvalues>", "</edge>"]
                edges.write("".join(f"{line}\n" for line in lines).encode())
                count += 1
            file.write(_head(lasting.values()).encode())
            for side in sorted(lasting):
                values = node_values(ledger.described(side))
                lines = [f'<node id="{characters.xml(side)}" label="{characters.xml(values["label"])}">',
                         *_spells(lasting[side]), "<attvalues>",
                         *_values({name: value for name, value in values.items() if name != "label"}, characters,
                                  "node_"), "</attvalues>", "</node>"]
                file.write("".join(f"{line}\n" for line in lines).encode())
            file.write(b"</nodes>\n<edges>\n")
            edges.seek(0)
            shutil.copyfileobj(edges, file)
            file.write(b"</edges>\n</graph>\n</gexf>\n")
        return Written(count, "ties", characters.notes("XML"))


def spell(stretch: Stretch) -> Spell:
    """The first and the last day of a stretch."""
    return stretch.since.first, stretch.until.first - timedelta(days=1)


def joined(spells: Iterable[Spell]) -> list[Spell]:
    """The same days in as few spells as can be, in order.

    >>> from datetime import date
    >>> joined([(date(2012, 3, 1), date(2012, 3, 31)), (date(2012, 4, 1), date(2012, 4, 30))])
    [(datetime.date(2012, 3, 1), datetime.date(2012, 4, 30))]
    """
    found: list[Spell] = []
    for first, last in sorted(spells):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def _spells(spells: Iterable[Spell]) -> Iterator[str]:
    yield "<spells>"
    yield from (f'<spell start="{first}" end="{last}"/>' for first, last in spells)
    yield "</spells>"


def _values(values: Mapping[str, Any], characters: Characters, prefix: str, when: Spell | None = None) -> Iterator[str]:
    lasting = f' start="{when[0]}" end="{when[1]}"' if when else ""
    for name, value in values.items():
        yield f'<attvalue for="{prefix}{name}" value="{characters.xml(plain(value))}"{lasting}/>'


def _attributes(of: str, mode: str, keys: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="{mode}">'
    yield from (f'<attribute id="{of}_{key}" title="{key}" type="{TYPES.get(kind, kind)}"/>'
                for key, kind in keys.items())
    yield "</attributes>"


def _head(lasting: Iterable[list[Spell]]) -> str:
    days = [day for spells in lasting for one in spells for day in one]
    span = f' start="{min(days)}" end="{max(days)}"' if days else ""
    node_keys = {name: kind for name, kind in NODE_KEYS.items() if name != "label"}
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        "<meta><creator>sides</creator><description>Who stood with whom, and since when</description></meta>",
        f'<graph mode="dynamic" defaultedgetype="undirected" timeformat="date" timerepresentation="interval"{span}>',
        *_attributes("node", "static", node_keys), *_attributes("edge", "dynamic", STATE_KEYS),
        *_attributes("edge", "static", EDGE_KEYS), "<nodes>", ""])


GEXF = Gexf()
