"""From a reading that lacks an actor to what is kept of it: like a claim, with nobody in the place of the other one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sides.claims.dating import Dating
from sides.claims.grammar.patterns import phrase
from sides.claims.grammar.proposals import Half
from sides.claims.grammar.quotes import quote_span
from sides.claims.modality import Modalities
from sides.claims.speakers import Voices
from sides.model.claim_type import Modality
from sides.model.incomplete import Incomplete

if TYPE_CHECKING:
    from sides.parsing.pipeline import Parsed


def incompletes(halves: Iterable[Half], parsed: Parsed, voices: Voices, modalities: Modalities, dating: Dating,
                held: frozenset[Modality], reader: tuple[str, str]) -> list[Incomplete]:
    """What the halves of a document come to, by offset, each once. `reader`: name and version."""
    text = parsed.document.text
    found: dict[str, Incomplete] = {}
    for half in halves:
        proposal, word = half.proposal, half.proposal.trigger[0]
        begin, end = quote_span(proposal, text)
        modality = modalities.of(word)
        start, stop, dated_from = dating.at(word, is_planned=modality in held)
        if proposal.is_denied and modality is Modality.NEGATED:
            modality = Modality.ASSERTED
        actor = proposal.source.mention.actor
        one = Incomplete(
            document=parsed.document.id, begin_char=begin, end_char=end, quote=text[begin:end],
            source=None if half.missing == "source" else actor, target=None if half.missing == "target" else actor,
            type=proposal.type, sign=proposal.sign, layer=proposal.layer, speaker=voices.at(word), modality=modality,
            start=start, end=stop, dated_from=dated_from, reader=reader[0], reader_version=reader[1],
            trigger=phrase(proposal.trigger), actor_text=proposal.source.mention.text)
        found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (one.begin_char, one.end_char, one.id))
