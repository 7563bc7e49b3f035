"""The reason of a claim: what the text gives as its cause, its aim, its condition or what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonKind(StrEnum):
    """How a reason bears on what is claimed."""

    CAUSE = "cause"  # because of it: "after the attack", "over oil", "angered by the vote"
    AIM = "aim"  # for it: "to end the war", "in a bid to"
    CONDITION = "condition"  # if it: "unless they leave", "in exchange for prisoners"
    OBSTACLE = "obstacle"  # in spite of it, or hindered by it: "despite the truce", "hampered by distrust"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A stretch of the document's text that gives a reason, with the words that make it one.

    >>> Reason(kind=ReasonKind.CAUSE, begin_char=4, end_char=17, text="over the vote").text
    'over the vote'
    """

    begin_char: int  # into the document's text
    end_char: int
    kind: ReasonKind
    text: str
