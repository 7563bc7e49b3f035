"""Read event datasets (GDELT, ICEWS, POLECAT, Phoenix, KEDS, ACLED, UCDP, Correlates of War) or a table of your own.

`sides events check FILES` tells what each file is and what becomes of each of its records; `sides events panel FILES`
counts the events of each pair of actors by day, week, month or year, in one pass over files of any size.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import duckdb
from rich.table import Table

from sides.cli import LEFT_OUT
from sides.cli.screen import console
from sides.events.account import WHY
from sides.events.gathering import MEMORY, PERIODS, SIZE, Told, gathering
from sides.events.mapping import read_mapping, shipped
from sides.model.errors import InputError, MappingError
from sides.report.counting import counted

WRITERS = {".parquet": "write_parquet", ".csv": "write_csv"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    check = commands.add_parser("check", help="what each file is, and what becomes of its records",
                                description="What each file is, and what becomes of each of its records.")
    check.add_argument("--json", action="store_true", help="as JSON")
    panel = commands.add_parser("panel", help="counts of events by pair of actors and time",
                                description="Counts of events by directed pair of actors, time, field and quad class.")
    panel.add_argument("--every", choices=list(PERIODS), default="month",
                       help="the length of a period (default: month)")
    panel.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                       help="the panel: .parquet or .csv")
    for one in (check, panel):
        one.add_argument("files", nargs="+", type=Path, metavar="FILE", help="plain, gzip or zip")
        one.add_argument("--as", dest="dataset", metavar="NAME",
                         help="what the files are, where their names and columns do not tell: " + ", ".join(shipped()))
        one.add_argument("--mapping", type=Path, metavar="FILE.toml", help="what the columns of your own table mean")
        one.add_argument("--memory", default=MEMORY, metavar="SIZE",
                         help=f"what the command may take before it works on disk (default: {MEMORY})")
        one.add_argument("--left-out", type=Path, metavar="FILE",
                         help="write each record that is no event, with the reason: .parquet or .csv")


def run(options: argparse.Namespace) -> int:
    """Read, and tell of every record."""
    mappings = shipped()
    dataset = options.dataset
    for path in (options.left_out, options.output if options.what == "panel" else None):
        if path is not None and not (path.suffix in WRITERS and path.resolve().parent.is_dir()):
            raise InputError(str(path), "cannot be written", "Name a .parquet or .csv file in a folder that is there.")
    if options.mapping:
        mappings = {"own": read_mapping(options.mapping)}
        dataset = "own"
    elif dataset and dataset not in mappings:
        raise MappingError(f"No dataset is called {dataset!r}. There are: {', '.join(mappings)}.")
    if not SIZE.fullmatch(options.memory):
        raise InputError(options.memory, "is no size of memory", "Write a number and its unit: 500MB, 2GB.")
    with gathering(mappings=mappings, memory=options.memory) as found:
        told = list(found.read(sorted(options.files), dataset))
        repeated = found.repeated()
        if options.left_out:
            _write(found.left_out(), options.left_out)
        if options.what == "panel":
            _write(found.panel(options.every), options.output)
        gaps = found.gaps()
        if options.what == "check" and options.json:
            print(json.dumps({"files": [_record(one, repeated) for one in told],
                              "gaps": [{"dataset": one.dataset, "first": str(one.first), "last": str(one.last),
                                        "days": one.days, "expected": one.expected} for one in gaps]}, indent=2))
        else:
            _tell(told, repeated)
            for one in gaps:
                console().print(f"{one.dataset}: nothing from {one.first} to {one.last} ({counted(one.days, 'day')}), "
                                f"where about {one.expected:,.0f} records were to be expected.", markup=False)
    return LEFT_OUT if any(one.error or (one.account and one.account.left_out) for one in told) else 0


def _write(relation: duckdb.DuckDBPyRelation, path: Path) -> None:
    try:
        getattr(relation, WRITERS[path.suffix])(str(path))
    except duckdb.IOException as error:
        raise InputError(str(path), f"cannot be written ({error})", "Name another file.") from error


def _record(told: Told, repeated: dict[str, int]) -> dict[str, object]:
    if told.account is None:
        return {"file": told.file, "error": str(told.error)}
    one = told.account
    return {"file": told.file, "dataset": one.dataset, "records": one.records, "read": one.read, "claims": one.claims,
            "left_out": one.left_out, "repeated": repeated.get(told.file, 0), "unknown": one.unknown,
            "recoded": one.recoded, "first": str(one.first) if one.first else None,
            "last": str(one.last) if one.last else None}


def _tell(told: list[Told], repeated: dict[str, int]) -> None:
    screen = console()
    table = Table(box=None, pad_edge=False)
    for head in ("file", "dataset", "records", "read", "claims", "repeated", "unknown side", "from", "to"):
        table.add_column(head, justify="right" if head in ("records", "read", "claims", "repeated", "unknown side")
                         else "left")
    for one in told:
        if one.account:
            account = one.account
            table.add_row(Path(one.file).name, account.dataset, f"{account.records:,}", f"{account.read:,}",
                          f"{account.claims:,}", f"{repeated.get(one.file, 0):,}", f"{account.unknown:,}",
                          str(account.first or ""), str(account.last or ""))
    screen.print(table)
    for one in told:
        if one.error:
            screen.print(str(one.error), markup=False)
        for reason, count in (one.account.left_out if one.account else {}).items():
            screen.print(f"{Path(one.file).name}: {counted(count, 'record')} left out: {WHY[reason]}.", markup=False)


