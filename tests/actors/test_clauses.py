"""Where words stand in their clauses."""

from sides.actors.clauses import clause_of, first_conjunct, role, subject_of
from tests.actors.resolving import surface


def test_each_of_a_coordination_has_the_role_of_the_first():
    made = surface("Iran and Syria attacked Turkey.")
    assert first_conjunct(made, made.text.index("Syria")) == made.text.index("Iran")
    assert role(made, made.text.index("Syria")) == "subject"
    assert role(made, made.text.index("Turkey")) == "object"


def test_a_second_verb_shares_the_subject_of_the_first():
    made = surface("Iran protested and closed its embassy.")
    assert subject_of(made, made.text.index("closed")) == made.text.index("Iran")


def test_an_argument_belongs_to_the_clause_of_its_verb():
    made = surface("Iran said that Syria attacked Turkey.")
    assert clause_of(made, made.text.index("Turkey")) == made.text.index("attacked")
    assert clause_of(made, made.text.index("Iran")) == made.text.index("said")
