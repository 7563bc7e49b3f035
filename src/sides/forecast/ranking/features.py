"""Candidates for the answer to "what does a do q to?", and what speaks for each, as numbers: see `FEATURES`."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sides.forecast.ranking.layout import (
    A0,
    A1,
    A2,
    A3,
    ASKER,
    ASKING,
    ASKING0,
    ASKING1,
    ASKING3,
    CONTACT,
    CONTACT_ALL,
    COUNTRY,
    FLOOR_LOGS,
    FLOORS,
    HALF,
    NATION,
    NATION_ALL,
    PAIRS,
    POPULAR,
    QUESTION2,
    QUESTION_ALL,
    RULE1,
    RULE3,
    SAME,
    SEEN,
    TWO,
    Surroundings,
)
from sides.forecast.ranking.surroundings import least_of_best, look_at_asker, look_at_question
from sides.forecast.ranking.tables import FARTHEST, Tables, since

TERMS = ("fact slow", "fact mid", "fact fast", "pair", "rule slow", "rule mid", "nation", "answer", "contact", "role",
         "active", "two hops", "same question two hops", "reverse", "factors")
# Fitted as a conditional logit on every fourth of the 60 days before ICEWS14's valid part; benchmarks/forecast.py
# watches it.
WEIGHTS = np.array([.05, -.1, .48, -.07, .19, .24, .15, .12, .15, .11, .1, .12, .03, -.05, .23], np.float32)

FEATURES = (
    "sum", "rank", "behind", "fact 0", "fact 1", "fact 2", "fact 3", "fact gap", "fact gap before", "fact count",
    "fact share mid", "fact share slow", "is last", "reverse 1", "reverse 3", "reverse gap", "pair 0", "pair 1",
    "pair 2", "pair 3", "pair gap", "pair count", "pair share", "pair sign", "answer mid", "answer slow", "answer gap",
    "answer share", "active 0", "active 1", "active 2", "active 3", "active gap", "active count", "active pairs",
    "answer habit", "rule 0", "rule 1", "rule 3", "rule share", "rule best", "rule share slow", "nation mid",
    "nation slow", "nation share", "contact mid", "contact slow", "contact share", "same country", "named", "role",
    "role prior", "two hops", "two hops fast", "two hops sign", "two hops same", "factors", "question", "asker role",
    "asking 0", "asking 3", "asking count", "asking answers", "asking gap", "asker 0", "asker 3", "asker pairs",
    "question 2", "nation total", "weekday", "fact share theirs", "pair share theirs", "fact pair share",
    "behind factors", "asker to country slow", "asker to country mid", "asking to country", "nation to country",
    "nation to country mid", "asker to role", "asking to role", "nation to role", "rank rule", "rank fact",
    "rank nation", "rank answer", "rank two hops", "rank active", "rank stranger", "rank pair",
)


@njit(cache=True)
def features_of(t: Tables, s: Surroundings, day: int, asker: NDArray[np.int32], question: NDArray[np.int32],
                factor: NDArray[np.float32], weights: NDArray[np.float32], candidates: int, strangers: int,
                answers: NDArray[np.int32], count: NDArray[np.int32], terms: NDArray[np.float32],
                x: NDArray[np.float32]) -> None:
    """Fill, for each question asked on `day`, its candidates (best sum first) and what speaks for them.

    Up to `candidates` by the weighted sum, and up to `strangers` more whom the asker never met. `factor` holds for each
    question the log-probability of every actor by the factors, or has no column. Questions of one asker, and askers
    of one country, should stand together.
    """
    by_factor = np.empty(0, np.float32)
    s.stamp[:] = -1
    for i in range(asker.size):
        if asker[i] != s.number[ASKER]:
            look_at_asker(t, s, asker[i], day)
        look_at_question(t, s, question[i], day)
        if factor.shape[1]:
            by_factor = factor[i]
        _gather(t, s, question[i], i, by_factor)
        _terms(t, s, question[i], day, by_factor)
        _sums(s, weights)
        chosen = _choose(s, candidates, strangers)
        count[i] = chosen.size
        for j in range(chosen.size):
            answers[i, j] = s.seen[chosen[j]]
            terms[i, j] = s.terms[chosen[j]]
        _describe(t, s, question[i], day, answers[i, :chosen.size], x[i])
        for j in range(chosen.size):
            x[i, j, 0], x[i, j, 1] = s.total[chosen[j]], j
            x[i, j, 2] = x[i, j, 0] - s.total[chosen[0]]
        _rank(s, answers[i, :chosen.size], x[i])
        if factor.shape[1]:
            top = np.float32(-1e30)
            for j in range(chosen.size):
                x[i, j, 56] = by_factor[answers[i, j]]
                top = max(top, x[i, j, 56])
            for j in range(chosen.size):
                x[i, j, 73] = x[i, j, 56] - top


RANKED = np.array([41, 11, 44, 25, 52, 29])  # what a candidate is also ranked by among the candidates
FIRST_RANK = 82


@njit(cache=True)
def _rank(s: Surroundings, answers: NDArray[np.int32], x: NDArray[np.float32]) -> None:
    """How many candidates stand higher by each of `RANKED`; how many strangers, or partners, above by the sum."""
    n = answers.size
    for k in range(RANKED.size):
        column = x[:n, RANKED[k]]
        for j in range(n):
            higher = 0
            if column[j] > 0:
                for i in range(n):
                    higher += column[i] > column[j]
            else:
                higher = 999
            x[j, FIRST_RANK + k] = higher
    strangers, partners = 0, 0
    for j in range(n):
        x[j, FIRST_RANK + RANKED.size], x[j, FIRST_RANK + RANKED.size + 1] = strangers, partners
        if s.place[answers[j]] < 0:
            strangers += 1
        else:
            partners += 1


@njit(cache=True)
def _see(s: Surroundings, listed: NDArray[np.int32], n: int, stamp: int) -> None:
    for j in range(n):
        if s.stamp[listed[j]] != stamp:
            s.stamp[listed[j]] = stamp
            s.seen[s.number[SEEN]] = listed[j]
            s.number[SEEN] += 1


@njit(cache=True)
def _gather(t: Tables, s: Surroundings, q: int, stamp: int, by_factor: NDArray[np.float32]) -> None:
    s.number[SEEN] = 0
    for j in range(s.number[PAIRS]):
        o = t.pair_answer[s.pair_place[j]]
        s.stamp[o] = stamp
        s.seen[j] = o
    s.number[SEEN] = s.number[PAIRS]
    _see(s, s.nation_list, s.number[NATION], stamp)
    _see(s, s.contact_list, s.number[CONTACT], stamp)
    _see(s, s.two_list, s.number[TWO], stamp)
    _see(s, s.same_list, s.number[SAME], stamp)
    _see(s, s.popular[q], s.popular_count[q], stamp)
    if by_factor.size > POPULAR:
        least = least_of_best(by_factor, POPULAR)
        for o in range(by_factor.size):
            if by_factor[o] >= least and s.stamp[o] != stamp:
                s.stamp[o] = stamp
                s.seen[s.number[SEEN]] = o
                s.number[SEEN] += 1


@njit(cache=True)
def _terms(t: Tables, s: Surroundings, q: int, day: int, by_factor: NDArray[np.float32]) -> None:
    """The terms of the sum for all who are seen. One call a question: passing so many arrays costs more than a
    candidate."""
    for j in range(s.number[SEEN]):
        o = s.seen[j]
        v = s.terms[j]
        for k in range(6):
            v[k] = FLOOR_LOGS[k]
        v[13] = FLOOR_LOGS[13]
        p = s.place[o]
        if p >= 0:
            fact = s.pair_fact[p]
            if fact >= 0:
                gap = since(day, t.fact_last[fact])
                v[0] = np.log(t.fact_weight[fact, 3] * t.decay[3, gap] / (s.amount[ASKING3] + HALF) + FLOORS[0])
                v[1] = np.log(t.fact_weight[fact, 1] * t.decay[1, gap] / (s.amount[ASKING1] + HALF) + FLOORS[1])
                v[2] = np.log(t.fact_weight[fact, 0] * t.decay[0, gap] / (s.amount[ASKING0] + HALF) + FLOORS[2])
            v[3] = s.pair_log[p]
            if s.rule[p, 2] > 0:
                v[4] = np.log(s.rule[p, 2] / s.amount[RULE3] + FLOORS[4])
                v[5] = np.log(s.rule[p, 1] / s.amount[RULE1] + FLOORS[5])
            fact = s.pair_reverse[p]
            if fact >= 0:
                weight = t.fact_weight[fact, 1] * t.decay[1, since(day, t.fact_last[fact])]
                v[13] = np.log(weight / (s.amount[A1] + HALF) + FLOORS[13])
        same = 1 if s.number[COUNTRY] >= 0 and t.country[o] == s.number[COUNTRY] else 0
        v[6], v[7], v[8] = s.nation[o, 2], s.answer_log[q, o], s.contact[o, 2]
        v[9], v[10] = s.role_log[t.role[o], same], s.active_log[o]
        v[11], v[12] = s.two[o, 3], s.same[o, 1]
        v[14] = by_factor[o] if by_factor.size else np.float32(0)


@njit(cache=True)
def _sums(s: Surroundings, weights: NDArray[np.float32]) -> None:
    for j in range(s.number[SEEN]):
        total = np.float32(0)
        for k in range(weights.size):
            total += weights[k] * s.terms[j, k]
        s.total[j] = total


@njit(cache=True)
def _choose(s: Surroundings, candidates: int, strangers: int) -> NDArray[np.int64]:
    """Places in `seen` of the best, and of the best of those whom the asker never met, best first."""
    n_seen = s.number[SEEN]
    total = s.total[:n_seen]
    chosen = np.empty(min(n_seen, candidates + strangers), np.int64)
    least = least_of_best(total, candidates)
    n = 0
    rest = np.empty(n_seen, np.float32)
    n_rest = 0
    for j in range(n_seen):
        if total[j] >= least and n < candidates:
            chosen[n] = j
            n += 1
        elif total[j] < least and s.place[s.seen[j]] < 0:
            rest[n_rest] = total[j]
            n_rest += 1
    enough = least_of_best(rest[:n_rest], strangers)
    for j in range(n_seen):
        if n < chosen.size and total[j] < least and total[j] >= enough and s.place[s.seen[j]] < 0:
            chosen[n] = j
            n += 1
    chosen = chosen[:n]
    return chosen[np.argsort(-total[chosen], kind="mergesort")]


@njit(cache=True)
def _describe(t: Tables, s: Surroundings, q: int, day: int, answers: NDArray[np.int32], x: NDArray[np.float32]) -> None:
    """What speaks for each answer, but what needs the other candidates. Places are those of `FEATURES`."""
    a, asking = s.number[ASKER], s.number[ASKING]
    for j in range(answers.size):
        o, f = answers[j], x[j]
        p = s.place[o]
        for k in range(3, f.size):
            f[k] = 0
        f[7] = f[8] = f[15] = f[20] = f[26] = f[32] = f[63] = FARTHEST
        if t.actor_last[o] >= 0:
            gap = since(day, t.actor_last[o])
            for k in range(4):
                f[28 + k] = t.actor_weight[o, k] * t.decay[k, gap]
            f[32] = gap
        f[33], f[34] = t.actor_count[o], t.actor_pairs[o]
        if t.answer_last[q, o] >= 0:
            gap = since(day, t.answer_last[q, o])
            f[24], f[25] = t.answer_weight[q, o, 0] * t.decay[1, gap], t.answer_weight[q, o, 1] * t.decay[3, gap]
            f[26] = gap
        f[27] = f[25] / s.amount[QUESTION_ALL]
        f[35] = f[25] / (f[31] + HALF)
        if p >= 0:
            pair, fact, reverse = s.pair_place[p], s.pair_fact[p], s.pair_reverse[p]
            if fact >= 0:
                gap = since(day, t.fact_last[fact])
                for k in range(4):
                    f[3 + k] = t.fact_weight[fact, k] * t.decay[k, gap]
                f[7] = gap
                if t.fact_before[fact] >= 0:
                    f[8] = t.fact_last[fact] - t.fact_before[fact]
                f[9] = t.fact_count[fact]
                f[10], f[11] = f[4] / (s.amount[ASKING1] + HALF), f[6] / (s.amount[ASKING3] + HALF)
                f[12] = 1 if t.fact_last[fact] == t.asking_last[asking] else 0
                f[70] = f[6] / (f[25] + HALF)
                f[72] = f[6] / (s.pair_weight[p, 3] + HALF)
            if reverse >= 0:
                gap = since(day, t.fact_last[reverse])
                f[13], f[14], f[15] = t.fact_weight[reverse, 1] * t.decay[1, gap], t.fact_weight[reverse,
                                                                                                 3] * t.decay[3,
                                                                                                              gap], gap
            for k in range(4):
                f[16 + k] = s.pair_weight[p, k]
            gap = since(day, t.pair_last[pair])
            f[20], f[21] = gap, t.pair_count[pair]
            f[22] = s.pair_weight[p, 2] / (s.amount[A2] + HALF)
            f[23] = t.pair_sign[pair] * t.decay[2, gap]
            f[36], f[37], f[38], f[40] = s.rule[p, 0], s.rule[p, 1], s.rule[p, 2], s.rule[p, 3]
            f[39], f[41] = s.rule[p, 1] / s.amount[RULE1], s.rule[p, 2] / s.amount[RULE3]
            f[71] = s.pair_weight[p, 2] / (f[30] + HALF)
        f[42], f[43], f[44] = s.nation[o, 0], s.nation[o, 1], s.nation[o, 1] / s.amount[NATION_ALL]
        f[45], f[46], f[47] = s.contact[o, 0], s.contact[o, 1], s.contact[o, 1] / s.amount[CONTACT_ALL]
        same = 1 if s.number[COUNTRY] >= 0 and t.country[o] == s.number[COUNTRY] else 0
        f[48], f[49] = same, 1 if t.country[o] >= 0 else 0
        f[50], f[51] = t.role[o], s.role_log[t.role[o], same]
        f[52], f[53], f[54], f[55] = s.two[o, 0], s.two[o, 1], s.two[o, 2], s.same[o, 0]
        f[57], f[58], f[59], f[60] = q, t.role[a], s.amount[ASKING0], s.amount[ASKING3]
        if asking >= 0:
            f[61], f[62], f[63] = t.asking_count[asking], t.asking_answers[asking], day - t.asking_last[asking]
        f[64], f[65], f[66] = s.amount[A0], s.amount[A3], t.actor_pairs[a]
        f[67], f[68] = s.amount[QUESTION2], s.amount[NATION_ALL]
        f[69] = day % 7
        for k in range(5):
            f[74 + k] = s.country_share[t.country[o], k]
        f[76] /= s.amount[ASKING3] + HALF
        for k in range(3):
            f[79 + k] = s.role_share[t.role[o], k]
        f[80] /= s.amount[ASKING3] + HALF
