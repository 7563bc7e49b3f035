"""What courses must say, worked out tie by tie from the answers of the ledger."""

from __future__ import annotations

from sides.face import Ledger
from sides.model.claim_type import Modality
from sides.model.dates import PartialDate
from sides.ties.course_codes import (
    CERTAINTY_SHIFT,
    CONTESTED,
    FADED,
    FADES,
    FORECAST,
    ONLY_AHEAD,
    ONLY_DENIED,
    PROBABLE,
    SURE,
    TURN,
)
from sides.ties.courses import OUTLOOK, Courses
from sides.ties.history import STATES
from sides.ties.selection import told_at
from sides.ties.signals import Reach, month_date, month_of


def state_look(tie, month: PartialDate) -> int:
    """State and certainty."""
    state, probabilities = told_at(tie, month)
    if state is None:
        return 0
    surest = probabilities[state]
    return STATES.index(state) + 1 + ((surest >= PROBABLE) + (surest >= SURE) << CERTAINTY_SHIFT)


def contested(tie, month: PartialDate) -> int:
    return CONTESTED if any(step.first <= month <= step.last and step.is_contested for step in tie.steps) else 0


def evidence_look(about, month: int) -> int:
    """What is told by a month, and how long ago."""
    every = [*about.evidence, *about.mediation]
    by_then = [one for one in every if month_of(one.date.first) <= month]
    if not by_then:
        return 0
    found = 0
    if not any(one.claim.modality is Modality.ASSERTED for one in by_then if one in about.evidence):
        is_denied = all(one.claim.modality is Modality.NEGATED for one in by_then)
        found |= ONLY_DENIED if is_denied else ONLY_AHEAD
    heard = max(min(month, until(one, one in about.mediation)) for one in by_then)
    return found | (FADED if month - heard >= FADES else 0)


def until(one, brokers: bool) -> int:
    """The last month that a piece of evidence speaks of."""
    from sides.ties.parameters import shipped
    from sides.ties.signals import signals

    row = signals([] if brokers else [one], [one] if brokers else [], frozenset(), shipped())
    ends = [month_of(one.date.last)]
    if row.reach[0] in (Reach.OPEN, Reach.CLOSED):
        ends.append(int(row.end_last[0]))
    return max(ends)


def looks(ledger: Ledger, courses: Courses, **asked) -> tuple[dict[tuple[str, str], list[int]], set]:
    """The look of every dyad in each month of the courses, and where two states are as likely as makes no difference.
    """
    atlas = ledger._atlas(asked.get("known"), asked.get("lens"), asked.get("exact", False))
    found = {dyad: [0] * courses.months for dyad in atlas.dyads}
    last = PartialDate(*divmod(courses.begin + courses.months - 1, 12)) if False else month_date(
        courses.begin + courses.months - 1)
    now = {(tie.left, tie.right): tie for tie in ledger.ties(**asked)}
    end = {(tie.left, tie.right): tie for tie in ledger.ties(**asked, at=last)}
    open_ = set()
    for place in range(courses.months):
        month = courses.begin + place
        is_outlook = place > courses.horizon
        then = now if not is_outlook else {(tie.left, tie.right): tie for tie in ledger.ties(
            **asked, at=month_date(month))}
        for dyad, about in atlas.dyads.items():
            look = evidence_look(about, month)
            if is_outlook and month >= courses.begin:
                look |= FORECAST if any(month_of(one.date.first) <= month
                                        for one in (*about.evidence, *about.mediation)) else 0
            if dyad in then:
                look |= state_look(then[dyad], month_date(month))
                state, chances = told_at(then[dyad], month_date(month))
                if state is not None:
                    ranked = sorted(chances.values())
                    if ranked[-1] - ranked[-2] < 1e-5 or min(abs(ranked[-1] - PROBABLE), abs(ranked[-1] - SURE)) < 1e-5:
                        open_.add((dyad, place))
                    look |= contested((end if is_outlook else now)[dyad], month_date(month))
                    if not is_outlook and any(now[dyad].history.begin + one.month == month
                                              for one in now[dyad].history.changes):
                        look |= TURN
            found[dyad][place] = look
    assert courses.months == courses.horizon + OUTLOOK + 1
    return found, open_


def drawn(courses: Courses) -> dict[tuple[str, str], list[int]]:
    """The look of every dyad in each month."""
    months = [courses.codes(courses.begin + place) for place in range(courses.months)]
    return {(courses.sides[left], courses.sides[right]): [int(one[dyad]) for one in months]
            for dyad, (left, right) in enumerate(zip(courses.left, courses.right, strict=True))}
