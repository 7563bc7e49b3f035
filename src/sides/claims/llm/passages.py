"""What is sent: runs of the sentences in which a claim between two actors may stand, with a little of what is around.

The gate marks a sentence that mentions two actors or more, guesses at pronouns included, and one that mentions an actor
and a word of the lexicon whose other side it does not name ("denounced the move"). A paragraph that speaks to a
language model is not sent at all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.learned.windows import mentions_of
from sides.model.actor import Actor
from sides.model.incomplete import Incomplete
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span

# Sentences before and after a marked one that are sent with it: the window in which its actors must be named.
BEFORE, AFTER = 2, 1
# Marked sentences, with what lies between them, that are asked about at once: an answer about them stays short.
MOST_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as a model sees it: numbered within its passage, on one line."""

    number: int
    begin_char: int
    end_char: int
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """An actor of a passage, and the words that stand for it, by the number of the sentence."""

    actor: Actor
    words: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that are asked about together, and the actors that they mention."""

    sentences: tuple[Shown, ...]
    cast: tuple[Cast, ...]

    @property
    def characters(self) -> int:
        """How much of the text it shows."""
        return sum(one.end_char - one.begin_char for one in self.sentences)


@dataclass(frozen=True, slots=True)
class Gated:
    """What is to be sent of a document, and how much of it that is."""

    passages: tuple[Passage, ...]
    sentences: int
    marked: int
    withheld: int  # sentences that would be marked, of paragraphs that speak to a model
    characters: int


def gated(parsed: Parsed, resolution: Resolution, incomplete: Sequence[Incomplete]) -> Gated:
    """The passages of a document. `incomplete`: what the grammar finds said of one actor only."""
    sentences = [sentence for sentence in parsed.doc.sents if not sentence.text.isspace()]
    addressed = addressed_paragraphs(parsed.document.text)
    marked, withheld = list[int](), 0
    for place, sentence in enumerate(sentences):
        named = {mention.actor for _, mention in mentions_of(sentence, resolution)}
        is_half = any(sentence.start_char <= one.begin_char < sentence.end_char for one in incomplete)
        if len(named) > 1 or (named and is_half):
            if _is_addressed(sentence, addressed):
                withheld += 1
            else:
                marked.append(place)
    shown = {place for place, sentence in enumerate(sentences) if not _is_addressed(sentence, addressed)}
    passages = tuple(_passage(parsed, resolution, sentences, run, shown) for run in runs(marked))
    return Gated(tuple(one for one in passages if len(one.cast) > 1), len(sentences), len(marked), withheld,
                 len(parsed.document.text))


def runs(marked: Sequence[int]) -> Iterator[list[int]]:
    """Marked places in runs: those near each other together, up to `MOST_TOGETHER` places from first to last.

    >>> list(runs([1, 2, 5, 9, 10]))
    [[1, 2, 5], [9, 10]]
    """
    run: list[int] = []
    for place in marked:
        if run and (place - run[-1] > BEFORE + AFTER or place - run[0] >= MOST_TOGETHER):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _passage(parsed: Parsed, resolution: Resolution, sentences: Sequence[Span], run: Sequence[int],
             may_be_shown: set[int]) -> Passage:
    places = [place for place in range(max(0, run[0] - BEFORE), min(len(sentences), run[-1] + AFTER + 1))
              if place in may_be_shown]
    text, shown, words = parsed.document.text, list[Shown](), dict[str, dict[int, list[str]]]()
    for number, place in enumerate(places, 1):
        begin, end = sentences[place].start_char, sentences[place].end_char
        shown.append(Shown(number, begin, end, " ".join(text[begin:end].split()), place in run))
        for _, mention in mentions_of(sentences[place], resolution):
            here = words.setdefault(mention.actor, {}).setdefault(number, [])
            if mention.text not in here:
                here.append(mention.text)
    cast = tuple(Cast(actor, tuple((number, tuple(said)) for number, said in sorted(words[actor.id].items())))
                 for actor in resolution.actors if actor.id in words)
    return Passage(tuple(shown), cast)


def addressed_paragraphs(text: str) -> list[tuple[int, int]]:
    """Begin and end of the paragraphs that speak to a language model."""
    found: list[tuple[int, int]] = []
    for match in _addressing().finditer(text):
        begin = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        found.append((begin, len(text) if end < 0 else end))
    return found


def _is_addressed(sentence: Span, addressed: Sequence[tuple[int, int]]) -> bool:
    return any(begin < sentence.end_char and sentence.start_char < end for begin, end in addressed)


@cache
def _addressing() -> re.Pattern[str]:
    table = tomllib.loads((files("sides") / "data" / "llm" / "addressed.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(r"(?<!\w)" + r"\s+".join(map(re.escape, phrase.split())) + r"(?!\w)"
                               for phrase in table["phrases"]), re.IGNORECASE)
