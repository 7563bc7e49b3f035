"""The way through the tree from one actor to another."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from sides.claims.learned.dependency import DEPS, chain, tree_route

from .grammar_reading import parsed


def words(text: str, *names: str) -> list[Token]:
    doc = parsed(text).doc
    return [next(token for token in doc if token.text == name) for name in names]


def test_subject_and_object_meet_at_their_verb() -> None:
    source, target, verb = words("Iran attacked Israel.", "Iran", "Israel", "attacked")
    route = tree_route(source, target)
    assert (route.top, route.up, route.down) == (verb, (source,), (target,))


def test_an_owner_meets_what_it_owns_without_a_way_down_from_it() -> None:
    source, target = words("Iran's Hezbollah attacked Israel.", "Iran", "Hezbollah")
    route = tree_route(source, target)
    assert (route.top, route.up, route.down) == (target, (source,), ())


def test_a_word_meets_itself() -> None:
    (word,) = words("Iran attacked Israel.", "Iran")
    route = tree_route(word, word)
    assert (route.top, route.up, route.down) == (word, (), ())


def test_the_way_back_is_the_way_forth_with_its_sides_changed() -> None:
    one, other = words("Iran accused the ally of Turkey of attacks on Syria.", "Turkey", "Syria")
    forth, back = tree_route(one, other), tree_route(other, one)
    assert (forth.up, forth.down, forth.top) == (back.down, back.up, back.top)
    assert len(forth.up) + len(forth.down) > 2


def test_a_chain_ends_at_the_root() -> None:
    (word,) = words("Iran said that Turkey would attack Syria.", "Syria")
    found = chain(word)
    assert found[0] == word
    assert found[-1].dep_ == "ROOT"


def test_two_sentences_have_no_way_between_them() -> None:
    one, other = words("Iran slept. Israel woke.", "Iran", "Israel")
    with pytest.raises(AssertionError, match="one root"):
        tree_route(one, other)


def test_the_labels_are_those_of_the_pipeline_each_once() -> None:
    from .grammar_reading import parser

    labels = set(parser().nlp.get_pipe("parser").labels)
    assert len(DEPS) == len(set(DEPS))
    assert labels <= set(DEPS) | {"ROOT"}
