"""What the encoder is shown of a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from sides.claims.learned.grammar_says import GRAMMAR_FEATURES, grammar_says
from sides.claims.learned.windows import (
    BETWEEN,
    DEP_PLACES,
    FORMS,
    KINDS,
    MOST_PIECES,
    NEAR_PATH,
    OF_SOURCE,
    OF_TARGET,
    PLACE_FEATURES,
    PLAIN,
    SHARED_SLOT,
    SLOTS,
    STEPS,
    TOP,
    TYPE_PLACES,
    TYPES,
    UNTYPED,
    Window,
    said_by,
)
from sides.model.actor import ActorKind, Form
from sides.model.claim_type import ClaimType

from .grammar_reading import parsed, reader, resolved
from .learned_reading import marked, window, windows


def pair(of: Window, source: str, target: str) -> int:
    way = of.actors.index(source), of.actors.index(target)
    return [tuple(map(int, one)) for one in of.pairs].index(way)


def held(of: Window, actor: str, text: str) -> list[str]:
    """The words of a text that an actor's pieces stand on."""
    doc = parsed(text).doc
    return [doc[int(of.tokens[place])].text for place in of.members[of.actors.index(actor)]]


def test_a_sentence_that_names_one_actor_has_no_window() -> None:
    assert list(windows().of(*marked("[[Iran|iran]] said that [[it|iran]] slept. It rained."))) == []


def test_each_sentence_with_two_actors_has_its_window() -> None:
    text = "[[Iran|iran]] met [[Iraq|iraq]]. It rained. [[Syria|syria]] slept, and [[Iran|iran]] woke."
    found = list(windows().of(*marked(text)))
    assert [one.actors for one in found] == [("iran", "iraq"), ("syria", "iran")]
    assert [one.begin_char for one in found] == [0, len("Iran met Iraq. It rained. ")]


def test_every_ordered_pair_of_actors_is_there_once() -> None:
    found = window("[[Iran|iran]], [[Iraq|iraq]] and [[Syria|syria]] met.")
    assert found.actors == ("iran", "iraq", "syria")
    assert len(found.pairs) == len({tuple(map(int, one)) for one in found.pairs}) == 6


def test_an_actors_members_are_the_pieces_of_all_its_mentions() -> None:
    found = window("[[Saudi Arabia|saudi-arabia]] said that [[its|saudi-arabia]] envoy met [[Iran|iran]].")
    assert held(found, "saudi-arabia", "Saudi Arabia said that its envoy met Iran.") == ["Saudi", "Arabia", "its"]


def test_a_mention_within_a_mention_is_left_to_its_own_actor() -> None:
    found = window("[[Turkey|turkey]] met [[[[Iran|iran]] 's old ally|hezbollah]].")
    text = "Turkey met Iran 's old ally."
    assert held(found, "iran", text) == ["Iran"]
    assert dict.fromkeys(held(found, "hezbollah", text)) == dict.fromkeys(["'s", "old", "ally"])


def test_a_mention_that_is_wholly_covered_by_others_stands_on_its_head() -> None:
    found = window("[[[[Iran|iran]]|tehran-government]] met [[Iraq|iraq]].")
    assert set(found.actors) == {"iran", "tehran-government", "iraq"}
    assert all(found.members)


def test_a_collective_belongs_to_each_of_its_members_and_to_a_slot_of_its_own() -> None:
    text = "[[Iran|iran]] met [[Iraq|iraq]], and [[both|iran,iraq]] slept."
    found = window(text)
    plain = "Iran met Iraq, and both slept."
    assert held(found, "iran", plain) == ["Iran", "both"]
    assert held(found, "iraq", plain) == ["Iraq", "both"]
    both = next(token.i for token in parsed(plain).doc if token.text == "both")
    assert set(found.traits[0, found.tokens == both]) == {SHARED_SLOT}


def test_slots_tell_the_actors_apart_and_the_kind_and_form_are_told() -> None:
    found = window("[[Iran|iran]] said that [[it|iran]] met [[Iraq|iraq]].")
    doc = parsed("Iran said that it met Iraq.").doc
    told = {doc[int(index)].text: found.traits[:3, place].tolist()
            for place, index in enumerate(found.tokens) if index >= 0}
    state = KINDS[ActorKind.STATE]
    assert told["Iran"] == [1, state, FORMS[Form.NAME]]
    assert told["it"] == [1, state, FORMS[Form.PRONOUN]]
    assert told["Iraq"] == [2, state, FORMS[Form.NAME]]
    assert told["met"] == [0, 0, 0]
    assert found.forms.tolist() == [min(FORMS[Form.NAME], FORMS[Form.PRONOUN]), FORMS[Form.NAME]]


def test_a_guess_counts_and_is_told_to_be_one() -> None:
    found = window("[[Iran|iran]] met [[them|hamas]].", guessed=("them",))
    assert found.actors == ("iran", "hamas")
    features = found.places[pair(found, "iran", "hamas")]
    assert features[-4:].tolist() == pytest.approx([0.9, 0.3, 1, 0])
    assert found.places[pair(found, "hamas", "iran")][-4:].tolist() == pytest.approx([0.3, 0.9, 0, 1])


