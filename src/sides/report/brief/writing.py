"""A brief out of what a ledger tells: sentences, each with the numbers of the sources that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sides.forecast.answer import StateForecast
from sides.model.claim_type import Modality
from sides.report.brief.values import Brief, MapTie, Section, SmallMap, Statement, Told
from sides.report.counting import counted
from sides.report.mediators import result_words
from sides.report.mediators import span as mediation_span
from sides.report.outlook import time_words
from sides.report.states import chances, percent
from sides.ties.disagreements import DyadDisagreement
from sides.ties.evidence import Evidence
from sides.ties.mediators import Mediation
from sides.ties.neighbours import Neighbour
from sides.ties.predictions import Fate, Prediction
from sides.ties.tie import Step, Tie, best_quotes

# A page holds no more; how many there are in all is told in each heading.
STEPS, KEY, CONTRADICTIONS, DENIALS, MEDIATIONS, PREDICTIONS, NEIGHBOURS = 5, 4, 2, 2, 3, 4, 6
# Sources of one statement.
SOURCES = 2


class Numbers:
    """Sources numbered in the order in which they are first used."""

    def __init__(self) -> None:
        self.evidence: dict[str, Evidence] = {}
        self._places: dict[str, int] = {}

    def of(self, some: Iterable[Evidence]) -> tuple[int, ...]:
        """The numbers of some evidence, each once, ascending."""
        found = set()
        for one in some:
            self.evidence.setdefault(one.claim.id, one)
            found.add(self._places.setdefault(one.claim.id, len(self._places) + 1))
        return tuple(sorted(found))


def brief(told: Told) -> Brief:
    """The brief of two actors of whom something is told."""
    tie, numbers = told.tie, Numbers()
    sections = (_now(told, numbers), _history(told, numbers), _key(told, numbers), _contradictions(told, numbers),
                _mediators(told, numbers), _outlook(told, numbers), _around(told, numbers))
    now = f"{tie.state.value} in {tie.now_at}" if tie.state else "no state is told"
    return Brief(title=f"{told.name(tie.left)} and {told.name(tie.right)}", state=now, shares=tie.probabilities,
                 sections=sections, sources=tuple(numbers.evidence.values()), map=_map(told), foot=_foot(told))


def _now(told: Told, numbers: Numbers) -> Section:
    tie = told.tie
    outlets = {outlet for one in tie.evidence for outlet in one.outlets}
    size = f"{counted(len(tie.evidence), 'claim')} of {counted(len(outlets), 'outlet')}"
    if tie.state is None:
        text = f"What is told speaks of no state: {size}, {len(tie.denied)} of them denials."
        return Section("Where they stand", (Statement(text, numbers.of(tie.evidence[:SOURCES])),), 1)
    share = tie.probabilities[tie.state]
    text = f"{_capital(tie.state.value)} in {tie.now_at}, with probability {percent(share)}"
    text += f" ({chances(tie.probabilities)})" if share < 1 else ""
    now = tie.now
    text += f", according to {' and '.join(now.only_voices)}" if now and now.only_voices else ""
    text += "; contested" if now and now.is_contested else ""
    statements = [Statement(f"{text}; by {size}.", numbers.of(own.evidence for own in tie.contributions[:SOURCES + 1]))]
    for layer in tie.layers:
        shares = layer.history.probabilities(tie.now_at)
        state = max(shares, key=lambda one: shares[one])
        if state is not tie.state and shares[state] >= 0.5:
            statements.append(Statement(
                f"On the {layer.layer.value} field alone: {state.value} {percent(shares[state])}.",
                numbers.of(own.evidence for own in layer.history.contributions(tie.now_at)[:SOURCES])))
    return Section("Where they stand", tuple(statements), len(statements))


def _history(told: Told, numbers: Numbers) -> Section:
    tie = told.tie
    turns = {turn.month: turn for turn in tie.turns}
    statements = []
    for step in tie.steps[-STEPS:]:
        text = f"{_span(step)}: {step.state.value}, on average {percent(step.probability)}"
        carried: list[Evidence] = []
        turn = turns.get(step.first)
        if turn is not None:
            between = f"{turn.first} to {turn.last}" if turn.first != turn.last else str(turn.month)
            text += f", after a turn {turn.direction} from {turn.before.value} ({between})"
            carried = [own.evidence for own in turn.carried[:1]]
        text += f", according to {' and '.join(step.only_voices)}" if step.only_voices else ""
        text += f"; {_for_and_against(step)}"
        telling = [*carried, *best_quotes(step.agreeing, SOURCES), *best_quotes(step.opposing, 1)]
        if not telling and tie.history:  # nothing is said in these months: what the state is inferred from
            telling = [own.evidence for own in tie.history.contributions(step.last)[:SOURCES]]
        statements.append(Statement(text + ".", numbers.of(telling)))
    return Section("History", tuple(statements), len(tie.steps),
                   () if statements else ("Nothing that is told speaks of a state.",))


def _key(told: Told, numbers: Numbers) -> Section:
    shown = [Statement(f"{own.shift:+.2f}", numbers.of([own.evidence]), own.evidence)
             for own in told.tie.contributions[:KEY]]
    note = ("What moves the state now most: expected level, -2 hostile to 2 allied, with the claim less without it.",)
    return Section("Key evidence", tuple(shown), len(told.tie.contributions),
                   note if shown else ("No claim moves the state.",))


def _contradictions(told: Told, numbers: Numbers) -> Section:
    tie = told.tie
    statements = [_voices(one, told, numbers) for one in told.disagreements.dyads[:1]]
    statements += [Statement(
        f"{found.year}: {_who(found.one)} ({_what(found.one, told)}) against {_who(found.other)} "
        f"({_what(found.other, told)}).",
        numbers.of([found.one, found.other])) for found in tie.disagreements[-CONTRADICTIONS:]]
    statements += [Statement(f"{one.date}: {_who(one)} (not so: {_what(one, told)}).", numbers.of([one]))
                   for one in tie.denied[-DENIALS:]]
    total = len(told.disagreements.dyads[:1]) + len(tie.disagreements) + len(tie.denied)
    return Section("Who contradicts whom", tuple(statements), total,
                   () if statements else ("No two voices contradict each other.",))


def _voices(one: DyadDisagreement, told: Told, numbers: Numbers) -> Statement:
    far = one.farthest
    telling = [own.evidence for ground in far.grounds if ground.pull > 0 for own in ground.contributions]
    sides = [[each for each in telling if each.claim.id in {own.claim.id for own in voice.history.evidence}]
             for voice in (far.better, far.worse)]
    return Statement(f"{far.better.name} has the two on better terms than {far.worse.name}: by {far.gap:.2f} of 4 from "
                     f"{far.first} to {far.last}, most in {far.worst}.",
                     numbers.of([*sides[0][:SOURCES], *sides[1][:SOURCES]] or best_quotes(told.tie.evidence, SOURCES)))


def _mediators(told: Told, numbers: Numbers) -> Section:
    statements = [_mediation(one, told, numbers) for one in told.mediations[-MEDIATIONS:]]
    return Section("Who mediates", tuple(statements), len(told.mediations),
                   () if statements else ("The documents name nobody who brokers with the two.",))


def _mediation(one: Mediation, told: Told, numbers: Numbers) -> Statement:
    parties = " and ".join([*(told.name(party) for party in one.parties), "another"][:2])
    when = mediation_span(one) if one.is_dated else f"no date given, told {mediation_span(one)}"
    how = "" if one.done else ", intended or possible" if one.intended else ", denied"
    result = f"; {result_words(one)}" if one.result else ""
    voices = sorted({_who(each) for each in one.evidence})
    return Statement(f"{told.name(one.mediator)} between {parties}, {when}{how}, according to {_listed(voices)}"
                     f"{result}.", numbers.of(best_quotes(one.done or one.evidence, SOURCES)))


def _outlook(told: Told, numbers: Numbers) -> Section:
    order = {Fate.OPEN: 0, Fate.BORNE_OUT: 1, Fate.NOT_BORNE_OUT: 1, Fate.NOT_JUDGED: 2}
    latest_first = list(reversed(told.predictions))
    ranked = sorted(latest_first, key=lambda one: order[one.fate])
    statements = [_prediction(one, told, numbers) for one in ranked[:PREDICTIONS]]
    own, total, notes = told.forecast, len(ranked), []
    if isinstance(own, StateForecast):
        rest = numbers.of(own.evidence for own in told.tie.contributions[:SOURCES])
        statements.append(Statement(
            f"Our own chance that they are {own.state.value} in {own.by}: {percent(own.chance)} (90 % interval "
            f"{percent(own.low)} to {percent(own.high)}), by the tie model carried forward from {own.asked_on}; all "
            f"states then: {chances(own.said)}.", rest))
        total += 1
    else:
        notes.append(f"No chance of our own: {own}")
    if not ranked:
        notes.insert(0, "The documents plan and predict nothing of the two.")
    return Section("Outlook", tuple(statements), total, tuple(notes))


def _prediction(one: Prediction, told: Told, numbers: Numbers) -> Statement:
    what = f"{told.name(one.source)} {'' if one.expects else 'not '}{_words(one.type)} {told.name(one.target)}"
    how = "denied" if one.claim.modality is Modality.NEGATED else one.claim.modality.value
    because = f" ({one.because})" if one.because else ""
    return Statement(f"{one.made}, {one.voice}: {what}, {how}, {time_words(one)}: "
                     f"{one.fate.value}{because}.",
                     numbers.of([*one.evidence[:SOURCES], *best_quotes(one.bearing, 1)]))


def _around(told: Told, numbers: Numbers) -> Section:
    statements = []
    for one in told.neighbours[:NEIGHBOURS]:
        known = [(told.name(end), tie) for end, tie in ((told.tie.left, one.left), (told.tie.right, one.right)) if tie]
        said = [f"{_stand(tie)} with {name}" for name, tie in known]
        odd = "; the three do not fit together" if _is_unbalanced(told.tie, one) else ""
        statements.append(Statement(f"{told.name(one.actor)}: {', '.join(said)}{odd}.",
                                    numbers.of(each for _, tie in known for each in _foremost(tie))))
    return Section("Around them", tuple(statements), told.neighbours_total,
                   () if statements else ("Nothing is told of their ties with others.",))


def _foremost(tie: Tie) -> list[Evidence]:
    """What moves a tie most, or the firmest of what is told where it has no state."""
    return [own.evidence for own in tie.contributions[:1]] or best_quotes(tie.evidence, 1)


def _stand(tie: Tie) -> str:
    return f"{tie.state.value} {percent(tie.probabilities[tie.state])}" if tie.state else "no state told"


def _is_unbalanced(tie: Tie, one: Neighbour) -> bool:
    """Whether the signs of three ties multiply to less than nothing: the friend of my friend is my foe, or all are."""
    states = [each.state if each else None for each in (tie, one.left, one.right)]
    product = 1
    for state in states:
        product *= 0 if state is None else (state.level > 0) - (state.level < 0)
    return product < 0


def _map(told: Told) -> SmallMap:
    around = told.neighbours[:NEIGHBOURS]
    names = (told.name(told.tie.left), told.name(told.tie.right), *(told.name(one.actor) for one in around))
    return SmallMap(names, tuple(_map_ties(told, around, names)))


def _map_ties(told: Told, around: Sequence[Neighbour], names: Sequence[str]) -> Iterator[MapTie]:
    lines = [(0, 1, told.tie), *((end, place, tie) for place, one in enumerate(around, 2)
                                 for end, tie in ((0, one.left), (1, one.right)))]
    for one, other, tie in lines:
        if tie is not None and tie.state is not None:
            yield MapTie(one, other, tie.state, f"{names[one]} and {names[other]}: {_stand(tie)}")


def _foot(told: Told) -> tuple[str, ...]:
    tie = told.tie
    at = f"At: {tie.at or f'{tie.now_at}, the latest that is told of'}."
    known = f"Known: what had been published by {tie.known}." if tie.known else "Known: all documents."
    latest = f" The latest of them: {told.horizon}." if told.horizon else ""
    exact = " Persons and parts stand for themselves." if told.exact else ""
    lens = "everybody's" if told.lens == "all" else told.lens
    return (f"{at} {known}{latest} Whose word counts: {lens}.{exact} Ledger {told.ledger}, version {told.version}.",
            "Numbers in brackets are sources. A claim is what somebody says, not what is so; probabilities are the tie "
            "model's.")


def _for_and_against(step: Step) -> str:
    if not step.evidence:
        return "nothing is said of these months"
    against = f", {len(step.opposing)} against" if step.opposing else ""
    return f"{counted(len(step.agreeing), 'claim')} for it{against}{', contested' if step.is_contested else ''}"


def _span(step: Step) -> str:
    return str(step.first) if step.first == step.last else f"{step.first} to {step.last}"


def _who(one: Evidence) -> str:
    """Whose word it is, and where: an author of one outlet under the outlet too."""
    return f"{one.speaker_name} in {', '.join(one.outlets)}"


def _what(one: Evidence, told: Told) -> str:
    """What a claim says, without how it is put."""
    return f"{told.name(one.claim.source)} {_words(one.claim.type)} {told.name(one.claim.target)}"


def _words(kind: str) -> str:
    return kind.lower().replace("_", " ")


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
