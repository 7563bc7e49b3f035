"""The annotated corpus: what is written beside each marked-up source is true of it."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
FOLDERS = sorted(path.parent for path in CORPUS.glob("mentions/*/documents.json"))


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CORPUS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


mark, sentences = loaded("mark"), loaded("sentences")
SENTENCES = sorted((CORPUS / "sentences").glob("*.txt"))
BLOCK = """## The Chaco War | 1934-11-20
@ bolivia | state | Bolivia
@ paraguay | state | Paraguay

[[La Paz|bolivia]] {{accused|1}} [[Asunción|paraguay]] of {{shelling|2}} [[its|bolivia]] outposts.
1 bolivia > paraguay ACCUSE
2 paraguay > bolivia ASSAULT speaker=bolivia at=1934-11
"""


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_there_is_a_corpus() -> None:
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_mention_is_the_text_it_points_at(folder: Path) -> None:
    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    texts = {entry["key"]: (folder / entry["file"]).read_text(encoding="utf-8") for entry in documents}
    for mention in records(folder / "mentions.jsonl"):
        assert mention["text"] == texts[mention["doc"]][mention["begin_char"]:mention["end_char"]]
        assert mention["text"] == mention["text"].strip() != ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_actor_is_listed_once_and_every_listed_actor_is_mentioned(folder: Path) -> None:
    actors = records(folder / "actors.jsonl")
    listed = [actor["id"] for actor in actors]
    assert len(listed) == len(set(listed))
    assert {mention["actor"] for mention in records(folder / "mentions.jsonl")} == set(listed)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_mention_stands_twice(folder: Path) -> None:
    mentions = [(row["doc"], row["begin_char"], row["end_char"], row["actor"])
                for row in records(folder / "mentions.jsonl")]
    assert len(mentions) == len(set(mentions))


def test_the_keys_of_documents_are_unique() -> None:
    keys = [entry["key"] for folder in FOLDERS
            for entry in json.loads((folder / "documents.json").read_text(encoding="utf-8"))]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_written_files_are_those_of_the_marked_sources(folder: Path) -> None:
    for name, content in mark.build(folder).items():
        assert (folder / name).read_text(encoding="utf-8") == content, f"run: python corpus/mark.py {folder}"


def test_marks_stand_in_each_other_and_name_several() -> None:
    text, spans = mark.unmark("[[[[Its|iran]] allies|hezbollah,syria]] met.", "example")
    assert text == "Its allies met."
    assert spans == [(0, 3, "iran"), (0, 10, "hezbollah"), (0, 10, "syria")]


def test_a_mark_that_never_closes_is_refused() -> None:
    with pytest.raises(mark.MarkError, match="not closed"):
        mark.unmark("[[Sudan|sudan]] and [[its army", "example")


def test_a_mark_that_never_began_is_refused() -> None:
    with pytest.raises(mark.MarkError, match="never began"):
        mark.unmark("Sudan|sudan]]", "example")


def test_an_actor_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text("sudan\tSudan\tstate\t-\t-\n", encoding="utf-8")
    (tmp_path / "x1.marked.txt").write_text(
        "source: A\nauthor:\npublished: 2024-01-18\ntopic: T\n---\n[[Sudan|sudan]] and [[Chad|chad]]\n",
        encoding="utf-8")
    with pytest.raises(mark.MarkError, match="chad"):
        mark.build(tmp_path)


def block(tmp_path: Path, text: str) -> list[Any]:
    path = tmp_path / "block.txt"
    path.write_text(text, encoding="utf-8")
    return list(sentences.passages(path))


def test_there_are_annotated_sentences() -> None:
    assert len(SENTENCES) == 6


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: path.name)
def test_every_annotated_sentence_keeps_the_rules(path: Path) -> None:
    found = list(sentences.passages(path))
    assert len(found) > 800
    assert any(one.is_aside for one in found)
    for one in found:
        assert one.text == one.text.strip() != ""
        for marked in (*one.mentions, *one.triggers):
            assert one.text[marked.begin:marked.end].strip()
        named = {actor for mention in one.mentions for actor in mention.mark.split(",")}
        for claim in one.claims:
            assert {claim.source, claim.target} <= set(one.actors)
            assert claim.source in named or claim.target in named, one.key


def test_no_passage_stands_twice_and_keys_are_unique() -> None:
    found = [one for path in SENTENCES for one in sentences.passages(path)]
    assert len({one.text for one in found}) == len({one.key for one in found}) == len(found)


def test_the_checker_says_what_is_in_the_corpus(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(sys, "argv", ["sentences.py"])
    sentences.main()
    first, types, *_ = capsys.readouterr().out.splitlines()
    counts = {name: int(number) for name, number in (one.split() for one in first.split(", "))}
    readme = (CORPUS / "sentences/README.md").read_text(encoding="utf-8")
    for name in ("passages", "sentences", "claims", "mentions", "without_claim", "aside"):
        assert f"{counts[name]:,}" in readme, f"{name}: {counts[name]:,} is not in corpus/sentences/README.md"
    assert len(types.split(", ")) == 30


def test_a_passage_twice_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "twice.txt"
    path.write_text(f"{BLOCK}\n{BLOCK}", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["sentences.py", str(path)])
    with pytest.raises(sentences.SentenceError, match=r"twice-2 repeats twice-1\. Remove one"):
        sentences.main()


def test_a_block_is_read_as_it_is_written(tmp_path: Path) -> None:
    (one,) = block(tmp_path, BLOCK)
    assert one.text == "La Paz accused Asunción of shelling its outposts."
    assert (one.key, one.conflict, one.published) == ("block-1", "The Chaco War", "1934-11-20")
    assert [(one.text[mark.begin:mark.end], mark.mark) for mark in one.mentions] == [
        ("La Paz", "bolivia"), ("Asunción", "paraguay"), ("its", "bolivia")]
    assert [(one.text[mark.begin:mark.end], mark.mark) for mark in one.triggers] == [
        ("accused", "1"), ("shelling", "2")]
    accusation, assault = one.claims
    assert (accusation.type.value, accusation.sign, accusation.speaker) == ("ACCUSE", -1, "author")
    assert accusation.start is accusation.end is accusation.third is None
    assert (assault.source, assault.target, assault.speaker, assault.start) == (
        "paraguay", "bolivia", "bolivia", "1934-11")


def test_every_field_of_a_claim_is_read(tmp_path: Path) -> None:
    (one,) = block(tmp_path, BLOCK.replace("at=1934-11", "at=1934-10..1934-12 sign=0 layer=military modality=possible "
                                           "third=paraguay").replace("speaker=bolivia", 'speaker="an aide"'))
    claim = one.claims[1]
    assert (claim.start, claim.end, claim.sign, claim.third, claim.speaker) == (
        "1934-10", "1934-12", 0, "paraguay", "an aide")
    assert (claim.layer.value, claim.modality.value) == ("military", "possible")


def test_every_fifth_block_is_set_aside(tmp_path: Path) -> None:
    found = block(tmp_path, "\n".join(BLOCK.replace("outposts", f"outposts {number}") for number in range(11)))
    assert [one.is_aside for one in found] == [number in (4, 9) for number in range(11)]


@pytest.mark.parametrize(("old", "new", "message"), [
    ("| state | Bolivia", "| nation | Bolivia", "a kind is one of"),
    ("@ bolivia | state | Bolivia", "@ bolivia | Bolivia", "Write 'id"),
    ("@ bolivia |", "@ Bolivia! |", "Write 'id"),
    ("@ paraguay | state | Paraguay\n", "", "paraguay has no '@' line"),
    ("1 bolivia > paraguay", "1 bolivia > peru", "peru has no '@' line"),
    ("ASSAULT speaker", "ASSAULT third=peru speaker", "peru has no '@' line"),
    ("2 paraguay > bolivia ASSAULT speaker=bolivia at=1934-11\n", "", "stand in the text or the claims only"),
    ("{{shelling|2}}", "shelling", "stand in the text or the claims only"),
    ("[[its|bolivia]]", "its|bolivia]]", "closes what was not opened"),
    ("[[its|bolivia]]", "[[its|bolivia}}", "Nest the marks"),
    ("[[its|bolivia]]", "[[its", "not closed"),
    ("ACCUSE", "BLAME", "is no claim"),
    ("1 bolivia > paraguay ACCUSE", "bolivia accuses paraguay", "is no claim"),
    ("speaker=bolivia", "told_by=bolivia", "no such field"),
    ("2 paraguay > bolivia", "2 bolivia > bolivia", "needs two actors"),
    ("at=1934-11", "at=November", "block.txt:7"),
    ("at=1934-11", "modality=perhaps", "block.txt:7"),
    ("at=1934-11", "sign=worse", "block.txt:7"),
    ("at=1934-11", "layer=naval", "block.txt:7"),
    ("at=1934-11", "sign=2", "A sign is 1, 0 or -1"),
    ("at=1934-11", "at=1934-11\n@ peru | state | Peru", "End the passage with an empty line"),
    ("at=1934-11", "at=1934-11\n## The Leticia affair | 1933", "End the passage with an empty line"),
])
def test_what_breaks_a_rule_is_refused_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in BLOCK
    with pytest.raises(sentences.SentenceError, match=re.escape(message)) as refused:
        block(tmp_path, BLOCK.replace(old, new))
    assert str(refused.value).startswith("block.txt:")


def test_an_unbalanced_quotation_mark_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(sentences.SentenceError, match=r"block\.txt:7"):
        block(tmp_path, BLOCK.replace("speaker=bolivia", 'speaker="an aide'))


def test_a_block_without_a_date_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(sentences.SentenceError, match=r"block\.txt:1"):
        block(tmp_path, BLOCK.replace(" | 1934-11-20", ""))
