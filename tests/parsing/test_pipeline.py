"""The pinned pipeline, its check, and a parse that depends on nothing beside its document."""

from __future__ import annotations

import shutil

import pytest

from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import LanguageModelError
from sides.parsing.pipeline import MODEL_VARIABLE, Parser, model_folder, pipeline_version, verify


def document(text: str) -> Document:
    return Document(text=text, name="x", published=PartialDate(2020), published_from="option")


def tree(parsed) -> list[tuple[str, int, str, str]]:
    return [(token.text, token.head.i, token.dep_, token.tag_) for token in parsed.doc]


def test_a_headline_does_not_run_into_the_next_line(parser):
    (parsed,) = parser.parse([document("Ministers to meet in Cairo\nEgypt praised Sudan on Monday.")])
    assert [sentence.text.strip() for sentence in parsed.doc.sents] == [
        "Ministers to meet in Cairo", "Egypt praised Sudan on Monday."]


def test_offsets_of_the_parse_are_those_of_the_document(parser):
    text = "“We will not talk,”[3] Iran’s minister said.\n\nNobody — else — did."
    (parsed,) = parser.parse([document(text)])
    assert all(len(token.text) == len(text[token.idx:token.idx + len(token.text)]) for token in parsed.doc)
    assert text[next(token.idx for token in parsed.doc if token.text == "minister"):].startswith("minister")


def test_a_parse_does_not_depend_on_its_neighbours(parser):
    one, other = document("Egypt accused Sudan of arming rebels."), document("Peace came. " * 200)
    alone = tree(next(parser.parse([one])))
    assert tree(list(parser.parse([other, one, other]))[1]) == alone


def test_an_altered_model_is_refused(tmp_path):
    copy = tmp_path / "model"
    shutil.copytree(model_folder(), copy)
    (copy / "meta.json").write_text("{}")
    with pytest.raises(LanguageModelError, match="force-reinstall"):
        verify(copy)


def test_another_pipeline_can_be_named_and_a_missing_one_is_told(monkeypatch):
    monkeypatch.setenv(MODEL_VARIABLE, "no_such_pipeline")
    with pytest.raises(LanguageModelError, match=MODEL_VARIABLE):
        Parser.load()
    monkeypatch.setenv(MODEL_VARIABLE, str(model_folder()))
    assert pipeline_version().startswith("core_web_sm")


def test_no_sentence_begins_inside_a_name(parser):
    (parsed,) = parser.parse([document("Assad: too early\n\nBashar al-Assad said on Wednesday that he had won.")])
    assert [sentence.text.strip() for sentence in parsed.doc.sents][1:] == [
        "Bashar al-Assad said on Wednesday that he had won."]
