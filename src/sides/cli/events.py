"""Read event datasets (GDELT, ICEWS, POLECAT, Phoenix, KEDS, ACLED, UCDP, Correlates of War) or a table of your own.

`sides events check FILES` tells what each file is and what becomes of each of its records; `sides events read FILES -l
NAME.sides` takes the events into a ledger, as claims; `sides events panel FILES` counts the events of each pair of
actors by day, week, month or year, in one pass over files of any size; `sides events votes FILES` tells how alike
states vote in the UN General Assembly.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import duckdb
from rich.table import Table

from sides.cli import INTERRUPTED, LEFT_OUT
from sides.cli.arguments import add_engine
from sides.cli.screen import console
from sides.engines.engine import LOCAL
from sides.engines.panels import GatheringSettings, read_into
from sides.events.account import WHY
from sides.events.database import MEMORY, SIZE
from sides.events.gathering import PERIODS, Told, gathering
from sides.events.mapping import chosen, shipped_names
from sides.events.votes import voting
from sides.face import Ledger
from sides.model.errors import InputError
from sides.report.counting import counted
from sides.report.event_datasets import gap_line, gap_record
from sides.report.event_run import event_summary
from sides.report.run import RichProgress

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
    votes = commands.add_parser("votes", help="how alike states vote in the UN General Assembly",
                                description="How alike states vote in the UN General Assembly: from tables of votes, "
                                            "of roll calls, and of ideal points, a row for each pair and year.")
    for one, what in ((panel, "panel"), (votes, "agreement")):
        one.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                         help=f"the {what}: .parquet or .csv")
    read = commands.add_parser("read", help="into a ledger, as claims",
                               description="Read events into a ledger, as claims; what was read before is passed over.")
    read.add_argument("-l", "--ledger", type=Path, required=True, metavar="NAME.sides",
                      help="the ledger; made if absent")
    read.add_argument("--edition", metavar="NAME",
                      help="of the dataset (24.1), where neither the files' names nor the mapping tell")
    for one in (panel, read):
        add_engine(one)
    read.add_argument("--quiet", action="store_true", help="no progress; only what was left out")
    for one in (check, panel, votes, read):
        one.add_argument("files", nargs="+", type=Path, metavar="FILE", help="plain, gzip or zip")
        one.add_argument("--memory", default=MEMORY, metavar="SIZE",
                         help=f"what the command may take before it works on disk (default: {MEMORY})")
    for one in (check, panel, read):
        one.add_argument("--as", dest="dataset", metavar="NAME",
                         help="what the files are, where their names and columns do not tell: "
                              + ", ".join(shipped_names()) + "; or an adapter that `sides plugins` lists")
        one.add_argument("--mapping", type=Path, metavar="FILE.toml", help="what the columns of your own table mean")
    for one in (check, panel, votes):
        one.add_argument("--left-out", type=Path, metavar="FILE",
                         help="write each record that is left out, with the reason: .parquet or .csv")


def run(options: argparse.Namespace) -> int:
    """Read, and tell of every record."""
    if not SIZE.fullmatch(options.memory):
        raise InputError(options.memory, "is no size of memory", "Write a number and its unit: 500MB, 2GB.")
    if options.what == "read":
        return _read(options)
    for path in (options.left_out, None if options.what == "check" else options.output):
        if path is not None and not (path.suffix in WRITERS and path.resolve().parent.is_dir()):
            raise InputError(str(path), "cannot be written", "Name a .parquet or .csv file in a folder that is there.")
    return _vote(options) if options.what == "votes" else _gather(options)


def _vote(options: argparse.Namespace) -> int:
    with voting(memory=options.memory) as found:
        told = list(found.read(sorted(options.files)))
        _tell(told, found.repeated(), {})
        for file, count in found.without_roll_call().items():
            console().print(f"{Path(file).name}: {counted(count, 'vote')} in roll calls that no file tells of, which "
                            "have no year.", markup=False)
        if options.left_out:
            _write(found.left_out(), options.left_out)
        _write(found.agreement(), options.output)
    return LEFT_OUT if any(one.error or (one.account and one.account.left_out) for one in told) else 0


def _gather(options: argparse.Namespace) -> int:
    settings = GatheringSettings(*chosen(options.dataset, options.mapping), options.memory, bool(options.left_out))
    engine, beside = (options.engine, options.output.parent) if options.what == "panel" else (LOCAL, None)
    with gathering(mappings=settings.mappings, memory=settings.memory) as found:
        told = list(read_into(found, sorted(options.files), settings, engine=engine, beside=beside))
        repeated, without_event = found.repeated(), found.without_event()
        if options.left_out:
            _write(found.left_out(), options.left_out)
        if options.what == "panel":
            _write(found.panel(options.every), options.output)
        gaps = found.gaps()
        if options.what == "check" and options.json:
            records = [_record(one, repeated, without_event) for one in told]
            print(json.dumps({"files": records, "gaps": [gap_record(one) for one in gaps]}, indent=2))
        else:
            _tell(told, repeated, without_event)
            for one in gaps:
                console().print(gap_line(one), markup=False)
    return LEFT_OUT if any(one.error or (one.account and one.account.left_out) for one in told) else 0


def _read(options: argparse.Namespace) -> int:
    ledger, screen = Ledger(options.ledger), console(error=True)
    with RichProgress(screen, is_quiet=options.quiet) as progress:
        report = ledger.read_events(*options.files, dataset=options.dataset, mapping=options.mapping,
                                    edition=options.edition, memory=options.memory,
                                    engine=options.engine, progress=progress)
    screen.print(event_summary(report, options.ledger, is_quiet=options.quiet))
    return INTERRUPTED if report.was_interrupted else LEFT_OUT if report.errors else 0


def _write(relation: duckdb.DuckDBPyRelation, path: Path) -> None:
    try:
        getattr(relation, WRITERS[path.suffix])(str(path))
    except duckdb.IOException as error:
        raise InputError(str(path), f"cannot be written ({error})", "Name another file.") from error


def _record(told: Told, repeated: dict[str, int], without_event: dict[str, int]) -> dict[str, object]:
    if told.account is None:
        return {"file": told.file, "error": str(told.error)}
    one = told.account
    return {"file": told.file, "dataset": one.dataset, "records": one.records, "read": one.read, "claims": one.claims,
            "left_out": one.left_out, "repeated": repeated.get(told.file, 0), "unknown": one.unknown,
            "without_event": without_event.get(told.file, 0), "recoded": one.recoded,
            "first": str(one.first) if one.first else None, "last": str(one.last) if one.last else None}


def _tell(told: list[Told], repeated: dict[str, int], without_event: dict[str, int]) -> None:
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
        if one.file in without_event:
            mentions = counted(without_event[one.file], "mention")
            screen.print(f"{Path(one.file).name}: {mentions} of events that were not read.", markup=False)