def test_roles_say_how_each_piece_stands_to_a_pair() -> None:
    text = "On Monday Iran quickly attacked all Israel."
    found = window("On Monday [[Iran|iran]] quickly attacked all [[Israel|israel]].")
    doc = parsed(text).doc
    forth = found.roles[pair(found, "iran", "israel")]
    roles = {doc[int(index)].text: int(role) for index, role in zip(found.tokens, forth, strict=True) if index >= 0}
    assert roles["Iran"] == OF_SOURCE
    assert roles["Israel"] == OF_TARGET
    assert roles["attacked"] == TOP
    assert roles["quickly"] == NEAR_PATH  # hangs on the way, and stands between
    assert roles["Monday"] == PLAIN
    back = found.roles[pair(found, "israel", "iran")]
    assert set(back[forth == OF_SOURCE]) == {OF_TARGET}
    assert BETWEEN not in roles.values() or roles["all"] in (BETWEEN, NEAR_PATH)


def test_the_steps_are_the_dependencies_from_either_side() -> None:
    found = window("[[Iran|iran]] attacked [[Israel|israel]].")
    expected = [DEP_PLACES["nsubj"], *[0] * (STEPS - 1), DEP_PLACES["dobj"], *[0] * (STEPS - 1)]
    assert found.steps[pair(found, "iran", "israel")].tolist() == expected


def test_the_lexicon_tells_the_type_of_a_word() -> None:
    found = window("[[Iran|iran]] attacked [[Israel|israel]].")
    doc = parsed("Iran attacked Israel.").doc
    by_word = {doc[int(index)].text: int(found.traits[3, place])
               for place, index in enumerate(found.tokens) if index >= 0}
    assert by_word["attacked"] == TYPE_PLACES[ClaimType.ASSAULT]
    assert by_word["Iran"] == 0
    lexicon = reader().lexicon
    assert said_by(lexicon, "attack", "NOUN") == TYPE_PLACES[ClaimType.ASSAULT]
    assert said_by(lexicon, "attack", "ADV") == said_by(lexicon, "zebra", "NOUN") == 0
    assert UNTYPED not in {0, *TYPE_PLACES.values()}


def test_features_have_their_shape_and_are_numbers() -> None:
    found = window("[[Iran|iran]], which [[it|iraq]] feared, met [[both|iran,iraq]] and [[Syria|syria]].")
    pairs, pieces = len(found.pairs), len(found.pieces)
    assert found.places.shape == (pairs, PLACE_FEATURES)
    assert found.roles.shape == (pairs, pieces)
    assert found.traits.shape == (5, pieces)
    assert np.isfinite(found.places).all()
    assert (found.places >= 0).all()
    assert (found.places <= 2).all()


def test_actors_beyond_the_slots_share_the_last_one() -> None:
    names = [f"actor{number}" for number in range(SLOTS + 6)]
    found = window(", ".join(f"[[{name.capitalize()}|{name}]]" for name in names) + " met.")
    assert len(found.actors) == SLOTS + 6
    assert found.traits[0].max() == SLOTS


def test_a_sentence_beyond_all_length_is_cut_and_so_are_the_actors_there() -> None:
    long = "[[Iran|iran]] met [[Iraq|iraq]] " + "and 1,2,3,4,5,6,7 " * 90 + "[[Syria|syria]]"
    found = list(windows().of(*marked(long)))
    assert all(len(one.pieces) <= MOST_PIECES + 2 for one in found)
    assert found[0].actors == ("iran", "iraq")


def test_a_window_is_the_same_whatever_stands_beside_its_sentence() -> None:
    alone = window("[[Iran|iran]] attacked [[Israel|israel]].")
    _, beside = windows().of(*marked(
        "[[Turkey|turkey]] met [[Syria|syria]]. [[Iran|iran]] attacked [[Israel|israel]]."))
    for name in ("pieces", "traits", "roles", "steps", "places", "pairs", "kinds", "forms"):
        assert (getattr(alone, name) == getattr(beside, name)).all(), name


def test_what_the_grammar_says_of_a_pair_is_told_both_ways() -> None:
    read = parsed("Turkey accused Israel.")
    resolution = resolved(read)
    (found,) = windows().of(read, resolution)
    (weighed,) = reader().readings(read, resolution)
    says = grammar_says(found, read, [weighed])
    assert says.shape == (2, GRAMMAR_FEATURES)
    forth, back = says[pair(found, "turkey", "israel")], says[pair(found, "israel", "turkey")]
    assert forth[TYPE_PLACES[ClaimType.ACCUSE] - 1] == pytest.approx(weighed.claim.confidence)
    assert forth[-1] == 1
    assert back[-2] == pytest.approx(weighed.claim.confidence)
    assert back[:len(TYPES)].max() == 0
    assert grammar_says(found, read, []).max() == 0
