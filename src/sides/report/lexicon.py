"""The lexicon at work: how a sentence is read, and which predicates are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sides.claims.accounts import Told
from sides.claims.grammar.coverage import Gap, Lack
from sides.claims.grammar.explain import Account, Attempt, Reading
from sides.model.actor import Actor, Mention
from sides.model.claim import Claim
from sides.model.incomplete import Incomplete
from sides.report.counting import counted
from sides.report.learned import dropped_line, dropped_record, likely_lines, likely_record
from sides.report.quotes import shortened

NOTHING = "—"


def try_answer(sentences: Sequence[Told], actors: Mapping[str, Actor], published: str,
               reader: str) -> RenderableType:
    """How a text is read, sentence by sentence."""
    parts = [part for one in sentences for part in _sentence(one, actors, reader)]
    claims = counted(sum(len(one.account.claims) for one in sentences), "claim")
    return Group(*parts, Text(f"{claims} by the reader {reader}, read as published {published}", style="dim"))


def _sentence(one: Told, actors: Mapping[str, Actor], reader: str) -> Iterator[RenderableType]:
    account = one.account
    yield from _heading(account, actors)
    for likely in one.likely:
        first, *others = likely_lines(likely)
        yield _under(first, style="magenta")
        yield from (_under(line, 4) for line in others)
    for dropped in one.dropped:
        yield _under(dropped_line(dropped))
    for claim in account.claims:
        yield _under(f"claim: {_claim(claim, reader)}", style="blue")
    for half in account.incomplete:
        yield _under(f"incomplete: {_incomplete(half)}")
    if not account.claims:
        yield _under("no claim")
    yield Text()


def _heading(account: Account, actors: Mapping[str, Actor]) -> Iterator[RenderableType]:
    """A sentence with its words and actors, and what the grammar makes of it."""
    yield Text(account.text, style="bold")
    yield _under("words: " + "  ".join(
        word.text if word.relation == "punct" else f"{word.text} ({word.relation})" if word.relation == "ROOT" else
        f"{word.text} ({word.relation} of {word.head})" for word in account.words), style="dim")
    for mention in account.mentions:
        yield _under(f"actor: {_mention(mention, actors)}")
    if account.skipped:
        yield _under(f"skipped: {account.skipped}", style="italic")
    for attempt in account.attempts:
        yield from _attempt(attempt)
    for reading in account.others:
        yield _under(f"“{reading.trigger}” without an entry")
        yield _under(_reading(reading), 4)


def _under(line: str, indent: int = 2, style: str = "default") -> Padding:
    return Padding(Text(line, style=style), (0, 0, 0, indent), expand=False)


def _mention(mention: Mention, actors: Mapping[str, Actor]) -> str:
    actor = actors.get(mention.actor)
    kind = f", {actor.kind}" if actor else ""
    return (f"“{mention.text}” is {mention.actor}{kind} ({mention.form}, by the step {mention.how}, "
            f"{mention.confidence:.2f})")


def _attempt(attempt: Attempt) -> Iterator[Padding]:
    yield _under(f"“{attempt.trigger}” fits {attempt.file}: {attempt.entry}, {attempt.type} {attempt.sign:+d}, "
                 f"{attempt.frame}")
    yield _under(f"source: {', '.join(attempt.sources) or NOTHING}; target: {', '.join(attempt.targets) or NOTHING}", 4,
                 style="dim")
    for reading in attempt.readings:
        yield _under(_reading(reading), 4)
    if attempt.why:
        yield _under(f"gives nothing: {attempt.why}", 4)


def _reading(reading: Reading) -> str:
    third = f", third {reading.third}" if reading.third else ""
    end = f"no claim of its own: {reading.why}" if reading.why else "a claim"
    return f"gives {reading.type}: {reading.source} to {reading.target}{third}, pattern {reading.pattern}; {end}"


def _claim(claim: Claim, reader: str) -> str:
    third = f" (with {claim.third})" if claim.third else ""
    when = f"from {claim.start or '?'} until {claim.end or '?'}" if claim.start or claim.end else "not dated"
    marked = f", from the discourse: {' and '.join(claim.inferred)}" if claim.inferred else ""
    marked += f", says {claim.restates} again" if claim.restates else ""
    by = f", by {claim.reader}" if claim.reader != reader else ""
    return (f"{claim.source} {claim.type} {claim.target}{third}{marked}, sign {claim.sign:+d}, {claim.modality}, "
            f"speaker {claim.speaker}, {when} (by: {claim.dated_from}), confidence {claim.confidence:.2f}{by}, "
            f"“{shortened(claim.quote)}”{_parts(claim)}")


def _parts(claim: Claim) -> str:
    """Its reasons and amounts."""
    parts = [(one.kind.value, one.text) for one in claim.reasons]
    parts += [(one.kind.value, one.text) for one in claim.amounts]
    return "".join(f"; {kind}: “{shortened(text)}”" for kind, text in parts)


def _incomplete(one: Incomplete) -> str:
    return (f"{one.source or '?'} {one.type} {one.target or '?'}, sign {one.sign:+d}, {one.modality}, "
            f"speaker {one.speaker}, by “{one.trigger}”: kept, and no claim")


def try_record(sentences: Sequence[Told], actors: Mapping[str, Actor], published: str,
               reader: str) -> dict[str, Any]:
    """How a text is read, as plain values for JSON."""
    return {"published": published, "reader": reader, "sentences": [{
        **_account_record(one.account, actors), "likely": [likely_record(likely) for likely in one.likely],
        "dropped": [dropped_record(dropped) for dropped in one.dropped]} for one in sentences]}


def _account_record(account: Account, actors: Mapping[str, Actor]) -> dict[str, Any]:
    return {
        "begin_char": account.begin_char, "text": account.text, "skipped": account.skipped,
        "words": [{"text": word.text, "lemma": word.lemma, "part": word.part, "relation": word.relation,
                   "head": word.head} for word in account.words],
        "mentions": [{"text": mention.text, "actor": mention.actor, "name": _name(mention.actor, actors),
                      "form": mention.form.value, "how": mention.how, "confidence": mention.confidence,
                      "begin_char": mention.begin_char, "end_char": mention.end_char} for mention in account.mentions],
        "entries": [{"trigger": one.trigger, "entry": one.entry, "file": one.file, "type": one.type, "sign": one.sign,
                     "frame": one.frame, "sources": list(one.sources), "targets": list(one.targets), "why": one.why,
                     "readings": [_reading_record(reading) for reading in one.readings]} for one in account.attempts],
        "without_entry": [_reading_record(reading) for reading in account.others],
        "claims": [_claim_record(claim) for claim in account.claims],
        "incomplete": [_incomplete_record(one) for one in account.incomplete]}


def _name(actor: str, actors: Mapping[str, Actor]) -> str:
    return actors[actor].name if actor in actors else actor


def _reading_record(reading: Reading) -> dict[str, Any]:
    return {"trigger": reading.trigger, "pattern": reading.pattern, "type": reading.type, "sign": reading.sign,
            "source": reading.source, "target": reading.target, "third": reading.third,
            "claim": reading.claim.id if reading.claim and not reading.why else None, "why": reading.why}


def _claim_record(claim: Claim) -> dict[str, Any]:
    return {"id": claim.id, "source": claim.source, "type": claim.type.value, "target": claim.target,
            "third": claim.third, "sign": claim.sign, "layer": claim.layer.value, "modality": claim.modality.value,
            "speaker": claim.speaker, "start": str(claim.start) if claim.start else None,
            "end": str(claim.end) if claim.end else None, "dated_from": claim.dated_from,
            "confidence": claim.confidence, "reader": claim.reader, "trigger": claim.trigger, "quote": claim.quote,
            "begin_char": claim.begin_char, "end_char": claim.end_char, "inferred": list(claim.inferred),
            "restates": claim.restates,
            "reasons": [{"kind": one.kind.value, "text": one.text} for one in claim.reasons],
            "amounts": [{"kind": one.kind.value, "low": one.low, "high": one.high, "unit": one.unit, "text": one.text}
                        for one in claim.amounts]}


def _incomplete_record(one: Incomplete) -> dict[str, Any]:
    return {"id": one.id, "source": one.source, "type": one.type.value, "target": one.target, "missing": one.missing,
            "sign": one.sign, "layer": one.layer.value, "modality": one.modality.value, "speaker": one.speaker,
            "start": str(one.start) if one.start else None, "end": str(one.end) if one.end else None,
            "dated_from": one.dated_from, "trigger": one.trigger, "quote": one.quote, "begin_char": one.begin_char,
            "end_char": one.end_char}


def files_answer(files: Sequence[tuple[str, Mapping[str, Sequence[str]]]]) -> RenderableType:
    """The user's own lexicon files of a ledger, the last of which goes first, with the words of each class."""
    if not files:
        return Text("The ledger is read with the lexicon that ships with sides, and with no file of your own.")
    parts: list[RenderableType] = []
    for name, classes in files:
        parts.append(Text(name, style="bold"))
        parts += [_under(f"[[{kind}]] {', '.join(words)}") for kind, words in classes.items()]
    return Group(*parts, Text(f"{counted(len(files), 'file')}, laid over the lexicon in this order", style="dim"))


