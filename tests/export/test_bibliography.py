"""Bibliographies in BibTeX and CSL-JSON, opened and set with citeproc-py."""

from __future__ import annotations

import json
import re
import warnings

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.bibtex import BibTeX
from citeproc.source.json import CiteProcJSON

from sides.export.bibtex import key, tex
from tests.export.ledgers import carried, of


def opened(form, path):
    """As citeproc has it; it warns of fields that it has no use for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (BibTeX(str(path), encoding="utf-8") if form == "bibtex"
                else CiteProcJSON(json.loads(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("form", ["bibtex", "csl"])
def test_every_document_is_set_in_a_style(hard, exported, form):
    source = opened(form, exported(form, "documents"))
    assert sorted(source) == sorted(key(document) for document in hard.documents())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for one in source:
            bibliography.register(Citation([CitationItem(one)]))
        lines = [str(line) for line in bibliography.bibliography()]
    assert len(lines) == len(hard.documents())
    assert [line for line in lines if "Zoë O" in line and "(2012)" in line and "Norland" in line
            and "5%" in line and "\\it" in line]


@pytest.mark.parametrize("form", ["bibtex", "csl"])
def test_signs_come_back_as_they_were(hard, exported, form):
    source = opened(form, exported(form, "documents"))
    braces = str.maketrans("{}", "()") if form == "bibtex" else {}
    for document in hard.documents():
        one = source[key(document)]
        assert plain(one.title) == (document.title or document.name).translate(braces)
        assert plain(one.container_title) == "; ".join(document.outlets).translate(braces)
        assert one.issued.year == document.published.year
        assert (one.issued.get("month"), one.issued.get("day")) == (document.published.month, document.published.day)
        if document.author:
            assert plain(one.author[0].get("family") or one.author[0]["literal"]) == document.author


def test_an_item_of_csl_carries_its_evidence(hard, exported):
    found = {}
    for item in json.loads(exported("csl", "evidence").read_text(encoding="utf-8")):
        found |= {one["claim"]: of(one) for one in item["custom"]["evidence"]}
    assert found == carried(hard)
    source = opened("csl", exported("csl", "evidence"))
    for claim, fields in carried(hard).items():
        (note,) = (plain(source[one].note) for one in source if claim in plain(source[one].note))
        assert told(claim, fields).search(note)


def test_an_entry_of_bibtex_carries_its_quotes(hard, exported):
    source = opened("bibtex", exported("bibtex", "evidence"))
    notes = {one: plain(source[one].annote) for one in source}
    for claim, fields in carried(hard).items():
        document = hard.named([fields["document_id"]])[0]
        assert told(claim, fields).search(notes[key(document)])
        assert str(source[key(document)].issued.year) == fields["published"][:4]


def test_braces_are_told_of(hard, tmp_path):
    written = hard.export("documents", tmp_path / "all.bib")
    braces = sum(text.count(brace) for one in hard.documents() for text in (one.author, one.title, *one.outlets) if text
                 for brace in "{}")
    assert written.notes == (f"{braces} braces became parentheses: many readers of BibTeX fail on others.",)
    assert braces > 3


def told(claim, fields):
    """From a quote to the id of its claim, as bibliographies tell it: speakers by name, spaces as single ones."""
    quote = re.sub(r"\\[{}()]", ".", re.escape(" ".join(fields["quote"].split())))
    speaker = {"author": ".*", "ana-öz": "Ana Öz"}.get(fields["speaker"], fields["speaker"])
    return re.compile(f"“{quote}” \\(characters {fields['begin_char']} to "
                   f"{fields['end_char']}; [^;]*{fields['type']}[^;]*; {fields['modality']}; said by {speaker}; "
                   f"happened {fields['happened']}; claim {claim}\\)")


@pytest.mark.parametrize("text", ["\\", "a\\b", "x^2", "#1 & 50% of $3_4", "''quoted''", "a -- b --- c",
                                  "Zoë Ødegård", "¿<<?`!`", "“Über” 😀", "AT&T-- ", "end\\^"])
def test_any_sign_is_escaped_so_that_it_comes_back(tmp_path, text):
    (tmp_path / "one.bib").write_text(f"@misc{{one,\n  title = {{{tex(text, is_title=True)}}},\n"
                                      f"  note = {{{tex(text)}}}\n}}\n", encoding="utf-8")
    one = opened("bibtex", tmp_path / "one.bib")["one"]
    assert plain(one.title) == plain(one.note) == " ".join(text.split())


def plain(text):
    """Without the sign of no width that stands after a command at the end of a word."""
    return str(text).replace("\u200b", "")
