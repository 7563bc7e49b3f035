"""How documents' forecasts and our own fared, as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.forecast.contest import Question
from sides.forecast.kept import Kept
from sides.forecast.scoreboard import Marks, Scoreboard, Standing, Who
from sides.forecast.words import scale
from sides.report.counting import counted
from sides.report.states import DECIMALS, percent

OUTCOMES = {True: "came", False: "did not come", None: "open"}


def board_answer(board: Scoreboard, names: Mapping[str, str]) -> RenderableType:
    """Tables of scores, what they are of, and the forecasts that were kept."""
    return Group(*_parts(board, names))


def _parts(board: Scoreboard, names: Mapping[str, str]) -> Iterator[RenderableType]:
    if not board.documents and not board.ours:
        yield Text("The documents predict no event here, and no forecast was kept.")
        return
    if board.documents:
        yield Text("Forecasts of events that documents made", style="bold")
        yield _table(board.documents)
    for note in notes(board):
        yield Text(note, style="italic")
    if board.ours:
        yield Text("Our own forecasts that were kept", style="bold")
        yield _table(board.ours)
        for one in board.kept:
            yield _kept_line(one, names)


def notes(board: Scoreboard) -> list[str]:
    """What a reader must know of the scores of documents."""
    if not board.documents:
        return []
    worded = sum(one.said not in (scale().plain, 1 - scale().plain) for one in board.questions)
    return [
        f"No document gives a probability: words of likelihood count by the scale of ICD 203 ({worded} of "
        f"{counted(len(board.questions), 'question')} had one), a plain word as {percent(scale().plain)}. Ours were "
        "made at the end of the same day, from what had been published by then.",
        "Only what is told of later is judged. Where that is mostly what came, whoever is sure scores well.",
        *(f"Left out: {count}; {why}." for why, count in board.left_out.items())]


def _table(rows: Sequence[Standing]) -> Table:
    forecasters = list(dict.fromkeys(name for row in rows for name in row.beside))
    table = Table(box=None, pad_edge=False)
    for column in ("", "forecasts", "open", "judged", "came", "Brier", "log-loss"):
        table.add_column(column, justify="right" if column else "left")
    for name in forecasters:
        table.add_column(f"{name} on these", justify="right")
    for row in rows:
        own = row.own
        table.add_row(
            f"{row.name} ({row.who.value})" if row.who in (Who.OUTLET, Who.FORECASTER) else row.name, str(row.made),
            str(row.open), str(own.count if own else 0), "" if row.base_rate is None else percent(row.base_rate),
            f"{own.brier:.3f}" if own else "", f"{own.log_loss:.3f}" if own else "",
            *(_marks_words(row.beside.get(name), own) for name in forecasters))
    return table


def _marks_words(marks: Marks | None, own: Marks | None) -> str:
    """A Brier score; with its number of questions where that is another."""
    if marks is None:
        return ""
    return f"{marks.brier:.3f}" + (f" of {marks.count}" if own and marks.count != own.count else "")


def _kept_line(one: Kept, names: Mapping[str, str]) -> Text:
    told = one.forecast
    line = Text(f"  {told.asked_on}  ")
    line.append(names.get(one.source, told.source), style="bold")
    line.append(f" {told.event.lower().replace('_', ' ')} ")
    line.append(names.get(one.target, told.target), style="bold")
    line.append(f" within {told.within_days} days: {percent(told.chance)} ({percent(told.low)}–{percent(told.high)}) "
                f"by the {told.forecaster}, ")
    line.append(OUTCOMES[one.came], style="bold")
    line.append(f": {one.because}" + (", kept afterwards" if told.is_afterwards else ""))
    return line


def board_record(board: Scoreboard, names: Mapping[str, str]) -> dict[str, Any]:
    """All of it as plain values."""
    return {"documents": [_standing(row) for row in board.documents], "ours": [_standing(row) for row in board.ours],
            "questions": [_question(one, names) for one in board.questions],
            "kept": [_kept(one, names) for one in board.kept], "left_out": dict(board.left_out), "notes": notes(board)}


def _standing(row: Standing) -> dict[str, Any]:
    return {"who": row.who.value, "name": row.name, "speaker": row.speaker, "made": row.made, "open": row.open,
            "afterwards": row.afterwards, "base_rate": _round(row.base_rate), **_scores(row.own),
            "beside": {name: _scores(marks) for name, marks in row.beside.items()}}


def _scores(marks: Marks | None) -> dict[str, Any]:
    return {"judged": marks.count if marks else 0, "brier": _round(marks.brier if marks else None),
            "log_loss": _round(marks.log_loss if marks else None)}


def _question(one: Question, names: Mapping[str, str]) -> dict[str, Any]:
    made = one.prediction
    return {"claim": made.claim.id, "voice": made.voice, "speaker": made.claim.speaker, "source": made.source,
            "source_name": names.get(made.source, made.source), "target": made.target,
            "target_name": names.get(made.target, made.target), "type": made.type.value, "expects": made.expects,
            "types": list(one.types),
            "is_either_way": one.is_either_way, "asked_on": str(one.asked_on), "within_days": one.within_days,
            "until": str(made.until), "said": _round(one.said), "came": one.came, "quote": made.claim.quote,
            "probabilities": {name: _round(chance) for name, chance in one.chances.items()}}


def _kept(one: Kept, names: Mapping[str, str]) -> dict[str, Any]:
    told = one.forecast
    return {"id": told.id, "source": told.source, "source_name": names.get(one.source, told.source),
            "target": told.target, "target_name": names.get(one.target, told.target), "event": told.event,
            "asked_on": str(told.asked_on), "known": str(told.known), "within_days": told.within_days,
            "until": str(told.until), "lens": told.lens, "is_exact": told.is_exact,
            "probability": _round(told.chance), "low": _round(told.low), "high": _round(told.high),
            "base_rate": _round(told.base_rate), "recurrence_rate": _round(told.recurrence_rate),
            "forecaster": told.forecaster, "forecaster_version": told.forecaster_version,
            "is_afterwards": told.is_afterwards, "outcome": OUTCOMES[one.came], "because": one.because,
            "claim": one.event.claim if one.event else None}


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, DECIMALS)
