"""What the learned reader is trained on: windows with what was annotated of them. Needs no torch."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sides.claims.learned.windows import TYPE_PLACES, Window
from sides.model.actor import ActorKind, Form
from sides.model.claim_type import ClaimType

from ..claims.grammar_reading import parsed
from ..claims.learned_reading import windows

ROOT = Path(__file__).parents[2]
FOLDERS = ("training", "benchmarks", "corpus")
T = ClaimType
BLOCK = """## The Chaco War | 1934-11-20
@ bolivia | state | Bolivia
@ paraguay | state | Paraguay
@ people | people | Villagers

[[La Paz|bolivia]] {{accused|1}} [[Asunción|paraguay]] of {{shelling|2}} [[its|bolivia]] outposts. It rained.
1 bolivia > paraguay ACCUSE
2 paraguay > bolivia ASSAULT speaker=bolivia at=1934-11

[[Bolivia|bolivia]] and [[Paraguay|paraguay]] are neighbours.
"""


@pytest.fixture(scope="module")
def examples() -> Any:
    """training/examples.py, which finds its neighbours by folder."""
    path, modules = list(sys.path), set(sys.modules)
    sys.path[:0] = [str(ROOT / name) for name in FOLDERS]
    yield importlib.import_module("examples")
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if Path(getattr(sys.modules[name], "__file__", None) or "").parent in {ROOT / folder for folder in FOLDERS}:
            del sys.modules[name]


@pytest.fixture(scope="module")
def maker(examples: ModuleType) -> Any:
    return examples.Maker(windows())


def labels_of(window: Window, labels: list[list[int]]) -> dict[tuple[str, str], list[int]]:
    return {(window.actors[one], window.actors[other]): label
            for (one, other), label in zip(window.pairs, labels, strict=True) if label}


def case(examples: ModuleType, text: str, marks: list[tuple[str, str]], said: list[Any]) -> Any:
    """The one window of a text in which these words are marked, with its labels and triggers."""
    read = parsed(text)
    spans = [(text.index(words), text.index(words) + len(words), actor) for words, actor in marks]
    resolution = examples.annotated_resolution(read, spans, {})
    (window,) = windows().of(read, resolution)
    labels, triggers = examples.labelled(window, read, said, {actor.id: actor.id for actor in resolution.actors})
    return window, labels, triggers, read


MARKS = [("Iran", "iran"), ("Iraq", "iraq"), ("Qatar", "qatar")]
TEXT = "Qatar brokered talks between Iran and Iraq."


def said(examples: ModuleType, source: str, target: str, kind: ClaimType, third: str | None = None,
         spans: tuple[tuple[int, int], ...] = ((0, len(TEXT)),), trigger: tuple[tuple[int, int], ...] = ()) -> Any:
    return examples.Said(source, target, kind, third, spans, trigger)


def test_a_claim_labels_its_pair_that_way(examples: ModuleType) -> None:
    window, labels, _, _ = case(examples, TEXT, MARKS, [said(examples, "iran", "iraq", T.ACCUSE)])
    assert labels_of(window, labels) == {("iran", "iraq"): [TYPE_PLACES[T.ACCUSE]]}


def test_what_runs_both_ways_labels_both(examples: ModuleType) -> None:
    window, labels, _, _ = case(examples, TEXT, MARKS, [said(examples, "iran", "iraq", T.CONSULT)])
    kind = [TYPE_PLACES[T.CONSULT]]
    assert labels_of(window, labels) == {("iran", "iraq"): kind, ("iraq", "iran"): kind}


def test_a_mediation_labels_both_that_it_runs_between(examples: ModuleType) -> None:
    window, labels, _, _ = case(examples, TEXT, MARKS, [said(examples, "qatar", "iraq", T.MEDIATE, "iran")])
    kind = [TYPE_PLACES[T.MEDIATE]]
    assert labels_of(window, labels) == {("qatar", "iraq"): kind, ("qatar", "iran"): kind}


def test_several_claims_of_a_pair_are_all_there_once(examples: ModuleType) -> None:
    given = [said(examples, "iran", "iraq", kind) for kind in (T.ACCUSE, T.ASSAULT, T.ACCUSE)]
    window, labels, _, _ = case(examples, TEXT, MARKS, given)
    assert labels_of(window, labels) == {
        ("iran", "iraq"): sorted((TYPE_PLACES[T.ACCUSE], TYPE_PLACES[T.ASSAULT]))}


def test_a_claim_elsewhere_in_the_text_labels_nothing(examples: ModuleType) -> None:
    end = len(TEXT)
    for spans in ((), ((end, end + 9),), ((end + 5, end + 9),)):
        window, labels, _, _ = case(examples, TEXT, MARKS, [said(examples, "iran", "iraq", T.ACCUSE, spans=spans)])
        assert labels_of(window, labels) == {}


def test_the_pieces_of_a_trigger_are_marked_for_its_pair_alone(examples: ModuleType) -> None:
    begin = TEXT.index("brokered")
    given = [said(examples, "qatar", "iraq", T.MEDIATE, "iran", trigger=((begin, begin + len("brokered")),)),
             said(examples, "iran", "qatar", T.ACCUSE)]
    window, _, triggers, read = case(examples, TEXT, MARKS, given)
    by_pair = {(window.actors[one], window.actors[other]): sorted({read.doc[int(window.tokens[place])].text
                                                                   for place in places})
               for (one, other), places in zip(window.pairs, triggers, strict=True) if places}
    assert by_pair == {("qatar", "iraq"): ["brokered"], ("qatar", "iran"): ["brokered"]}


def test_annotated_mentions_become_a_resolution(examples: ModuleType) -> None:
    text = "Iranian jets struck the rebel camp, and both slept while it burned."
    read = parsed(text)
    marks = [(0, 7, "iran"), (20, 34, "rebels"), (40, 44, "iran"), (40, 44, "rebels"), (57, 59, "rebels"),
             (len(text) + 5, len(text) + 9, "nobody")]
    resolution = examples.annotated_resolution(read, marks, {"iran": "state", "rebels": "militia"})
    assert [(one.text, one.actor, one.form) for one in resolution.mentions] == [
        ("Iranian", "iran", Form.DEMONYM), ("the rebel camp", "rebels", Form.NOMINAL),
        ("both", "iran", Form.COLLECTIVE), ("both", "rebels", Form.COLLECTIVE), ("it", "rebels", Form.PRONOUN)]
    assert [(one.id, one.kind) for one in resolution.actors] == [
        ("iran", ActorKind.STATE), ("rebels", ActorKind.OTHER)]
    heads = {read.doc[place].text: [one.actor for one in found] for place, found in resolution.heads.items()}
    assert heads == {"Iranian": ["iran"], "camp": ["rebels"], "both": ["iran", "rebels"], "it": ["rebels"]}


def test_a_quote_is_found_wherever_it_stands(examples: ModuleType) -> None:
    assert examples.occurrences("aXaXa", "aXa") == ((0, 3), (2, 5))
    assert examples.occurrences("abc", "d") == examples.occurrences("abc", "") == ()


def test_a_passage_becomes_examples_with_labels_and_triggers(examples: ModuleType, maker: Any, tmp_path: Path) -> None:
    (tmp_path / "block.txt").write_text(BLOCK, encoding="utf-8")
    first, second = examples.marked(tmp_path)
    (example,) = maker.of_passage(first)
    assert example.key == "block-1"
    assert example.text == "La Paz accused Asunción of shelling its outposts."
    assert labels_of(example.window, example.labels) == {
        ("bolivia", "paraguay"): [TYPE_PLACES[T.ACCUSE]], ("paraguay", "bolivia"): [TYPE_PLACES[T.ASSAULT]]}
    words = [[example.words[int(example.window.tokens[place])] for place in dict.fromkeys(places)]
             for places in example.triggers]
    assert sorted({word for some in words for word in some}) == ["accused", "shelling"]
    assert example.grammar.shape[0] == len(example.labels) == 2
    (unrelated,) = maker.of_passage(second)
    assert unrelated.labels == [[], []]
    assert examples.share([example, unrelated]) == (2, 4, 2)


def test_nothing_that_is_set_aside_is_learned_from(examples: ModuleType) -> None:
    sentences = ROOT / "corpus/sentences"
    learned, aside = ({one.key for one in examples.marked(sentences, is_aside=aside)} for aside in (False, True))
    assert learned
    assert aside
    assert not learned & aside
    keys = {one.key for one in examples.articles([ROOT / "corpus/mentions"])}
    assert keys
    assert not keys & set(examples.SET_ASIDE)


def test_an_article_becomes_examples_with_annotated_and_with_resolved_mentions(
        examples: ModuleType, maker: Any) -> None:
    article = min(examples.articles([ROOT / "corpus/mentions"]), key=lambda one: (len(one.document.text), one.key))
    for with_gold in (True, False):
        found = list(maker.of_case(article, with_gold=with_gold))
        assert found
        for one in found:
            assert len(one.labels) == len(one.triggers) == len(one.window.pairs) == len(one.grammar)
    annotated = list(maker.of_case(article, with_gold=True))
    assert any(label for one in annotated for label in one.labels)
