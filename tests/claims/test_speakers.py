import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.actors.resolution import Resolution
from sides.claims.speakers import Voices
from sides.model.claim import AUTHOR

from .sentences import parsed, resolved, word


def speaker(text: str, asked: str) -> str:
    reading = parsed(text)
    return Voices(reading, resolved(reading)).at(word(reading, asked))


@pytest.mark.parametrize(("text", "asked", "expected"), [
    ("Ukraine said that Russia attacked Poland.", "attacked", "ukraine"),
    ("Russia attacked Poland, Ukraine said.", "attacked", "ukraine"),
    ("The regime, Meshaal believes, will attack Hamas.", "attack", "khaled-meshaal"),
    ("According to Turkey, Russia attacked Ukraine.", "attacked", "turkey"),
    ("Turkey accused Iran of arming Hamas.", "arming", "turkey"),
    ("Russia denied attacking Ukraine.", "attacking", "russia"),
    ("Meshaal urged Egypt to open the border.", "open", "khaled-meshaal"),
    ("Iran's claim that Israel attacked Syria was false.", "attacked", "iran"),
    ("Reuters reported, citing an official, that Iran armed Hamas.", "armed", "an official"),
    ("Reports of a pact between Iran and Hamas were false.", "pact", "reports"),
    ("There were reports of Iran attacking Israel.", "attacking", "reports"),
    ("Sources in Hamas say that Iran armed Syria.", "armed", "sources in Hamas"),
    ("One participant told Reuters that Egypt had warned Hamas.", "warned", "one participant"),
    ("Analysts expect France to support Israel.", "support", "analysts"),
    ("Iranian officials say that Israel attacked Syria.", "attacked", "iran"),
    ("Their leader, Meshaal, said that Iran armed Syria.", "armed", "khaled-meshaal"),
    ("Haniyeh, who said that Iran armed Syria, left Egypt.", "armed", "ismail-haniyeh"),
    ("Meshaal left Syria, saying that Iran armed it.", "armed", "khaled-meshaal"),
    ("Iran was accused by Turkey of arming Hamas.", "arming", "turkey"),
])
def test_a_clause_is_his_who_is_named_for_it(text: str, asked: str, expected: str) -> None:
    assert speaker(text, asked) == expected


@pytest.mark.parametrize(("text", "asked"), [
    ("Turkey accused Iran of arming Hamas.", "accused"), ("Ukraine said that Russia attacked Poland.", "said"),
    ("Iran thanked Syria.", "thanked"), ("Iran is reported to have attacked Israel.", "attacked"),
    ("Hamas left Syria; Meshaal said that Iran was angry.", "left"),
    ("Meshaal said that Iran was angry; Hamas left Syria.", "left"),
    ("Haniyeh, who said that Iran armed Syria, left Egypt.", "left"),
    ("Iran armed Hamas, as Syria did.", "armed"),
])
def test_what_the_author_tells_is_the_authors(text: str, asked: str) -> None:
    assert speaker(text, asked) == AUTHOR


@pytest.mark.parametrize(("text", "asked", "expected"), [
    ('"Iran betrayed us," Meshaal said.', "betrayed", "khaled-meshaal"),
    ('"Iran," Meshaal said, "has betrayed Hamas."', "betrayed", "khaled-meshaal"),
    ('"Iran betrayed us," Meshaal said. "It armed Syria."', "armed", "khaled-meshaal"),
    ("Meshaal wrote: “Iran betrayed us. It armed Syria.”", "armed", "khaled-meshaal"),
    ("Meshaal: Iran betrayed us", "betrayed", "khaled-meshaal"),
    ("Meshaal spoke to reporters and said he was sad. “Iran betrayed us.”", "betrayed", "khaled-meshaal"),
])
def test_a_quotation_is_his_who_is_named_beside_it(text: str, asked: str, expected: str) -> None:
    assert speaker(text, asked) == expected


@pytest.mark.parametrize("asked", ["betrayed", "armed", "helped"])
def test_a_quotation_of_several_paragraphs_keeps_its_speaker(asked: str) -> None:
    text = "Meshaal said: “Iran betrayed us.\n\n“It armed Syria.\n\n“Egypt helped us.”\n\nHe left."
    assert speaker(text, asked) == "khaled-meshaal"


def test_after_the_quotation_the_author_speaks_again() -> None:
    assert speaker("Meshaal said: “Iran betrayed us.\n\n“It armed Syria.”\n\nHaniyeh left Egypt.", "left") == AUTHOR


def test_a_few_quoted_words_do_not_change_the_speaker() -> None:
    assert speaker("Turkey “strongly condemned” the attack on Syria.", "condemned") == AUTHOR


def test_in_his_own_words_i_is_whoever_speaks() -> None:
    assert speaker("Meshaal said: “I think that Iran betrayed us.”", "betrayed") == "khaled-meshaal"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([
    "Iran", "said", "that", "“", "”", '"', ":", ";", ",", "he", "\n\n", "according", "to", "of", "accused", "who",
    "attacked", "Syria", "reports", "'", "😀", "citing", "as", "."]), max_size=16).map(" ".join))
def test_every_word_of_any_text_has_a_voice(text: str) -> None:
    reading = parsed(text)
    for resolution in (resolved(reading), Resolution((), (), {})):
        voices = Voices(reading, resolution)
        assert all(voices.at(token) for token in reading.doc)
