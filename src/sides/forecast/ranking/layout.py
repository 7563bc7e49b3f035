"""What stands around who asks and what is asked, as arrays: how they are laid out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sides.forecast.ranking.tables import RATES, ROLES

NEIGHBOURS = 16  # partners of the asker through whom two hops go
PROFILE = 64  # partners of a partner that are looked at
SHOWN = 200  # latest answers of a partner to the same question that are looked at
POPULAR = 50  # answers to a question that are candidates for everybody
HALF = np.float32(0.5)  # added to what shares are taken of, so that one event long ago is not everything
TINY = np.float32(1e-9)  # keeps apart what is reached with no weight left and what is not reached
# sum over days of a body's weight
EXPOSURE = np.array([1 / np.expm1(RATES[0]), 1 / np.expm1(RATES[1]), 1 / np.expm1(RATES[3])])
# Added to a share before its logarithm: about the share that means nothing.
FLOORS = np.array([1e-3, 1e-3, 1e-2, 1e-3, 1e-3, 1e-3, 1e-3, 1e-4, 1e-3, 1e-2, 1e-5, 1e-4, 1e-3, 1e-2], np.float32)
TERMS_KEPT = 15
FLOOR_LOGS = np.log(FLOORS)
# places in `number`
PAIRS, FACTS, NEAR, TWO, SAME, NATION, CONTACT, SEEN, ASKER, COUNTRY, ASKING = range(11)
# places in `amount`
A0, A1, A2, A3, ASKING0, ASKING1, ASKING3, RULE1, RULE3 = range(9)
NATION_ALL, CONTACT_ALL, QUESTION_ALL, QUESTION2, ACTIVE_ALL = range(9, 14)


class Surroundings(NamedTuple):
    """Arrays by actor, by place among the asker's pairs (`pair_*`, `rule`) or facts (`fact_*`); lists of who is in
    them."""

    number: NDArray[np.int32]
    amount: NDArray[np.float32]
    place: NDArray[np.int32]
    pair_place: NDArray[np.int32]
    pair_weight: NDArray[np.float32]
    pair_log: NDArray[np.float32]
    pair_fact: NDArray[np.int32]
    pair_reverse: NDArray[np.int32]
    rule: NDArray[np.float32]  # [., 4]: by the three rates, and the best single rule
    fact_place: NDArray[np.int32]
    fact_pair: NDArray[np.int32]
    fact_weight: NDArray[np.float32]
    near: NDArray[np.int32]
    near_share: NDArray[np.float32]  # [., 3]: slow, fast, sign
    two: NDArray[np.float32]  # [actors, 4]: slow, fast, signed, logarithm
    same: NDArray[np.float32]  # [actors, 2]: two hops with the same question; logarithm
    nation: NDArray[np.float32]  # [actors, 3]: mid, slow, logarithm
    contact: NDArray[np.float32]  # the same
    active_log: NDArray[np.float32]
    role_log: NDArray[np.float32]  # [ROLES, 2]
    # [countries + 1, 5]: of the asker's dealings, slow and fast; of its answers; of its country's
    country_share: NDArray[np.float32]
    role_share: NDArray[np.float32]  # [ROLES, 3]: of the asker's dealings; of its answers; of its country's answers
    two_list: NDArray[np.int32]
    same_list: NDArray[np.int32]
    nation_list: NDArray[np.int32]
    contact_list: NDArray[np.int32]
    seen: NDArray[np.int32]
    stamp: NDArray[np.int32]
    total: NDArray[np.float32]
    terms: NDArray[np.float32]  # [actors, terms], along `seen`
    # kept for a day
    popular: NDArray[np.int32]  # [questions, POPULAR]
    popular_count: NDArray[np.int32]
    answer_log: NDArray[np.float32]  # [questions, actors]
    profile: NDArray[np.int32]  # [actors, PROFILE]
    profile_share: NDArray[np.float32]  # [actors, PROFILE, 3]
    profile_count: NDArray[np.int32]


def surroundings(actors: int, questions: int, countries: int, most_facts: int) -> Surroundings:
    """Empty ones, for askers with at most so many facts."""
    def whole(*shape: int) -> NDArray[np.int32]:
        return np.full(shape, -1, np.int32)

    def real(*shape: int) -> NDArray[np.float32]:
        return np.zeros(shape, np.float32)

    def logs(shape: tuple[int, ...], floor: int) -> NDArray[np.float32]:
        found = real(*shape)
        found[..., -1] = FLOOR_LOGS[floor]
        return found

    number = np.zeros(11, np.int32)
    number[ASKER] = -1
    number[COUNTRY] = -2
    return Surroundings(
        number=number, amount=real(14), place=whole(actors), pair_place=whole(actors), pair_weight=real(actors, 4),
        pair_log=real(actors), pair_fact=whole(actors), pair_reverse=whole(actors), rule=real(actors, 4),
        fact_place=whole(most_facts), fact_pair=whole(most_facts), fact_weight=real(most_facts, 3),
        near=whole(NEIGHBOURS), near_share=real(NEIGHBOURS, 3), two=logs((actors, 4), 11), same=logs((actors, 2), 12),
        nation=logs((actors, 3), 6), contact=logs((actors, 3), 8), active_log=real(actors), role_log=real(ROLES, 2),
        country_share=real(countries + 1, 5), role_share=real(ROLES, 3), two_list=whole(actors),
        same_list=whole(actors), nation_list=whole(actors), contact_list=whole(actors), seen=whole(actors),
        stamp=whole(actors), total=real(actors), terms=real(actors, TERMS_KEPT), popular=whole(questions, POPULAR),
        popular_count=whole(questions), answer_log=np.empty((questions, actors), np.float32),
        profile=whole(actors, PROFILE), profile_share=real(actors, PROFILE, 3), profile_count=whole(actors))
