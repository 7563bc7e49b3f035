"""Tables that grow: days go in, in order, and kernels read what is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.forecast.ranking.tables import FARTHEST, RATES, ROLES, RULE_RATES, Tables, learn_day, rehash

FIRST_ROOM = 1 << 12  # entries of a table at the start
_TABLES = {  # in the order of `Tables.size`: the arrays along each, which grow together
    "fact": ("fact_question", "fact_answer", "fact_weight", "fact_count", "fact_last", "fact_before", "fact_event",
             "fact_next",
             "fact_beside"),
    "asking": ("asking_head", "asking_weight", "asking_count", "asking_last", "asking_answers"),
    "pair": ("pair_answer", "pair_weight", "pair_sign", "pair_count", "pair_last", "pair_head", "pair_next"),
    "nation": ("nation_answer", "nation_weight", "nation_last", "nation_next"),
    "contact": ("contact_answer", "contact_weight", "contact_count", "contact_last", "contact_next"),
    "event": ("event_day", "event_earlier"),
}


class Memory:
    """What is known of all days before a day: see `tables`. Days go in whole, in order."""

    def __init__(self, actors: int, kinds: int, country: NDArray[np.int32], role: NDArray[np.int32],
                 sign: NDArray[np.int8], countries: int) -> None:
        self.named = country >= 0
        self.through = -1  # the last day that went in
        q = 2 * kinds

        def keys(n: int) -> NDArray[np.int64]:
            return np.full(2 * n, -1, np.int64)

        def whole(*shape: int) -> NDArray[np.int32]:
            return np.zeros(shape, np.int32)

        def real(*shape: int) -> NDArray[np.float32]:
            return np.zeros(shape, np.float32)

        def none(*shape: int) -> NDArray[np.int32]:
            return np.full(shape, -1, np.int32)

        f = FIRST_ROOM
        self.tables = Tables(
            decay=np.exp(-RATES[:, None] * np.arange(FARTHEST)[None, :]).astype(np.float32),
            size=np.zeros(len(_TABLES), np.int64),
            fact_keys=keys(f), fact_places=whole(2 * f), fact_question=whole(f), fact_answer=whole(f),
            fact_weight=real(f, 4), fact_count=whole(f), fact_last=whole(f), fact_before=whole(f), fact_event=whole(f),
            fact_next=whole(f), fact_beside=whole(f), event_day=whole(f), event_earlier=whole(f),
            asking_keys=keys(f), asking_places=whole(2 * f), asking_head=whole(f), asking_weight=real(f, 4),
            asking_count=whole(f), asking_last=whole(f), asking_answers=whole(f),
            pair_keys=keys(f), pair_places=whole(2 * f), pair_answer=whole(f), pair_weight=real(f, 4),
            pair_sign=real(f), pair_count=whole(f), pair_last=whole(f), pair_head=whole(f), pair_next=whole(f),
            actor_head=none(actors), actor_weight=real(actors, 4), actor_count=whole(actors), actor_last=none(actors),
            actor_pairs=whole(actors), actor_facts=whole(actors), country=country.astype(np.int32).copy(),
            role=role.astype(np.int32), answer_weight=real(q, actors, 2), answer_last=none(q, actors),
            question_weight=real(q, 4), question_last=none(q), question_count=np.zeros(q, np.int64),
            question_sign=np.concatenate([sign, sign]).astype(np.float32),
            nation_keys=keys(f), nation_places=whole(2 * f), nation_answer=whole(f), nation_weight=real(f, 2),
            nation_last=whole(f), nation_next=whole(f), nation_head=none(countries * q),
            nation_total=real(countries * q, 2), nation_total_last=none(countries * q),
            contact_keys=keys(f), contact_places=whole(2 * f), contact_answer=whole(f), contact_weight=real(f, 2),
            contact_count=whole(f), contact_last=whole(f), contact_next=whole(f), contact_head=none(countries),
            contact_total=real(countries, 2), contact_total_last=none(countries),
            role_count=real(q, ROLES, ROLES, 2), role_total=real(q, ROLES),
            rule_weight=real(RULE_RATES, q, q), rule_support=whole(q, q))

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """All of it, to be kept."""
        return {"named": self.named, "through": np.array(self.through), **self.tables._asdict()}

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Memory:
        """What such columns hold."""
        found = cls.__new__(cls)
        found.named, found.through = columns["named"], int(columns["through"])
        found.tables = Tables(**{name: columns[name] for name in Tables._fields})
        return found

    def learn(self, facts: NDArray[np.int32], day: int) -> None:
        """Add the facts (asker, question, answer) of one day, later than all that is known; each once, both ways."""
        self._make_room(len(facts))
        asker, question, answer = (np.ascontiguousarray(column) for column in facts.T)
        learn_day(self.tables, asker, question, answer, day, self.named, np.unique(asker))
        self.through = day

    def _make_room(self, more: int) -> None:
        """Make every table large enough for so many more entries."""
        changed: dict[str, NDArray[Any]] = {}
        for place, (name, fields) in enumerate(_TABLES.items()):
            room = len(getattr(self.tables, fields[0]))
            wanted = room
            while wanted < self.tables.size[place] + more:
                wanted *= 2
            if wanted == room:
                continue
            for field in fields:
                old = getattr(self.tables, field)
                changed[field] = np.zeros((wanted, *old.shape[1:]), old.dtype)
                changed[field][:room] = old
            if name != "event":
                keys, places = np.full(2 * wanted, -1, np.int64), np.zeros(2 * wanted, np.int32)
                rehash(getattr(self.tables, f"{name}_keys"), getattr(self.tables, f"{name}_places"), keys, places)
                changed[f"{name}_keys"], changed[f"{name}_places"] = keys, places
        if changed:
            self.tables = self.tables._replace(**changed)
