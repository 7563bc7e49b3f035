"""Where voices disagree, and which claims stand against the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.model.claim import AUTHOR
from sides.report.counting import counted
from sides.report.quotes import evidence_line
from sides.report.states import DECIMALS, chances, probabilities_record, state_text
from sides.report.tie import evidence_record
from sides.ties.disagreements import Disagreements, Divergence, DyadDisagreement, Voice

Name = Callable[[str], str]
# A first screen: what is left out is told by number, and stands in the JSON.
DYADS_SHOWN = 8
VOICES_SHOWN = 8
GROUNDS_SHOWN = 3
CLAIMS_SHOWN = 8
# Kinds of voices whose names are ids of actors.
ACTORS = ("speaker", "side")


def disagreements_answer(found: Disagreements, name: Name, quotes: int = 1) -> RenderableType:
    """The disagreements as a page of a terminal. `quotes`: how many to show for what two voices differ on."""
    return Group(*_parts(found, name, quotes))


def _parts(found: Disagreements, name: Name, quotes: int) -> Iterator[RenderableType]:
    when = f", in the year up to {found.at}" if found.at else ""
    shown = _shown(DYADS_SHOWN, len(found.dyads))
    yield Text(f"{counted(len(found.dyads), 'dyad')} on which voices differ by {found.by}{when}{shown}", style="bold")
    for dyad in found.dyads[:DYADS_SHOWN]:
        yield from _dyad_lines(dyad, found.by, name, quotes)
    yield Text(f"\n{counted(len(found.claims), 'claim')} against the rest of what is said"
               f"{_shown(CLAIMS_SHOWN, len(found.claims))}", style="bold")
    for one in found.claims[:CLAIMS_SHOWN]:
        yield Text(f"  {name(one.left)} and {name(one.right)}: log ratio {one.support.log_ratio:+.2f}, weight "
                   f"{one.support.weight:.2f}")
        yield evidence_line(one.support.evidence)


def _shown(most: int, total: int) -> str:
    return f" ({most} of them here; all with --json)" if total > most else ""


def _dyad_lines(dyad: DyadDisagreement, by: str, name: Name, quotes: int) -> Iterator[RenderableType]:
    far = dyad.farthest
    yield Text(f"\n{name(dyad.left)} and {name(dyad.right)}: divergence {far.divergence:.2f}", style="bold")
    yield Text(f"  on better terms by the word of {voice_name(far.better, by, name)} than by that of "
               f"{voice_name(far.worse, by, name)}: {far.gap:.2f} of 4, {far.first} to {far.last}")
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 2))
    for column in (by, f"in {far.worst}", "by probability", "weight", "claims"):
        table.add_column(column)
    foremost = (far.better.name, far.worse.name)
    for voice in sorted(dyad.voices, key=lambda one: (one.name not in foremost, -round(one.weight, 9), one.name),
                        )[:VOICES_SHOWN]:
        shares = voice.probabilities(far.worst)
        table.add_row(voice_name(voice, by, name),
                      state_text(voice.history.state(far.worst)) if shares else Text("not told", style="dim"),
                      chances(shares), f"{voice.weight:.1f}", str(len(voice.tie.evidence)))
    yield table
    if len(dyad.voices) > VOICES_SHOWN:
        yield Text(f"  and {len(dyad.voices) - VOICES_SHOWN} more", style="dim")
    for ground in [one for one in far.grounds if one.pull > 0][:GROUNDS_SHOWN]:
        yield Text(f"  on {ground.layer.value}, {ground.type.lower().replace('_', ' ')}: {ground.pull:+.2f} by "
                   f"{counted(len(ground.contributions), 'claim')}")
        for one in ground.contributions[:quotes]:
            yield evidence_line(one.evidence, 6)


def voice_name(voice: Voice, by: str, name: Name) -> str:
    """A voice as a reader would want to see it."""
    if by in ACTORS:
        return "the authors" if voice.name == AUTHOR else name(voice.name)
    return voice.name


def disagreements_record(found: Disagreements, name: Name) -> dict[str, Any]:
    """The disagreements as plain values for JSON, with all the evidence that they name by ids."""
    evidence = {one.claim.id: one for one in (
        *(own.evidence for dyad in found.dyads for ground in dyad.farthest.grounds for own in ground.contributions),
        *(one.support.evidence for one in found.claims))}
    return {
        "by": found.by, "at": str(found.at) if found.at else None,
        "dyads": [{"left": {"id": one.left, "name": name(one.left)},
                   "right": {"id": one.right, "name": name(one.right)},
                   "voices": [_voice_record(voice, found.by, name) for voice in one.voices],
                   "farthest": _divergence_record(one.farthest)} for one in found.dyads],
        "claims": [{"left": one.left, "right": one.right, "claim": one.support.evidence.claim.id,
                    "log_ratio": round(one.support.log_ratio, DECIMALS), "weight": round(one.support.weight, DECIMALS),
                    "against": round(one.support.against, DECIMALS)} for one in found.claims],
        "evidence": [evidence_record(one) for _, one in sorted(evidence.items())],
    }


def _voice_record(voice: Voice, by: str, name: Name) -> dict[str, Any]:
    tie = voice.tie
    return {"voice": voice.name, "name": voice_name(voice, by, name), "lens": str(voice.lens),
            "weight": round(voice.weight, DECIMALS), "state": tie.state.value if tie.state else None,
            "probabilities": probabilities_record(tie.probabilities),
            "claims": [one.claim.id for one in tie.evidence]}


def _divergence_record(far: Divergence) -> dict[str, Any]:
    return {"better": far.better.name, "worse": far.worse.name, "divergence": round(far.divergence, DECIMALS),
            "contradiction": round(far.contradiction, DECIMALS), "distance": round(far.distance, DECIMALS),
            "shared": round(far.shared, DECIMALS), "gap": round(far.gap, DECIMALS), "first": str(far.first),
            "last": str(far.last), "worst": str(far.worst),
            "grounds": [{"layer": ground.layer.value, "type": ground.type.value, "pull": round(ground.pull, DECIMALS),
                         "claims": [{"claim": one.evidence.claim.id, "shift": round(one.shift, DECIMALS)}
                                    for one in ground.contributions]} for ground in far.grounds]}
