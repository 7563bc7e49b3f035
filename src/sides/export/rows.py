"""Answers as flat rows, one function a table (docs/python.md). Each takes an answer and the ledger that gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sides.balance.over_time import Moment
from sides.forecast.rolling import Rolled
from sides.model.claim import Claim
from sides.report.mediators import mediation_records
from sides.report.outlook import prediction_records
from sides.ties.blocs import Cohesion
from sides.ties.changes import Changes
from sides.ties.disagreements import Disagreements
from sides.ties.mediators import Mediation
from sides.ties.predictions import Prediction
from sides.ties.selection import told_at
from sides.ties.signals import month_date, month_of
from sides.ties.states import STATES, State, expected
from sides.ties.tie import Tie

Row = dict[str, Any]


class Ledger(Protocol):
    """What rows ask of a ledger."""

    def name(self, identifier: str) -> str:
        """The name of an actor by its id."""
        ...

    def records(self, claims: Sequence[Claim]) -> list[dict[str, Any]]:
        """Claims as records."""
        ...


def ties(found: Iterable[Tie], ledger: Ledger) -> Iterator[Row]:
    """One row a dyad of which something is told by the date asked about: its state then, the probability of each."""
    for tie in found:
        state, shares = told_at(tie, tie.now_at)
        if state is not None and tie.history is not None:
            yield {**_dyad(tie.left, tie.right, ledger), "at": str(tie.now_at), "state": state, **_shares(shares),
                   "turns": len(tie.history.changes), "claims": len(tie.evidence)}


def turns(found: Iterable[Tie], ledger: Ledger) -> Iterator[Row]:
    """One row a turn."""
    for tie in found:
        for turn in tie.turns:
            yield {**_dyad(tie.left, tie.right, ledger), "date": str(turn.month), "first": str(turn.first),
                   "last": str(turn.last), "direction": turn.direction, "before": turn.before, "after": turn.after,
                   "claims": [one.evidence.claim.id for one in turn.carried]}


def months(found: Iterable[Tie], ledger: Ledger) -> Iterator[Row]:
    """One row a dyad and month, from the first claim to the date asked about or the last that is told of."""
    for tie in found:
        if tie.history is None:
            continue
        dyad = _dyad(tie.left, tie.right, ledger)
        history = tie.history
        begin = month_of(tie.evidence[0].date.first)
        end = month_of(tie.at.last) if tie.at else history.end
        for month in range(begin, end + 1):
            shares = history.probabilities(month_date(month))
            yield {**dyad, "month": month_date(month).first, "state": history.state(month_date(month)),
                   **_shares(shares)}


def changes(found: Changes, ledger: Ledger) -> Iterator[Row]:
    """One row a change: `turn`, `appeared` or `revised`."""
    for turn in found.turns:
        own = turn.turn
        carried = [one.evidence for one in own.carried]
        yield {"change": "turn", **_dyad(turn.left, turn.right, ledger), "date": str(own.month),
               "first": str(own.first), "last": str(own.last), "direction": own.direction, "before": own.before,
               "after": own.after, "probability_before": turn.before[own.before],
               "probability_after": turn.after[own.after], "claims": [one.claim.id for one in carried],
               "documents": list(dict.fromkeys(one.document.id for one in carried))}
    for one in found.appeared:
        date = str(one.first.date)
        yield {"change": "appeared", **_dyad(one.left, one.right, ledger), "date": date, "first": date, "last": date,
               "direction": None, "before": None, "after": one.state, "probability_before": None,
               "probability_after": one.probabilities.get(one.state) if one.state else None,
               "claims": [one.first.claim.id], "documents": [one.first.document.id]}
    for revision in found.revised:
        before, after = revision.before, revision.after
        direction = None if before is None or after is None else "up" if after.level > before.level else "down"
        yield {"change": "revised", **_dyad(revision.left, revision.right, ledger), "date": str(revision.at),
               "first": str(revision.at), "last": str(revision.at), "direction": direction, "before": before,
               "after": after,
               "probability_before": revision.before_probabilities[before] if before else None,
               "probability_after": revision.after_probabilities[after] if after else None,
               "claims": [one.evidence.claim.id for one in revision.by],
               "documents": [document.id for document in revision.documents]}


def claims(found: Sequence[Claim], ledger: Ledger) -> Iterable[Row]:
    """One row a claim: the records of docs/export.md."""
    return ledger.records(found)


def disagreements(found: Disagreements, ledger: Ledger) -> Iterator[Row]:
    """One row a dyad: the two voices that lie farthest apart, and on what."""
    for one in found.dyads:
        far = one.farthest
        yield {"by": found.by, **_dyad(one.left, one.right, ledger), "better": far.better.name,
               "worse": far.worse.name, "divergence": far.divergence, "contradiction": far.contradiction,
               "distance": far.distance, "shared": far.shared, "gap": far.gap, "first": str(far.first),
               "last": str(far.last), "worst": str(far.worst), "voices": len(one.voices),
               "on": [f"{ground.layer.value}/{ground.type.value}" for ground in far.grounds if ground.pull > 0]}


def blocs(found: Iterable[Cohesion], ledger: Ledger) -> Iterator[Row]:
    """One row a bloc."""
    for one in found:
        yield {"bloc": one.bloc, "name": ledger.name(one.bloc), "at": str(one.at), "members": one.members,
               "pairs": one.pairs, "known": one.known, "friendly_or_allied": one.mean}


def mediators(found: Sequence[Mediation], ledger: Ledger) -> Iterable[Row]:
    """One row for each mediator and the two between whom it brokers."""
    actors = {actor for one in found for actor in (one.mediator, *one.parties)}
    return mediation_records(found, {actor: ledger.name(actor) for actor in actors})


def outlook(found: Sequence[Prediction], ledger: Ledger) -> Iterable[Row]:
    """One row a prediction, with what became of it."""
    actors = {actor for one in found for actor in (one.source, one.target)}
    return prediction_records(found, {actor: ledger.name(actor) for actor in actors})


def balance(found: Iterable[Moment], ledger: Ledger) -> Iterator[Row]:
    """One row a date with ties: the index as a share of all ties, between its bounds, and its triangles."""
    for one in found:
        own, network = one.balance, one.network
        if not network.ties:
            continue
        weight = int(abs(network.weight).sum()) / network.scale
        triangles = own.triads.balanced()
        yield {"date": month_date(month_of(one.at.last)).first, "at": str(one.at), "actors": network.size,
               "ties": network.ties, "index": float(own.result.value), "lower": float(own.result.lower),
               "is_proven": own.result.proven, "share": own.share,
               "share_lower": float(own.result.lower) / weight,
               "triangles": len(triangles), "balanced": int(triangles.sum()), "camps": len(one.camps),
               "undecided": len(one.undecided)}


def calibration(found: Rolled, ledger: Ledger) -> Iterator[Row]:
    """One row a forecaster, kind of question and bin of chances: how many there were, and what share came about."""
    for score in found.backtest.scores("recurrence"):
        for each in score.reliability:
            yield {"forecaster": score.forecaster, "questions": score.questions, "channel": score.channel,
                   "low": each.low, "high": each.high, "count": each.count, "mean_chance": each.mean_chance,
                   "share": each.share}


def _dyad(left: str, right: str, ledger: Ledger) -> Row:
    return {"left": left, "left_name": ledger.name(left), "right": right, "right_name": ledger.name(right)}


def _shares(shares: Mapping[State, float]) -> Row:
    return {**{state.value: shares.get(state) for state in STATES}, "level": expected(shares)}
