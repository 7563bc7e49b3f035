"""Forecasts as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sides.forecast.answer import Forecast, Item, Ranking, StateForecast
from sides.model.claim import Claim
from sides.report.counting import counted
from sides.report.quotes import shortened

DECIMALS = 4


def forecast_answer(found: Forecast) -> RenderableType:
    """The chance with its interval, what it is to be compared with, and what it rests on."""
    return Group(*_lines(found))


def _lines(found: Forecast) -> Iterator[RenderableType]:
    names = found.names
    yield Text.assemble((f"{names[found.source]}: {_words(found.event)} toward {names[found.target]}", "bold"),
                        f" within {found.within_days} days of {found.asked_on}")
    yield Text.assemble("  ", (_percent(found.chance), "bold"),
                        f", 90 % interval {_range(found.low, found.high)}, by the {found.forecaster}")
    yield Text(f"  recurrence rate {_percent(found.recurrence_rate)} · dyads alike {_percent(found.like_rate)} · "
               f"base rate {_percent(found.base_rate)}")
    yield Text("  " + " · ".join(f"{one.days} days {_percent(one.chance)} ({_range(one.low, one.high)})"
                                 for one in found.curve))
    for title, sign in (("For", 1), ("Against", -1)):
        some = [one for one in found.reasons if one.push * sign > 0]
        if some:
            yield Text(title, style="bold")
            for one in some:
                yield Text(f"  {one.push:+.2f}  {one.text}")
    if found.rules:
        yield Text("What has followed such events", style="bold")
        for rule in found.rules:
            yield Text(f"  after {_told(rule.item, names)}: in {_percent(rule.confidence)} of {rule.support:.0f} cases "
                       f"within {rule.within_days} days, the {'same way' if rule.item.why == 'same' else 'other way'}")
    yield Text("Precedents", style="bold")
    for item in found.precedents:
        yield from _item(item, names, found.quotes)
    if found.lacking:
        yield Text(f"  {found.lacking}", style="italic")
    if found.likes:
        yield Text("Dyads alike", style="bold")
        for like in found.likes:
            last = f", last {like.last.day}" if like.last else ""
            yield Text(f"  {names[like.source]} toward {names[like.target]}: in {like.hits} of "
                       f"{counted(like.windows, 'window')}{last}")
    yield Text(f"Rests on {counted(found.own_events, 'event')} of the two, of {found.events} in all; published until "
               f"{found.known}.", style="dim")
    for note in found.notes:
        yield Text(note, style="italic")


def forecast_record(found: Forecast) -> dict[str, Any]:
    """All of it as plain values."""
    return {
        "source": found.source, "source_name": found.names[found.source], "target": found.target,
        "target_name": found.names[found.target], "event": found.event, "asked_on": str(found.asked_on),
        "known": str(found.known), "within_days": found.within_days, "forecaster": found.forecaster,
        **_chances(found), "recurrence_rate": _round(found.recurrence_rate), "is_onset": found.is_onset,
        "curve": [{"days": one.days, "probability": _round(one.chance), "low": _round(one.low),
                   "high": _round(one.high)} for one in found.curve],
        "reasons": [{"topic": one.topic, "text": one.text, "push": _round(one.push)} for one in found.reasons],
        "rules": [{**_item_record(one.item, found.quotes), "confidence": _round(one.confidence),
                   "support": _round(one.support), "within_days": one.within_days} for one in found.rules],
        "precedents": [_item_record(one, found.quotes) for one in found.precedents], "lacking": found.lacking,
        "likes": [{"source": one.source, "target": one.target, "windows": one.windows, "hits": one.hits,
                   "last": _item_record(one.last, found.quotes) if one.last else None} for one in found.likes],
        "events": found.events, "own_events": found.own_events, "like_windows": _round(found.like_windows),
        "notes": list(found.notes)}


def state_answer(found: StateForecast) -> RenderableType:
    """The chance of a state with all five, beside what "nothing changes" says and what became of dyads alike."""
    names = found.names
    lines = [
        Text.assemble((f"{names.get(found.left, found.left)} and {names.get(found.right, found.right)} "
                       f"{found.state.value} in {found.by}", "bold"), f", asked on {found.asked_on}"),
        Text.assemble("  ", (_percent(found.chance), "bold"), f", 90 % interval {_range(found.low, found.high)}, by "
                      "the tie model carried forward"),
        Text(f"  nothing changes {_percent(found.now[found.state])} · dyads alike {_percent(found.like_rate)} · "
             f"base rate {_percent(found.base_rate)}")]
    for label, shares in (("now", found.now), (str(found.by), found.said)):
        lines.append(Text(f"  {label}: " + " · ".join(f"{state} {_percent(share)}" for state, share in shares.items())))
    if found.likes:
        lines.append(Text(f"Dyads that stood so, {counted(found.months, 'month')} later", style="bold"))
        lines += [Text(f"  {names.get(left, left)} and {names.get(right, right)}: {found.state.value} after {hits} of "
                       f"{counted(months, 'month')}") for left, right, months, hits in found.likes]
    lines.append(Text(f"Rests on {counted(found.claims, 'claim')} published until {found.known}.", style="dim"))
    return Group(*lines, *(Text(note, style="italic") for note in found.notes))


def state_record(found: StateForecast) -> dict[str, Any]:
    """All of it as plain values."""
    return {
        "left": found.left, "right": found.right, "state": found.state.value, "asked_on": str(found.asked_on),
        "known": str(found.known), "by": str(found.by), "months": found.months, "forecaster": "tie model",
        **_chances(found), "said": {state.value: _round(share) for state, share in found.said.items()},
        "now": {state.value: _round(share) for state, share in found.now.items()},
        "likes": [{"left": left, "right": right, "months": months, "hits": hits}
                  for left, right, months, hits in found.likes],
        "like_windows": _round(found.like_windows), "claims": found.claims, "notes": list(found.notes)}


def ranking_answer(found: Ranking) -> RenderableType:
    """A line for each, the likeliest first."""
    names = found.names
    lines: list[RenderableType] = [Text.assemble(
        (f"{names[found.source]}: {_words(found.event)} next toward", "bold"),
        f" within {found.within_days} days of {found.asked_on}, by the {found.ranker}, of "
        f"{counted(found.asked, 'actor')}")]
    for one in found.rows:
        lines.append(Text(f"  {_percent(one.chance):>7}  {names[one.target]} ({_range(one.low, one.high)}; recurrence "
                          f"rate {_percent(one.recurrence_rate)})"))
        for item in one.precedents:
            lines += _item(item, names, found.quotes, 11)
        if one.lacking:
            lines.append(Text(f"{' ' * 11}{one.lacking}", style="italic"))
    return Group(*lines, *(Text(note, style="italic") for note in found.notes))


def ranking_record(found: Ranking) -> dict[str, Any]:
    """All of it as plain values."""
    return {
        "source": found.source, "event": found.event, "asked_on": str(found.asked_on), "known": str(found.known),
        "within_days": found.within_days, "ranker": found.ranker, "asked": found.asked, "events": found.events,
        "rows": [{"target": one.target, "target_name": found.names[one.target], "probability": _round(one.chance),
                  "low": _round(one.low), "high": _round(one.high), "recurrence_rate": _round(one.recurrence_rate),
                  "last": _item_record(one.last, found.quotes) if one.last else None,
                  "precedents": [_item_record(item, found.quotes) for item in one.precedents],
                  "lacking": one.lacking} for one in found.rows],
        "notes": list(found.notes)}


def _chances(found: Forecast | StateForecast) -> dict[str, float]:
    return {"probability": _round(found.chance), "low": _round(found.low), "high": _round(found.high),
            "base_rate": _round(found.base_rate), "like_rate": _round(found.like_rate)}


def _item(item: Item, names: Mapping[str, str], quotes: Mapping[str, Claim], indent: int = 2) -> list[Text]:
    claim = quotes.get(item.claim)
    lines = [Text(f"{' ' * indent}{_told(item, names)} ({item.why})")]
    return lines + ([Text(f"{' ' * indent}  “{shortened(claim.quote)}” [{item.claim}]", style="dim")] if claim else [])


def _item_record(item: Item, quotes: Mapping[str, Claim]) -> dict[str, Any]:
    claim = quotes.get(item.claim)
    return {"day": str(item.day), "source": item.source, "type": item.type, "target": item.target, "why": item.why,
            "claim": item.claim, "document": claim.document if claim else None, "quote": claim.quote if claim else None}


def _told(item: Item, names: Mapping[str, str]) -> str:
    return f"{item.day} {names[item.source]} {_words(item.type)} {names[item.target]}"


def _words(name: str) -> str:
    return name.lower().replace("_", " ")


def _percent(share: float) -> str:
    """A share as a percentage, with more places where it is small.

    >>> _percent(.456), _percent(.0123), _percent(.0002)
    ('46 %', '1.2 %', 'below 0.1 %')
    """
    return f"{share:.0%}".replace("%", " %") if share >= .1 else (
        f"{100 * share:.1f} %" if share >= .0005 else "below 0.1 %")


def _range(low: float, high: float) -> str:
    return f"{100 * low:.1f}–{100 * high:.1f} %"


def _round(number: float) -> float:
    return round(number, DECIMALS)
