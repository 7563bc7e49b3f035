"""What speaks for and against an antecedent."""

from sides.actors.antecedents import kind_of
from tests.actors.resolving import lists, who


def test_a_pronoun_is_of_the_kind_that_its_model_is_called_by():
    pronouns = lists().pronouns
    assert [kind_of(pronouns[word]) for word in ("his", "hers", "itself", "them")] == ["he", "she", "it", "they"]


def test_whom_one_acts_on_is_another():
    text = "Alexander Lukashenko waited. Vladimir Putin thanked him."
    assert who(text, "him") in ([], ["alexander-lukashenko"])


def test_the_speaker_is_the_one_of_whom_a_statement_is():
    assert who("Joe Biden met Xi Jinping. Vladimir Putin said he would not come.", "he") == ["vladimir-putin"]


def test_what_its_rival_describes_is_not_the_owner():
    assert who("Iran blamed its rival, Israel.", "its") in ([], ["iran"])
