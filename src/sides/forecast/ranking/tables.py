"""What a ranking remembers of the past: decayed counts by fact, pair, answer, country and role, and rules between
kinds.

An event "s did r to o" is two facts, one for each way to ask: (s, r, o) "what does s do r to?" and (o, r + R, s) "who
does r to o?". A fact is written (a, q, o): asker, question, answer. Each count is kept at up to four rates of decay
as it stood on its last day, and brought to the day that asks when it is read. A day is added only as a whole, after
all that is asked about it: so nothing here knows of an event of the day that is asked about, or of a later one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

RATES = np.array([0.3, 0.07, 0.02, 0.005])  # a day; half-lives of 2, 10, 35 and 139 days (research/forecasting.md 3.2)
RULE_RATES = 3  # rules are kept at the first, second and last of the rates
RULE_DAYS = 30  # the window in which a rule's head must follow its body to count for its confidence
ROLES = 128  # roles with a table of their own; rarer ones share the last place
STATE = 1  # the role of a state itself
STATE_VOTE = 0.3  # states meet everybody
FARTHEST = 8192  # days; what lies farther back weighs as if it lay so far


class Tables(NamedTuple):
    """The state, as arrays that kernels read and write. See the module's head for the words."""

    decay: NDArray[np.float32]  # [4, FARTHEST]: exp(-rate * days)
    size: NDArray[np.int64]  # [facts, askings, pairs, country facts, country answers, events] in use
    # facts (a, q, o)
    fact_keys: NDArray[np.int64]
    fact_places: NDArray[np.int32]
    fact_question: NDArray[np.int32]
    fact_answer: NDArray[np.int32]
    fact_weight: NDArray[np.float32]  # [., 4]
    fact_count: NDArray[np.int32]
    fact_last: NDArray[np.int32]
    fact_before: NDArray[np.int32]  # the day before the last, or -1
    fact_event: NDArray[np.int32]  # the last event of the fact's chain
    fact_next: NDArray[np.int32]  # of the same asking
    fact_beside: NDArray[np.int32]  # of the same pair
    event_day: NDArray[np.int32]
    event_earlier: NDArray[np.int32]  # the event before it in its fact's chain, or -1
    # askings (a, q)
    asking_keys: NDArray[np.int64]
    asking_places: NDArray[np.int32]
    asking_head: NDArray[np.int32]
    asking_weight: NDArray[np.float32]  # [., 4]
    asking_count: NDArray[np.int32]
    asking_last: NDArray[np.int32]
    asking_answers: NDArray[np.int32]
    # pairs (a, o), any question
    pair_keys: NDArray[np.int64]
    pair_places: NDArray[np.int32]
    pair_answer: NDArray[np.int32]
    pair_weight: NDArray[np.float32]  # [., 4]
    pair_sign: NDArray[np.float32]  # decayed at the third rate
    pair_count: NDArray[np.int32]
    pair_last: NDArray[np.int32]
    pair_head: NDArray[np.int32]  # its facts
    pair_next: NDArray[np.int32]  # of the same asker
    # actors
    actor_head: NDArray[np.int32]  # its pairs
    actor_weight: NDArray[np.float32]  # [actors, 4]
    actor_count: NDArray[np.int32]
    actor_last: NDArray[np.int32]
    actor_pairs: NDArray[np.int32]
    actor_facts: NDArray[np.int32]
    country: NDArray[np.int32]  # as named, else as its partners suggest; -1 none
    role: NDArray[np.int32]
    # questions and their answers
    answer_weight: NDArray[np.float32]  # [questions, actors, 2]: second and last rate
    answer_last: NDArray[np.int32]  # [questions, actors]
    question_weight: NDArray[np.float32]  # [questions, 4]
    question_last: NDArray[np.int32]
    question_count: NDArray[np.int64]
    question_sign: NDArray[np.float32]
    # country of the asker, question, answer
    nation_keys: NDArray[np.int64]
    nation_places: NDArray[np.int32]
    nation_answer: NDArray[np.int32]
    nation_weight: NDArray[np.float32]  # [., 2]: second and last rate
    nation_last: NDArray[np.int32]
    nation_next: NDArray[np.int32]
    nation_head: NDArray[np.int32]  # [countries * questions]
    nation_total: NDArray[np.float32]  # [countries * questions, 2]
    nation_total_last: NDArray[np.int32]
    # country of the asker, answer
    contact_keys: NDArray[np.int64]
    contact_places: NDArray[np.int32]
    contact_answer: NDArray[np.int32]
    contact_weight: NDArray[np.float32]  # [., 2]
    contact_count: NDArray[np.int32]
    contact_last: NDArray[np.int32]
    contact_next: NDArray[np.int32]
    contact_head: NDArray[np.int32]  # [countries]
    contact_total: NDArray[np.float32]  # [countries, 2]
    contact_total_last: NDArray[np.int32]
    # role of the asker, question: role of the answer, and whether of the same country
    role_count: NDArray[np.float32]  # [questions, ROLES, ROLES, 2]
    role_total: NDArray[np.float32]  # [questions, ROLES]
    # rules: a fact with question q (body) of a pair, later one with question p (head) of the same pair
    rule_weight: NDArray[np.float32]  # [RULE_RATES, q, p]: decayed bodies met by heads
    rule_support: NDArray[np.int32]  # [q, p]: bodies followed by a head within RULE_DAYS


