"""The checks that a model's claim has to stand: what it says must stand in the text, and be about its actors.

What a claim finally says of time, speaker, reasons and amounts is read by our own code at the word that carries it; of
modality the model's word is only held against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.clauses import SUBJECTS
from sides.claims.grammar.circumstances import Circumstances
from sides.claims.grammar.phrases import Filler, Route
from sides.claims.grammar.proposals import Proposal
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.windows import mentions_of
from sides.claims.llm.cues import Cue, Cues, is_of_type
from sides.claims.llm.passages import BEFORE, Passage
from sides.claims.llm.quoting import stands_at
from sides.claims.llm.schema import Said
from sides.claims.modality import Modalities
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Modality
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sides.model.actor import Mention

# Words before a verb that leave it an order: "please report", "and now say".
POLITE = frozenset({"please", "kindly", "now", "then", "and", "so", "instead", "also", "just"})
VERBAL = frozenset({"VERB", "AUX"})
PATTERN = "llm"
DEEPEST = 40


class Verifier:
    """Checks what a model says of one document, and makes claims of it."""

    def __init__(self, grammar: GrammarReader, parsed: Parsed, resolution: Resolution, considered: Sequence[Claim],
                 around: Circumstances) -> None:
        self._grammar, self._parsed, self._resolution, self._around = grammar, parsed, resolution, around
        self._cues = Cues(grammar.lexicon, resolution, considered)
        self._modalities = Modalities.load()
        self._sentences = {sentence.start_char: sentence for sentence in parsed.doc.sents}

    def claim(self, said: Said, passage: Passage) -> Claim | str:
        """The claim that is said of a passage, or which check it does not stand: one of `tally.REASONS`."""
        shown = next((one for one in passage.sentences if one.number == said.sentence and one.is_marked), None)
        if shown is None:
            return "sentence"
        text = self._parsed.document.text
        place = stands_at(said.quote, text, shown.begin_char, shown.end_char)
        if place is None:
            return "quote"
        parties = [said.source, said.target, *([said.third] if said.third and said.type is ClaimType.MEDIATE else [])]
        if not {one.actor.id for one in passage.cast} >= set(parties):
            return "actor"
        if len(set(parties)) < len(parties):
            return "same"
        near = self._near(passage, said.sentence)
        here = near[said.sentence]
        if any(all(party not in found for found in near.values()) for party in parties) or not (
                {said.source, said.target} & here.keys()):
            return "absent"
        sentence = self._sentences[shown.begin_char]
        cues = self._cues.of(said, sentence, *place)
        if not cues:
            return "cue"
        if self._cues.runs_back(said, sentence, *place):
            return "direction"
        claim = self._made(said, cues[0], near)
        if self._is_told_to(cues[0].trigger[0], claim):
            return "told"
        if mood(said.modality) != mood(claim.modality):
            return "mood"
        return replace(claim, begin_char=place[0], end_char=place[1], quote=text[place[0]:place[1]])

    def _near(self, passage: Passage, number: int) -> dict[int, dict[str, list[tuple[Token, Mention]]]]:
        """The mentions in a sentence of a passage and in those around it, by sentence and actor."""
        found: dict[int, dict[str, list[tuple[Token, Mention]]]] = {}
        for one in passage.sentences:
            if abs(one.number - number) <= BEFORE:
                by_actor: dict[str, list[tuple[Token, Mention]]] = {}
                for token, mention in mentions_of(self._sentences[one.begin_char], self._resolution):
                    by_actor.setdefault(mention.actor, []).append((token, mention))
                found[one.number] = by_actor
        return found

    def _made(self, said: Said, cue: Cue, near: Mapping[int, Mapping[str, list[tuple[Token, Mention]]]]) -> Claim:
        """The claim at a cue, with all that our own code reads there: what it considered, or a new one."""
        if cue.considered is not None:
            return cue.considered
        source, target = (filler(actor, cue.trigger[0], said.sentence, near) for actor in (said.source, said.target))
        third = (filler(said.third, cue.trigger[0], said.sentence, near)
                 if said.third and said.type is ClaimType.MEDIATE else None)
        sign = said.type.meaning.sign
        if cue.trial is not None and is_of_type(said.type, cue.trial):
            sign = getattr(cue.trial.entry, "sign", sign)
        return self._grammar.claim(Proposal(said.type, sign, said.layer, source, target, cue.trigger, PATTERN, third),
                                   self._around)

    def _is_told_to(self, trigger: Token, claim: Claim) -> bool:
        """Whether the text tells somebody to say it: "report that", "the summary must state that", "you know that".

        What stands in quotation marks was said by somebody, to somebody else.
        """
        if claim.modality is Modality.DEMANDED:
            return False  # an order that is reported as one: it is claimed as such
        node = trigger
        for _ in range(DEEPEST):
            if self._around.voices.is_quoted(node):
                return False
            if node.pos_ in VERBAL and (is_order(node) or (
                    node.i != trigger.i and self._modalities.of(node) is Modality.DEMANDED)):
                return True
            if node.head.i == node.i:
                return False
            node = node.head
        return False


def is_order(verb: Token) -> bool:
    """Whether a verb is an order ("report", "reader, add"), or what "you" are said to do."""
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if any(subject.lower_ == "you" for subject in subjects):
        return True
    if verb.dep_ != "ROOT" or verb.tag_ not in ("VB", "VBP") or any(
            child.dep_ in ("aux", "auxpass") and child.i < verb.i for child in verb.children):
        return False
    if subjects:  # a form that no singular has: who stands there is called upon
        return verb.tag_ == "VB" and all(subject.tag_ in ("NN", "NNP") for subject in subjects)
    return all(token.lower_ in POLITE for token in verb.doc[verb.sent.start:verb.i] if token.is_alpha)


def mood(modality: Modality) -> str:
    """Told as so, denied, or neither: what two readers of one text may not differ in.

    >>> mood(Modality.PLANNED) == mood(Modality.FORECAST), mood(Modality.NEGATED) == mood(Modality.ASSERTED)
    (True, False)
    """
    return modality.value if modality in (Modality.ASSERTED, Modality.NEGATED) else "open"


def filler(actor: str, trigger: Token, number: int,
           near: Mapping[int, Mapping[str, list[tuple[Token, Mention]]]]) -> Filler:
    """The mention of an actor that stands nearest to a word: in its sentence, else in the nearest one that has any."""
    place = min((one for one, found in near.items() if actor in found), key=lambda one: (abs(one - number), one))
    token, mention = min(near[place][actor], key=lambda pair: (abs(pair[0].i - trigger.i), pair[0].i))
    return Filler(mention, token, Route.HEAD)
