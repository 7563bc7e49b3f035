"""What the ledger answers, as the parts of an agent's answer: each with the foremost of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

import numpy as np

from sides.balance.answers import Balance
from sides.mcp import answers
from sides.mcp.answers import StateName
from sides.mcp.asked import Asked
from sides.model.claim import AUTHOR
from sides.model.dates import PartialDate
from sides.report.changes import foremost
from sides.report.mediators import result_words
from sides.report.states import DECIMALS
from sides.ties.changes import Appearance, Changes, Revision, TieTurn
from sides.ties.disagreements import Disagreements, Divergence, DyadDisagreement, Opponent
from sides.ties.disagreements import Voice as TieVoice
from sides.ties.evidence import Evidence
from sides.ties.history import Turn
from sides.ties.mediators import Mediation
from sides.ties.predictions import Prediction
from sides.ties.states import State, expected
from sides.ties.tie import Step, Tie, best_quotes

# Pieces of evidence with each thing that an answer lists; how many there are in all is told beside them.
QUOTES, GROUNDS, MEDIATION = 2, 3, 5
CARRIED = 5
NAMES, MEMBERS = 12, 30


def state_name(state: State | None) -> StateName | None:
    """A state by its name."""
    return state.value if state else None


def chances(shares: Mapping[State, float]) -> dict[StateName, float]:
    """The probability of each state by its name."""
    return {state.value: rounded(share) for state, share in shares.items()}


def rounded(number: float) -> float:
    """A number as it is told."""
    return round(number, DECIMALS) + 0.0  # no -0.0


class Interval(TypedDict):
    """A chance and between which ends it lies."""

    chance: float
    low: float
    high: float


def interval(chance: float, low: float, high: float) -> Interval:
    """A chance and between which ends it lies."""
    return {"chance": rounded(chance), "low": rounded(low), "high": rounded(high)}


def text(date: PartialDate | None) -> str | None:
    """A date as written."""
    return str(date) if date else None


def step(one: Step) -> answers.Step:
    """A step of a tie."""
    return answers.Step(
        state=one.state.value, probability=rounded(one.probability), first=str(one.first), last=str(one.last),
        is_contested=one.is_contested, only_voices=list(one.only_voices), claims_for=len(one.agreeing),
        claims_against=len(one.opposing), foremost=[each.claim.id for each in firmest(one)])


def firmest(one: Step) -> list[Evidence]:
    """The quotes that tell of a step best: for its state, and the firmest against it."""
    return [*best_quotes(one.agreeing, QUOTES), *best_quotes(one.opposing, 1)]


def in_order(tie: Tie) -> list[Evidence]:
    """All evidence of a tie: the firmest of each step, the latest step first; then the others, the latest first."""
    first = {one.claim.id: one for each in reversed(tie.steps) for one in firmest(each)}
    return [*first.values(), *(one for one in reversed(tie.evidence) if one.claim.id not in first)]


def turn(one: Turn) -> answers.Turn:
    """A turn of a tie."""
    return answers.Turn(
        date=str(one.month), first=str(one.first), last=str(one.last), direction="up" if one.is_up else "down",
        before=one.before.value, after=one.after.value, claims=len(one.carried),
        carried_by=[answers.Shift(claim=each.evidence.claim.id, shift=rounded(each.shift))
                    for each in one.carried[:CARRIED]])


def all_changes(found: Changes) -> list[TieTurn | Appearance | Revision]:
    """Turns, then dyads first told of, then revised ties."""
    return [*found.turns, *found.appeared, *found.revised]


def change(asked: Asked, one: TieTurn | Appearance | Revision) -> answers.Change:
    """A change with its foremost evidence."""
    ends = {"left": asked.actor(one.left), "right": asked.actor(one.right)}
    if isinstance(one, TieTurn):
        return answers.Change(
            kind="turn", **ends, date=str(one.turn.month), before=one.turn.before.value, after=one.turn.after.value,
            probabilities_before=chances(one.before), probabilities_after=chances(one.after),
            claims=len(one.turn.carried), evidence=asked.evidence(foremost(one.turn.carried, one.turn.is_up, QUOTES)))
    if isinstance(one, Appearance):
        return answers.Change(
            kind="appeared", **ends, date=str(one.first.date), before=None, after=state_name(one.state),
            probabilities_before={}, probabilities_after=chances(one.probabilities), claims=1,
            evidence=asked.evidence([one.first]))
    is_up = expected(one.after_probabilities) > expected(one.before_probabilities)
    return answers.Change(
        kind="revised", **ends, date=str(one.at), before=state_name(one.before), after=state_name(one.after),
        probabilities_before=chances(one.before_probabilities), probabilities_after=chances(one.after_probabilities),
        claims=len(one.by), evidence=asked.evidence(foremost(one.by, is_up, QUOTES)))


def all_disagreements(found: Disagreements) -> list[DyadDisagreement | Opponent]:
    """Voices that differ, then single claims."""
    return [*found.dyads, *found.claims]


def disagreement(asked: Asked, one: DyadDisagreement | Opponent) -> answers.Disagreement:
    """Two voices that differ, or a claim that stands against the rest."""
    ends = {"left": asked.actor(one.left), "right": asked.actor(one.right)}
    if isinstance(one, Opponent):
        return answers.Disagreement(
            kind="claim", **ends, divergence=None, gap=None, worst=None, better=None, worse=None, others=[],
            against=rounded(one.support.against), evidence=asked.evidence([one.support.evidence]))
    far = one.farthest
    return answers.Disagreement(
        kind="voices", **ends, divergence=rounded(far.divergence), gap=rounded(far.gap),
        worst=str(far.worst), against=None, better=_voice(asked, far, far.better), worse=_voice(asked, far, far.worse),
        others=[voice_name(asked, each) for each in one.voices if each not in (far.better, far.worse)], evidence=[])


def _voice(asked: Asked, far: Divergence, one: TieVoice) -> answers.Voice:
    own = {each.claim.id for each in one.history.evidence}
    telling = [each.evidence for ground in far.grounds if ground.pull > 0 for each in ground.contributions
               if each.evidence.claim.id in own]
    shares = one.probabilities(far.worst)
    return answers.Voice(
        voice=voice_name(asked, one), state=state_name(one.history.state(far.worst) if shares else None),
        probabilities=chances(shares), claims=len(one.tie.evidence),
        evidence=asked.evidence(list(dict.fromkeys(telling))[:GROUNDS] or best_quotes(one.tie.evidence, GROUNDS)))


def voice_name(asked: Asked, one: TieVoice) -> str:
    """A voice as a reader would want to see it."""
    return "the authors" if one.name == AUTHOR else asked.ledger.name(one.name)


def mediation(asked: Asked, one: Mediation) -> answers.Mediation:
    """Who brokers, according to whom."""
    return answers.Mediation(
        mediator=asked.actor(one.mediator), parties=[asked.actor(party) for party in one.parties],
        since=str(one.since), until=str(one.until), is_dated=one.is_dated, done=len(one.done),
        intended=len(one.intended), denied=len(one.denied), result=one.result.value if one.result else None,
        result_in_words=result_words(one) if one.result else None, according_to=voices(one.evidence),
        evidence=asked.evidence(one.evidence[:MEDIATION]))


def voices(some: Iterable[Evidence]) -> list[str]:
    """Whose word some evidence is: each speaker once, with the outlets."""
    return sorted({f"{one.speaker_name}, in {', '.join(one.outlets)}" for one in some})


def prediction(asked: Asked, one: Prediction) -> answers.Prediction:
    """What is said to be ahead, and what became of it."""
    return answers.Prediction(
        made=str(one.made), voice=one.voice, source=asked.actor(one.source), type=one.type.value,
        target=asked.actor(one.target), third=asked.actor(one.third) if one.third else None,
        modality=one.claim.modality.value, expects=one.expects, since=str(one.since), until=str(one.until),
        is_dated=one.is_dated, fate=one.fate.value, because=one.because or None,
        evidence=asked.evidence(one.evidence[:QUOTES]), bearing_total=len(one.bearing),
        bearing=asked.evidence(best_quotes(one.bearing, QUOTES)))


def network_order(found: Balance) -> list[int]:
    """The places of the ties of a network: those that are frustrated first, then those of most claims."""
    assert found.day is not None  # it was asked of a ledger
    day, frustrated = found.day, found.result.frustrated
    claims = [len(day.behind(place).evidence) for place in range(found.result.network.ties)]
    return sorted(range(len(claims)), key=lambda place: (not frustrated[place], -claims[place], place))


def network_tie(asked: Asked, found: Balance, place: int) -> answers.NetworkTie:
    """A tie of a network with what speaks for its sign."""
    assert found.day is not None
    network, tie = found.result.network, found.day.behind(place)
    assert tie.history is not None  # it has a sign
    weight = int(network.weight[place])
    state = tie.history.state(found.day.at)
    telling = [own.evidence for own in tie.history.contributions(found.day.at) if own.shift * weight > 0]
    return answers.NetworkTie(
        left=asked.actor(tie.left), right=asked.actor(tie.right), sign="+" if weight > 0 else "-",
        weight=abs(weight) / network.scale, state=state.value,
        probability=rounded(tie.history.probabilities(found.day.at)[state]),
        is_frustrated=bool(found.result.frustrated[place]), claims=len(tie.evidence),
        evidence=asked.evidence(telling[:QUOTES] or best_quotes(tie.evidence, 1)))


def camps(asked: Asked, found: Balance) -> list[answers.Camp]:
    """The camps of the division that was found, the largest first, with some of their members."""
    sides, names = found.result.camps, found.result.network.names
    groups: list[Sequence[str]] = [[names[at] for at in np.flatnonzero(sides == side)] for side in np.unique(sides)]
    return [answers.Camp(size=len(some), actors=[asked.actor(one) for one in sorted(some)[:MEMBERS]])
            for some in sorted(groups, key=lambda some: (-len(some), min(some)))]
