"""What a text is about."""

from sides.actors.topics import dominant_pair, dominant_state
from tests.actors.resolving import draft


def test_a_text_without_states_is_about_none():
    assert dominant_state(draft("Nothing happened.")) is None
    assert dominant_pair(draft("Nothing happened.")) is None
