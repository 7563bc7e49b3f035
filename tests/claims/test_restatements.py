"""What a document says twice: tied where it is the same thing, and kept apart where it is only alike."""

from __future__ import annotations

import pytest

from sides.claims.frames import Frame, Frames
from sides.documents.asides import find_asides
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed

from .grammar_reading import parser, reader, resolved

STORY = "The ministry gave no further details and nobody else in the capital would say anything of it on that day."
OTHER = "Shops in the old town opened late, buses ran as usual, and the harbour stayed closed to all but fishermen."


def document(text: str, title: str | None = None) -> Document:
    return Document(text=text, name="a.txt", published=PartialDate(2020, 6, 1), published_from="option", title=title,
                    asides=find_asides(text))


def read(text: str, title: str | None = None) -> list[Claim]:
    parsed: Parsed = next(iter(parser().parse([document(text, title)])))
    return list(reader().read(parsed, resolved(parsed)))


def tied(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """The quotes of claims that restate, each with the quote of the fuller one."""
    claims = read(text, title)
    by_id = {claim.id: claim for claim in claims}
    return [(claim.quote, by_id[claim.restates].quote) for claim in claims if claim.restates]


@pytest.mark.parametrize(("text", "found"), [
    (f"Turkey condemns Israel\n\nTurkey on Monday condemned Israel over the raid. {STORY}",
     [("Turkey condemns Israel", "Turkey on Monday condemned Israel")]),
    (f"A raid and its echo\n\nTurkey condemned Israel over the raid\n\nBy Ann Lee\n\n"
     f"In Ankara on Monday Turkey condemned Israel. {STORY}",
     [("Turkey condemned Israel", "Turkey condemned Israel")]),
    (f"Talks of the week\n\nKey points\n\n• Egypt attacked Syria on Sunday.\n\n• Hamas praised Iran.\n\n"
     f"{STORY} Hamas praised Iran at length. Egypt attacked Syria near the border.",
     [("Egypt attacked Syria", "Egypt attacked Syria"), ("Hamas praised Iran", "Hamas praised Iran")]),
    (f"The week\n\n{STORY} France backed Poland when it was asked.\n\nFile photo: France backed Poland at the table.",
     [("France backed Poland", "France backed Poland")]),
    (f"The week\n\n{STORY}\n\n“Iran has bombed Israel again and again.”\n\nThe general told them: Iran has bombed "
     f"Israel again and again. {STORY}", [("Iran has bombed Israel", "Iran has bombed Israel")]),
    (f"The week\n\n{OTHER}\n\nRussia attacks Ukraine\n\nRussia attacked Ukraine before dawn. {STORY}",
     [("Russia attacks Ukraine", "Russia attacked Ukraine")]),
    (f"The week\n\nRussia attacked Ukraine before dawn today. {STORY}\n\n{STORY} "
     f"Russia attacked Ukraine before dawn today.",
     [("Russia attacked Ukraine", "Russia attacked Ukraine")]),
    (f"Iran and Turkey hold talks\n\n{STORY} Turkey held talks with Iran in the evening.",
     [("Iran and Turkey hold talks", "Turkey held talks with Iran")]),
])
def test_what_frames_a_story_is_tied_to_what_the_story_says(text: str, found: list[tuple[str, str]]) -> None:
    assert tied(text) == found


@pytest.mark.parametrize("text", [
    f"The week\n\nIsrael attacked Syria at night. {STORY}\n\nIsrael attacked Syria with drones later.",  # two acts
    f"Israel attacks Syria\n\n{STORY} Israel attacked Syria in 2013.",  # long ago
    f"Israel attacks Syria\n\n{STORY} Syria attacked Israel.",  # the other way round
    f"Israel attacks Syria\n\n{STORY} Israel attacked Iraq.",  # somebody else
    f"Israel attacks Syria\n\n{STORY} Israel did not attack Syria.",  # denied
    f"Israel praises Syria\n\n{STORY} Israel attacked Syria.",  # the opposite
    f"Egypt thanks Syria\n\n{STORY} Egypt met Syria.",  # something else
    f"Iran attacked Israel. {STORY}\n\nIran attacked Israel near the port.",  # no headline: a sentence
    "Israel attacks Syria",
    "",
])
def test_what_is_only_alike_is_not_tied(text: str) -> None:
    assert tied(text) == []


def test_a_headline_with_a_voice_is_not_tied_to_another_voice() -> None:
    text = f"Iran armed Hamas, Israel says\n\n{STORY} France said that Iran had armed Hamas."
    assert ("Iran armed Hamas", "Iran had armed Hamas") not in tied(text)


def test_a_near_type_of_the_same_sign_is_tied_in_a_headline_only() -> None:
    assert tied(f"Turkey furious with Israel\n\n{STORY} Turkey condemned Israel on Monday.") == [
        ("Turkey furious with Israel", "Turkey condemned Israel")]
    assert tied(f"The week\n\nTurkey was furious with Israel. {STORY} Turkey condemned Israel on Monday.") == []


def test_the_document_s_title_is_its_headline_wherever_it_stands_in_the_head() -> None:
    text = f"MIDDLE EAST\n\nTurkey condemns Israel.\n\n{STORY} Turkey condemned Israel on Monday."
    assert tied(text) == []
    assert len(tied(text, "Turkey condemns Israel")) == 1


def test_what_restates_points_to_the_fuller_claim_and_never_to_one_that_restates() -> None:
    text = (f"Turkey condemns Israel\n\nTurkey condemned Israel over the raid\n\nBy Ann Lee\n\n{STORY} "
            f"Turkey condemned Israel over the raid on Sunday evening in Ankara.")
    claims = read(text)
    root = {claim.restates for claim in claims if claim.restates}
    assert len([claim for claim in claims if claim.restates]) == 2 and len(root) == 1
    assert all(claim.restates is None for claim in claims if claim.id in root)


def test_frames_are_told_from_how_lines_stand() -> None:
    text = (f"A title\n\nSome words below it that sum the story up\n\nBy Ann Lee\n\n{STORY}\n\nA crosshead\n\n"
            f"{OTHER}\n\nIn this photo: a street.")
    frames = Frames(document(text))
    told = {words: found.frame for words in ("A title", "Some words", "A crosshead", "In this photo")
            if (found := frames.at(text.index(words)))}
    assert told == {"A title": Frame.HEADLINE, "Some words": Frame.STANDFIRST, "A crosshead": Frame.CROSSHEAD,
                    "In this photo": Frame.CAPTION}
    assert frames.at(text.index(STORY)) is None
