"""A language model beside the default readers: what it adds to a ledger, what that costs, and what it leaves alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sides
from sides.cli import main
from sides.model.errors import EndpointError
from tests.claims.llm.recorded import GOLD, RECORDED, good_model
from tests.claims.llm.server import completion, fault, serving

OTHER = "Iran praised Hamas on Monday. Syria said nothing of it, and Turkey denounced the praise of Hamas by Iran."


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "2022-10-20-exiles.txt").write_text(RECORDED["text"], encoding="utf-8")
    (folder / "2022-10-21-praise.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def good(tmp_path_factory, articles):
    """A ledger that a good model has read besides, its report, and the folder of answers. Not to be written to."""
    path = tmp_path_factory.mktemp("good") / "good.sides"
    with serving(good_model) as server:
        report = sides.open(path).read(articles, reader="llm", endpoint=endpoint(server), answers=path.parent / "kept")
    return path, report, path.parent / "kept", server


def endpoint(server, **settings) -> sides.Endpoint:
    return sides.Endpoint(base_url=server.base_url, model="m", **settings)


def exported(ledger: Path) -> bytes:
    output = ledger.with_suffix(".jsonl")
    assert main(["export", "claims", "-l", str(ledger), "-o", str(output)]) == 0
    return output.read_bytes()


def f1(claims) -> float:
    found = {(frozenset((claim.source, claim.target)), claim.sign) for claim in claims
             if "exiles" in claim.document or RECORDED["text"].find(claim.quote) >= 0}
    return 2 * len(found & GOLD) / (len(found) + len(GOLD))


def test_a_good_answer_raises_the_score_and_lies_do_not_get_in(good):
    claims = sides.open(good[0]).claims()
    own = [claim for claim in claims if claim.reader != "llm"]
    added = [claim for claim in claims if claim.reader == "llm"]
    assert f1(claims) > f1(own) + 0.2
    assert {f"{claim.source} {claim.type} {claim.target}" for claim in added} >= {
        "jordan SANCTION hamas", "turkey HOSTILE iran", "israel THREATEN hamas"}
    assert not [claim for claim in added if claim.type.value in ("ASSAULT", "SEVERED")]
    report = good[1].asked
    assert (report.tally.accepted, report.documents, report.unsent) == (len(added), 2, 0)
    assert sum(report.tally.rejected.values()) >= 2
    assert report.tally.known >= 1


def test_what_the_other_readers_say_is_left_as_it_is(tmp_path, articles, good):
    alone = sides.open(tmp_path / "alone.sides")
    alone.read(articles)
    own = [claim for claim in sides.open(good[0]).claims() if claim.reader != "llm"]
    assert own == alone.claims()
    assert sides.open(good[0]).counts().mentions == alone.counts().mentions
    assert sides.open(good[0]).documents() == alone.documents()


def test_each_claim_of_a_model_is_marked_and_can_be_asked_for(good):
    ledger = sides.open(good[0])
    record = next(one for one in ledger.records() if one["reader"] == "llm")
    assert record["reader_version"].startswith("m prompt ")
    (evidence,) = [one for one in ledger.tie("Jordan", "Hamas").evidence if one.claim.reader == "llm"]
    assert evidence.claim.quote in RECORDED["text"]


def test_a_second_run_is_free_exact_and_needs_no_server(tmp_path, articles, good):
    path, _, kept, server = good
    again = sides.open(tmp_path / "again.sides")
    report = again.read(articles, reader="llm", endpoint=endpoint(server), answers=kept)  # nobody listens any more
    assert report.asked.asked == 0 and report.asked.kept == report.asked.passages > 0
    assert exported(again.path) == exported(path)
    version = again.version
    report = again.read(articles, reader="llm", endpoint=endpoint(server), answers=kept)
    assert again.version == version and report.asked.passages == 0


def test_more_processes_read_the_same(tmp_path):
    (tmp_path / "more").mkdir()
    for number in range(1, 6):  # more chunks than one
        (tmp_path / f"more/2021-01-0{number}.txt").write_text(f"{RECORDED['text']} It was {number}.", encoding="utf-8")
    with serving(good_model) as server:
        for workers in (1, 2):
            ledger = sides.open(tmp_path / f"{workers}.sides")
            ledger.read(tmp_path / "more")
            report = ledger.reread(workers=workers, reader="llm", endpoint=endpoint(server),
                                   answers=tmp_path / f"kept{workers}")
            assert report.asked.tally.accepted >= 5
    assert exported(tmp_path / "1.sides") == exported(tmp_path / "2.sides")


def test_a_model_reads_what_was_read_without_it_and_another_model_anew(tmp_path, articles, good):
    _, _, kept, server = good
    ledger = sides.open(tmp_path / "later.sides")
    ledger.read(articles)
    before = ledger.version
    report = ledger.reread(reader="llm", endpoint=endpoint(server), answers=kept)
    assert report.read == [] and report.asked.documents == 2
    assert exported(ledger.path) == exported(good[0])
    assert [claim.reader for claim in sides.open(ledger.path, before).claims() if claim.reader == "llm"] == []
    with serving(good_model) as other:
        elsewhere = sides.Endpoint(base_url=other.base_url, model="n")
        assert ledger.reread(reader="llm", endpoint=elsewhere, answers=kept).asked.asked > 0
    assert {claim.reader_version.split()[0] for claim in ledger.claims() if claim.reader == "llm"} == {"n"}


def test_the_default_readers_read_again_without_taking_a_models_claims_away(tmp_path, articles, good):
    _, _, kept, server = good
    ledger = sides.open(tmp_path / "both.sides")
    ledger.read(articles, reader="llm", endpoint=endpoint(server), answers=kept)
    added = [claim for claim in ledger.claims() if claim.reader == "llm"]
    ledger.reread(reader="grammar")
    assert [claim for claim in ledger.claims() if claim.reader == "llm"] == added


def test_a_dry_run_sends_reads_and_writes_nothing(tmp_path, articles, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = ["read", str(articles), "-l", "dry.sides", "--reader", "llm", "--base-url", "https://nowhere.invalid/v1",
             "--model", "m", "--dry-run", "--price-in", "1", "--price-out", "2", "--workers", "1"]
    assert main(asked) == 0
    told = capsys.readouterr().err
    assert "nothing was sent, read or written" in told and "the text leaves this machine" in told.replace("\n", " ")
    assert "US dollars" in told
    assert main([*asked, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)["asked"]
    assert record["is_dry"] and record["asked"] == record["passages"] > 0
    assert 0 < record["characters_sent"] <= record["characters"] and record["prompt_tokens"] > 0
    assert record["usd"] == pytest.approx((record["prompt_tokens"] + 2 * record["answer_tokens"]) / 1e6)
    assert list(tmp_path.iterdir()) == []


def test_the_report_tells_what_was_not_believed(tmp_path, articles, good, capsys):
    _, _, kept, server = good
    asked = ["read", str(articles), "-l", str(tmp_path / "told.sides"), "--reader", "llm", "--base-url",
             server.base_url, "--model", "m", "--answers", str(kept), "--workers", "1"]
    assert main(asked) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert "Not believed" in told and "a quote that does not stand in its sentence" in told
    (tmp_path / "told.sides").rename(tmp_path / "first.sides")
    assert main([*asked, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)["asked"]
    assert record["rejected"]["quote"] == 1 and record["rejected"]["cue"] == 1
    assert record["proposed"] == record["accepted"] + record["known"] + record["repeated"] + sum(
        record["rejected"].values())


def test_a_used_up_budget_leaves_documents_out_by_name_and_the_next_run_goes_on(tmp_path, articles):
    def dear(request, number):
        return completion(json.loads(good_model(request, number).body)["choices"][0]["message"]["content"],
                          prompt_tokens=2000)

    ledger = sides.open(tmp_path / "budget.sides")
    with serving(dear) as server:
        report = ledger.read(articles, reader="llm", endpoint=endpoint(server, most_answer_tokens=100),
                             budget=sides.Budget(tokens=2500))
        assert len(server.requests) == 1
        (left,) = report.left_out
        assert left.name.endswith("praise.txt") and "the budget is used up" in left.reason
        assert report.asked.unsent == 1 and len(report.read) == 2  # the default readers have read it
        more = ledger.read(articles, reader="llm", endpoint=endpoint(server, most_answer_tokens=100))
        assert len(server.requests) == 2 and more.left_out == [] and more.asked.documents == 1
    assert (tmp_path / "budget.answers").is_dir()


def test_a_faulty_endpoint_costs_the_model_not_the_reading(tmp_path, articles):
    ledger = sides.open(tmp_path / "faulty.sides")
    with serving([fault(418, "no tea")]) as server:
        report = ledger.read(articles, reader="llm", endpoint=endpoint(server))
    assert len(report.read) == 2 and len(report.left_out) == 2
    assert all("no tea" in one.reason for one in report.left_out)
    assert ledger.claims() and not [claim for claim in ledger.claims() if claim.reader == "llm"]


def test_a_run_that_is_killed_has_kept_what_was_answered(tmp_path, articles):
    def then_hang(request, number):
        if number:
            time.sleep(60)
        return good_model(request, number)

    with serving(then_hang) as server:
        command = [sys.executable, "-m", "sides", "read", str(articles), "-l", "killed.sides", "--reader", "llm",
                   "--base-url", server.base_url, "--model", "m", "--workers", "1", "--at-once", "1"]
        run = subprocess.Popen(command, cwd=tmp_path, start_new_session=True, env={**os.environ},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 120
            while len(server.requests) < 2 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert len(server.requests) == 2
        finally:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
    ledger = sides.open(tmp_path / "killed.sides")
    with serving(good_model) as server:
        report = ledger.read(articles, reader="llm", endpoint=sides.Endpoint(base_url=server.base_url, model="m"))
    assert len(server.requests) == 1 and report.asked.kept == 1 and report.asked.documents == 2


@pytest.mark.parametrize("options", [
    ["--model", "m"], ["--reader", "llm"], ["--reader", "llm", "--base-url", "http://127.0.0.1/v1"], ["--dry-run"],
    ["--reader", "llm", "--base-url", "http://127.0.0.1/v1", "--model", "m", "--budget-usd", "1"]])
def test_options_that_make_no_sense_are_refused_before_anything_is_read(tmp_path, articles, options, capsys):
    assert main(["read", str(articles), "-l", str(tmp_path / "x.sides"), *options]) == 2
    assert "--" in capsys.readouterr().err
    assert not (tmp_path / "x.sides").exists()


def test_a_missing_client_is_told_before_anything_is_read(tmp_path, articles, monkeypatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    ledger = sides.open(tmp_path / "x.sides")
    with pytest.raises(EndpointError, match="pip install"):
        ledger.read(articles, reader="llm", endpoint=sides.Endpoint(base_url="http://127.0.0.1/v1", model="m"))
    assert ledger.version == 0


def test_an_endpoint_without_the_reader_is_refused(tmp_path, articles):
    with pytest.raises(EndpointError, match="'llm'"):
        sides.open(tmp_path / "x.sides").read(articles, endpoint=sides.Endpoint(base_url="http://h/v1", model="m"))
    with pytest.raises(EndpointError, match="endpoint"):
        sides.open(tmp_path / "x.sides").read(articles, reader="llm")
    assert not (tmp_path / "x.sides").exists()
