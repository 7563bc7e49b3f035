"""Which dyads are asked about: all, those of one actor, or that of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sides.model.dates import PartialDate
from sides.ties.atlas import About, Atlas, Dyad
from sides.ties.states import State
from sides.ties.tie import Tie, derive


def selected(atlas: Atlas, actors: Sequence[str] = ()) -> dict[Dyad, About]:
    """The evidence of each dyad that is asked about, in the order of their ids.

    Of two actors it is that which `sides tie` rests on, also where one is a person or part that counts for another.
    """
    if not actors:
        return atlas.dyads
    if len(actors) == 1:
        of_it = {dyad: about for dyad, about in atlas.dyads.items() if actors[0] in dyad}
        if of_it:
            return of_it
        others = atlas.view.counterparts(actors[0], known=atlas.day, exact=atlas.exact)
        pairs = sorted((min(actors[0], other), max(actors[0], other)) for other in others)
    else:
        pairs = [(min(actors[0], actors[1]), max(actors[0], actors[1]))]
    found = {}
    for pair in pairs:
        evidence, mediation = atlas.view.about_two(*pair, known=atlas.day, lens=atlas.lens, exact=atlas.exact)
        about = About(tuple(evidence), tuple(mediation))
        if about.evidence or about.mediation:
            found[pair] = about
    return found


def tie_of(atlas: Atlas, dyad: Dyad, about: About, at: PartialDate | None = None) -> Tie:
    """The tie that some evidence of a dyad makes, by the atlas's clocks."""
    return derive(*dyad, about.evidence, about.mediation, at, atlas.known, atlas.horizon)


def told_at(tie: Tie, at: PartialDate) -> tuple[State | None, Mapping[State, float]]:
    """The state of a tie at a date and the probability of each; nothing where all that is told is later."""
    if tie.history is None or tie.evidence[0].date.first > at.last:
        return None, {}
    return tie.history.state(at), tie.history.probabilities(at)
