"""Who is who in a document, from names to pronouns; and what holds of any text."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.model.actor import ActorKind, Form
from tests.actors.resolving import at, named, parsed, resolve, resolver, who

TEXT = ("Hamas officials met Syrian President Bashar al-Assad in Damascus. He thanked the movement. The Syrian army, "
        "which Masoud Barzani of the Sadrist Reform Front (SRF) had criticised, withdrew. Barzani said: \"We will not "
        "fight.\" The SRF and Iran agreed. Both sides welcomed it.")


def test_states_movements_and_persons_are_named():
    resolution = resolve("Iran and Hezbollah thanked Vladimir Putin.")
    assert [mention.actor for mention in resolution.mentions] == ["iran", "hezbollah", "vladimir-putin"]


def test_a_mention_is_the_text_it_stands_on():
    resolution = resolve(TEXT)
    assert resolution.mentions
    for mention in resolution.mentions:
        assert TEXT[mention.begin_char:mention.end_char] == mention.text


def test_mentions_are_sorted_and_every_actor_is_listed():
    resolution = resolve(TEXT)
    places = [(mention.begin_char, mention.end_char, mention.actor) for mention in resolution.mentions]
    assert places == sorted(places)
    assert [actor.id for actor in resolution.actors] == sorted({mention.actor for mention in resolution.mentions})


def test_each_mention_tells_its_step_and_how_often_that_step_is_right():
    for mention in resolve(TEXT).mentions:
        assert mention.how in resolver().lists.steps
        assert 0 < mention.confidence <= 1


def test_the_head_of_a_phrase_leads_to_its_actor():
    assert at("Senior Hamas officials criticised Iran.", "officials") == ["hamas"]
    assert at("Senior Hamas officials criticised Iran.", "Iran") == ["iran"]


def test_each_member_of_a_list_has_its_own_head():
    assert at("Haniyeh thanked Iran, Hezbollah and Syria.", "Syria") == ["syria"]
    assert at("Haniyeh thanked Iran, Hezbollah and Syria.", "Hezbollah") == ["hezbollah"]


def test_a_demonym_before_a_deed_is_the_state():
    assert at("It condemned the Israeli attacks on Syria.", "Israeli") == ["israel"]


def test_a_definite_plural_of_a_demonym_is_the_state_and_a_bare_one_its_people():
    text = "Turkey and Israel talked. The Americans bombed the base. Iran warned. Many Syrians fled to Jordan."
    assert who(text, "Americans") == ["united-states"]
    [mention] = named(resolve(text), "Syrians")
    assert mention.actor != "syria"
    assert mention.form is Form.DEMONYM


def test_two_demonyms_in_a_row_are_one_people():
    assert at("The Swedish Kurds denounced the deal with Turkey.", "Kurds") == ["swedish-kurds"]


def test_named_wars_cities_and_treaties_are_nobody():
    for text in ("The Sword of Jerusalem battle lasted long.", "It was signed at the Camp David Accords.",
                 "They left Gaza City for good."):
        assert all(mention.form is Form.PRONOUN or mention.actor in ("palestine", "gaza-strip")
                   for mention in resolve(text).mentions), resolve(text).mentions


def test_an_actor_that_no_list_knows_is_provisional():
    resolution = resolve("Zoltan Qwertman, a Syrian lawyer, met Iran's envoy.")
    actor = resolution.actor("zoltan-qwertman")
    assert actor is not None
    assert actor.is_provisional
    assert actor.kind is ActorKind.PERSON
    assert actor.country == "syria"
    assert actor.description == "a Syrian lawyer"


def test_an_empty_text_has_no_mentions():
    resolution = resolve("")
    assert (resolution.mentions, resolution.actors, dict(resolution.heads)) == ((), (), {})


def test_an_aside_is_not_read():
    from sides.model.dates import PartialDate
    from sides.model.document import Aside, AsideReason, Document
    from tests.actors.resolving import parser
    text = "Iran spoke.\n\nSubscribe to Hezbollah Weekly."
    document = Document(text=text, name="x", published=PartialDate(2022), published_from="option",
                        asides=(Aside(13, len(text), AsideReason.SUBSCRIPTION),))
    resolution = resolver().resolve(next(iter(parser().parse([document]))))
    assert [mention.actor for mention in resolution.mentions] == ["iran"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_no_text_is_too_strange(text):
    resolution = resolve(text)
    for mention in resolution.mentions:
        assert text[mention.begin_char:mention.end_char] == mention.text


WORDS = ["Hamas", "the", "Syrian", "president", "Mr", "Putin", "(", ")", "UN", "of", "and", "said", ",", ".", "\"",
         "he", "its", "both", "countries", "Kim", "-", "led", "Front", "for", "who", "'s", "\n", "\n\n", "Damascus",
         "in", "army"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_no_heap_of_names_and_marks_is_too_strange(words):
    text = " ".join(words)
    resolution = resolve(text)
    known = {actor.id for actor in resolution.actors}
    for mention in resolution.mentions:
        assert text[mention.begin_char:mention.end_char] == mention.text
        assert mention.actor in known
    length = len(parsed(text).doc)
    assert all(0 <= index < length for index in resolution.heads)


def test_resolving_twice_gives_the_same():
    assert resolve(TEXT) == resolve(TEXT)


def test_no_hash_seed_changes_the_outcome():
    program = ("from tests.actors.resolving import resolve\nfrom tests.actors.test_resolver import TEXT\n"
               "resolution = resolve(TEXT)\nprint(resolution.mentions, resolution.actors, resolution.heads)")
    root = Path(__file__).parents[2]
    outcomes = {
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=root,
                       env={**os.environ, "PYTHONHASHSEED": seed,
                            "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}).stdout
        for seed in ("1", "2")}
    assert len(outcomes) == 1


def test_most_aliases_of_the_seeds_are_known():
    gold = Path(__file__).parents[2].parent / "shared" / "gold" / "actors.jsonl"
    if not gold.exists():
        pytest.skip("the seeds are not here")
    import json
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    chosen = ("iran", "syria", "hamas", "hezbollah", "israel")
    wanted = {row["id"]: row["aliases"] for row in rows if row["id"] in chosen}
    right = total = 0
    for actor, aliases in wanted.items():
        for alias in aliases:
            if alias[0].isupper() or "officials" in alias or "regime" in alias:
                total += 1
                text = f"Turkey, Syria and Iran talked. Yesterday {alias} criticised Qatar."
                right += any(mention.actor == actor and mention.begin_char > 38 for mention in resolve(text).mentions)
    assert right / total > 0.7
