"""How a text is read, step by step: words, actors, the entries of the lexicon that fit, what each gave or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.grammar.lexicon import TIE, Entry, Office
from sides.claims.grammar.patterns import Patterns, phrase, told
from sides.claims.grammar.proposals import Proposal, Trial
from sides.claims.grammar.reader import GrammarReader
from sides.model.actor import ActorKind, Mention
from sides.model.claim import Claim
from sides.model.incomplete import Incomplete
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

OFFICES = "offices.toml"
MERGED = "a surer claim says the same"
OUTREAD = "another reading of the same words counts for these two"
# What an entry may need that is no list of objects.toml.
NEEDS = {"infinitive": "an infinitive, or a matter after for, over, into or on", "plain": "no complement or clause",
         "pledge": "something that is promised"}
Key = tuple[str, str, str, str | None, tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the place that the parse gives it."""

    text: str
    lemma: str
    part: str  # of speech
    relation: str  # to its head
    head: str  # the word that it depends on; its own text for the root


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pattern reads of two actors, and what became of it."""

    begin_char: int
    trigger: str
    pattern: str
    source: str  # the actor, and how it was reached
    target: str
    third: str | None
    type: str
    sign: int
    claim: Claim | None  # with speaker, modality and dates; None where the reading was not taken up
    why: str | None  # why no claim comes of it


@dataclass(frozen=True, slots=True)
class Attempt:
    """An entry of the lexicon that a word fits: what stands in its places, and what it gave."""

    begin_char: int
    trigger: str
    entry: str  # the words as listed, or the frame's name for an office
    file: str
    type: str
    sign: int
    frame: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    readings: tuple[Reading, ...]
    why: str | None  # why it gave nothing


@dataclass(frozen=True, slots=True)
class Account:
    """How one sentence was read."""

    begin_char: int
    end_char: int
    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    skipped: str | None  # why its words were not looked up
    attempts: tuple[Attempt, ...]
    others: tuple[Reading, ...]  # of patterns that need no entry: how names stand together, pairs named before
    claims: tuple[Claim, ...]
    incomplete: tuple[Incomplete, ...]


def accounts(reader: GrammarReader, parsed: Parsed, resolution: Resolution) -> list[Account]:
    """How each sentence of a document was read. The claims are those of `reader.read`."""
    patterns = Patterns(reader.lexicon, resolution)
    made = {key(one.proposal): (one.proposal, one.claim) for one in reader.readings(parsed, resolution)}
    claims, incomplete = reader.read_all(parsed, resolution)
    kept = {as_made(claim): claim for claim in claims}
    kinds = {actor.id: actor.kind for actor in resolution.actors}
    found = []
    for sentence in parsed.doc.sents:
        if not sentence.text.strip():
            continue
        named = patterns.named(sentence)
        trials = list(patterns.trials(sentence)) if len(named) > 1 else []
        attempts = tuple(attempt(trial, made, kept, kinds) for trial in trials)
        seen = {key(proposal) for trial in trials for proposal in trial.proposals}
        others = tuple(reading(proposal, made, kept) for place, (proposal, _) in made.items()
                       if place not in seen and is_within(proposal.trigger[0].idx, sentence))
        found.append(Account(
            sentence.start_char, sentence.end_char, sentence.text.strip(), tuple(map(word, filter(is_shown, sentence))),
            tuple(mention for mention in resolution.mentions if is_within(mention.begin_char, sentence)),
            skipped(sorted(named)), attempts, others,
            tuple(claim for claim in claims if is_within(claim.begin_char, sentence)),
            tuple(one for one in incomplete if is_within(one.begin_char, sentence))))
    return found


def skipped(named: Sequence[str]) -> str | None:
    """Why the words of a sentence that names these actors are not looked up; None if they are.

    >>> skipped([])
    'names no actor'
    """
    if not named:
        return "names no actor"
    if len(named) == 1:
        return (f"names one actor only ({named[0]}): read only for a tie or mediation between two who were named "
                "together up to two sentences before; what else it says of one actor is incomplete")
    return None


def attempt(trial: Trial, made: dict[Key, tuple[Proposal, Claim]], kept: Mapping[Claim, Claim],
            kinds: Mapping[str, ActorKind]) -> Attempt:
    """What came of an entry that a word fits."""
    entry = trial.entry
    readings = tuple(reading(proposal, made, kept) for proposal in trial.proposals)
    if isinstance(entry, Office):
        name, file, type_ = trial.trigger[-1].lemma_.lower(), OFFICES, entry.relation.value
        sign = entry.relation.meaning.sign
    else:
        name, file, type_, sign = entry.phrase, entry.file, entry.type.value if entry.type else TIE, entry.sign
    return Attempt(trial.trigger[0].idx, phrase(trial.trigger), name, file, type_, sign, frame(entry),
                   told(trial.sources), told(trial.targets), readings, None if readings else lack(trial, kinds))


def frame(entry: Entry | Office) -> str:
    """Where an entry looks for its two actors, and what it needs besides.

    >>> from sides.model.claim_type import ClaimType, Layer
    >>> frame(Entry(("call", "on"), ClaimType.REQUEST, 0, Layer.GENERAL, ("subj",), ("on", "obj")))
    'subj to on|obj'
    """
    if isinstance(entry, Office):
        return f"{'|'.join(sorted(entry.kinds))} {'|'.join(entry.prepositions)} {'|'.join(sorted(entry.of))}"
    parts = [f"{'|'.join(entry.source)} to {'|'.join(entry.target)}"]
    if entry.is_reversed:
        parts.append("the other way round")
    if entry.needs:
        parts.append(f"needs {entry.needs}")
    if entry.kinds:
        parts.append(f"the target a {'|'.join(sorted(entry.kinds))}")
    return ", ".join(parts)


def lack(trial: Trial, kinds: Mapping[str, ActorKind]) -> str:
    """Why an entry that fits reads nothing, as far as it can be told."""
    entry = trial.entry
    sources, targets = ({filler.mention.actor for filler in place} for place in (trial.sources, trial.targets))
    if not trial.suits and isinstance(entry, Entry):
        return f"its object or complement is not such as the entry needs: {needed(entry.needs or '')}"
    if not sources and not targets:
        return "no source and no target"
    if not sources:
        return "no source"
    if not targets:
        return "no target"
    if sources == targets and len(sources) == 1:
        return "source and target are the same actor"
    wanted = entry.of if isinstance(entry, Office) else entry.kinds
    if wanted and not any(kinds.get(actor) in wanted for actor in targets):
        return f"the target is no {'|'.join(sorted(wanted))}"
    if isinstance(entry, Office) and not any(kinds.get(actor) in entry.kinds for actor in sources):
        return f"the source is no {'|'.join(sorted(entry.kinds))}"
    return "the actors do not stand as the entry asks"


def needed(needs: str) -> str:
    """What an entry needs, in words.

    >>> needed("aid")
    'one of [aid] in objects.toml'
    """
    return NEEDS.get(needs, f"one of [{needs}] in objects.toml")


def reading(proposal: Proposal, made: dict[Key, tuple[Proposal, Claim]], kept: Mapping[Claim, Claim]) -> Reading:
    """A proposal with the claim that it made, or why none came of it."""
    _, claim = made.get(key(proposal), (None, None))
    third = told([proposal.third])[0] if proposal.third else None
    shown = kept.get(as_made(claim)) if claim else None
    why = OUTREAD if claim is None else MERGED if shown is None else None
    return Reading(proposal.trigger[0].idx, phrase(proposal.trigger), proposal.pattern, told([proposal.source])[0],
                   told([proposal.target])[0], third, proposal.type.value, proposal.sign, shown or claim, why)


def as_made(claim: Claim) -> Claim:
    """A claim without what it takes over from others when those that say the same are merged and tied to it."""
    return replace(claim, restates=None, reasons=(), amounts=())


def key(proposal: Proposal) -> Key:
    """What tells one proposal of a document from another."""
    third = proposal.third.mention.actor if proposal.third else None
    return (proposal.type.value, proposal.source.mention.actor, proposal.target.mention.actor, third,
            tuple(token.i for token in proposal.trigger), proposal.pattern)


def word(token: Token) -> Word:
    """A word with its place in the parse."""
    return Word(token.text, token.lemma_, token.pos_, token.dep_, token.head.text)


def is_shown(token: Token) -> bool:
    """Whether a token is more than white space."""
    return not token.is_space


def is_within(place: int, sentence: Span) -> bool:
    """Whether an offset lies in a sentence."""
    return sentence.start_char <= place < sentence.end_char
