"""Actors that others describe, from files into what a ledger's documents are read with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sides.actors.overlays import Change, OverlayFile, canonical, lay_over, usable
from sides.actors.registry import Registry
from sides.actors.tables import shipped
from sides.ledger.store import Store
from sides.model.errors import RegistryError

KEPT_AS = ".actors.tsv"  # what a file is kept as, in place of its own suffix


@dataclass(slots=True)
class ActorsReport:
    """What files of actors came to: who was new, who was known and is told more of, and what was left out, and why."""

    new: list[str] = field(default_factory=list)  # our ids, as all that follow
    known: list[str] = field(default_factory=list)
    names: int = 0
    relations: int = 0  # posts held, and who belongs to whom
    left_out: list[str] = field(default_factory=list)  # file, line, reason, remedy
    version: int = 0  # of the ledger


def import_actors(store: Store, paths: Sequence[Path]) -> ActorsReport:
    """Keep what files tell of actors with the ledger, over the files of actors that it keeps already.

    The rows that can be used are kept as a table of tabs under the file's name; a file of the same name takes its
    place. A row that can't be used is left out by itself. What is kept already makes no new version. Raises
    `RegistryError` for a file of which nothing can be used, or without which one that is kept makes no sense; then
    nothing is kept.
    """
    report, before = ActorsReport(), store.snapshot().registry_files()
    kept = {file.name: file for file in before}
    for path in paths:
        name = path.name.removesuffix(path.suffix) + KEPT_AS
        tables = shipped()[0]
        below = list(kept).index(name) if name in kept else len(kept)
        lay_over(tables, list(kept.values())[:below])
        known = {row[0] for row in tables["actors"]}
        refused: list[str] = []
        changes = usable(OverlayFile.read(path), tables, refused)
        report.left_out += refused
        if not any(change.table != "sources" for change in changes):
            told = refused[0] if refused else "it tells of nobody, or of nothing that is not known."
            raise RegistryError(f"Nothing of {path} can be used: {told}")
        kept[name] = canonical(name, changes)
        _count(report, changes, known)
    Registry.load(list(kept.values()))
    store.keep_registry(list(kept.values()))
    report.version = store.snapshot().version
    return report


def _count(report: ActorsReport, changes: Sequence[Change], known: set[str]) -> None:
    new = {change.cells["id"] for change in changes if change.table == "actors" and change.op == "add"}
    spoken = {change.cells[column] for change in changes for column in ("id", "actor", "person", "child")
              if column in change.cells}
    report.new += sorted(new - set(report.new))
    report.known += sorted((spoken & known) - set(report.known))
    report.names += sum(change.table == "names" for change in changes)
    report.relations += sum(change.table in ("roles", "relations") for change in changes)
