from tests.actors.resolving import who


def test_an_organ_of_every_state_is_found_under_the_state_that_the_text_is_about():
    text = "Kenya voted. Kenya's leaders argued in Kenya. The Supreme Court annulled the vote."
    assert who(text, "Supreme Court") == ["kenya-supreme-court"]


def test_the_state_beside_an_organ_owns_it():
    assert who("Kenya argued. The Supreme Court of Ghana ruled.", "Supreme Court of Ghana") == ["ghana-supreme-court"]
    assert who("Kenya argued. The Ghanaian Supreme Court ruled.", "Ghanaian Supreme Court") == ["ghana-supreme-court"]


def test_a_congress_is_that_of_a_state_that_has_one():
    text = "Iran and Iran's army waited. The United States spoke. But Congress refused."
    assert who(text, "Congress") == ["us-congress"]
    assert who("Iran and Iran's army waited. But Congress refused.", "Congress") == []
