"""Names found by text and by actor, in small tables and in large ones."""

import pytest

from sides.actors import name_index
from sides.actors.name_index import ByHash, NameIndex

ROWS = [("hamas", "Hamas"), ("hezbollah", "Hezbollah"), ("hezbollah", "Party of God"), ("other", "PARTY OF GOD")]


@pytest.fixture(params=[100_000, 0], ids=["dictionary", "hashes"])
def index(request, monkeypatch):
    monkeypatch.setattr(name_index, "DICTIONARY_MAX_NAMES", request.param)
    return NameIndex(ROWS)


def test_a_name_is_found_by_its_folded_text_whoever_bears_it(index):
    assert list(index.called("party of god")) == [2, 3]
    assert list(index.called("hamas")) == [0]
    assert list(index.called("party")) == []


def test_an_actor_has_all_its_names(index):
    assert list(index.of("hezbollah")) == [1, 2]
    assert list(index.of("nobody")) == []


def test_the_widths_of_names_after_a_first_word_are_known(index):
    assert [index.widths(word) for word in ("party", "hamas", "god")] == [(3,), (1,), ()]


def test_keys_of_one_hash_are_told_apart():
    class Key(str):
        def __hash__(self):
            return 7

    keys = [Key("a"), Key("b"), Key("a")]
    index = ByHash(keys, keys.__getitem__)
    assert (list(index.find(Key("a"))), list(index.find(Key("c")))) == ([0, 2], [])