@njit(cache=True, inline="always")
def _slot(keys: NDArray[np.int64], key: Any) -> Any:
    """Where the key stands in an open table, or the free place where it would."""
    mask = keys.size - 1
    place = (key * np.int64(-7046029254386353131)) >> np.int64(20) & mask
    while keys[place] != -1 and keys[place] != key:
        place = (place + 1) & mask
    return place


@njit(cache=True)
def rehash(old_keys: NDArray[np.int64], old_places: NDArray[np.int32], keys: NDArray[np.int64],
           places: NDArray[np.int32]) -> None:
    """Move an open table into a larger one."""
    for i in range(old_keys.size):
        if old_keys[i] != -1:
            slot = _slot(keys, old_keys[i])
            keys[slot] = old_keys[i]
            places[slot] = old_places[i]


@njit(cache=True, inline="always")
def find(keys: NDArray[np.int64], places: NDArray[np.int32], key: Any) -> Any:
    """The place of the key, or -1."""
    slot = _slot(keys, key)
    return places[slot] if keys[slot] == key else -1


@njit(cache=True, inline="always")
def fact_key(asker: Any, question: Any, answer: Any) -> Any:
    """One number for a fact; works for a country and a question too."""
    return (np.int64(asker) << 40) | (np.int64(question) << 28) | np.int64(answer)


@njit(cache=True, inline="always")
def pair_key(asker: Any, answer: Any) -> Any:
    """One number for a pair, or for an asker and a question."""
    return (np.int64(asker) << 28) | np.int64(answer)


@njit(cache=True, inline="always")
def since(day: Any, last: Any) -> Any:
    """Days from the last day to the day that asks, as far as weights tell."""
    return min(day - max(last, 0), FARTHEST - 1)


@njit(cache=True, inline="always")
def _faded(weight: NDArray[np.float32], place: int, decay: NDArray[np.float32], days: int) -> None:
    for k in range(4):
        weight[place, k] *= decay[k, days]


@njit(cache=True)
def _rules(t: Tables, asker: NDArray[np.int32], question: NDArray[np.int32], answer: NDArray[np.int32],
           day: int) -> None:
    """What the day's facts teach of rules, from what was known before the day."""
    for i in range(asker.size):
        pair = find(t.pair_keys, t.pair_places, pair_key(asker[i], answer[i]))
        if pair < 0:
            continue
        head = question[i]
        same = find(t.fact_keys, t.fact_places, fact_key(asker[i], head, answer[i]))
        earlier = t.fact_last[same] if same >= 0 else -1
        earliest = max(earlier, day - RULE_DAYS)
        fact = t.pair_head[pair]
        while fact >= 0:
            body = t.fact_question[fact]
            gap = since(day, t.fact_last[fact])
            t.rule_weight[0, body, head] += t.fact_weight[fact, 0] * t.decay[0, gap]
            t.rule_weight[1, body, head] += t.fact_weight[fact, 1] * t.decay[1, gap]
            t.rule_weight[2, body, head] += t.fact_weight[fact, 3] * t.decay[3, gap]
            event = t.fact_event[fact]
            while event >= 0 and t.event_day[event] >= earliest:
                t.rule_support[body, head] += 1
                event = t.event_earlier[event]
            fact = t.fact_beside[fact]


