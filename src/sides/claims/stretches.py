"""How far a clause or phrase reaches that gives a reason: from its first word to where the sentence goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# No reason of the development texts has more words; a parse that goes wrong may take in a whole paragraph.
LONGEST_TOKENS = 45
BREAKS = frozenset({";", ":", "—", "–", "--", "\n"})
VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
GOING_ON = frozenset({"but", "which", "who", "whose", "where", "while", "whereas", "although", "though", "according",
                      "so", "yet", "nor"})
LISTED = frozenset({"conj", "appos", "amod"})


def reach(doc: Doc, begin: int, roots: Iterable[Token], *, is_clause: bool) -> int:
    """The index behind the last word of a reason that begins at `begin` and is made up of what hangs on the roots."""
    sentence = doc[begin].sent
    last = min(sentence.end, begin + LONGEST_TOKENS, max(root.right_edge.i for root in roots) + 1)
    end = _cut(doc, begin, last, is_clause=is_clause)
    while end > begin and _is_loose(doc[end - 1]):
        if doc[end - 1].text in {")", "%"} and any(token.text == "(" for token in doc[begin:end]):
            break
        end -= 1
    is_open = sum(token.text == '"' for token in doc[begin:end]) % 2 == 1
    if is_open and end < sentence.end and doc[end].text == '"':
        end += 1
    return end


def _is_loose(token: Token) -> bool:
    """Whether a word at the end of a stretch does not belong to it: a comma, an "and"."""
    return (token.is_punct and token.text != '"') or token.is_space or token.lower_ in {"and", "but", "or"}


def trimmed(doc: Doc, begin: int, end: int) -> int:
    """The index behind the last word of a stretch, without the marks that close it."""
    while end > begin + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return end


def _cut(doc: Doc, begin: int, last: int, *, is_clause: bool) -> int:
    """Where the stretch ends at the latest: before a mark that parts clauses, or a clause that says its own."""
    is_quoted, depth = False, 0
    for place in range(begin, last):
        token = doc[place]
        if token.text == '"':
            if not is_quoted and place > begin and _closes(token):
                return place
            is_quoted = not is_quoted
        elif token.text == "(":
            depth += 1
        elif token.text == ")":
            if not depth:
                return place
            depth -= 1
        elif (token.is_space and "\n\n" in token.text) or (place > begin and not depth and (
                token.text in BREAKS or (token.text == "-" and token.nbor(-1).whitespace_) or _goes_on(
                    doc, begin, place, last, is_clause=is_clause))):
            return place
    return last


def _closes(mark: Token) -> bool:
    """Whether a quotation mark closes a quotation that was opened before."""
    return not mark.nbor(-1).whitespace_ and mark.nbor(-1).text not in {"(", '"'}


def _goes_on(doc: Doc, begin: int, place: int, last: int, *, is_clause: bool) -> bool:
    """Whether the sentence goes on with something else at a comma or conjunction."""
    token = doc[place]
    following = doc[place + 1] if place + 1 < last else None
    if token.text == ",":
        if following is None or following.lower_ in GOING_ON:
            return True
        if following.lower_ in {"and", "or"}:
            return _opens_clause(following)
        if is_clause:
            return following.dep_ in SUBJECTS and following.head.i < begin
        return not (following.dep_ in LISTED or following.head.dep_ in LISTED or following.pos_ in {
            "NOUN", "PROPN", "ADJ", "NUM"} or (following.pos_ == "DET" and following.head.dep_ in LISTED))
    return token.dep_ == "cc" and token.lower_ in {"and", "but"} and _opens_clause(token)


def _opens_clause(conjunction: Token) -> bool:
    """Whether a conjunction is followed by a clause with a subject and a verb of its own."""
    return any(child.dep_ == "conj" and child.i > conjunction.i and child.pos_ in VERBAL
               and any(part.dep_ in SUBJECTS for part in child.children) for child in conjunction.head.children)
