"""What a ledger holds, and its versions: each commit makes one, and every one can be opened with --version."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime

from rich.console import RenderableType
from rich.table import Table

from sides.cli.arguments import add_ledger, opened
from sides.cli.screen import print_json, show
from sides.report.event_datasets import dataset_record, dataset_table, gap_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_ledger(parser)
    parser.add_argument("--compact", action="store_true", help="join the many small files that many commits leave")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Tell what is there."""
    ledger = opened(options)
    if options.compact:
        ledger.compact(now=datetime.now(UTC))
    counts, versions, datasets = asdict(ledger.counts()), ledger.versions(), ledger.event_datasets()
    if options.json:
        print_json({"path": str(ledger.path), "version": ledger.version, "counts": counts,
                    "hidden_claims": ledger.hidden_claims(),
                    "datasets": [dataset_record(one) for one in datasets],
                    "versions": [{"version": one.version, "what": one.kind, "documents": one.documents,
                                  "claims": one.claims} for one in versions]})
        return 0
    table = Table(title=f"{ledger.path}, version {ledger.version}", title_justify="left", box=None, pad_edge=False)
    for column in ("version", "what", "documents", "claims"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for one in versions:
        table.add_row(str(one.version), one.kind, str(one.documents), str(one.claims))
    hidden = ledger.hidden_claims()
    left_out = f"out of view by decisions: {', '.join(f'{count} {why}' for why, count in hidden.items())}"
    told: list[RenderableType] = [dataset_table(datasets)] if datasets else []
    told += [gap_line(gap) for one in datasets for gap in one.gaps]
    show(", ".join(f"{count} {name}" for name, count in counts.items()), *([left_out] if hidden else []),
         *told, table)
    return 0
