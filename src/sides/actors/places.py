"""Where a capital is only a place: "in Damascus", "flew to Ankara", but not "with Damascus" or "Damascus said"."""

from __future__ import annotations

from sides.actors.surface import Surface
from sides.actors.wordlists import Wordlists

PLACE_PREPOSITIONS = frozenset(("in", "at", "from", "near", "outside", "inside", "around", "across", "through", "via",
                                "into", "onto", "within", "throughout", "above", "over", "beyond"))
# After these a capital is a place when what they hang on is a motion or a place itself.
MOTION_PREPOSITIONS = frozenset(("to", "for", "towards", "toward"))
# After these a lone surname is the place of that name.
LOCATING = frozenset(("in", "at", "near", "outside", "inside"))
OBJECTS = frozenset(("dobj", "obj"))
DATELINE_TOKENS = 8
DATELINE_ENDS = frozenset((",", "-", "–", "—", "("))
# Nouns whose "in" or "of" still means the government: "the government in Damascus", "the rulers of Baghdad".
RULERS = frozenset(("government", "regime", "leadership", "authority", "leader", "ruler", "cabinet", "junta",
                    "official", "power", "administration", "politician", "policymaker", "decision-maker", "general",
                    "diplomat", "minister", "elite", "establishment", "army", "military", "ministry", "parliament",
                    "police", "court", "officer"))


def is_place(surface: Surface, lists: Wordlists, index: int) -> bool:
    """Whether the capital headed by this token is meant as a place."""
    if is_dateline(surface, index):
        return True
    head = surface.head[index]
    dep = surface.dep[index]
    while dep == "conj" and head != index:
        index, head, dep = head, surface.head[head], surface.dep[head]
    if dep == "pobj":
        preposition, governor = surface.lower[head], surface.head[head]
        if preposition in PLACE_PREPOSITIONS:
            return surface.lemma[governor] not in RULERS and surface.lemma[max(head - 1, 0)] not in RULERS
        return preposition in MOTION_PREPOSITIONS and surface.lemma[governor] in lists.verbs["motion"]
    if dep in OBJECTS:
        return surface.lemma[head] in lists.verbs["motion"]
    if dep in ("npadvmod", "appos") and surface.sentence[index] == surface.sentence[head]:
        return dep == "npadvmod" and surface.pos[head] != "VERB"
    if dep in ("compound", "nmod"):
        return surface.lemma[head] in lists.not_actors
    return False


def is_located(surface: Surface, begin: int, end: int) -> bool:
    """Whether a name of one word that persons bear is a place here: "at Sabra", "in Mendoza", but not "in Assad's"."""
    return (end - begin == 1 and begin > 0 and surface.lower[begin - 1] in LOCATING and surface.dep[begin] == "pobj"
            and surface.head[begin] == begin - 1 and surface.text[begin] not in surface.text[:begin - 1]
            and (end >= surface.size or surface.tag[end] != "POS"))


def is_dateline(surface: Surface, index: int) -> bool:
    """Whether a name in capitals opens a line as the place it was sent from: "ADDIS ABABA, 3 May -"."""
    if not surface.text[index].isupper() or not all(
            text.isupper() or not text.isalnum() for text in surface.text[surface.sentence_begin[index]:index]):
        return False
    after = surface.text[index + 1:index + DATELINE_TOKENS]
    return bool(DATELINE_ENDS & set(after)) and any(
        text in DATELINE_ENDS - {","} or any(letter.isdigit() for letter in text) for text in after)
