"""What stands around who asks and what is asked, laid out by actor so that every candidate's part is one look away."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sides.forecast.ranking.layout import (
    A0,
    A1,
    A2,
    A3,
    ACTIVE_ALL,
    ASKER,
    ASKING,
    ASKING0,
    ASKING1,
    ASKING3,
    CONTACT,
    CONTACT_ALL,
    COUNTRY,
    EXPOSURE,
    FACTS,
    FLOOR_LOGS,
    FLOORS,
    HALF,
    NATION,
    NATION_ALL,
    NEAR,
    NEIGHBOURS,
    PAIRS,
    POPULAR,
    PROFILE,
    QUESTION2,
    QUESTION_ALL,
    RULE1,
    RULE3,
    SAME,
    SHOWN,
    TINY,
    TWO,
    Surroundings,
)
from sides.forecast.ranking.tables import ROLES, Tables, find, pair_key, since


@njit(cache=True)
def least_of_best(values: NDArray[np.float32], wanted: int) -> float:
    """The least of the `wanted` largest values; less than all where there are no more than that."""
    n = values.size
    if n <= wanted or wanted <= 0:
        return -np.inf
    kept = values.copy()
    low, high, place = 0, n - 1, n - wanted
    while low < high:  # quickselect about the middle of three
        middle = (low + high) // 2
        if kept[middle] < kept[low]:
            kept[middle], kept[low] = kept[low], kept[middle]
        if kept[high] < kept[low]:
            kept[high], kept[low] = kept[low], kept[high]
        if kept[high] < kept[middle]:
            kept[high], kept[middle] = kept[middle], kept[high]
        pivot = kept[middle]
        i, j = low, high
        while i <= j:
            while kept[i] < pivot:
                i += 1
            while kept[j] > pivot:
                j -= 1
            if i <= j:
                kept[i], kept[j] = kept[j], kept[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            return float(kept[place])
    return float(kept[place])


@njit(cache=True)
def begin_day(t: Tables, s: Surroundings, day: int) -> None:
    """Forget what was kept of another day."""
    s.popular_count[:] = -1
    s.profile_count[:] = -1
    s.stamp[:] = -1
    for j in range(s.number[PAIRS]):
        s.place[t.pair_answer[s.pair_place[j]]] = -1
    s.number[PAIRS] = 0
    s.number[ASKER] = -1
    _forget(s.contact, s.contact_list, s.number[CONTACT], FLOOR_LOGS[8])
    s.number[CONTACT] = 0
    s.number[COUNTRY] = -2
    s.amount[ACTIVE_ALL] = 1
    for o in range(s.place.size):
        if t.actor_last[o] >= 0:
            s.active_log[o] = t.actor_weight[o, 1] * t.decay[1, since(day, t.actor_last[o])]
            s.amount[ACTIVE_ALL] += s.active_log[o]
        else:
            s.active_log[o] = 0
    for o in range(s.place.size):
        s.active_log[o] = np.log(s.active_log[o] / s.amount[ACTIVE_ALL] + FLOORS[10])


@njit(cache=True)
def _forget(dense: NDArray[np.float32], listed: NDArray[np.int32], n: int, floor: float) -> None:
    last = dense.shape[1] - 1
    for j in range(n):
        for k in range(last):
            dense[listed[j], k] = 0
        dense[listed[j], last] = floor


@njit(cache=True)
def _profile(t: Tables, s: Surroundings, b: int, day: int) -> None:
    """The strongest partners of an actor: who, share of its dealings, share of the latest, mean sign."""
    n = t.actor_pairs[b]
    weight = np.empty(n, np.float32)
    place = np.empty(n, np.int32)
    pair = t.actor_head[b]
    for i in range(n):
        weight[i] = t.pair_weight[pair, 2] * t.decay[2, since(day, t.pair_last[pair])]
        place[i] = pair
        pair = t.pair_next[pair]
    least = least_of_best(weight, PROFILE)
    gap = since(day, t.actor_last[b])
    slow = t.actor_weight[b, 2] * t.decay[2, gap] + HALF
    fast = t.actor_weight[b, 0] * t.decay[0, gap] + HALF
    found = 0
    for i in range(n):
        if weight[i] >= least and found < PROFILE:
            pair = place[i]
            gap = since(day, t.pair_last[pair])
            s.profile[b, found] = t.pair_answer[pair]
            s.profile_share[b, found, 0] = weight[i] / slow
            s.profile_share[b, found, 1] = t.pair_weight[pair, 0] * t.decay[0, gap] / fast
            s.profile_share[b, found, 2] = t.pair_sign[pair] * t.decay[2, gap] / (weight[i] + HALF)
            found += 1
    s.profile_count[b] = found


@njit(cache=True)
def _popular(t: Tables, s: Surroundings, q: int, day: int) -> None:
    """The answers that a question gets, and most of late."""
    actors = s.place.size
    total = np.float32(1.0)
    if t.question_last[q] >= 0:
        total += t.question_weight[q, 3] * t.decay[3, since(day, t.question_last[q])]
    weight = np.zeros(actors, np.float32)
    for o in range(actors):
        s.answer_log[q, o] = FLOOR_LOGS[7]
        if t.answer_last[q, o] >= 0:
            gap = since(day, t.answer_last[q, o])
            weight[o] = t.answer_weight[q, o, 0] * t.decay[1, gap] + TINY
            s.answer_log[q, o] = np.log(t.answer_weight[q, o, 1] * t.decay[3, gap] / total + FLOORS[7])
    least = least_of_best(weight, POPULAR)
    found = 0
    for o in range(actors):
        if weight[o] >= least and weight[o] > 0 and found < POPULAR:
            s.popular[q, found] = o
            found += 1
    s.popular_count[q] = found


@njit(cache=True)
def _two_hops(t: Tables, s: Surroundings, a: int, day: int) -> None:
    n_pairs, n = s.number[PAIRS], 0
    least = least_of_best(s.pair_weight[:n_pairs, 2], NEIGHBOURS)
    for j in range(n_pairs):
        if s.pair_weight[j, 2] >= least and n < NEIGHBOURS:
            pair = s.pair_place[j]
            s.near[n] = t.pair_answer[pair]
            s.near_share[n, 0] = s.pair_weight[j, 2] / (s.amount[A2] + HALF)
            s.near_share[n, 1] = s.pair_weight[j, 0] / (s.amount[A0] + HALF)
            s.near_share[n, 2] = t.pair_sign[pair] * t.decay[2, since(day, t.pair_last[pair])] / (s.pair_weight[j, 2]
                                                                                                  + HALF)
            n += 1
    s.number[NEAR] = n
    listed = 0
    for j in range(n):
        b = s.near[j]
        if s.profile_count[b] < 0:
            _profile(t, s, b, day)
        for k in range(s.profile_count[b]):
            o = s.profile[b, k]
            if o == a:
                continue
            if s.two[o, 0] == 0:
                s.two_list[listed] = o
                listed += 1
            s.two[o, 0] += s.near_share[j, 0] * s.profile_share[b, k, 0] + TINY
            s.two[o, 1] += s.near_share[j, 1] * s.profile_share[b, k, 1]
            s.two[o, 2] += s.near_share[j, 0] * s.near_share[j, 2] * s.profile_share[b, k, 0] * s.profile_share[b, k, 2]
    s.number[TWO] = listed
    for j in range(listed):
        s.two[s.two_list[j], 3] = np.log(s.two[s.two_list[j], 0] + FLOORS[11])


@njit(cache=True)
def look_at_asker(t: Tables, s: Surroundings, a: int, day: int) -> None:
    """Its pairs and their facts, whom its partners deal with, whom its country deals with."""
    for j in range(s.number[PAIRS]):
        s.place[t.pair_answer[s.pair_place[j]]] = -1
    _forget(s.two, s.two_list, s.number[TWO], FLOOR_LOGS[11])
    s.number[ASKER] = a
    for k in range(4):
        s.amount[A0 + k] = t.actor_weight[a, k] * t.decay[k, since(day, t.actor_last[a])]
    n, facts = 0, 0
    s.country_share[:, :2] = 0
    s.role_share[:, 0] = 0
    pair = t.actor_head[a]
    while pair >= 0:
        s.place[t.pair_answer[pair]] = n
        s.pair_place[n] = pair
        gap = since(day, t.pair_last[pair])
        for k in range(4):
            s.pair_weight[n, k] = t.pair_weight[pair, k] * t.decay[k, gap]
        o = t.pair_answer[pair]
        s.country_share[t.country[o], 0] += s.pair_weight[n, 3] / (s.amount[A3] + HALF)
        s.country_share[t.country[o], 1] += s.pair_weight[n, 1] / (s.amount[A1] + HALF)
        s.role_share[t.role[o], 0] += s.pair_weight[n, 3] / (s.amount[A3] + HALF)
        s.pair_log[n] = np.log(s.pair_weight[n, 2] / (s.amount[A2] + HALF) + FLOORS[3])
        fact = t.pair_head[pair]
        while fact >= 0:
            gap = since(day, t.fact_last[fact])
            s.fact_place[facts] = fact
            s.fact_pair[facts] = n
            s.fact_weight[facts, 0] = t.fact_weight[fact, 0] * t.decay[0, gap]
            s.fact_weight[facts, 1] = t.fact_weight[fact, 1] * t.decay[1, gap]
            s.fact_weight[facts, 2] = t.fact_weight[fact, 3] * t.decay[3, gap]
            facts += 1
            fact = t.fact_beside[fact]
        n += 1
        pair = t.pair_next[pair]
    s.number[PAIRS], s.number[FACTS] = n, facts
    _two_hops(t, s, a, day)
    c = t.country[a]
    if c == s.number[COUNTRY]:
        return
    _forget(s.contact, s.contact_list, s.number[CONTACT], FLOOR_LOGS[8])
    s.number[COUNTRY], s.amount[CONTACT_ALL], n = c, 1, 0
    if c >= 0:
        s.amount[CONTACT_ALL] += t.contact_total[c, 1] * t.decay[3, since(day, t.contact_total_last[c])]
        at = t.contact_head[c]
        while at >= 0:
            o = t.contact_answer[at]
            gap = since(day, t.contact_last[at])
            s.contact[o, 0] = t.contact_weight[at, 0] * t.decay[1, gap]
            s.contact[o, 1] = t.contact_weight[at, 1] * t.decay[3, gap]
            s.contact[o, 2] = np.log(s.contact[o, 1] / s.amount[CONTACT_ALL] + FLOORS[8])
            s.contact_list[n] = o
            n += 1
            at = t.contact_next[at]
    s.number[CONTACT] = n


@njit(cache=True)
def look_at_question(t: Tables, s: Surroundings, q: int, day: int) -> None:
    """The asker's own answers, what rules say of its pairs, what its partners and its country answer, what all
    answer."""
    a, questions = s.number[ASKER], t.question_last.size
    back = (q + questions // 2) % questions
    for j in range(s.number[PAIRS]):
        s.pair_fact[j] = s.pair_reverse[j] = -1
        s.rule[j, 0] = s.rule[j, 1] = s.rule[j, 2] = s.rule[j, 3] = 0
    s.amount[RULE1], s.amount[RULE3] = 1e-3, 1e-2
    s.country_share[:, 2:] = 0
    s.role_share[:, 1:] = 0
    for j in range(s.number[FACTS]):
        fact, p = s.fact_place[j], s.fact_pair[j]
        body = t.fact_question[fact]
        if body == q:
            s.pair_fact[p] = fact
            o = t.fact_answer[fact]
            s.country_share[t.country[o], 2] += s.fact_weight[j, 2]
            s.role_share[t.role[o], 1] += s.fact_weight[j, 2]
        elif body == back:
            s.pair_reverse[p] = fact
        bodies = t.question_count[body]
        middle = t.rule_weight[1, body, q] / (bodies * EXPOSURE[1]) * s.fact_weight[j, 1]
        slow = t.rule_weight[2, body, q] / (bodies * EXPOSURE[2]) * s.fact_weight[j, 2]
        s.rule[p, 0] += t.rule_weight[0, body, q] / (bodies * EXPOSURE[0]) * s.fact_weight[j, 0]
        s.rule[p, 1] += middle
        s.rule[p, 2] += slow
        s.rule[p, 3] = max(s.rule[p, 3], middle)
        s.amount[RULE1] += middle
        s.amount[RULE3] += slow
    asking = find(t.asking_keys, t.asking_places, pair_key(a, q))
    s.number[ASKING] = asking
    s.amount[ASKING0] = s.amount[ASKING1] = s.amount[ASKING3] = 0
    if asking >= 0:
        gap = since(day, t.asking_last[asking])
        s.amount[ASKING0] = t.asking_weight[asking, 0] * t.decay[0, gap]
        s.amount[ASKING1] = t.asking_weight[asking, 1] * t.decay[1, gap]
        s.amount[ASKING3] = t.asking_weight[asking, 3] * t.decay[3, gap]
    _same_question(t, s, a, q, day)
    _forget(s.nation, s.nation_list, s.number[NATION], FLOOR_LOGS[6])
    s.amount[NATION_ALL], n = 1, 0
    if s.number[COUNTRY] >= 0:
        at = s.number[COUNTRY] * questions + q
        if t.nation_total_last[at] >= 0:
            s.amount[NATION_ALL] += t.nation_total[at, 1] * t.decay[3, since(day, t.nation_total_last[at])]
        node = t.nation_head[at]
        while node >= 0:
            o = t.nation_answer[node]
            gap = since(day, t.nation_last[node])
            s.nation[o, 0] = t.nation_weight[node, 0] * t.decay[1, gap]
            s.nation[o, 1] = t.nation_weight[node, 1] * t.decay[3, gap]
            s.nation[o, 2] = np.log(s.nation[o, 1] / s.amount[NATION_ALL] + FLOORS[6])
            s.country_share[t.country[o], 3] += s.nation[o, 1] / s.amount[NATION_ALL]
            s.country_share[t.country[o], 4] += s.nation[o, 0]
            s.role_share[t.role[o], 2] += s.nation[o, 1] / s.amount[NATION_ALL]
            s.nation_list[n] = o
            n += 1
            node = t.nation_next[node]
    s.number[NATION] = n
    if s.popular_count[q] < 0:
        _popular(t, s, q, day)
    s.amount[QUESTION_ALL], s.amount[QUESTION2] = 1, 0
    if t.question_last[q] >= 0:
        gap = since(day, t.question_last[q])
        s.amount[QUESTION_ALL] += t.question_weight[q, 3] * t.decay[3, gap]
        s.amount[QUESTION2] = t.question_weight[q, 2] * t.decay[2, gap]
    role = t.role[a]
    for r in range(ROLES):
        for same in range(2):
            s.role_log[r, same] = np.log(t.role_count[q, role, r, same] / (t.role_total[q, role] + 2) + FLOORS[9])


@njit(cache=True)
def _same_question(t: Tables, s: Surroundings, a: int, q: int, day: int) -> None:
    _forget(s.same, s.same_list, s.number[SAME], FLOOR_LOGS[12])
    n = 0
    for j in range(s.number[NEAR]):
        other = find(t.asking_keys, t.asking_places, pair_key(s.near[j], q))
        if other < 0:
            continue
        share = s.near_share[j, 0] / (t.asking_weight[other, 2] * t.decay[2, since(day, t.asking_last[other])] + HALF)
        fact = t.asking_head[other]
        shown = 0
        while fact >= 0 and shown < SHOWN:
            o = t.fact_answer[fact]
            if o != a:
                if s.same[o, 0] == 0:
                    s.same_list[n] = o
                    n += 1
                s.same[o, 0] += share * t.fact_weight[fact, 2] * t.decay[2, since(day, t.fact_last[fact])] + TINY
            fact = t.fact_next[fact]
            shown += 1
    s.number[SAME] = n
    for j in range(n):
        s.same[s.same_list[j], 1] = np.log(s.same[s.same_list[j], 0] + FLOORS[12])
