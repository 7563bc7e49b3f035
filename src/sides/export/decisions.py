"""Decisions about actors as JSON lines: to be read, kept beside a ledger, and taken over into another one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from sides.ledger.decisions import Decision, decision_of, decision_record
from sides.model.errors import DecisionError


def write_decisions(decisions: Iterable[Decision], file: TextIO) -> None:
    """One JSON object a line, in the order given. The same decisions give the same bytes."""
    for decision in decisions:
        file.write(json.dumps(decision_record(decision), ensure_ascii=False) + "\n")


def read_decisions(file: TextIO) -> tuple[list[Decision], list[str]]:
    """The decisions of such a file, and what is wrong with the lines that are none."""
    decisions, faults = [], []
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise DecisionError("it is no JSON object.")
            decisions.append(decision_of(record))
        except json.JSONDecodeError as error:
            faults.append(f"line {number}: it is no JSON ({error.msg}).")
        except DecisionError as error:
            faults.append(f"line {number}: {error}")
    return decisions, faults
