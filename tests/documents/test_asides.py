import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.documents import find_asides, outside_asides

from .files import STORY

HEAD = "Border talks in Almaty"


def aside_texts(text: str, author: str | None = None) -> dict[str, str]:
    return {text[aside.begin_char:aside.end_char]: aside.reason.value for aside in find_asides(text, author=author)}


def at_end(*lines: str, author: str | None = None) -> dict[str, str]:
    return aside_texts("\n\n".join((HEAD, *STORY, *lines)), author)


@pytest.mark.parametrize(("line", "reason"), [
    ("The views expressed in this article are the author’s own and do not necessarily reflect the Post’s stance.",
     "boilerplate"),
    ("Opinions expressed here remain those of the author and do not necessarily represent those of the Post.",
     "boilerplate"),
    ("The Institute takes no institutional positions.", "boilerplate"),
    ("(Reporting by Ann Lee in Almaty; editing by Bob Roy)", "boilerplate"), ("All rights reserved.", "boilerplate"),
    ("© 2024 The Caspian Post", "boilerplate"), ("Have questions or comments? Email us at:", "boilerplate"),
    ("If you have any problems viewing this page, please report it here.", "boilerplate"),
    ("This article was originally published by The Caspian Post.", "boilerplate"),
    ("Follow her on Twitter: @annlee", "boilerplate"), ("Recent Posts", "boilerplate"), ("Leave a comment",
                                                                                         "boilerplate"),
    ("Read more: Inside the talks", "boilerplate"), ("Advertisement", "boilerplate"),
    ("Sign up for our weekly newsletter.", "subscription"), ("Subscribe", "subscription"),
    ("• Get our best stories sent to your inbox every day", "subscription"), ("Only $19.99 per year!", "subscription"),
    ("Become a Caspian Post subscriber", "subscription"), ("Show your support for independent reporting.",
                                                           "subscription"),
    ("The author is a fellow at the Steppe Institute.", "author biography"),
    ("The writer lectures on the history of the Caucasus.", "author biography")])
def test_what_a_site_says_for_itself_is_set_aside(line: str, reason: str) -> None:
    assert at_end(line) == {line: reason}


@pytest.mark.parametrize("line", [
    "The views of Ankara and Baku are those of allies, and Moscow does not share them.",
    "Baku’s position does not reflect that of Ankara, officials said.",
    "Subscribers to the theory that Moscow lost the war are few in Yerevan.",
    "Sign the treaty or leave, Aliyev told the Armenian delegation.",
    "Register voters in Karabakh first, the OSCE told Baku.",
    "Turkey supports Azerbaijan, and Iran supports Armenia.",
    "Contacts between the two were broken off.",
    "Follow-up talks between Yerevan and Baku are planned for June.",
    "Share of blame: Moscow accuses the West of arming Yerevan.",
    "Related conflicts in Georgia have drawn in Russia.",
    "The author of the accord, Hikmet Hajiyev, denied that Russia had been asked.",
    "Comment was refused by the Kremlin, which has accused Yerevan of betrayal.",
    "Print media in Baku accuse France of arming Armenia.",
    "He is a member of the Armenian delegation and has accused Baku of lying.",
    "Both are members of the CSTO.",
    "Edited footage of the clash was shown by Azerbaijan, Armenia said.",
    "This report was denied by Moscow.",
    "Reporting by foreign media on the border is restricted by Azerbaijan, France says."])
def test_news_is_never_set_aside(line: str) -> None:
    assert line not in at_end(line)


def test_a_biography_of_the_known_author_is_set_aside_with_what_follows_on_them() -> None:
    assert at_end("Ann Lee teaches at the University of the Steppe.", "She is writing a book on Karabakh.",
                  author="Ann Lee") == {"Ann Lee teaches at the University of the Steppe.": "author biography",
                                        "She is writing a book on Karabakh.": "author biography"}


def test_a_biography_of_an_unknown_author_is_set_aside_only_at_the_very_end() -> None:
    line = "Ann Lee is a journalist based in Almaty."
    assert line in at_end(line)
    assert line not in at_end(line, "Russia has warned Armenia against leaving the CSTO.")


def test_a_person_of_whom_the_story_speaks_is_not_its_author() -> None:
    line = "Hikmet Hajiyev is an adviser and former ambassador of Azerbaijan to Egypt."
    assert line not in at_end("Hajiyev accused France of arming Armenia.", line)


def test_a_hard_wrapped_biography_under_its_heading_is_set_aside_whole() -> None:
    lines = "Ann Lee covers the\nCaucasus for several\npapers and has been\nto Stepanakert often."
    assert at_end("About the author", lines) == {"About the author": "author biography", lines: "author biography"}


def test_bylines_dates_and_reading_times_are_set_aside() -> None:
    text = "\n\n".join((HEAD, "By Ann Lee", "3 May 2024 · 6 min read", *STORY))
    assert aside_texts(text) == {"By Ann Lee": "byline", "3 May 2024 · 6 min read": "byline"}


def test_a_repeated_headline_is_set_aside_the_second_time() -> None:
    text = "\n\n".join((HEAD, HEAD, *STORY))
    [aside] = find_asides(text)
    assert (aside.begin_char, aside.reason.value) == (len(HEAD) + 2, "repeated")


def test_scraps_between_two_lines_of_the_site_go_with_them() -> None:
    assert "Mountains of the Caucasus, in pictures" in at_end(
        "Related articles", "Mountains of the Caucasus, in pictures", "Sign up for our newsletter")
    assert "Iran refused." not in at_end("Advertisement", "Iran refused.", "Advertisement")


def test_the_title_is_never_set_aside() -> None:
    assert aside_texts("\n\n".join(("Subscribe to our newsletter", *STORY))) == {}


def test_lines_with_returns_have_the_same_asides() -> None:
    text = "\r\n\r\n".join((HEAD, "By Ann Lee", *STORY, "Sign up for our newsletter."))
    assert list(aside_texts(text)) == ["By Ann Lee", "Sign up for our newsletter."]


@given(st.lists(st.sampled_from([HEAD, *STORY, "Subscribe", "By Ann Lee", "3 May 2024", "Advertisement", "[GETTY]", "",
                                 "Ann Lee is a writer.", "About the author", "“" + STORY[2][:90] + "”", "\x0c"]),
                                 max_size=14),
       st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_asides_are_apart_in_order_and_nothing_is_lost(lines: list[str], gap: str) -> None:
    text = gap.join(lines)
    asides = find_asides(text)
    end = 0
    for aside in asides:
        assert end <= aside.begin_char < aside.end_char <= len(text)
        end = aside.end_char
    assert len(outside_asides(text, asides)) == len(text) - sum(a.end_char - a.begin_char for a in asides)
