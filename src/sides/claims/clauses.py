"""What a clause shows of itself: its particle, its voice, its tense, whether it stands apart from the one around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl", "csubjpass"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def with_particle(verb: Token) -> str:
    """The verb's lemma, with its particle: "rule out"."""
    lemma = verb.lemma_.lower()
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    return f"{lemma} {particle}" if particle else lemma


def has_to(node: Token) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in node.children)


def has_mark(node: Token) -> bool:
    """Whether a clause begins with "that", or has a subject and a finite verb of its own."""
    return any(child.dep_ in {"mark", "nsubj", "nsubjpass"} for child in node.children)


def has_own_subject(node: Token) -> bool:
    """Whether the clause has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in node.children)


def is_told(node: Token) -> bool:
    """Whether the clause tells of what is or was, so that no one can plan or demand it."""
    return node.tag_ in FINITE or any(child.dep_ == "aux" and child.tag_ in FINITE for child in node.children)


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive: "is said to"."""
    return any(child.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for child in verb.children)


def is_inverted(auxiliary: Token, verb: Token) -> bool:
    """Whether the auxiliary stands before the subject of its clause, and the clause is no question."""
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    return subject is not None and auxiliary.i < subject.i and auxiliary.sent[-1].text != "?"


def is_future(verb: Token) -> bool:
    """Whether the verb looks ahead or away from the facts: "will", "would", "may"."""
    return any(child.dep_ == "aux" and child.tag_ == "MD" for child in verb.children)


def is_contrast(negation: Token) -> bool:
    """Whether "not" only opens "not only … but"."""
    following = negation.doc[negation.i + 1].lower_ if negation.i + 1 < len(negation.doc) else ""
    return following in {"only", "just", "merely", "simply", "least"}


def is_exception(noun: Token) -> bool:
    """Whether "nothing" or "no one" is followed by "but" or "except", and so denies nothing."""
    following = [token.lower_ for token in noun.doc[noun.i + 1:noun.i + 3]]
    return "but" in following[:1] or "except" in following


def shares_beginning(conjunct: Token) -> bool:
    """Whether a second verb shares the auxiliary and negation of the first: "did not attack or kill"."""
    return conjunct.tag_ == conjunct.head.tag_ and conjunct.tag_ in {"VB", "VBN", "VBG"} and not any(
        child.dep_ in SUBJECTS or (child.dep_ in {"aux", "auxpass"} and child.i < conjunct.i)
        for child in conjunct.children)


def is_apart(node: Token, head: Token) -> bool:
    """Whether a colon, semicolon or dash stands between two clauses, so that each says its own."""
    begin, end = sorted((node.i, head.i))
    return any(token.text in {":", ";", "-", "–", "—"} and token.nbor(-1).whitespace_ + token.whitespace_ != ""
               for token in node.doc[begin + 1:end])


def is_imperative(node: Token) -> bool:
    """Whether a verb opens its sentence as an order: "Let them leave"."""
    if node.tag_ != "VB" or node.dep_ != "ROOT" or has_own_subject(node):
        return False
    return not any(token.is_alpha for token in node.doc[node.sent.start:node.i])
