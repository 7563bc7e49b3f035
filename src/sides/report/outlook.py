"""What is planned or predicted and what became of it, as lines of a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.report.counting import counted
from sides.report.quotes import evidence_line
from sides.report.states import DECIMALS, percent
from sides.report.tie import evidence_record
from sides.ties.outlook import Score
from sides.ties.predictions import Fate, Prediction
from sides.ties.tie import best_quotes

FATE_STYLES = {Fate.BORNE_OUT: "bold blue", Fate.NOT_BORNE_OUT: "bold dark_orange3", Fate.OPEN: "bold",
               Fate.NOT_JUDGED: "dim"}
BEARING_SHOWN = 2


def outlook_answer(found: Sequence[Prediction], names: Mapping[str, str]) -> RenderableType:
    """Each prediction with its quote, its fate and why: those of one fate under one heading, by date."""
    if not found:
        return Text("The documents plan and predict nothing here.")
    return Group(*_parts(found, names))


def _parts(found: Sequence[Prediction], names: Mapping[str, str]) -> Iterator[RenderableType]:
    for fate in Fate:
        some = [one for one in found if one.fate is fate]
        if some:
            yield Text(f"{fate.value.capitalize()}: {len(some)}", style=FATE_STYLES[fate])
            for one in some:
                yield from _lines(one, names)
            yield Text()


def _lines(one: Prediction, names: Mapping[str, str]) -> Iterator[RenderableType]:
    line = Text(f"  {one.made}  ")
    line.append(f"{names.get(one.source, one.source)} ", style="bold")
    line.append(f"{'' if one.expects else 'not '}{one.type.lower().replace('_', ' ')} ")
    line.append(names.get(one.target, one.target), style="bold")
    line.append(f" (with {names.get(one.third, one.third)})" if one.third else "")
    line.append(f"  {one.claim.modality.value}", style="italic")
    line.append(f", {time_words(one)}", style="dim")
    yield line
    if one.because:
        yield Text(f"    {one.because}", style="italic")
    yield evidence_line(one.evidence[0])
    if one.fate in (Fate.BORNE_OUT, Fate.NOT_BORNE_OUT):
        yield Text(f"    by {counted(len(one.bearing), 'later claim')}:", style="dim")
        for each in best_quotes(one.bearing, BEARING_SHOWN):
            yield evidence_line(each, 6)


def time_words(one: Prediction) -> str:
    """For when it was made."""
    return f"for {one.since} to {one.until}" if one.is_dated else f"no date given, looked for until {one.until}"


def prediction_records(found: Sequence[Prediction], names: Mapping[str, str], *,
                       with_evidence: bool = False) -> list[dict[str, Any]]:
    """Predictions as flat records: the claims that make them and those that bear on them by their ids.

    `with_evidence`: also with all that is known of the claims.
    """
    return [{
        "made": str(one.made), "speaker": one.claim.speaker, "voice": one.voice, "side": one.side,
        "source": one.source, "source_name": names.get(one.source, one.source), "type": one.type.value,
        "target": one.target, "target_name": names.get(one.target, one.target), "third": one.third,
        "modality": one.claim.modality.value, "expects": one.expects, "since": str(one.since),
        "until": str(one.until), "is_dated": one.is_dated, "fate": one.fate.value, "because": one.because or None,
        "probability": None if one.probability is None else round(one.probability, DECIMALS),
        "quote": one.claim.quote, "claims": [each.claim.id for each in one.evidence],
        "bearing_claims": [each.claim.id for each in one.bearing],
        **({"evidence": [evidence_record(each) for each in one.evidence],
            "bearing": [evidence_record(each) for each in one.bearing]} if with_evidence else {}),
    } for one in found]


def scores_answer(scores: Sequence[Score]) -> RenderableType:
    """How each voice's predictions fared, as a table."""
    if not scores:
        return Text("The documents plan and predict nothing here.")
    table = Table(box=None, pad_edge=False)
    for column in ("speaker", "made", "judged", "borne out", "share", "95 % interval"):
        table.add_column(column, justify="left" if column == "speaker" else "right")
    for one in scores:
        low_high = "–".join(percent(end) for end in one.interval) if one.interval else ""
        table.add_row(one.voice, str(one.made), str(one.judged), str(one.borne_out),
                      "" if one.share is None else percent(one.share), low_high)
    return table


def score_records(scores: Sequence[Score]) -> list[dict[str, Any]]:
    """How each voice's predictions fared, as plain values."""
    return [{"voice": one.voice, "speaker": one.speaker, "made": one.made, "judged": one.judged,
             "borne_out": one.borne_out, "share": None if one.share is None else round(one.share, DECIMALS),
             "low": None if one.interval is None else round(one.interval[0], DECIMALS),
             "high": None if one.interval is None else round(one.interval[1], DECIMALS)} for one in scores]
