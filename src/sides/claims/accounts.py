"""How a text is read by a reader of any mode, sentence by sentence: what the grammar does, and what the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sides.actors.resolution import Resolution
from sides.claims.grammar.explain import Account, Attempt, Reading
from sides.claims.grammar.explain import accounts as grammar_accounts
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.explain import Dropped, Likely, Opinion
from sides.claims.learned.reader import LearnedReader
from sides.claims.mode import Mode
from sides.model.claim import Claim
from sides.parsing.pipeline import Parsed

TAKEN_BY_NONE = "the encoder has not taken it up"


@dataclass(frozen=True, slots=True)
class Told:
    """How one sentence is read: the grammar's account with the claims that are finally made, then the encoder's."""

    account: Account
    likely: tuple[Likely, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def told(reader: GrammarReader | LearnedReader, parsed: Parsed, resolution: Resolution) -> list[Told]:
    """How each sentence of a document is read. The claims are those of `reader.read`."""
    if isinstance(reader, GrammarReader):
        return [Told(account) for account in grammar_accounts(reader, parsed, resolution)]
    opinions = reader.explain(parsed, resolution)
    claims = reader.read(parsed, resolution)
    return [of_both(account, opinions, claims, is_with_grammar=reader.name == Mode.BOTH)
            for account in grammar_accounts(reader.grammar, parsed, resolution)]


def of_both(account: Account, opinions: Sequence[Opinion], claims: Sequence[Claim], *, is_with_grammar: bool) -> Told:
    """A sentence's account with what the encoder makes of it; without what the grammar does where it is not asked."""
    sentence = range(account.begin_char, account.end_char)
    here = [opinion for opinion in opinions if opinion.begin_char in sentence]
    made = tuple(claim for claim in claims if claim.begin_char in sentence)
    if is_with_grammar:
        account = replace(account, claims=made, attempts=tuple(concluded(one, claims) for one in account.attempts),
                          others=tuple(taken_up(one, claims) for one in account.others))
    else:
        account = replace(account, claims=made, attempts=(), others=(), skipped=None, incomplete=())
    return Told(account, tuple(one for opinion in here for one in opinion.likely),
                tuple(one for opinion in here for one in opinion.dropped))


def concluded(attempt: Attempt, claims: Sequence[Claim]) -> Attempt:
    """An entry with what became of its readings in the end."""
    return replace(attempt, readings=tuple(taken_up(one, claims) for one in attempt.readings))


def taken_up(reading: Reading, claims: Sequence[Claim]) -> Reading:
    """A reading of the grammar with the claim that it became in the end, or why none came of it."""
    if reading.claim is None or reading.why is not None:
        return reading
    final = next((claim for claim in claims
                  if (claim.id, claim.modality) == (reading.claim.id, reading.claim.modality)), None)
    return replace(reading, claim=final or reading.claim, why=None if final else TAKEN_BY_NONE)
