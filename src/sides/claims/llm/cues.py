"""What in the text speaks for a claim that a model reads: a word of the lexicon, or what our own readers considered.

A cue also tells which way the claim runs, as far as the parse shows who stands on which side of the word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.frames import near
from sides.claims.grammar.lexicon import Entry, Lexicon
from sides.claims.grammar.patterns import Patterns
from sides.claims.grammar.proposals import Trial
from sides.claims.llm.schema import Said
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that can carry a claim: those of an entry, or of a claim that our own readers weighed."""

    trigger: tuple[Token, ...]
    trial: Trial | None = None
    considered: Claim | None = None


class Cues:
    """Finds the cues of one document."""

    def __init__(self, lexicon: Lexicon, resolution: Resolution, considered: Sequence[Claim]) -> None:
        self._patterns = Patterns(lexicon, resolution)
        self._considered = considered
        self._trials: dict[int, list[Trial]] = {}

    def of(self, said: Said, sentence: Span, begin_char: int, end_char: int) -> list[Cue]:
        """The cues for a claim within its quote, the best first: what was considered, then what fits best."""
        tokens = [token for token in sentence if begin_char <= token.idx and token.idx + len(token) <= end_char]
        inside = {token.i for token in tokens}
        found = [Cue((token,), considered=claim) for claim in self._of_kind(said, begin_char, end_char)
                 if is_forth(said, claim) for token in tokens if [token.text] == claim.trigger.split()[:1]]
        found.sort(key=lambda cue: -cue.considered.confidence if cue.considered else 0.0)
        listed = [trial for trial in self._fitting(said, sentence) if trial.trigger[0].i in inside]
        listed.sort(key=lambda trial: (not is_of_type(said.type, trial), -len(trial.trigger), trial.trigger[0].i))
        return [*found, *(Cue(trial.trigger, trial) for trial in listed)]

    def runs_back(self, said: Said, sentence: Span, begin_char: int, end_char: int) -> bool:
        """Whether all that the parse tells of who is on which side says that the claim runs the other way."""
        if said.type.meaning.is_reciprocal:
            return False
        ways = [is_forth(said, claim) for claim in self._of_kind(said, begin_char, end_char)]
        for trial in self._fitting(said, sentence):
            if begin_char <= trial.trigger[0].idx < end_char:
                ways += ways_of(said, trial)
        return bool(ways) and not any(ways)

    def _of_kind(self, said: Said, begin_char: int, end_char: int) -> Iterator[Claim]:
        """What our own readers considered of these two there, of this type, either way."""
        for claim in self._considered:
            if (claim.type is said.type and {claim.source, claim.target} == {said.source, said.target}
                    and claim.begin_char < end_char and begin_char < claim.end_char):
                yield claim

    def _fitting(self, said: Said, sentence: Span) -> list[Trial]:
        if sentence.start not in self._trials:
            self._trials[sentence.start] = [trial for trial in self._patterns.trials(sentence) if trial.suits]
        return [trial for trial in self._trials[sentence.start] if fits(said.type, trial)]


def types_of(trial: Trial) -> set[ClaimType | None]:
    """The types that a word may stand for; `None`: a tie whose type comes from the words around it."""
    own = trial.entry.type if isinstance(trial.entry, Entry) else trial.entry.relation
    return {own, *(proposal.type for proposal in trial.proposals)}


def is_of_type(kind: ClaimType, trial: Trial) -> bool:
    """Whether a word is listed for just this type."""
    return kind in types_of(trial)


def fits(kind: ClaimType, trial: Trial) -> bool:
    """Whether a word may say what a claim of this type says: the type itself, one of its kind near it, or any tie."""
    types = types_of(trial)
    return (kind in types or (None in types and kind.meaning.kind is Kind.TIE)
            or any(one and one.meaning.kind is kind.meaning.kind and (kind, one) in near() for one in types))


def is_forth(said: Said, claim: Claim) -> bool:
    """Whether a claim of these two runs the way that is said."""
    return (claim.source, claim.target) == (said.source, said.target) or said.type.meaning.is_reciprocal


def ways_of(said: Said, trial: Trial) -> list[bool]:
    """For each actor of a claim that stands on one side of a word only: whether that is the side that is said."""
    if trial.proposals:
        pairs = {(one.source.mention.actor, one.target.mention.actor) for one in trial.proposals}
        about = [pair for pair in pairs if set(pair) == {said.source, said.target}]
        return [pair == (said.source, said.target) for pair in sorted(about)]
    sources, targets = ({filler.mention.actor for filler in side} for side in (trial.sources, trial.targets))
    if isinstance(trial.entry, Entry) and trial.entry.is_reversed:
        sources, targets = targets, sources
    only_sources, only_targets = sources - targets, targets - sources
    return [forth for actor, own, other in ((said.source, only_sources, only_targets),
                                            (said.target, only_targets, only_sources))
            for forth, side in ((True, own), (False, other)) if actor in side]
