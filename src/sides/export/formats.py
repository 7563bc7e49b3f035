"""All formats that a ledger is written in, in one table, and which of them a file wants."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sides.export.exporter import SUBJECTS, Exporter, Ledger, Wanted, Written
from sides.model.errors import ExportError

# Written where neither a format nor a suffix says anything else.
DEFAULT = "jsonl"


def exporters() -> Mapping[str, Exporter]:
    """Every exporter by its name, in the order of docs/export.md."""
    from sides.export.bibtex import BIBTEX
    from sides.export.csl import CSL
    from sides.export.ftm import FTM
    from sides.export.gexf import GEXF
    from sides.export.graphml import GRAPHML
    from sides.export.rdf import RDF
    from sides.export.stix import STIX
    from sides.export.tables import CSV, JSON_LINES, PARQUET

    shipped: tuple[Exporter, ...] = (JSON_LINES, CSV, PARQUET, GRAPHML, GEXF, FTM, STIX, RDF, BIBTEX, CSL)
    return {one.name: one for one in shipped}


def exporter_for(subject: str, form: str | None, path: Path | None) -> Exporter:
    """The exporter of a format; where none is named, that of the file's suffix, else the default.

    A plug-in is taken where its format is named, and the package has none of this name. Raises `ExportError` for a
    subject or format that there is not, and where the one is not written in the other.
    """
    from sides.export.guest import Guest

    known = exporters()
    if subject not in SUBJECTS:
        raise ExportError(f"There is no {subject!r} to export. Take one of: {', '.join(SUBJECTS)}.")
    fitting = [one for one in known.values() if subject in one.subjects]
    if form is None:
        named = [one for one in known.values() if path is not None and path.name.endswith(one.suffix)]
        # ".stix.json" says more than ".json".
        chosen = max(named, key=lambda one: (subject in one.subjects, len(one.suffix)), default=known[DEFAULT])
    elif form in known:
        chosen = known[form]
    elif (guest := Guest.load(form, known)) is not None:
        chosen = guest
    else:
        raise ExportError(f"There is no format {form!r}. Take one of: {', '.join(known)}; or one that `sides plugins` "
                          "lists.")
    if subject not in chosen.subjects:
        raise ExportError(f"{chosen.name} does not write {subject}, but {' and '.join(chosen.subjects)}. Of {subject} "
                          f"there is: {', '.join(f'--format {one.name}' for one in fitting)}.")
    return chosen


def write_file(exporter: Exporter, ledger: Ledger, path: Path, wanted: Wanted) -> Written:
    """Write to a file, which is there only when it is whole."""
    if path.exists() and not path.is_file():  # a pipe or device
        with path.open("wb") as file:
            return exporter.write(ledger, file, wanted)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            written = exporter.write(ledger, file, wanted)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return written