def coverage_answer(lacks: Sequence[Lack], total: int, documents: int) -> RenderableType:
    """The predicates that no entry reads, each with its count and examples."""
    parts: list[RenderableType] = []
    for lack in lacks:
        known = "; listed in another place or phrase" if lack.is_known else ""
        parts.append(Text.assemble((f"{lack.count:>4}  "), (lack.predicate.words, "bold"),
                                   f"  {lack.predicate.part}, target {lack.predicate.target}, "
                                   f"in {counted(lack.documents, 'document')}{known}"))
        parts += [Padding(Text(_example(gap), style="dim"), (0, 0, 0, 6), expand=False) for gap in lack.examples]
    shown = f"{len(lacks)} of " if len(lacks) < total else ""
    return Group(*parts, Text(f"{shown}{counted(total, 'predicate')} that no entry reads, "
                              f"in {counted(documents, 'document')}", style="dim"))


def _example(gap: Gap) -> str:
    return f"“{shortened(gap.sentence)}” ({gap.source} to {gap.target}, {gap.document})"


def coverage_record(lacks: Sequence[Lack]) -> list[dict[str, Any]]:
    """The predicates that no entry reads, as plain values for JSON."""
    return [{"words": lack.predicate.words, "part": lack.predicate.part, "target": lack.predicate.target,
             "count": lack.count, "documents": lack.documents, "listed_otherwise": lack.is_known,
             "examples": [{"sentence": gap.sentence, "document": gap.document, "begin_char": gap.begin_char,
                           "source": gap.source, "target_actor": gap.target} for gap in lack.examples]}
            for lack in lacks]
