"""Runs of capitalised words, the raw stuff of names that no list knows, and the titles that stand before them."""

from __future__ import annotations

from dataclasses import dataclass

from sides.actors.surface import Surface
from sides.actors.wordlists import Wordlists

OPENS_WITH = frozenset(("PROPN", "NOUN", "ADJ", "X", "VERB", "INTJ"))
NEVER_IN_NAME = frozenset(("DET", "PRON", "ADP", "SCONJ", "CCONJ", "AUX", "PART", "PUNCT", "SPACE", "SYM"))
HYPHENS = frozenset(("-", "–"))
SYLLABLE_MAX_CHARS = 6
# Last syllables of given names that are also English words: "Moon Jae-in", "Park Sang-hak".
SYLLABLES = frozenset(("in", "on", "he", "so", "an", "me", "do", "no", "up", "ho", "a"))
LINKS = frozenset(("of", "for", "in", "to"))
# Genitives that are part of a name: "People's Front", "Farmers' Union".
GENITIVE_OWNERS = frozenset(("people", "peoples", "nation", "women", "workers", "worker", "farmers", "children",
                             "teachers", "students", "citizens", "peasants", "men", "soldiers", "veterans"))


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens from `begin` up to `end`; `core` is where its first part, before "of" or "for", ends."""

    begin: int
    end: int
    core: int


def runs(surface: Surface, lists: Wordlists) -> list[Run]:
    """The runs of a document in order. Lines set in capitals or in title case have none."""
    found = []
    index = 0
    while index < surface.size:
        if not opens(surface, lists, index):
            index += 1
            continue
        core = extent(surface, lists, index)
        end = linked(surface, lists, index, core)
        found.append(Run(index, end, core))
        index = end
    return found


def opens(surface: Surface, lists: Wordlists, index: int) -> bool:
    """Whether a name may begin at a token."""
    if not surface.capital[index] or surface.in_capitals[index] or surface.in_title_case[index]:
        return False
    if surface.pos[index] not in OPENS_WITH or not surface.text[index][0].isalpha():
        return False
    if not surface.is_sentence_start(index):
        return True
    if surface.lower[index] in lists.sentence_openers or surface.dep[index] in ("npadvmod", "advmod", "mark"):
        return False
    if surface.pos[index] == "PROPN":
        return True
    follows = index + 1
    return follows < surface.size and surface.capital[follows] and surface.pos[follows] in ("PROPN", "NOUN")


def extent(surface: Surface, lists: Wordlists, begin: int) -> int:
    """Where the unlinked run that begins at a token ends."""
    end = begin + 1
    while end < surface.size and surface.sentence[end] == surface.sentence[begin]:
        if continues(surface, end):
            end += 1
        elif end + 1 < surface.size and surface.text[end] in HYPHENS and is_tight(surface, end):
            if not (continues(surface, end + 1) or surface.lower[end - 1] in lists.particles
                    or (end - begin > 1 and is_syllable(surface, end + 1))):
                break
            end += 2
        elif is_inner_particle(surface, lists, end):
            end += 1
        elif is_date_in_name(surface, lists, end) or (
                surface.tag[end] == "POS" and owns_name(surface, end) and continues(surface, end + 1)):
            end += 2
        else:
            break
    while end > begin + 1 and ((not surface.text[end - 1][-1].isalnum() and surface.text[end - 1][-1] != ".") or (
            end > begin + 2 and surface.lower[end - 1].strip(".") in lists.postnominals)):
        end -= 1
    return end


def linked(surface: Surface, lists: Wordlists, begin: int, core: int) -> int:
    """Where a run ends once "of", "for" and "in" have been followed, for runs headed by a noun that heads names."""
    nouns = {surface.folded(index, index + 1) for index in range(begin, core)}
    if not (nouns & lists.organization_nouns.keys() or nouns & lists.not_actors):
        return core
    end = core
    while end + 1 < surface.size and surface.lower[end] in LINKS | {"and"}:
        if surface.lower[end] == "and" and (end == core or surface.lower[end + 1] == "the"):
            break
        after = end + 1
        if surface.lower[end] == "in" and surface.capital[after] and not nouns & lists.organization_nouns.keys():
            break
        while after < surface.size and surface.lower[after] == "the":
            after += 1
        if after >= surface.size or not continues(surface, after) or surface.sentence[after] != surface.sentence[begin]:
            break
        stop = extent(surface, lists, after)
        if "PERSON" in surface.entity[after:stop] and surface.lower[end] == "of":
            break
        end = stop
    return end


def continues(surface: Surface, index: int) -> bool:
    """Whether a token can be a later word of a name."""
    if index >= surface.size:
        return False
    text = surface.text[index]
    if surface.capital[index] and text[0].isalpha():
        return surface.pos[index] not in NEVER_IN_NAME or (text.istitle() and surface.tag[index] == "NNP")
    return False


def is_tight(surface: Surface, index: int) -> bool:
    """Whether no blank stands on either side of a mark."""
    return (surface.end_char[index - 1] == surface.begin_char[index]
            and surface.begin_char[index + 1] == surface.end_char[index])


def is_syllable(surface: Surface, index: int) -> bool:
    """Whether a small word after a hyphen may end a given name: "Kim Jong-un"."""
    return (surface.text[index].isalpha() and surface.text[index].islower()
            and len(surface.text[index]) <= SYLLABLE_MAX_CHARS
            and (surface.pos[index] in ("PROPN", "NOUN", "X") or surface.lower[index] in SYLLABLES)
            and surface.pos[index - 2] == "PROPN" and not surface.text[index - 2].isupper())


def is_date_in_name(surface: Surface, lists: Wordlists, index: int) -> bool:
    """Whether a number after a month is part of a name: "March 23 Movement"."""
    return (surface.text[index].isdigit() and surface.lower[index - 1] in lists.calendar and index + 1 < surface.size
            and surface.capital[index + 1] and surface.folded(index + 1, index + 2) in lists.organization_nouns)


def is_inner_particle(surface: Surface, lists: Wordlists, index: int) -> bool:
    """Whether a small word such as "al" or "bin" stands between two capitalised words."""
    after = index + 1
    if surface.lower[index] not in lists.particles or surface.lower[index] in ("e", "y", "an", "as", "at"):
        return False
    while after < surface.size and (surface.text[after] in HYPHENS or surface.lower[after] in lists.particles):
        after += 1
    return continues(surface, after)


def owns_name(surface: Surface, index: int) -> bool:
    """Whether a genitive mark is part of a name."""
    return surface.lower[index - 1] in GENITIVE_OWNERS


def titles_before(surface: Surface, lists: Wordlists, begin: int, end: int) -> tuple[int, list[str]]:
    """The titles that open a run, and where the name after them begins.

    "Prime Minister Choguel Maïga" gives "prime minister" and the place of "Choguel".
    """
    found: list[str] = []
    moved = True
    while moved and begin < end:
        moved = False
        for stop in range(min(end, begin + lists.longest_title + 1), begin, -1):
            phrase = surface.folded(begin, stop)
            if phrase in lists.titles and not (found and stop == end):  # "Mr Shah" bears a title, not two
                found.append(phrase)
                begin, moved = stop, True
                while begin < end and not surface.text[begin][0].isalnum():
                    begin += 1
                break
    return begin, found


def title_left_of(surface: Surface, lists: Wordlists, begin: int) -> str | None:
    """The title in small letters right before a name: "foreign minister Penny Wong"."""
    for start in range(max(0, begin - lists.longest_title), begin):
        phrase = surface.folded(start, begin)
        is_plain = all(surface.text[index].isalpha() or surface.text[index] in HYPHENS
                       for index in range(start, begin))
        if is_plain and phrase in lists.titles and surface.sentence[start] == surface.sentence[begin]:
            return phrase
    return None
