from dataclasses import replace

import pytest

from sides.actors.resolution import Resolution
from sides.claims.grammar.confidence import CEILING, FLOOR, Confidence
from sides.claims.grammar.signs import ALWAYS, Signs
from sides.model.actor import Form
from sides.model.claim import Claim

from .grammar_reading import parsed, reader, resolved


def weighed(text: str, confidence: float = 1.0, form: Form = Form.NAME) -> list[tuple[Claim, Signs]]:
    """The claims of a text with their signs, its mentions of this form and confidence."""
    read = parsed(text)
    known = resolved(read)
    heads = {token: tuple(replace(mention, confidence=confidence, form=form) for mention in found)
             for token, found in known.heads.items()}
    return [(one.claim, one.signs) for one in reader().readings(read, Resolution(known.mentions, known.actors, heads))]


def signs(text: str, confidence: float = 1.0, form: Form = Form.NAME) -> Signs:
    return weighed(text, confidence, form)[0][1]


def test_a_reading_of_mentions_in_doubt_is_less_sure() -> None:
    text = "Poland condemned Hungary."
    (sure, _), (doubtful, _) = weighed(text)[0], weighed(text, confidence=0.4)[0]
    assert doubtful.confidence < sure.confidence
    assert (doubtful.source, doubtful.type) == (sure.source, sure.type)


def test_a_pronoun_is_less_sure_than_a_name() -> None:
    found = signs("Poland condemned Hungary.", form=Form.PRONOUN)
    assert found["mention pronoun"] == 2
    assert "mention pronoun" not in signs("Poland condemned Hungary.")


def test_the_signs_tell_how_a_claim_is_put_and_by_whom() -> None:
    told = signs("“Japan never attacked China,” Germany said.")
    assert {"modality negated", "quoted", "voice of another", "type ASSAULT", "pattern verb"} <= told.keys()
    plain = signs("Japan attacked China.")
    assert not {"quoted", "voice of another"} & plain.keys()


def test_actors_far_from_the_trigger_are_a_sign() -> None:
    near = signs("Japan attacked China.")
    far = signs("Japan, after long weeks of silence and of doubt, attacked China.")
    assert far["words to the actors"] > near["words to the actors"]


def test_a_trigger_with_many_readings_is_a_sign() -> None:
    assert signs("Japan thanked China, Egypt and Iraq.")["readings of the trigger"] > 1
    assert "readings of the trigger" not in signs("Japan thanked China.")


def test_the_reasons_add_up_to_the_confidence() -> None:
    model = Confidence.load()
    for claim, found in weighed("Qatar praised Egypt, and Iran's ally Syria sent arms to Hezbollah."):
        reasons = model.reasons(found)
        assert reasons[0][0] == ALWAYS
        odds = 2.718281828 ** sum(weight for _, weight in reasons)
        assert claim.confidence == pytest.approx(odds / (1 + odds), abs=0.02)


def test_a_confidence_is_never_certain() -> None:
    model = Confidence({ALWAYS: 50.0, "bad": -500.0}, 0.5, "")
    assert model.of({ALWAYS: 1.0}) == CEILING
    assert model.of({ALWAYS: 1.0, "bad": 1.0}) == FLOOR


def test_explaining_gives_the_reasons_of_each_reading() -> None:
    read = parsed("Qatar praised Egypt. Turkey condemned the noise.")
    praised, condemned = sorted(reader().explain(read, resolved(read)), key=lambda step: step.pattern == "incomplete")
    claim, = reader().read(read, resolved(read))
    assert praised.confidence == claim.confidence
    assert praised.reasons[0].startswith("always +")
    assert condemned.confidence is None and condemned.reasons == ()