@njit(cache=True)
def _add(t: Tables, a: int, q: int, o: int, day: int, named: NDArray[np.bool_]) -> None:
    questions = t.question_last.size
    key = fact_key(a, q, o)
    slot = _slot(t.fact_keys, key)
    if t.fact_keys[slot] == key:
        fact = t.fact_places[slot]
        if t.fact_last[fact] == day:
            return  # said twice of one day: one fact
    slot_asking = _slot(t.asking_keys, pair_key(a, q))
    if t.asking_keys[slot_asking] == -1:
        asking = t.size[1]
        t.size[1] += 1
        t.asking_keys[slot_asking] = pair_key(a, q)
        t.asking_places[slot_asking] = asking
        t.asking_head[asking] = -1
        t.asking_last[asking] = day
    asking = t.asking_places[slot_asking]
    slot_pair = _slot(t.pair_keys, pair_key(a, o))
    if t.pair_keys[slot_pair] == -1:
        pair = t.size[2]
        t.size[2] += 1
        t.pair_keys[slot_pair] = pair_key(a, o)
        t.pair_places[slot_pair] = pair
        t.pair_answer[pair] = o
        t.pair_head[pair] = -1
        t.pair_last[pair] = day
        t.pair_next[pair] = t.actor_head[a]
        t.actor_head[a] = pair
        t.actor_pairs[a] += 1
    pair = t.pair_places[slot_pair]
    if t.fact_keys[slot] == -1:
        fact = t.size[0]
        t.size[0] += 1
        t.fact_keys[slot] = key
        t.fact_places[slot] = fact
        t.fact_question[fact] = q
        t.fact_answer[fact] = o
        t.fact_last[fact] = -1
        t.fact_event[fact] = -1
        t.fact_next[fact] = t.asking_head[asking]
        t.asking_head[asking] = fact
        t.fact_beside[fact] = t.pair_head[pair]
        t.pair_head[pair] = fact
        t.asking_answers[asking] += 1
        t.actor_facts[a] += 1
    fact = t.fact_places[slot]
    event = t.size[5]
    t.size[5] += 1
    t.event_day[event] = day
    t.event_earlier[event] = t.fact_event[fact]
    t.fact_event[fact] = event
    if t.fact_count[fact]:
        _faded(t.fact_weight, fact, t.decay, since(day, t.fact_last[fact]))
    t.fact_before[fact] = t.fact_last[fact]
    t.fact_last[fact] = day
    t.fact_count[fact] += 1
    _faded(t.asking_weight, asking, t.decay, since(day, t.asking_last[asking]))
    t.asking_last[asking] = day
    t.asking_count[asking] += 1
    gap = since(day, t.pair_last[pair])
    _faded(t.pair_weight, pair, t.decay, gap)
    t.pair_sign[pair] = t.pair_sign[pair] * t.decay[2, gap] + t.question_sign[q]
    t.pair_last[pair] = day
    t.pair_count[pair] += 1
    _faded(t.actor_weight, a, t.decay, since(day, t.actor_last[a]))
    t.actor_last[a] = day
    t.actor_count[a] += 1
    _faded(t.question_weight, q, t.decay, since(day, t.question_last[q]))
    t.question_last[q] = day
    t.question_count[q] += 1
    for k in range(4):
        t.fact_weight[fact, k] += 1
        t.asking_weight[asking, k] += 1
        t.pair_weight[pair, k] += 1
        t.actor_weight[a, k] += 1
        t.question_weight[q, k] += 1
    gap = since(day, t.answer_last[q, o])
    t.answer_weight[q, o, 0] = t.answer_weight[q, o, 0] * t.decay[1, gap] + 1
    t.answer_weight[q, o, 1] = t.answer_weight[q, o, 1] * t.decay[3, gap] + 1
    t.answer_last[q, o] = day
    c = t.country[a]
    same_country = 0
    if c >= 0:
        same_country = 1 if t.country[o] == c else 0
        slot = _slot(t.nation_keys, fact_key(c, q, o))
        at = c * questions + q
        if t.nation_keys[slot] == -1:
            nation = t.size[3]
            t.size[3] += 1
            t.nation_keys[slot] = fact_key(c, q, o)
            t.nation_places[slot] = nation
            t.nation_answer[nation] = o
            t.nation_last[nation] = day
            t.nation_next[nation] = t.nation_head[at]
            t.nation_head[at] = nation
        nation = t.nation_places[slot]
        gap = since(day, t.nation_last[nation])
        t.nation_weight[nation, 0] = t.nation_weight[nation, 0] * t.decay[1, gap] + 1
        t.nation_weight[nation, 1] = t.nation_weight[nation, 1] * t.decay[3, gap] + 1
        t.nation_last[nation] = day
        gap = since(day, t.nation_total_last[at])
        t.nation_total[at, 0] = t.nation_total[at, 0] * t.decay[1, gap] + 1
        t.nation_total[at, 1] = t.nation_total[at, 1] * t.decay[3, gap] + 1
        t.nation_total_last[at] = day
        slot = _slot(t.contact_keys, pair_key(c, o))
        if t.contact_keys[slot] == -1:
            contact = t.size[4]
            t.size[4] += 1
            t.contact_keys[slot] = pair_key(c, o)
            t.contact_places[slot] = contact
            t.contact_answer[contact] = o
            t.contact_last[contact] = day
            t.contact_next[contact] = t.contact_head[c]
            t.contact_head[c] = contact
        contact = t.contact_places[slot]
        gap = since(day, t.contact_last[contact])
        t.contact_weight[contact, 0] = t.contact_weight[contact, 0] * t.decay[1, gap] + 1
        t.contact_weight[contact, 1] = t.contact_weight[contact, 1] * t.decay[3, gap] + 1
        t.contact_count[contact] += 1
        t.contact_last[contact] = day
        gap = since(day, t.contact_total_last[c])
        t.contact_total[c, 0] = t.contact_total[c, 0] * t.decay[1, gap] + 1
        t.contact_total[c, 1] = t.contact_total[c, 1] * t.decay[3, gap] + 1
        t.contact_total_last[c] = day
    t.role_count[q, t.role[a], t.role[o], same_country] += 1
    t.role_total[q, t.role[a]] += 1


