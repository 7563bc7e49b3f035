"""The quote of a claim: the shortest run of the text that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sides.claims.grammar.proposals import Proposal

if TYPE_CHECKING:
    from spacy.tokens import Token


def quote_span(proposal: Proposal, text: str) -> tuple[int, int]:
    """Offsets of the shortest run, inside the trigger's sentence, that holds the trigger and the actors named there."""
    sentence = proposal.trigger[0].sent
    first, last = sentence.start_char, sentence.end_char
    spans = [(token.idx, token.idx + len(token)) for token in proposal.trigger]
    for filler in (proposal.source, proposal.target, proposal.third):
        if filler is None or not first <= filler.token.idx < last:
            continue
        spans.append((filler.token.idx, filler.token.idx + len(filler.token)))
        mention = filler.mention
        if first <= mention.begin_char and mention.end_char <= last and (
                mention.begin_char <= filler.token.idx < mention.end_char):
            spans.append((mention.begin_char, mention.end_char))
    spans += [(token.idx, token.idx + len(token)) for word in proposal.trigger for token in completing(word)]
    begin, end = max(first, min(span[0] for span in spans)), min(last, max(span[1] for span in spans))
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end


def completing(trigger: Token) -> list[Token]:
    """Words without which a trigger reads wrong: its negation, auxiliaries and particle, and the head of its object."""
    return [child for child in trigger.children if child.dep_ in ("neg", "aux", "auxpass", "prt", "dobj")]
