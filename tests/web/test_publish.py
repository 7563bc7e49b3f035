"""A published copy: what it holds is what the server answers, and it opens from a file without asking anybody."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from sides.cli import main
from sides.face import Ledger
from sides.model.dates import PartialDate
from sides.ties.lens import Lens
from sides.web.app import bare_app
from sides.web.in_process import InProcess
from sides.web.pages import BUILT, is_built
from sides.web.publish import Chosen, PublishError, publish
from sides.web.questions import Subjects, questions, unasked
from sides.web.settings import Settings
from tests.web.conftest import picture

ROLLDOWN = Path(__file__).parents[2] / "web/node_modules/.bin/rolldown"
CALL = re.compile(r'^sidesData\(("(?:[^"\\]|\\.)*"),(.*)\);$')


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    """Built pages of which only the names matter."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "assets").mkdir()
    for name in ("index.html", "published.html", "assets/app.js"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture(scope="module")
def copy(digest, pages, tmp_path_factory) -> Path:
    """A copy of all of the digest, with the built app where there is one."""
    folder = tmp_path_factory.mktemp("copy") / "out"
    assert not publish(digest, folder, Chosen(), Path(BUILT) if is_built(BUILT) else pages).unanswered
    return folder


# What was known so early is soon published.
EARLY = PartialDate(2010, 12)


def answers(folder: Path) -> dict[str, object]:
    found = {}
    for path in sorted((folder / "data").iterdir()):
        for line in path.read_text("ascii").splitlines():
            key, answer = CALL.fullmatch(line).groups()
            found[json.loads(key)] = json.loads(answer)
    return found


def index(folder: Path) -> dict[str, object]:
    return json.loads((folder / "data.js").read_text("ascii").removeprefix("window.sidesCopy=").removesuffix(";\n"))


def test_a_copy_holds_what_the_server_answers(copy, digest):
    held = answers(copy)
    assert set(index(copy)["places"]) == set(held)
    with InProcess(bare_app(Settings(ledger=digest))) as api:
        pair = {"left": "hamas", "right": "syria"}
        for key, path, asked in (("/api/tie?at=now&left=hamas&right=syria", "/api/tie", pair),
                                 ("/api/camps?at=2013-09", "/api/camps", {"at": "2013-09"}),
                                 ("/api/camps?at=now", "/api/camps", {}),
                                 ("/api/changes?since=2001-01", "/api/changes", {"since": "2001-01"})):
            assert (200, held[key]) == api.ask(path, asked)


def test_all_that_can_be_opened_is_in_it(copy, digest):
    held, ledger = answers(copy), Ledger(digest)
    for tie in ledger.ties():
        left, right = sorted((tie.left, tie.right))
        assert f"/api/tie?at=now&left={left}&right={right}" in held
    assert all(f"/api/claim?id={claim.id}" in held for claim in ledger.claims())


def test_every_route_is_published_or_left_out_for_a_reason(digest):
    app = bare_app(Settings(ledger=digest))
    assert unasked(app.openapi(), Subjects(Ledger(digest), None, Lens.of(), False, 12)) == []


def test_the_same_ledger_gives_the_same_bytes(digest, pages, tmp_path):
    for name in ("once", "again"):
        publish(digest, tmp_path / name, Chosen(known=EARLY), pages)
    one, other = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
                  for folder in (tmp_path / "once", tmp_path / "again"))
    assert one == other


def test_the_manifest_tells_of_what_and_has_the_hash_of_every_file(copy, digest):
    manifest = json.loads((copy / "manifest.json").read_text())
    assert (manifest["version"], manifest["known"], manifest["lens"]) == (Ledger(digest).version, None, "all")
    assert manifest["files"] == {
        path.relative_to(copy).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(copy.rglob("*")) if path.is_file() and path.name != "manifest.json"}


def test_a_copy_knows_no_more_than_was_known(digest, pages, tmp_path):
    publish(digest, tmp_path / "out", Chosen(known=PartialDate(2013), lens=Lens.parse("outlet=Barada Mirror")), pages)
    held = answers(tmp_path / "out")
    assert index(tmp_path / "out")["known"] == "2013" and index(tmp_path / "out")["lens"] == "outlet=Barada Mirror"
    found = [one for key, tie in held.items() if key.startswith("/api/tie?") for one in tie["evidence"]]
    assert found
    assert all(one["published"] < "2014" and one["outlets"] == ["Barada Mirror"] for one in found)
    assert all(one["published"] < "2014" for one in held["/api/search"]["quotes"] + held["/api/search"]["documents"])


def test_questions_come_in_a_steady_order(digest):
    described = bare_app(Settings(ledger=digest)).openapi()
    subjects = Subjects(Ledger(digest), None, Lens.of(), False, 12)
    keys = [one.key for one in questions(described, subjects)]
    assert len(keys) == len(set(keys))
    turned = {"paths": dict(reversed(described["paths"].items()))}
    assert [one.key for one in questions(turned, subjects)] == keys


