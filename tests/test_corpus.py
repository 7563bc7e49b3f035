"""The annotated corpus: what is written beside each marked-up source is true of it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
FOLDERS = sorted(path.parent for path in CORPUS.glob("mentions/*/documents.json"))


def load_mark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mark", CORPUS / "mark.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


mark = load_mark()


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
