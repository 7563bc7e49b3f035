import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.claims.modality import Modalities, over
from sides.model.claim_type import Modality

from .sentences import parsed, word

MODALITIES = Modalities.load()
READINGS = [
    # sentence, the word asked, how it is put
    ("Russia attacked Ukraine.", "attacked", "asserted"),
    ("Russia did not attack Ukraine.", "attack", "negated"),
    ("Neither Iran nor Syria attacked Israel.", "attacked", "negated"),
    ("France no longer supports Israel.", "supports", "negated"),
    ("Russia denied attacking Ukraine.", "attacking", "negated"),
    ("Russia denied attacking Ukraine.", "denied", "asserted"),
    ("Iran failed to attack Israel.", "attack", "negated"),
    ("Iran forgot to inform Syria.", "inform", "negated"),
    ("Meshaal refused to meet Haniyeh and left Syria.", "meet", "negated"),
    ("Turkey prevented Iran from attacking Israel.", "attacking", "negated"),
    ("France stopped supporting Israel in 2015.", "supporting", "negated"),
    ("Hamas left Syria without thanking Iran.", "thanking", "negated"),
    ("There is no public evidence that Iran attacked Israel.", "attacked", "negated"),
    ("France is unlikely to support Israel.", "support", "negated"),
    ("Meshaal said Hamas would not return to Syria.", "return", "negated"),
    ("Russia may attack Ukraine.", "attack", "possible"),
    ("Hamas reportedly met Syria.", "met", "possible"),
    ("Iran is reported to have attacked Israel.", "attacked", "possible"),
    ("It is possible that Iran will attack Israel.", "attack", "possible"),
    ("Egypt will meet Hamas next week.", "meet", "planned"),
    ("Hamas plans to reopen its office in Syria.", "reopen", "planned"),
    ("Hamas and Syria agreed to restore relations.", "restore", "planned"),
    ("Meshaal urged Egypt to open the border.", "open", "demanded"),
    ("Meshaal urged Egypt to open the border.", "urged", "asserted"),
    ("Turkey called for talks between Iran and Israel.", "talks", "demanded"),
    ("Analysts expect France to support Israel.", "support", "forecast"),
    ("If Russia attacks Ukraine, France will support Ukraine.", "attacks", "conditional"),
    ("If Russia attacks Ukraine, France will support Ukraine.", "support", "conditional"),
    ("Should Iran attack, Israel would respond.", "attack", "conditional"),
    ("Iran would have attacked Israel.", "attacked", "conditional"),
]


@pytest.mark.parametrize(("text", "asked", "expected"), READINGS)
def test_a_word_is_put_as_what_it_hangs_on_puts_it(text: str, asked: str, expected: str) -> None:
    assert MODALITIES.of(word(parsed(text), asked)).value == expected


@pytest.mark.parametrize(("text", "asked"), [
    ("Iran managed to attack Israel.", "attack"), ("Iran never failed to support Syria.", "support"),
    ("Iran sent troops to help Syria.", "help"), ("Meshaal refused to meet Haniyeh and left Syria.", "left"),
    ("Israel did not only attack Syria but also bombed Iran.", "attack"),
    ("Turkey accused Iran of arming Hamas.", "arming"), ("Ukraine said that Russia attacked Poland.", "attacked"),
    ("Egypt did not condemn the attack on Israel.", "attack"),
    ("Egypt never met Haniyeh, who praised Iran.", "praised"),
])
def test_what_happened_is_asserted_however_it_is_told(text: str, asked: str) -> None:
    assert MODALITIES.of(word(parsed(text), asked)) is Modality.ASSERTED


def test_to_deny_a_denial_asserts_little() -> None:
    assert MODALITIES.of(word(parsed("Russia did not deny attacking Ukraine."), "attacking")) is Modality.POSSIBLE


@pytest.mark.parametrize(("text", "asked"), [
    ("Turkey used to support Hamas.", "support"), ("France no longer supports Israel.", "supports"),
    ("Turkey, once a friend of Syria, now opposes Iran.", "friend"), ("Syria is a former ally of Hamas.", "ally"),
])
def test_what_is_over_is_lapsed(text: str, asked: str) -> None:
    assert MODALITIES.is_lapsed(word(parsed(text), asked))


@pytest.mark.parametrize(("text", "asked"), [
    ("Turkey supports Hamas.", "supports"), ("Turkey, once a friend of Syria, now opposes Iran.", "opposes"),
    ("Hamas is once again close to Syria.", "close"),
])
def test_what_holds_has_not_lapsed(text: str, asked: str) -> None:
    assert not MODALITIES.is_lapsed(word(parsed(text), asked))


modalities = st.sampled_from(list(Modality))


@given(modalities)
def test_an_assertion_leaves_every_reading_as_it_is(reading: Modality) -> None:
    assert over(Modality.ASSERTED, reading) is reading
    assert over(reading, Modality.ASSERTED) is reading


@given(modalities)
def test_what_hangs_on_a_condition_is_conditional(reading: Modality) -> None:
    assert over(Modality.CONDITIONAL, reading) is Modality.CONDITIONAL


@given(modalities)
def test_nothing_becomes_a_plain_assertion_but_by_two_negations(reading: Modality) -> None:
    for effect in Modality:
        if over(effect, reading) is Modality.ASSERTED:
            assert effect is reading
            assert effect in {Modality.ASSERTED, Modality.NEGATED}


def test_a_hedge_on_a_forecast_is_a_forecast() -> None:
    assert over(Modality.POSSIBLE, Modality.FORECAST) is Modality.FORECAST


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([text.split()[0] for text, _, _ in READINGS] + [
    "not", "if", "would", "to", "“", "”", '"', ":", ";", "said", "denied", "\n\n", "in 2012", "no", "-", "😀"]),
    min_size=1, max_size=14).map(" ".join))
def test_any_text_has_a_modality(text: str) -> None:
    for token in parsed(text).doc:
        assert MODALITIES.of(token) in Modality
        assert MODALITIES.is_lapsed(token) in {True, False}
