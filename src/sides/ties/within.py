"""A tie taken apart: what the persons and parts of either side do for themselves."""

from __future__ import annotations

from collections.abc import Iterable

from sides.model.claim_type import ClaimType
from sides.ties.evidence import Evidence

Dyad = tuple[str, str]


def apart(evidence: Iterable[Evidence], left: str, right: str) -> list[tuple[Dyad, list[Evidence]]]:
    """The evidence of a dyad by who it is about: each on the left toward the right, and the other way; most first.

    Nothing where neither side has more than itself: there is nothing to take apart.
    """
    found: dict[Dyad, list[Evidence]] = {}
    for one in evidence:
        whole = {counted.actor: counted.whole for counted in one.counted}
        claim = one.claim
        third = claim.third if claim.type is ClaimType.MEDIATE else None
        actors = {actor for actor in (claim.source, claim.target, third) if actor}
        lefts = sorted(actor for actor in actors if whole.get(actor, actor) == left)
        rights = sorted(actor for actor in actors if whole.get(actor, actor) == right)
        for dyad in sorted({*((actor, right) for actor in lefts), *((left, actor) for actor in rights)}):
            found.setdefault(dyad, []).append(one)
    whole_dyad = (left, right)
    own = [one for one in found.get(whole_dyad, ()) if not one.counted]
    parts = {dyad: some for dyad, some in found.items() if dyad != whole_dyad}
    if not parts:
        return []
    listed = [(whole_dyad, own)] if own else []
    listed += sorted(parts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return listed
