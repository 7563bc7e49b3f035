"""How well each piece of evidence agrees with all the rest about its dyad, left out one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sides.ties.evidence import Evidence
from sides.ties.field import field_of
from sides.ties.inference import infer
from sides.ties.parameters import Parameters, shipped
from sides.ties.signals import Signals, month_of, signals
from sides.ties.tie import LEAD

# So many claims are left out at once: it bounds the memory.
PART = 400


@dataclass(frozen=True, slots=True)
class Support:
    """How likely a piece of evidence is by what all the rest says of its months.

    `log_ratio`: the logarithm of how much likelier it is than if all five states were alike; below 0 it stands against
    the rest. This is its log predictive likelihood under the states without it, less what that would be if nothing were
    known.
    """

    evidence: Evidence
    log_ratio: float
    weight: float  # in the model: by modality, speaker, confidence, and what the same document says again

    @property
    def against(self) -> float:
        """How much weight stands against the rest; 0 where it agrees."""
        return max(0.0, -self.log_ratio) * self.weight


def supports(evidence: Sequence[Evidence], mediation: Sequence[Evidence],
             parameters: Parameters | None = None) -> list[Support]:
    """The support of each piece of evidence of a dyad, in the order given.

    What weighs nothing, and what is alone, has no support to speak of: it is left out.
    """
    numbers = parameters or shipped()
    listed = [*evidence, *mediation]
    if len(listed) < 2:
        return []
    rows = signals(evidence, mediation, parties(evidence), numbers)
    begin = max(min(month_of(one.date.first) for one in listed) - LEAD, 12)
    months = max(month_of(max(one.date.last, one.document.published.last)) for one in listed) - begin + 1
    whole = field_of(rows, begin, months, 1, numbers)
    logs = np.where(rows.is_denied[:, None], numbers.denial[rows.type, rows.sign + 1],
                    numbers.evidence[rows.type, rows.sign + 1])
    likely = np.exp(logs)
    found: list[Support] = []
    for start in range(0, len(rows), PART):
        chosen = np.arange(start, min(start + PART, len(rows)))
        alone = field_of(apart(rows.taken(chosen)), begin, months, len(chosen), numbers)
        rest = infer(whole.less(alone), numbers, with_path=False).shares
        total = alone.volume.sum(0)
        share = np.einsum("tn,tsn->ns", alone.volume, rest) / np.where(total > 0, total, 1)[:, None]
        ratio = np.log((share * likely[chosen]).sum(1) / likely[chosen].mean(1), where=total > 0,
                       out=np.zeros(len(chosen)))
        found += [Support(listed[row], float(ratio[place]), float(rows.weight[row]))
                  for place, row in enumerate(chosen) if total[place] > 0]
    return found


def parties(evidence: Sequence[Evidence]) -> frozenset[str]:
    """All who act, or are acted on, in some evidence about a dyad."""
    return frozenset(actor for one in evidence for actor in (one.claim.source, one.claim.target))


def apart(rows: Signals) -> Signals:
    """Rows as if each were of a dyad of its own, in their order."""
    columns = {name: getattr(rows, name) for name in Signals.__dataclass_fields__}
    return Signals(**{**columns, "dyad": np.arange(len(rows), dtype=np.int32)})
