"""A brief says nothing without a source, and every source stands in the ledger as it is printed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from itertools import combinations
from math import dist

import pytest
from lxml import html
from pypdf import PdfReader

import sides
from sides.cli import main
from sides.model.claim import AUTHOR
from sides.model.errors import BrowserError, NoEvidence
from sides.report.brief import printing
from sides.report.brief.markdown import plain
from sides.report.brief.small_map import small_map
from sides.report.brief.values import Brief, MapTie, SmallMap
from sides.ties.states import State

HEADINGS = ["Where they stand", "History", "Key evidence", "Who contradicts whom", "Who mediates", "Outlook",
            "Around them"]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
SCRIPT = "<script>document.title='ran'</script>"


@pytest.fixture(scope="module")
def brief(digest) -> Brief:
    return sides.open(digest).brief("Hamas", "Syria")


@pytest.fixture(scope="module")
def harmful(tmp_path_factory) -> Brief:
    """A brief of actors and quotes that mean harm."""
    folder = tmp_path_factory.mktemp("harmful")
    quote = f"Norland thanked {SCRIPT} [the](javascript:alert) *Blue* Front | `so` & \u202eon"
    document = {"key": "n1", "text": f"{quote}.\n", "source": f"Wire {SCRIPT}", "author": "</style><b>",
                "published": "2021-06-15", "title": f"\"'{SCRIPT}", "url": "javascript:alert(1)"}
    actors = [{"id": "norland", "name": "Norland", "kind": "state"},
              {"id": "blue-front", "name": f"Blue {SCRIPT}", "kind": "organization"}]
    claim = {"doc": "n1", "quote": quote, "source": "norland", "target": "blue-front", "type": "SUPPORT",
             "speaker": f"sources {SCRIPT}"}
    (folder / "documents.json").write_text(json.dumps([document]), encoding="utf-8")
    (folder / "actors.jsonl").write_text("\n".join(map(json.dumps, actors)), encoding="utf-8")
    (folder / "claims.jsonl").write_text(json.dumps(claim), encoding="utf-8")
    ledger = sides.open(folder / "harmful.sides")
    report = ledger.import_claims(folder / "claims.jsonl", documents=folder / "documents.json",
                                  actors=folder / "actors.jsonl")
    assert report.claims == 1, report.left_out
    return ledger.brief("norland", "blue-front")


def test_every_statement_has_a_source_and_every_source_a_statement(brief):
    assert [section.title for section in brief.sections] == HEADINGS
    used = set()
    for section in brief.sections:
        assert section.statements or section.notes, section.title
        for statement in section.statements:
            assert statement.sources, statement.text
            used.update(statement.sources)
    assert used == set(range(1, len(brief.sources) + 1))


def test_a_heading_says_how_many_of_all_are_here(brief, digest):
    (key,) = (section for section in brief.sections if section.title == "Key evidence")
    total = len(sides.open(digest).tie("Hamas", "Syria").contributions)
    assert key.heading == f"Key evidence ({len(key.statements)} of {total})"


def test_the_page_has_each_source_whole(brief, digest):
    rows = html.fromstring(brief.html()).xpath("//ol/li")
    texts = {document.id: document.text for document in sides.open(digest).documents()}
    assert len(rows) == len(brief.sources) > 10
    for number, (row, one) in enumerate(zip(rows, brief.sources, strict=True), 1):
        assert row.get("id") == f"source-{number}"
        assert row.xpath("string(q/b)") == one.quote
        said = row.xpath("string(cite)")
        begin, end = map(int, re.search(r"characters (\d+) to (\d+); claim " + one.claim.id, said).groups())
        assert texts[one.claim.document][begin:end] == one.quote
        assert one.document.name in said and str(one.document.published) in said
        assert all(outlet in said for outlet in one.outlets)
        assert one.claim.speaker == AUTHOR or one.speaker_name in said
        assert one.is_undated or f"about {one.claim.start}" in said
        assert ("denied" in said) if one.claim.modality == "negated" else (
            one.claim.modality == "asserted" or one.claim.modality.value in said)


def test_markdown_and_page_say_the_same(brief):
    markdown, page = brief.markdown(), html.fromstring(brief.html())
    told = [" ".join(row.xpath("string(bdi)").split()) for row in page.xpath("//ul/li")]
    for section in brief.sections:
        assert f"## {plain(section.heading)}" in markdown
        for statement in section.statements:
            assert plain(statement.text) in markdown and statement.text in told
    assert all(plain(line) in markdown and line in page.xpath("string(//footer)") for line in brief.foot)


def test_both_clocks_hold(digest):
    brief = sides.open(digest).brief("Hamas", "Syria", at="2013", known="2014")
    assert all(one.document.published.last.year <= 2014 for one in brief.sources)
    assert "At: 2013." in brief.foot[0] and "published by 2014" in brief.foot[0]
    assert f"version {sides.open(digest).version}" in brief.foot[0]
    outlook = next(section for section in brief.sections if section.title == "Outlook")
    assert any("No chance of our own" in note and "2014" in note for note in outlook.notes)


def test_the_same_ledger_gives_the_same_bytes(brief, digest, tmp_path):
    for suffix in (".md", ".html"):
        brief.write(tmp_path / f"here{suffix}")
        subprocess.run([sys.executable, "-m", "sides", "brief", "Hamas", "Syria", "-l", str(digest), "-o",
                        str(tmp_path / f"there{suffix}")], check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
        assert (tmp_path / f"here{suffix}").read_bytes() == (tmp_path / f"there{suffix}").read_bytes()


def test_the_page_needs_nothing_and_runs_nothing(brief):
    page = brief.html()
    assert "default-src 'none'" in page and "<script" not in page
    found = html.fromstring(page)
    assert all(link.startswith("#source-") for link in found.xpath("//@href"))
    assert not found.xpath("//@src") and not found.xpath("//link")
    assert found.xpath("count(//svg//title)") > 5


def test_no_sign_of_the_map_hides_another():
    drawn = SmallMap(tuple("abcdefgh"), tuple(MapTie(end, place, State.ALLIED, "allied") for place in range(1, 8)
                                              for end in (0, 1) if end < place))
    circles = html.fromstring(small_map(drawn, dict.fromkeys(State, "#000"))).xpath("//circle")
    places = [(float(one.get("cx")), float(one.get("cy"))) for one in circles]
    assert len(places) == 13
    assert min(dist(one, other) for one, other in combinations(places, 2)) > 2 * float(circles[0].get("r"))


def test_words_of_documents_and_names_are_text_everywhere(harmful):
    page, markdown = harmful.html(), harmful.markdown()
    assert "<script" not in page and "<script" not in markdown
    found = html.fromstring(page)
    assert "document.title='ran'" in found.xpath("string(//h1)")
    assert found.xpath("string(//ol/li/q/b)") == harmful.sources[0].quote
    assert not found.xpath("//@onerror") and len(found.xpath("//style")) == 1
    assert "\\[the\\](javascript:alert) \\*Blue\\* Front \\| \\`so\\` &amp; U+202Eon" in markdown


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium")
def test_a_browser_prints_the_page(digest, harmful, tmp_path):
    path = tmp_path / "brief.pdf"
    assert main(["brief", "Hamas", "Syria", "-l", str(digest), "-o", str(path)]) == 0
    first = " ".join(PdfReader(path).pages[0].extract_text().split())
    assert all(heading in first for heading in HEADINGS)  # the statements fill one sheet
    assert "Relations between Hamas and Syria remain cool" in first
    words = PdfReader(BytesIO(harmful.pdf(CHROMIUM))).pages[0].extract_text()
    assert "document.title='ran'" in words


def test_without_a_browser_it_says_what_to_do(brief, tmp_path, monkeypatch):
    with pytest.raises(BrowserError, match="no program 'no-such-browser'"):
        brief.pdf("no-such-browser")
    idle = tmp_path / "idle"
    idle.write_text("#!/bin/sh\necho 'no display' >&2\n")
    idle.chmod(0o755)
    with pytest.raises(BrowserError, match="printed nothing: no display"):
        brief.pdf(idle)
    monkeypatch.setattr(printing, "BROWSERS", ("no-such-browser",))
    with pytest.raises(BrowserError, match="Install Chromium or Chrome"):
        brief.write(tmp_path / "brief.pdf")
    assert not (tmp_path / "brief.pdf").exists()


def test_what_cannot_be_briefed_is_refused(digest, capsys, tmp_path):
    with pytest.raises(NoEvidence, match="nothing to make a brief of"):
        sides.open(digest).brief("Hamas", "Syria", known="2009")
    assert main(["brief", "Hamas", "Syria", "-l", str(digest), "-o", str(tmp_path / "brief.docx")]) == 2
    assert ".md, .html, .pdf" in capsys.readouterr().err
