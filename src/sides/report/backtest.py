"""A back-test as lines of a terminal, as plain values, and as one page that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.forecast.backtest import CLIMATOLOGY, Score
from sides.forecast.of_ledger import calendar_day
from sides.forecast.rolling import Rolled
from sides.forecast.scores import Bin

REFERENCE = "recurrence"
COLUMNS = ("questions", "channel", "forecaster", "count", "prevalence", "Brier", "log-loss", "AUC", "AP", "ECE",
           "skill", "over recurrence", "90 %")
SIDE_PX, PAD_PX = 220, 30
STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;
background:#fff}table{border-collapse:collapse}th,td{padding:.15rem .6rem;text-align:right}
td:nth-child(-n+3),th:nth-child(-n+3){text-align:left}tr:nth-child(even){background:#f3f3f3}
figure{display:inline-block;margin:.5rem}figcaption{max-width:15rem}svg{display:block}"""


def backtest_answer(found: Rolled) -> RenderableType:
    """The scores as a table, then drift and notes."""
    table = Table(box=None, pad_edge=False)
    for place, column in enumerate(COLUMNS[2:3] + COLUMNS[5:]):
        table.add_column(column, justify="right" if place else "left", no_wrap=True)
    about: tuple[str, ...] = ()
    for row in _rows(found):
        if row[:2] != about:
            about = row[:2]
            table.add_row(Text(f"{row[1]}, {row[0]}: {row[3]} asked, {row[4]} came", style="bold"))
        table.add_row("  " + row[2], *row[5:])
    return Group(Text(_title(found), style="bold"), table, *(Text(line) for line in _drift(found)),
                 *(Text(note, style="italic") for note in found.notes))


def backtest_record(found: Rolled) -> dict[str, Any]:
    """All of it as plain values; what cannot be told, such as an AUC without an event, is null."""
    return {
        "within_days": found.backtest.horizon_days, "origins": _origins(found), "events": found.events,
        "scores": [{
            "questions": one.questions, "channel": one.channel, "forecaster": one.forecaster, "count": one.count,
            "prevalence": _plain(one.prevalence), "trained_prevalence": _plain(one.trained_prevalence),
            "brier": _plain(one.brier), "log_loss": _plain(one.log_loss), "auc": _plain(one.auc),
            "average_precision": _plain(one.average_precision), "calibration_error": _plain(one.calibration_error),
            "skill": _plain(one.skill), "skill_over_recurrence": _plain(one.skill_over_reference),
            "interval": [_plain(end) for end in one.interval] if one.interval else None,
            "reliability": [{"low": _plain(each.low), "high": _plain(each.high), "count": each.count,
                             "mean_chance": _plain(each.mean_chance), "share": _plain(each.share)}
                            for each in one.reliability]} for one in _scores(found)],
        "drift": [{"channel": one.channel, "trained": _plain(one.trained), "scored": _plain(one.scored),
                   "by_origin": [{"day": str(calendar_day(day)), "share": _plain(share)}
                                 for day, share in one.by_origin]} for one in found.backtest.drift()],
        "notes": list(found.notes)}


def backtest_page(found: Rolled) -> str:
    """One HTML page with the scores and reliability plots; the same back-test gives the same bytes."""
    head = "".join(f"<th>{escape(name)}</th>" for name in COLUMNS)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in _rows(found))
    plots = "".join(_figure(one) for one in _scores(found) if one.forecaster != CLIMATOLOGY)
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in (*_drift(found), *found.notes))
    title = escape(_title(found))
    return (f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n"
            f"<h2>Scores</h2>\n<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>\n"
            "<p>Brier, log-loss and ECE: lower is better. AUC and AP: higher. Skill is the share of the base rate's, "
            "then of recurrence's, Brier score that is saved; its interval draws whole origins anew.</p>\n"
            f"<h2>Drift and notes</h2>\n{lines}<h2>Reliability</h2>\n"
            "<p>Across what was said, up what came true, each disc as large as the root of its forecasts; on the line "
            f"what is said holds.</p>\n{plots}</body></html>\n")


def _title(found: Rolled) -> str:
    origins = _origins(found)
    return (f"Back-test of {found.backtest.horizon_days} days, {len(origins)} origins from {origins[0]} to "
            f"{origins[-1]}")


def _origins(found: Rolled) -> list[str]:
    return [str(calendar_day(day)) for day in sorted(set(found.backtest.origin.tolist()))]


def _scores(found: Rolled) -> list[Score]:
    return found.backtest.scores(REFERENCE)


def _rows(found: Rolled) -> list[tuple[str, ...]]:
    return [(one.questions, one.channel, one.forecaster, str(one.count), f"{one.prevalence:.2%}", f"{one.brier:.4f}",
             f"{one.log_loss:.4f}", _three(one.auc), _three(one.average_precision), f"{one.calibration_error:.4f}",
             _three(one.skill), "" if one.forecaster == REFERENCE else _three(one.skill_over_reference),
             "–".join(f"{end:.3f}" for end in one.interval) if one.interval else "") for one in _scores(found)]


def _drift(found: Rolled) -> list[str]:
    return [f"{one.channel}: came in {one.scored:.2%} of questions, {one.trained:.2%} where base rates were learned; "
            "by origin " + ", ".join(f"{calendar_day(day)} {share:.2%}" for day, share in one.by_origin)
            for one in found.backtest.drift()]


def _figure(one: Score) -> str:
    size = SIDE_PX + 2 * PAD_PX
    most = max((each.count for each in one.reliability), default=1)
    name = f"{one.questions}, {one.channel}: {one.forecaster}"
    return (f'<figure><svg width="{size}" height="{size}" viewBox="0 0 {size} {size}" role="img" '
            f'aria-label="Reliability of {escape(name)}"><rect x="{PAD_PX}" y="{PAD_PX}" width="{SIDE_PX}" '
            f'height="{SIDE_PX}" fill="none" stroke="#999"/><path d="M{PAD_PX} {PAD_PX + SIDE_PX}L{PAD_PX + SIDE_PX} '
            f'{PAD_PX}" stroke="#999" stroke-dasharray="4"/>{_discs(one.reliability, most)}'
            f'<text x="{PAD_PX}" y="{size - 10}" font-size="12">0</text><text x="{size - PAD_PX - 8}" y="{size - 10}" '
            f'font-size="12">1</text></svg><figcaption>{escape(name)}</figcaption></figure>\n')


def _discs(bins: Sequence[Bin], most: int) -> str:
    return "".join(
        f'<circle cx="{PAD_PX + SIDE_PX * each.mean_chance:.2f}" cy="{PAD_PX + SIDE_PX * (1 - each.share):.2f}" '
        f'r="{2 + 8 * math.sqrt(each.count / most):.2f}" fill="#1f5fa8" fill-opacity=".6"><title>'
        f"{each.count} forecasts: {each.mean_chance:.3f} said, {each.share:.3f} came</title></circle>" for each in bins)


def _three(number: float) -> str:
    return "" if math.isnan(number) else f"{number:.3f}"


def _plain(number: float) -> float | None:
    return None if math.isnan(number) else round(number, 6)
