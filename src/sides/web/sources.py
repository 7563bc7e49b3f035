"""How voices compare, as plain values, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from sides.model.claim import AUTHOR
from sides.report.disagreements import ACTORS
from sides.report.states import DECIMALS, probabilities_record
from sides.ties.disagreements import Disagreements, DyadDisagreement, Voice
from sides.ties.evidence import Evidence
from sides.ties.lens import UNNAMED, Lens
from sides.ties.sources import Echo, Lead, paces
from sides.web.asked import Asked
from sides.web.work import Work

Label = Callable[[str], str]
# Of each of two voices that differ: the claims that pull them apart most.
QUOTES = 4
EXAMPLES = 5
PARTS = 4

# A part of the answer: lists by their names, and the evidence that they name.
Part = tuple[dict[str, list[dict[str, Any]]], list[Evidence]]


def sources(asked: Asked, by: str, names: dict[str, str]) -> Work[Part]:
    """The parts of the answer, one after another; at the date asked about, the year up to it is compared."""
    return asked.serving.once(("sources", by, *asked.key, str(asked.at or "")),
                              lambda: Work(parts(asked, by, names), PARTS))


def parts(asked: Asked, by: str, names: dict[str, str]) -> Iterator[Part]:
    """Who says how much; what repeats what; who told of changes first; where voices disagree."""
    found = asked.ledger.sources(by=by, **asked.voices)

    def label(voice: str) -> str:
        if voice == UNNAMED:
            return "not named"
        if by in ACTORS:
            return "the authors" if voice == AUTHOR else names.get(voice, voice)
        return voice

    def named(actor: str) -> dict[str, str]:
        return {"id": actor, "name": names.get(actor, actor)}

    yield {"voices": [{"voice": one.name, "label": label(one.name), "claims": one.claims, "documents": one.documents,
                       "lens": str(replace(Lens(), **{f"{by}s": frozenset({one.name})})), "pairs": one.pairs,
                       "first": str(one.first), "last": str(one.last)} for one in found.heard()]}, []
    yield {"echoes": [_echo(one) for one in found.echoes()]}, []
    leads = found.leads()
    yield ({"leads": [_lead(one, named, label) for one in leads], "paces": [
        {"voice": one.name, "label": label(one.name), "turns": one.turns, "first": one.first, "alone": one.alone,
         "median_lag_days": one.median_lag_days} for one in paces(leads)]},
        [telling.evidence for lead in leads for telling in lead.tellings])
    apart = asked.ledger.disagreements(by=by, **asked.arguments)
    dyads = [_dyad(one, named, label) for one in apart.dyads]
    standings = found.standings(apart.claims)
    examples = [one for standing in standings for one in standing.examples[:EXAMPLES]]
    yield ({"dyads": dyads, "standings": [
        {"voice": one.name, "label": label(one.name), "claims": one.claims, "against": one.against,
         "examples": [own.claim.id for own in one.examples[:EXAMPLES]]} for one in standings]},
        [*_quoted(apart, dyads), *examples])


def _echo(one: Echo) -> dict[str, Any]:
    return {"report": one.report, "title": one.documents[0].title, "claims": one.claims, "copies": [
        {"published": str(published), "outlet": outlet, "document_id": document.id, "document": document.name}
        for published, outlet, document in one.printed]}


def _lead(one: Lead, named: Callable[[str], dict[str, str]], label: Label) -> dict[str, Any]:
    return {"left": named(one.left), "right": named(one.right), "before": one.turn.before.value,
            "after": one.turn.after.value, "date": str(one.turn.month), "tellings": [
                {"voice": telling.voice, "label": label(telling.voice), "published": str(telling.published),
                 "lag_days": telling.lag_days, "claim": telling.evidence.claim.id} for telling in one.tellings]}


def _dyad(one: DyadDisagreement, named: Callable[[str], dict[str, str]], label: Label) -> dict[str, Any]:
    far = one.farthest

    def voice(own: Voice, quotes: list[str]) -> dict[str, Any]:
        shares = own.probabilities(far.worst)
        return {"voice": own.name, "label": label(own.name), "lens": str(own.lens),
                "weight": round(own.weight, DECIMALS), "claims": len(own.tie.evidence), "quotes": quotes,
                "state": max(shares, key=lambda state: shares[state]).value if shares else None,
                "probabilities": probabilities_record(shares)}

    return {"left": named(one.left), "right": named(one.right),
            "better": voice(far.better, _quotes(one, far.better, 1)),
            "worse": voice(far.worse, _quotes(one, far.worse, -1)),
            "others": [voice(own, []) for own in one.voices if own.name not in (far.better.name, far.worse.name)],
            "divergence": round(far.divergence, DECIMALS), "distance": round(far.distance, DECIMALS),
            "gap": round(far.gap, DECIMALS), "shared": round(far.shared, DECIMALS), "first": str(far.first),
            "last": str(far.last), "worst": str(far.worst), "grounds": [
                {"layer": ground.layer.value, "type": ground.type.value, "pull": round(ground.pull, DECIMALS)}
                for ground in far.grounds if ground.pull > 0]}


def _quotes(one: DyadDisagreement, voice: Voice, sign: int) -> list[str]:
    """The claims of a voice that pull it away from the other one, most first."""
    own = {each.claim.id for each in voice.tie.evidence}
    shifts = {each.evidence.claim.id: sign * each.shift for ground in one.farthest.grounds
              for each in ground.contributions if each.evidence.claim.id in own and sign * each.shift > 0}
    return sorted(shifts, key=lambda claim: (-round(shifts[claim], 9), claim))[:QUOTES]


def _quoted(apart: Disagreements, dyads: list[dict[str, Any]]) -> list[Evidence]:
    wanted = {claim for dyad in dyads for side in ("better", "worse") for claim in dyad[side]["quotes"]}
    return [each.evidence for one in apart.dyads for ground in one.farthest.grounds for each in ground.contributions
            if each.evidence.claim.id in wanted]
