from tests.actors.resolving import at, resolve, who

ABOUT_KENYA = "Kenya voted on Tuesday. Kenya's president, William Ruto, spoke in Nairobi. "


def test_an_unnamed_group_is_one_of_the_state_that_the_text_is_about():
    assert at(ABOUT_KENYA + "Protesters burned a hall.", "Protesters") == ["kenyan-protesters"]
    assert at(ABOUT_KENYA + "Police fired at the protesters.", "protesters") == ["kenyan-protesters"]


def test_a_group_in_a_text_about_no_state_is_of_that_text_alone():
    one, = at("The rebels fled.", "rebels")
    other, = at("The rebels attacked at dawn.", "rebels")
    assert one.startswith("rebels-") and other.startswith("rebels-") and one != other


def test_a_group_of_somebody_is_no_group_of_the_state():
    assert at(ABOUT_KENYA + "The residents of Mombasa left.", "residents") == []
    assert at(ABOUT_KENYA + "A protester fell.", "protester") == []


def test_the_people_about_an_actor_are_a_group():
    text = ABOUT_KENYA + "Ruto won. His critics blamed the commission."
    assert at(text, "critics") == ["critics-of-william-ruto"]
    assert who(text, "His") == ["william-ruto"]


def test_a_lone_demonym_is_the_person_of_that_state_named_last():
    text = "Olaf Scholz of Germany met the press in Riga. The German denied it. The French left."
    assert at(text, "German") == ["olaf-scholz"]
    assert at(text, "French") == ["france"]


def test_a_title_in_capitals_is_its_bearer_of_the_text():
    text = "General Michel Aoun refused to go. Syria shelled the palace. The General fled to the embassy of France."
    assert at(text, "General") == ["michel-aoun"]


def test_the_pope_is_whoever_is_at_the_date_unless_the_text_names_another():
    assert {mention.actor for mention in resolve("The Pope called for peace in Sudan.", "1984-05-02").mentions
            if mention.text == "The Pope"} == {"pope-john-paul-ii"}
    copts = resolve("Pope Tawadros of the Copts met the press. The Pope thanked the police.", "2013-08-18")
    assert [mention.actor for mention in copts.mentions if mention.text == "The Pope"] == ["pope-tawadros"]


def test_a_role_is_the_person_just_named_who_holds_it():
    text = "Kostas Karamanlis broke the promise, diplomats said. The Greek prime minister told him no."
    assert at(text, "minister") == ["kostas-karamanlis"]


def test_letters_after_a_name_are_no_part_of_it():
    assert who("Sammy Wilson MP criticised the deal in London.", "Sammy Wilson") == ["sammy-wilson"]


def test_a_common_first_name_alone_may_be_a_person():
    text = ("On the fourth floor lives her brother, Hassan, who sells tiles. Hassan was at the camp for six weeks. "
            "Hassan wept, and then he said something.")
    assert len(who(text, "Hassan")) == 1


def test_the_father_of_a_son_is_not_the_son():
    text = "Tamim bin Hamad rules Qatar. He remembered Hamad, who went to school in England and said little."
    assert "tamim-bin-hamad-al-thani" not in who(text, "Hamad")


def test_states_of_the_past_are_known_beside_each_other():
    text = "Prussia and Saxony sent troops in 1866. Bavaria joined Austria."
    assert who(text, "Saxony", "2014-01-01") == ["kingdom-of-saxony"]
    assert who("Bavaria voted. Germany followed.", "Bavaria", "2014-01-01") != ["kingdom-of-bavaria"]
