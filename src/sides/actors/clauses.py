"""Where a token stands in its clause: its role, the coordination it belongs to, the verb that governs it."""

from __future__ import annotations

from collections.abc import Iterator

from sides.actors.surface import Surface

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
# How far a chain of heads or conjuncts is followed: parses of broken text may hold long ones.
CHAIN_MAX = 20
ROLES = {
    "nsubj": "subject", "nsubjpass": "passive", "dobj": "object", "obj": "object", "dative": "object",
    "pobj": "oblique", "agent": "oblique", "poss": "owner", "appos": "apposition", "attr": "attribute",
    "compound": "modifier", "amod": "modifier", "nmod": "modifier", "npadvmod": "modifier", "ROOT": "root",
}


def first_conjunct(surface: Surface, index: int) -> int:
    """The first token of the coordination that a token belongs to."""
    for _ in range(CHAIN_MAX):
        if surface.dep[index] != "conj" or surface.head[index] == index:
            break
        index = surface.head[index]
    return index


def governing_dep(surface: Surface, index: int) -> str:
    """The dependency of a token, or of the first of the coordination that it belongs to."""
    return surface.dep[first_conjunct(surface, index)]


def role(surface: Surface, index: int) -> str:
    """What a token is to its verb or noun: `subject`, `passive`, `object`, `oblique`, `owner` and the like."""
    return ROLES.get(governing_dep(surface, index), "other")


def ancestors(surface: Surface, index: int) -> Iterator[int]:
    """The tokens that a token hangs on, the nearest first."""
    for _ in range(CHAIN_MAX):
        head = surface.head[index]
        if head == index:
            return
        index = head
        yield index


def clause_of(surface: Surface, index: int) -> int:
    """The verb whose argument a token is, or what the sentence hangs on."""
    last = index
    for last in ancestors(surface, index):
        if surface.pos[last] in ("VERB", "AUX"):
            break
    return last


def subject_of(surface: Surface, verb: int) -> int | None:
    """The subject of a verb, or of the first verb that it is joined to: "Iran protested and closed its embassy"."""
    for _ in range(CHAIN_MAX):
        for child in surface.children[verb]:
            if surface.dep[child] in SUBJECTS:
                return child
        if surface.dep[verb] not in ("conj", "xcomp") or surface.head[verb] == verb:
            return None
        verb = surface.head[verb]
    return None
