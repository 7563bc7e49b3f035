"""What a document has spoken of so far."""

from sides.actors.discourse import Discourse, paragraphs
from sides.actors.draft import Draft
from sides.model.actor import Form
from tests.actors.resolving import draft, lists, registry, surface


def told(text: str, **names: str) -> Discourse:
    """A discourse that has read a whole text, in which these words name these actors."""
    made: Draft = draft(text)
    for word, identifier in names.items():
        actor = registry().get(identifier)
        assert actor is not None
        index = made.surface.text.index(word)
        made.name(index, index + 1, (made.enter(actor),), Form.NAME, "state-name")
    discourse = Discourse(made, lists())
    for index in range(made.surface.size):
        for spot in made.headed.get(index, ()):
            discourse.notice(spot)
        if not made.headed.get(index):
            discourse.pass_token(index)
    return discourse


def test_things_are_remembered_beside_actors():
    discourse = told("Iran signed the treaty.", Iran="iran")
    assert [(referent.actors, referent.role) for referent in discourse.recent] == [
        (("iran",), "subject"), ((), "object")]


def test_two_joined_names_are_one_referent_more():
    discourse = told("Iran and Syria met.", Iran="iran", Syria="syria")
    assert [referent.actors for referent in discourse.recent] == [("iran",), ("syria",), ("iran", "syria")]


def test_the_latest_comes_first():
    discourse = told("Iran left. Syria stayed.", Iran="iran", Syria="syria")
    assert [actor for actor, _ in discourse.latest(5)] == ["syria", "iran"]


def test_an_empty_line_parts_paragraphs():
    made = surface("Iran left.\n\nSyria stayed.")
    numbers = paragraphs(made)
    assert numbers[made.text.index("Iran")] < numbers[made.text.index("Syria")]
