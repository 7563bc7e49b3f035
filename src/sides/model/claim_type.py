"""The vocabulary of claims: types, kinds, signs, layers and modalities.

Event types are the sixteen of PLOVER (openeventdata/PLOVER, manual 0.8) and MEDIATE; ties and structure are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a claim is about: something that happens, a standing relation, or who belongs where."""

    EVENT = "event"
    TIE = "tie"
    STRUCTURE = "structure"


class Modality(StrEnum):
    """How what is described is put: as so, as not so, or as something short of either."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    POSSIBLE = "possible"
    PLANNED = "planned"
    DEMANDED = "demanded"
    FORECAST = "forecast"
    CONDITIONAL = "conditional"


class Layer(StrEnum):
    """The field on which actors act or stand toward each other."""

    DIPLOMATIC = "diplomatic"
    MILITARY = "military"
    FINANCIAL = "financial"
    SANCTUARY = "sanctuary"
    RHETORICAL = "rhetorical"
    GENERAL = "general"


class ClaimType(StrEnum):
    """What one actor is said to do to, or be toward, another."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    MEDIATE = "MEDIATE"
    ALLIANCE = "ALLIANCE"
    BACKING = "BACKING"
    FRIENDLY = "FRIENDLY"
    NEUTRAL = "NEUTRAL"
    RAPPROCHEMENT = "RAPPROCHEMENT"
    STRAINED = "STRAINED"
    SEVERED = "SEVERED"
    HOSTILE = "HOSTILE"
    MEMBER_OF = "MEMBER_OF"
    PART_OF = "PART_OF"
    LEADS = "LEADS"
    OFFICIAL_OF = "OFFICIAL_OF"
    REPRESENTS = "REPRESENTS"

    @property
    def meaning(self) -> Meaning:
        """Its kind, usual sign and layer, and whether it runs both ways."""
        return MEANINGS[self]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a type stands for where the text adds nothing to it."""

    kind: Kind
    sign: int
    layer: Layer
    is_reciprocal: bool = False


MEANINGS: dict[ClaimType, Meaning] = {
    ClaimType.AGREE: Meaning(Kind.EVENT, 1, Layer.DIPLOMATIC, True),
    ClaimType.CONSULT: Meaning(Kind.EVENT, 1, Layer.DIPLOMATIC, True),
    ClaimType.SUPPORT: Meaning(Kind.EVENT, 1, Layer.RHETORICAL),
    ClaimType.CONCEDE: Meaning(Kind.EVENT, 1, Layer.DIPLOMATIC),
    ClaimType.COOPERATE: Meaning(Kind.EVENT, 1, Layer.GENERAL, True),
    ClaimType.AID: Meaning(Kind.EVENT, 1, Layer.FINANCIAL),
    ClaimType.RETREAT: Meaning(Kind.EVENT, 1, Layer.MILITARY),
    ClaimType.REQUEST: Meaning(Kind.EVENT, 0, Layer.DIPLOMATIC),
    ClaimType.ACCUSE: Meaning(Kind.EVENT, -1, Layer.RHETORICAL),
    ClaimType.REJECT: Meaning(Kind.EVENT, -1, Layer.DIPLOMATIC),
    ClaimType.THREATEN: Meaning(Kind.EVENT, -1, Layer.RHETORICAL),
    ClaimType.PROTEST: Meaning(Kind.EVENT, -1, Layer.RHETORICAL),
    ClaimType.SANCTION: Meaning(Kind.EVENT, -1, Layer.DIPLOMATIC),
    ClaimType.MOBILIZE: Meaning(Kind.EVENT, -1, Layer.MILITARY),
    ClaimType.COERCE: Meaning(Kind.EVENT, -1, Layer.MILITARY),
    ClaimType.ASSAULT: Meaning(Kind.EVENT, -1, Layer.MILITARY),
    ClaimType.MEDIATE: Meaning(Kind.EVENT, 1, Layer.DIPLOMATIC),
    ClaimType.ALLIANCE: Meaning(Kind.TIE, 1, Layer.GENERAL, True),
    ClaimType.BACKING: Meaning(Kind.TIE, 1, Layer.GENERAL),
    ClaimType.FRIENDLY: Meaning(Kind.TIE, 1, Layer.GENERAL, True),
    ClaimType.NEUTRAL: Meaning(Kind.TIE, 0, Layer.GENERAL, True),
    ClaimType.RAPPROCHEMENT: Meaning(Kind.TIE, 1, Layer.DIPLOMATIC, True),
    ClaimType.STRAINED: Meaning(Kind.TIE, -1, Layer.DIPLOMATIC, True),
    ClaimType.SEVERED: Meaning(Kind.TIE, -1, Layer.DIPLOMATIC, True),
    ClaimType.HOSTILE: Meaning(Kind.TIE, -1, Layer.GENERAL, True),
    ClaimType.MEMBER_OF: Meaning(Kind.STRUCTURE, 0, Layer.GENERAL),
    ClaimType.PART_OF: Meaning(Kind.STRUCTURE, 0, Layer.GENERAL),
    ClaimType.LEADS: Meaning(Kind.STRUCTURE, 0, Layer.GENERAL),
    ClaimType.OFFICIAL_OF: Meaning(Kind.STRUCTURE, 0, Layer.GENERAL),
    ClaimType.REPRESENTS: Meaning(Kind.STRUCTURE, 0, Layer.GENERAL),
}
