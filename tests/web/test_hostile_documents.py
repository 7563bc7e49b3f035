"""Documents that mean harm, sent through the browser's door and looked at in Chromium: text is text."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

MARK = "<img src=http://evil.example/x onerror=window.hacked=1>"
SCRIPT = "<script>window.hacked=1</script>"
OVERRIDE = "\u202egnirts desrever\u202c"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BODIES = {
    "markup.txt": f"Iran praised Hamas {MARK} on Monday, the minister said. Hamas thanked Iran.\n".encode(),
    "page.html": (f"<html><head><title>{SCRIPT}{MARK}</title><base href=http://evil.example/>"
                  f"<meta http-equiv=refresh content='0;url=http://evil.example/'></head><body onload=window.hacked=1>"
                  f"<article><p>Qatar condemned Syria. &lt;script&gt;window.hacked=1&lt;/script&gt;</p>{SCRIPT}"
                  f"<p>Iran attacked Israel on Tuesday, and the army of Israel struck back at Iran.</p>"
                  f"<svg onload=window.hacked=1></svg><iframe src=http://evil.example/></iframe></article></body></html>"
                  ).encode(),
    "bidi.txt": (f"Hamas {OVERRIDE} thanked Iran\u2066 for its support\u2069. \U0001f600 Syria expelled Qatar."
                 "\u200b\u0301\n").encode(),
    "arabic.txt": "قالت حماس إنها تشكر إيران. Hamas thanked Iran for its support.\n".encode(),
    "nul.txt": b"Hamas thanked\x00 Iran.\x00\x1b[31m Syria expelled the envoy of Qatar.\n",
    "broken-utf8.txt": b"Hamas thanked Iran for its \xff\xfe\xed\xa0\x80 support.\n",
    "long-line.txt": b"Hamas thanked Iran. " + b"x" * 5_000_000,
    "entities.rss": (f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{ENTITIES}'
                     f'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
                     f"<rss version='2.0'><channel><item><title>&f;</title><description>&e11;</description></item>"
                     f"</channel></rss>").encode(),
    "deep.html": b"<div>" * 100_000 + b"Hamas thanked Iran." + b"</div>" * 100_000,
    "bomb.warc.gz": gzip.compress(b"\0" * 50_000_000),
    "broken.pdf": b"%PDF-1.7\n" + b"\xff" * 1000 + b"/JS (app.alert(1))",
    "program.exe": b"MZ\x90\x00" + bytes(range(256)) * 20,
    "../../outside.txt": b"Hamas thanked Iran in another folder.\n",
    "/etc/absolute.txt": b"Hamas thanked Iran at the root.\n",
    f"{MARK}.txt": b"Iran supports Hamas, it said.\n",
    "a\nb\x00c.txt": b"Iran supports Syria, it said.\n",
    "CON.txt": b"Iran supports Iraq, it said.\n",
}
WAIT_SECONDS = 240


def send(url: str, bodies: dict[str, bytes], **said: str) -> dict:
    """What the server says of a run of some files, once it is over."""
    boundary = "a-boundary-that-stands-in-no-file"
    parts = [("about", "", json.dumps({"files": [{"name": name} for name in bodies], **said}).encode())]
    parts += [("files", f"; filename=file{number}", body) for number, body in enumerate(bodies.values())]
    form = b"".join(f"--{boundary}\r\nContent-Disposition: form-data; name={name}{file}\r\n\r\n".encode() + body
                    + b"\r\n" for name, file, body in parts) + f"--{boundary}--\r\n".encode()
    asked = Request(f"{url}/api/reads", form, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    with urlopen(asked) as answer:
        run = json.load(answer)
    until = time.monotonic() + WAIT_SECONDS
    while not run["is_over"]:
        assert time.monotonic() < until, run
        time.sleep(0.2)
        with urlopen(f"{url}/api/reads/run?id={quote(run['id'])}") as answer:
            run = json.load(answer)
    return run


def get(url: str, path: str) -> dict:
    with urlopen(f"{url}{path}") as answer:
        return json.load(answer)


@pytest.fixture
def watched(page):
    """A page in which no dialog may open."""
    page.dialogs = []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    assert not page.dialogs
    assert page.evaluate("window.hacked") is None
    assert not page.locator("[src*=evil], [href*=evil], [onload], [onerror], iframe, body script:not([src])").count()


def test_hostile_documents_do_no_harm(own_demo, watched, tmp_path):
    before = sorted(path.name for path in own_demo.ledger.parent.iterdir())
    run = send(own_demo.url, BODIES, published="2024-02-03", outlet=f'"{SCRIPT}', author=OVERRIDE)
    assert run["state"] == "done", run
    report = run["report"]
    accounted = {*report["read"], *report["already"], *report["copies"], *(one["name"] for one in report["left_out"])}
    assert {"program.exe", "broken.pdf"} <= {one["name"] for one in report["left_out"]}
    assert {"markup.txt", "bidi.txt", "arabic.txt"} <= set(report["read"])
    assert len(accounted) >= len(BODIES), "each is read, or named with its reason"
    assert sorted(path.name for path in own_demo.ledger.parent.iterdir()) == before, "nothing is written beside it"
    assert not Path("/etc/absolute.txt").exists()
    every_quote_stands_in_its_document(own_demo.url)
    look_around(own_demo.url, watched)


def every_quote_stands_in_its_document(url: str) -> None:
    found = get(url, "/api/claims?most=500")
    texts = {}
    for claim in found["claims"]:
        document = claim["document_id"]
        if document not in texts:
            texts[document] = get(url, f"/api/document?id={quote(document)}")["text"]
        assert texts[document][claim["begin_char"]:claim["end_char"]] == claim["quote"]
    assert not any("root:" in text for text in texts.values()), "no file of the machine is read into a text"
    assert any(MARK in text for text in texts.values()), "what is markup to a browser is text to us"


def look_around(url: str, page) -> None:
    page.goto(f"{url}/network?open=tie:hamas~iran")
    page.get_by_text("Iran praised Hamas").first.wait_for()
    assert MARK in page.inner_text("body")
    page.get_by_role("combobox", name="Search").first.fill("onerror")
    page.get_by_text("onerror").first.wait_for()
    for screen in ("documents", "outlook", "sources", "reads", "review", "actor/iran", "dyad/hamas~iran"):
        page.goto(f"{url}/{screen}")
        page.wait_for_load_state("networkidle")
    for document in get(url, "/api/documents?most=500")["documents"]:
        if document["published"] == "2024-02-03":
            page.goto(f"{url}/document/{quote(document['id'])}")
            page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("asked", [
    "/api/tie?left=hamas&right=syria&at=2012-13", "/api/tie?left=hamas&right=syria&known=0000",
    "/api/changes?since=%00",
    "/api/camps?at=99999", "/api/claims?since=2012-02-30", "/api/ledger?version=-1", "/api/ledger?version=1e9",
    "/api/ledger?version=99999999999999999999", "/api/tie?left=%ED%A0%80&right=%FF%FE", "/api/claim?id=" + "%2e" * 50,
    "/api/claims?actor=a&actor=b&actor=c", "/api/search?q=%25_%27%3B--", "/api/ledger?lens=outlet%3D%00%27;DROP TABLE",
    "/api/document?id=../../../../etc/passwd", "/assets/..%2f..%2fapp.py", "/assets/%2e%2e/app.py",
    "/assets/..%5c..%5capp.py", "/assets//etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/assets/%00", "/static/app.py",
    "/api/" + "a/" * 2000, "/api/balance?most=100000000", "/document/%3Cscript%3E"])
def test_hostile_requests_are_answered_with_reasons(demo, asked):
    try:
        with urlopen(f"{demo.url}{asked.replace(' ', '%20')}") as answer:
            assert answer.status == 200
            body = answer.read()
    except HTTPError as error:
        assert 400 <= error.code < 500, asked
        body = error.read()
        assert b"error" in body or b"no such file" in body, asked
    assert b"root:" not in body and b"Traceback" not in body and b"import " not in body
