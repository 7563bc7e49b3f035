import pytest

from sides.documents.captions import captions
from sides.documents.lines import lines_of

from .files import STORY


def set_aside(*lines: str) -> list[str]:
    text = "\n\n".join(("Border talks in Almaty", *lines, *STORY))
    return [text[begin:end] for begin, end in captions(lines_of(text))]


@pytest.mark.parametrize("credit", ["[GETTY]", "[AP Photo/Ann Lee]", "(AFP via Getty Images)", "[Ann Lee/Reuters]",
                                    "Photo: Ann Lee", "Photo by Ann Lee", "Image credit: NATO"])
def test_a_caption_that_says_something_new_loses_only_its_credit(credit: str) -> None:
    assert set_aside(f"Raisi of Iran meets Aliyev of Azerbaijan at the dam of Giz Galasi. {credit}") == [credit]


def test_a_caption_that_repeats_a_paragraph_is_set_aside() -> None:
    caption = "The foreign ministers of Armenia and Azerbaijan in Almaty on Friday. [AFP]"
    assert set_aside(caption) == [caption]


@pytest.mark.parametrize("caption", ["Above and at top — Peshmerga fighters. Photos via social media",
                                     "(Photo: border posts near the river, Monday. File picture.)"])
def test_a_caption_that_tells_of_no_two_actors_is_set_aside(caption: str) -> None:
    assert set_aside(caption) == [caption]


def test_the_text_that_stands_for_a_picture_goes_with_its_caption() -> None:
    assert set_aside("Iran Azerbaijan", "Raisi meets Aliyev at Giz Galasi. [AFP]") == ["[AFP]", "Iran Azerbaijan"]


@pytest.mark.parametrize("line", ["Armenia accused Azerbaijan of shelling (see map).",
                                  "Iran’s army [the Artesh] denied it.",
                                  "He spoke to Reuters.",
                                  "The photo: a lie, says Baku of the picture that Yerevan showed.",
                                  "The group (AP reported) had left for Syria."])
def test_a_sentence_of_the_story_is_no_caption(line: str) -> None:
    assert set_aside(line) == []