def test_a_copy_takes_the_place_of_a_copy_and_of_nothing_else(digest, pages, tmp_path):
    folder = tmp_path / "out"
    chosen = Chosen(known=EARLY)
    publish(digest, folder, chosen, pages)
    publish(digest, folder, chosen, pages)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(PublishError, match=r"did not write: notes\.txt"):
        publish(digest, folder, chosen, pages)
    (folder / "manifest.json").unlink()
    with pytest.raises(PublishError, match="and more"):
        publish(digest, folder, chosen, pages)
    assert (folder / "notes.txt").read_text() == "mine"
    with pytest.raises(PublishError, match="is a file"):
        publish(digest, folder / "notes.txt", chosen, pages)
    (tmp_path / "forged").mkdir()
    (tmp_path / "forged/manifest.json").write_text('{"format": "sides-published-1", "files": 5}')
    with pytest.raises(PublishError):
        publish(digest, tmp_path / "forged", chosen, pages)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["forged", "out"], "nothing half made is left"


def test_without_built_pages_there_is_nothing_to_publish(digest, tmp_path):
    with pytest.raises(PublishError, match="sh scripts/app"):
        publish(digest, tmp_path / "out", Chosen(), tmp_path)


needs_app = pytest.mark.skipif(not is_built(BUILT), reason="the app is not built: sh scripts/app")


@needs_app
def test_the_command_tells_what_it_wrote(digest, tmp_path, capsys):
    assert main(["publish", str(tmp_path / "out"), "-l", str(digest), "--known", "2010-12"]) == 0
    assert "index.html" in capsys.readouterr().out


@pytest.mark.skipif(not ROLLDOWN.exists(), reason="the app's build tools are not there: sh scripts/app")
def test_the_page_works_out_dates_windows_and_searches_as_the_server_does(copy, digest, chromium, tmp_path):
    held = answers(copy)
    subprocess.run([ROLLDOWN, ROLLDOWN.parents[2] / "src/lib/copied.ts", "--format", "iife", "--name", "copied",
                    "--file", tmp_path / "copied.js"], check=True, capture_output=True)
    page = chromium.new_page()
    page.add_script_tag(path=tmp_path / "copied.js")
    with InProcess(bare_app(Settings(ledger=digest))) as api:
        tie = held["/api/tie?at=now&left=hamas&right=syria"]
        for at in ("2012-03", "2014", "2023-01", "2015-06-15"):
            _, wanted = api.ask("/api/tie", {"left": "syria", "right": "hamas", "at": at})
            assert rounded(page.evaluate("([tie, at]) => copied.tieAt(tie, 'syria', at)", [tie, at])) == rounded(
                {**wanted, "contributions": []}), at
        assert page.evaluate("tie => copied.tieAt(tie, 'syria', '1985')", tie) is None, "not known here"
        (changes,) = (answer for key, answer in held.items() if key.startswith("/api/changes"))
        for asked in ({"since": "2011", "until": "2012"}, {"since": "2011-12", "until": "2013-05"}, {"since": "2005"},
                      {"since": "2012-02-20", "until": "2012-07-02"}, {"since": "2010", "actor": "hamas"}):
            _, wanted = api.ask("/api/changes", asked)
            assert page.evaluate("([all, asked]) => copied.changesIn(all, new URLSearchParams(asked))",
                                 [changes, asked]) == wanted, asked
        for words in ("Mish", "assad", "Barada", "Syria", "no such words", "  "):
            _, wanted = api.ask("/api/search", {"q": words, "most": "5"})
            assert page.evaluate("([index, words]) => copied.found(index, words, 5)",
                                 [held["/api/search"], words]) == wanted, words
    page.close()


def rounded(tie):
    """Probabilities to three places: a copy has those of months, which are rounded."""
    return json.loads(json.dumps(tie), parse_float=lambda text: round(float(text), 3))


@pytest.fixture
def offline(chromium):
    """A page that counts what it asks for."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.asked, page.faults = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert not page.faults
    assert page.asked and all(url.startswith(("file:", "data:", "blob:")) for url in page.asked)


@needs_app
def test_a_copy_opens_without_a_server(copy, offline):
    offline.goto(f"file://{copy}/index.html")
    offline.get_by_role("heading", name="Network").first.wait_for()
    picture(offline, "published-network")
    offline.goto(f"file://{copy}/index.html#/network?at=2014-03&open=tie:hamas~syria")
    offline.get_by_text("Hamas turns its back on Assad").first.wait_for()
    picture(offline, "published-evidence")
    offline.goto(f"file://{copy}/index.html#/dyad/hamas~syria")
    offline.get_by_role("heading", name="Hamas and Syria").wait_for()
    offline.get_by_text("Sep 2023").first.wait_for()
    picture(offline, "published-dyad")
    document = next(answer for key, answer in answers(copy).items() if key.startswith("/api/document?"))
    offline.goto(f"file://{copy}/index.html#/document/{document['id']}")
    offline.get_by_text(document["text"].split()[0]).first.wait_for()
    picture(offline, "published-document")
    for screen in ("actor/hamas", "balance", "outlook", "forecasts/hamas~syria", "documents", "review"):
        offline.goto(f"file://{copy}/index.html#/{screen}")
        offline.get_by_role("heading", level=1).first.wait_for()
        offline.wait_for_timeout(500)
        assert not offline.get_by_text("does not hold").count(), screen
