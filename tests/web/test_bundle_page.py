"""The page of a bundle of evidence, opened from a file: it tells what is whole, and what was altered."""

from __future__ import annotations

import hashlib
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import sides
from tests.export.ledgers import hard_ledger


@pytest.fixture(scope="module")
def whole(digest, tmp_path_factory):
    """A bundle with texts."""
    path = tmp_path_factory.mktemp("bundle") / "whole"
    sides.open(digest).bundle(path, "Hamas", "Syria", with_texts=True)
    return path


@pytest.fixture
def bundle(whole, tmp_path):
    """A copy of it, to be altered."""
    return shutil.copytree(whole, tmp_path / "copy")


def opened(page: Page, folder) -> Page:
    page.goto(f"file://{folder}/index.html")
    expect(page.locator("body[data-checked]")).to_be_attached()
    return page


def altered(folder, name: str, old: str, new: str, *, in_manifest: bool = False) -> None:
    """Alter a file; as one would who knows that the list of hashes has to be altered too."""
    path = folder / name
    text = path.read_text(encoding="ascii")
    assert old in text
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(text.replace(old, new, 1), encoding="ascii")
    if in_manifest:
        altered(folder, "manifest.js", before, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize("has_subtle", [True, False])
def test_a_whole_bundle_is_verified(page, whole, digest, has_subtle):
    if not has_subtle:  # the page has its own SHA-256
        page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    opened(page, whole)
    assert page.evaluate("Boolean(crypto.subtle)") is has_subtle
    expect(page.locator("#verdict")).to_have_text("Verified: all that can be checked here holds.")
    expect(page.locator(".bad")).to_have_count(0)
    ledger = sides.open(digest)
    claims = ledger.claims(between=("Hamas", "Syria"))
    expect(page.locator("#claims > li")).to_have_count(len(claims))
    for claim in claims[:5]:
        expect(page.locator(f"[id='{claim.id}'] mark")).to_have_text(claim.quote)
    fingerprint = hashlib.sha256((whole / "manifest.js").read_bytes()).hexdigest()
    expect(page.locator("#fingerprint")).to_have_text(fingerprint)
    assert page.title() == "Hamas and Syria: evidence"
    page.fill("#words", "thanked the Syrian government")
    expect(page.locator("#claims > li")).to_have_count(1)


def test_an_altered_quote_is_told_in_red(page, bundle):
    altered(bundle, "data/claims.js", "Hamas thanked the Syrian government", "Hamas cursed the Syrian government")
    opened(page, bundle)
    verdict = page.locator("#verdict")
    expect(verdict).to_contain_text("ALTERED: data/claims.js is not the file that was written")
    expect(verdict).to_have_css("color", re.compile(r"rgb\(179, 38, 30\)"))


def test_an_altered_quote_does_not_stand_in_its_text_whatever_the_hashes_say(page, bundle):
    altered(bundle, "data/claims.js", "Hamas thanked the Syrian government", "Hamas cursed_ the Syrian government",
            in_manifest=True)
    altered(bundle, "data/claims.js", "Hamas cursed_ the", "Hamas cursed the", in_manifest=True)
    opened(page, bundle)
    expect(page.locator("#verdict")).to_contain_text("1 of")
    page.check("#faulty")
    expect(page.locator("#claims > li")).to_have_count(1)
    expect(page.locator("#claims .bad")).to_contain_text("its quote does not stand in its document")


@pytest.mark.parametrize(("old", "new", "told"), [
    ('"source": "hamas"', '"source": "iran"', "its id is not that of who does what to whom"),
    ('"type": "SUPPORT"', '"type": "ASSAULT"', "its id is not that of who does what to whom"),
    ('"begin_char": 51', '"begin_char": 50', "its quote is not as long as its place"),
])
def test_altered_actors_types_and_places_do_not_make_the_id(page, bundle, old, new, told):
    altered(bundle, "data/claims.js", old, new, in_manifest=True)
    opened(page, bundle)
    expect(page.locator("#verdict")).to_have_class("bad")
    expect(page.locator("#claims .bad").first).to_contain_text(told)


def test_an_altered_text_is_not_the_one_that_was_read(page, bundle):
    altered(bundle, "data/texts.js", "Damascus", "Damaskus", in_manifest=True)
    opened(page, bundle)
    expect(page.locator("#verdict")).to_contain_text("ALTERED: the text of")


def test_a_file_that_is_lost_or_broken_is_named(page, bundle, chromium):
    (bundle / "data/ties.js").write_text("sidesBundle(", encoding="ascii")
    context = chromium.new_context()  # without the watch for errors: here there are some
    broken = opened(context.new_page(), bundle)
    expect(broken.locator("#verdict")).to_contain_text("data/ties.js is missing or cannot be read")
    context.close()


def test_texts_are_shown_as_texts(page, tmp_path):
    ledger = hard_ledger(tmp_path, "<img src=x onerror=alert(1)></script>\ud800")
    ledger.bundle(tmp_path / "all", with_texts=True)
    opened(page, tmp_path / "all")
    expect(page.locator("#verdict")).to_have_class("good")
    assert page.locator("img").count() == 0
    quotes = page.locator("#claims mark").all_text_contents()
    assert quotes == [one.quote for one in ledger.claims()]


def test_the_page_is_accessible(chromium, whole):
    context = chromium.new_context(bypass_csp=True)  # the checker fetches the style sheet, which the page may not
    found = Axe().run(opened(context.new_page(), whole))
    assert not found.violations_count, found.generate_report()
    context.close()
