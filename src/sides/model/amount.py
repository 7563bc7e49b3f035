"""An amount that a claim is about: money, arms, people, goods or a share, from a lowest to a highest number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AmountKind(StrEnum):
    """What is counted."""

    MONEY = "money"
    ARMS = "arms"
    PEOPLE = "people"
    GOODS = "goods"
    SHARE = "share"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much or how many: "at least 40 tanks" is from 40, with no highest number.

    `unit` is the ISO 4217 code of a currency that can be told, else the word for what is counted, as a lemma:
    "tank", "soldier", "percent", "dinar".

    >>> Amount(kind=AmountKind.ARMS, low=40, high=None, unit="tank", begin_char=0, end_char=17,
    ...        text="at least 40 tanks").unit
    'tank'
    """

    begin_char: int  # into the document's text
    end_char: int
    kind: AmountKind
    low: float | None  # None: no lowest number is told, as in "up to 40"
    high: float | None  # None: no highest number is told, as in "at least 40"
    unit: str
    text: str
