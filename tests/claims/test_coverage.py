import random

import pytest

from sides.claims.grammar.coverage import Coverage, Gap, tally
from sides.model.dates import PartialDate
from sides.model.document import Document

from .grammar_reading import parser, reader, resolved


def gaps(text: str, name: str = "test.txt") -> list[Gap]:
    document = Document(text=text, name=name, published=PartialDate(2020), published_from="option")
    read = next(iter(parser().parse([document])))
    return Coverage(reader().lexicon, resolved(read)).gaps(read)


@pytest.mark.parametrize(("text", "words", "target", "part"), [
    ("Turkey cradled Syria for years.", "cradle", "obj", "verb"),
    ("Hungary skated around Poland.", "skate around", "around", "verb"),
    ("Qatar built a bridge for Egypt.", "build bridge for", "for", "idiom"),
    ("Poland, a lodger of Germany, paid.", "lodger", "of", "noun"),
    ("Poland is Germany's lodger.", "lodger", "of", "noun"),
    ("The waltz between China and Japan went on.", "waltz", "between", "noun"),
    ("China and Japan waltzed.", "waltz", "each", "verb"),
    ("Syria is blue with Turkey.", "blue", "with", "adjective"),
])
def test_a_predicate_that_no_entry_reads_is_listed_as_an_entry_would(text: str, words: str, target: str,
                                                                     part: str) -> None:
    (gap,) = gaps(text)
    assert (gap.predicate.words, gap.predicate.target, gap.predicate.part) == (words, target, part)


@pytest.mark.parametrize("text", [
    "Russia attacked Ukraine.", "Russia attacked Ukraine with Iran.", "Russia launched an attack on Ukraine.",
    "France met Germany in Poland.", "Poland is hostile to Russia.", "Turkey slept.", "Turkey cradled rebels.",
    "Iran's support for Hamas.", "Turkey cradled Turkey.",
])
def test_what_is_read_or_has_not_two_actors_is_not_listed(text: str) -> None:
    assert gaps(text) == []


def test_a_word_that_is_listed_in_another_place_is_marked() -> None:
    assert [gap.is_known for gap in gaps("Turkey fought in Iraq. Turkey cradled Syria.")] == [True, False]


def test_the_commonest_come_first_with_up_to_three_of_the_shortest_sentences() -> None:
    texts = ["Turkey skated around Iraq.", "Iran cradled Hamas.", "Iran cradled Hamas. It was in the spring.",
             "France cradled Poland until the very end of the war.", "Poland cradled Hungary all through the winter."]
    first, second = tally(gap for number, text in enumerate(texts) for gap in gaps(text, f"{number}.txt"))
    assert (first.predicate.words, first.count, first.documents) == ("cradle", 4, 4)
    assert [gap.sentence for gap in first.examples] == [texts[1], texts[4], texts[3]]
    assert (second.predicate.words, second.count) == ("skate around", 1)


def test_the_order_of_documents_does_not_matter() -> None:
    found = [gap for number, text in enumerate(["Iran cradled Hamas.", "Iran cradled Hamas.", "Egypt cradled Qatar.",
                                                "Turkey skated around Iraq."]) for gap in gaps(text, f"{number}.txt")]
    shuffled = list(found)
    random.Random(7).shuffle(shuffled)
    assert tally(shuffled) == tally(found)


def test_a_text_under_two_names_counts_once() -> None:
    (lack,) = tally([*gaps("Iran cradled Hamas.", "b.txt"), *gaps("Iran cradled Hamas.", "a.txt")])
    assert (lack.count, lack.documents, lack.examples[0].document) == (1, 1, "a.txt")


def test_several_pairs_at_one_place_count_once() -> None:
    (lack,) = tally(gaps("Iran and Syria have been cradling Hamas."))
    assert lack.count == 1
