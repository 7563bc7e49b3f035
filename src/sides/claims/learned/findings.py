"""What comes of the encoder's verdicts on a document, before claims that say the same are merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sides.claims.grammar.reader import Weighed
from sides.claims.learned.model import Judgement
from sides.claims.learned.thresholds import Verdict
from sides.claims.learned.windows import Window
from sides.model.claim import Claim


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim that the encoder finds likely, and what is made of it."""

    verdict: Verdict
    signs: Mapping[str, float]  # what its confidence is weighed from
    looked_at: str  # the word that can carry a claim which the encoder looks at most
    reading: Weighed | None  # of the grammar, where it reads the same
    claim: Claim


@dataclass(frozen=True, slots=True)
class Hearing:
    """One window: what the grammar reads in it, how the encoder judges its pairs, and what was found."""

    window: Window
    judgement: Judgement
    readings: tuple[Weighed, ...]
    findings: tuple[Finding, ...]

    def kept(self, least: float) -> tuple[Finding, ...]:
        """The findings of this confidence or more."""
        return tuple(finding for finding in self.findings if finding.claim.confidence >= least)