@njit(cache=True)
def _guess(t: Tables, actor: NDArray[np.int32], named: NDArray[np.bool_]) -> None:
    """The country of actors whose names tell none: the one with whose people they deal most, states counting little."""
    votes = np.zeros(t.contact_head.size)
    for i in range(actor.size):
        o = actor[i]
        if named[o]:
            continue
        pair = t.actor_head[o]
        while pair >= 0:
            partner = t.pair_answer[pair]
            if named[partner]:
                votes[t.country[partner]] += np.log1p(t.pair_count[pair]) * (STATE_VOTE
                                                                             if t.role[partner] == STATE else 1.0)
            pair = t.pair_next[pair]
        best, most = np.int32(-1), 0.0
        pair = t.actor_head[o]
        while pair >= 0:
            partner = t.pair_answer[pair]
            if named[partner]:
                c = t.country[partner]
                if votes[c] > most or (votes[c] == most and c < best):
                    best, most = c, votes[c]
            pair = t.pair_next[pair]
        pair = t.actor_head[o]
        while pair >= 0:
            if named[t.pair_answer[pair]]:
                votes[t.country[t.pair_answer[pair]]] = 0.0
            pair = t.pair_next[pair]
        t.country[o] = best


@njit(cache=True)
def learn_day(t: Tables, asker: NDArray[np.int32], question: NDArray[np.int32], answer: NDArray[np.int32], day: int,
              named: NDArray[np.bool_], ends: NDArray[np.int32]) -> None:
    """Add all facts of one day; `ends` are the actors in them, once each."""
    _rules(t, asker, question, answer, day)
    for i in range(asker.size):
        _add(t, asker[i], question[i], answer[i], day, named)
    _guess(t, ends, named)
