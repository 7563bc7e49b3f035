"""The words of a sentence on which something hangs that is said of a trigger: its own clause, and what shares it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from sides.claims.clauses import SUBJECTS, has_own_subject, has_to, is_apart

if TYPE_CHECKING:
    from spacy.tokens import Token

DEEPEST = 12
VERBAL = frozenset({"VERB", "AUX"})
COPULAS = frozenset({"be", "remain", "become", "stay", "seem", "appear"})
# From a verb down to what it is done to.
DOWN = frozenset({"dobj", "dative", "prep", "pobj", "attr", "acomp", "agent", "oprd", "prt", "advmod", "nsubjpass",
                  "xcomp"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "csubj", "pcomp", "ROOT"})


@cache
def carriers() -> frozenset[str]:
    """The verbs under which a noun names what is done: "launched an attack", "called off the talks"."""
    path = resources.files("sides") / "data" / "lexicon" / "modality.toml"
    verbs = tomllib.loads(path.read_text(encoding="utf-8"))["verbs"]
    return frozenset(word for part in ("light", "negative_object", "planned", "demanded", "negative", "transparent")
                     for word in verbs[part])


def upward(trigger: Token) -> Iterator[tuple[Token, Token | None]]:
    """The trigger and the words above it that share its clause.

    Each with the verb that begins its list of verbs below it, if it goes on from there: what such a verb is told with
    counts for the trigger only if it stands before the list or behind the trigger.
    """
    node, joined = trigger, None
    yield node, joined
    for _ in range(DEEPEST):
        head = node.head
        if head.i == node.i or not _shares(node, head, trigger):
            return
        if node.dep_ == "conj" and node.pos_ in VERBAL:
            joined = node
        yield head, joined
        node = head


def _shares(node: Token, head: Token, trigger: Token) -> bool:
    """Whether what is said of the head is said of the word below it."""
    dep = node.dep_
    if is_apart(node, head):
        return False
    if head.pos_ in VERBAL:
        lemma = head.lemma_.lower()
        if dep in {"xcomp", "aux", "auxpass"}:
            return True
        if dep in {"acomp", "attr", "oprd"}:
            return lemma in COPULAS or node.i == trigger.i
        if dep == "conj":
            return node.pos_ in VERBAL
        if dep in {"dobj", "nsubjpass"}:
            return node.pos_ not in VERBAL and lemma in carriers()
        if dep == "nsubj":
            return node.pos_ == "NOUN" and not any(child.dep_ in {"dobj", "ccomp"} for child in head.children)
        if dep in {"prep", "prt", "advmod", "npadvmod", "agent", "dative"}:
            return node.i == trigger.i or lemma in COPULAS or lemma in carriers()
        return False
    if dep in {"amod", "compound", "conj", "nmod"}:
        return True
    above = head.head
    if dep == "pcomp":  # "refrained from sending"
        return head.dep_ == "prep" and f"{above.lemma_.lower()} {head.lower_}" in carriers()
    return (dep == "pobj" and head.dep_ == "prep" and above.pos_ in VERBAL
            and above.lemma_.lower() in COPULAS | carriers())


def path(place: Token, goal: set[int]) -> set[int]:
    """The words from the head of an actor's phrase up to one of `goal`, if no clause lies between."""
    found: set[int] = set()
    node = place
    for _ in range(DEEPEST):
        if node.i in goal:
            return found
        found.add(node.i)
        if node.dep_ in CLAUSES or node.head.i == node.i:
            return set()
        node = node.head
    return set()


def downward(verb: Token) -> Iterator[Token]:
    """The objects of a verb, and what hangs on them without a clause between."""
    waiting = [(child, 1) for child in verb.children if child.dep_ in DOWN]
    while waiting:
        token, depth = waiting.pop(0)
        yield token
        if depth < DEEPEST:
            waiting += [(child, depth + 1) for child in token.children
                        if child.dep_ in DOWN or (child.dep_ == "conj" and child.pos_ not in VERBAL)]


def sharing(verb: Token) -> Iterator[Token]:
    """Verbs that go on from this one and share their object with it: "armed and trained B to"."""
    if verb.pos_ not in VERBAL or any(child.dep_ in {"dobj", "prep", "ccomp"} for child in verb.children):
        return
    for child in verb.children:
        if child.dep_ == "conj" and child.i - verb.i <= 3 and child.pos_ in VERBAL and not has_own_subject(child) \
                and not has_to(child):
            yield child


def opening(verb: Token) -> int:
    """The place of a verb or of its subject, whichever is first: what stands before it opens the sentence."""
    return min([verb.i, *(child.i for child in verb.children if child.dep_ in SUBJECTS)])
