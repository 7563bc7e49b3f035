"""`sides balance`, `sides camps` and `sides strain` as a user calls them, on the bundled digest and on edge lists."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise

import pytest

import sides
from sides.cli import main

TRIANGLE = "one,other,sign\na,b,+\nb,c,1\na,c,-1\nc,d,-2\n"


def call(capsys, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def edges(tmp_path):
    path = tmp_path / "edges.csv"
    path.write_text(TRIANGLE, encoding="utf-8")
    return path


def test_an_edge_list_gives_value_bounds_and_what_is_proven(capsys, edges):
    code, out, err = call(capsys, "balance", "--edges", edges, "--camps", "2", "--json")
    found = json.loads(out)
    assert code == 0 and err == ""
    assert {key: found[key] for key in ("value", "lower", "upper", "proven", "certified", "n", "m", "camps")} == {
        "value": 1, "lower": 1, "upper": 1, "proven": True, "certified": True, "n": 4, "m": 4, "camps": 2}
    assert found["seconds"] >= 0 and found["conventions"]["conflicts"] == "drop"
    assert found["triads"]["counts"] == {"+++": 0, "++-": 1, "+--": 0, "---": 0}


def test_an_edge_list_may_be_gzipped_and_weighted(capsys, tmp_path):
    path = tmp_path / "edges.csv.gz"
    path.write_bytes(gzip.compress(b"a,b,0.5\nb,c,1\na,c,-2\n"))
    found = json.loads(call(capsys, "balance", "--edges", path, "--weighted", "--json")[1])
    assert found["value"] == 0.5 and found["share"] == pytest.approx(0.1429)
    assert "0.5" in call(capsys, "balance", "--edges", path, "--weighted")[1]


def test_lines_that_are_no_ties_are_named_and_the_rest_goes_on(capsys, tmp_path):
    path = tmp_path / "edges.csv"
    path.write_text("a,b,1\nb,c,friends\nc\na,c,1\n", encoding="utf-8")
    code, out, err = call(capsys, "balance", "--edges", path, "--json")
    assert code == 1 and json.loads(out)["m"] == 2
    assert "line 2" in err and "'friends'" in err and "line 3" in err


def test_conflicting_reports_are_treated_as_said(capsys, tmp_path):
    path = tmp_path / "edges.csv"
    path.write_text("a,b,3\nb,a,-1\na,c,1\n", encoding="utf-8")
    negative = {rule: json.loads(call(capsys, "balance", "--edges", path, "--conflicts", rule, "--json")[1])
                for rule in ("drop", "sum", "negative")}
    assert [(one["m"], one["negative"]) for one in negative.values()] == [(1, 0), (2, 0), (2, 1)]


def test_an_index_is_never_told_bare(capsys, digest, edges):
    for words in (("balance", "--edges", edges), ("balance", "-l", digest), ("camps", "-l", digest),
                  ("strain", "-l", digest, "--camps", "any")):
        code, out, _ = call(capsys, *words)
        assert code == 0 and "proven" in out and "How it was counted" in out and "Direction" in out


def test_a_ledger_is_asked_at_a_date_and_through_a_lens(capsys, digest):
    then = json.loads(call(capsys, "balance", "-l", digest, "--at", "2013", "--json")[1])
    now = json.loads(call(capsys, "balance", "-l", digest, "--json")[1])
    assert then["at"] == "2013" and then["m"] < now["m"]
    seen = json.loads(call(capsys, "balance", "-l", digest, "--outlet", "Harbour Wire", "--json")[1])
    assert seen["m"] < now["m"] and seen["conventions"]["lens"] == "outlet=Harbour Wire"


def test_over_time_tells_who_changed_camp(capsys, digest):
    code, out, _ = call(capsys, "balance", "--over", "years", "--since", "2010", "--until", "2014", "-l", digest)
    assert code == 0 and "Who changed camp" in out and "Syria" in out
    found = json.loads(call(capsys, "balance", "--over", "years", "--since", "2010", "--until", "2014", "-l", digest,
                            "--json")[1])
    assert [one["at"] for one in found] == ["2010", "2011", "2012", "2013", "2014"]
    assert all(one["proven"] and one["is_closest"] for one in found)
    for before, now in pairwise(found):
        changed = {actor for actor in before["membership"].keys() & now["membership"].keys()
                   if before["membership"][actor] != now["membership"][actor]}
        assert changed == {one["actor"] for one in now["passings"]}


def test_camps_tell_what_holds_in_every_optimum(capsys, edges, digest):
    found = json.loads(call(capsys, "camps", "--edges", edges, "--json")[1])
    assert found["optima"] == 3 and found["all_optima"]
    assert found["always"] == [["a"], ["b"], ["c"], ["d"]] and found["never"] == [[2, 3]]
    assert "Not determined" in call(capsys, "camps", "-l", digest)[1]


def test_draws_tell_how_likely_two_share_a_camp(capsys, digest):
    words = ("camps", "-l", digest, "--at", "2013", "--draws", "50", "--seed", "2")
    code, out, _ = call(capsys, *words)
    assert code == 0 and "50 draws" in out and "Likeliest in one camp" in out
    found = json.loads(call(capsys, *words, "--json")[1])["draws"]
    assert found["draws"] == sum(one["draws"] for one in found["index"]) == 50
    assert len(found["together"]) == len(found["linked"]) == len(found["actors"])
    assert found == json.loads(call(capsys, *words, "--json")[1])["draws"]


def test_strain_opens_down_to_quotes(capsys, digest):
    code, out, _ = call(capsys, "strain", "-l", digest, "--at", "2014")
    assert code == 0 and "“" in out and "on good terms with" in out
    found = json.loads(call(capsys, "strain", "-l", digest, "--at", "2014", "--json")[1])
    texts = {document.id: document.text for document in sides.open(digest).documents()}
    evidence = {one["claim"]: one for one in found["evidence"]}
    for one in evidence.values():
        assert texts[one["document_id"]][one["begin_char"]:one["end_char"]] == one["quote"]
    for tie in found["ties"]:
        assert tie["claims"] and set(tie["claims"]) <= evidence.keys()
    assert all(len(one["ties"]) == 3 for one in found["unbalanced"])


def test_what_if_a_tie_were_another_one(capsys, edges, digest):
    found = json.loads(call(capsys, "strain", "--edges", edges, "--flip", "a", "c", "--add", "b", "d", "-",
                            "--json")[1])
    assert (found["before"]["value"], found["after"]["value"]) == (1, 0)
    assert [one["kind"] for one in found["edits"]] == ["flip", "add"]
    code, out, _ = call(capsys, "strain", "-l", digest, "--flip", "Hamas", "Syria", "--remove", "Iran", "Israel")
    assert code == 0 and "What if" in out and "It would be" in out


def test_faults_are_told(capsys, edges, digest, tmp_path):
    for words in (("balance", "--edges", tmp_path / "none.csv"), ("balance", "--edges", edges, "--at", "2014"),
                  ("balance", "--edges", edges, "--over", "years"), ("camps", "-l", digest, "--conflicts", "sum"),
                  ("strain", "--edges", edges, "--flip", "a", "nobody"),
                  ("strain", "--edges", edges, "--add", "a", "d", "friends"),
                  ("camps", "--edges", edges, "--draws", "9"),
                  ("strain", "-l", digest, "--flip", "Nobody", "Hamas"),
                  ("balance", "-l", digest, "--over", "years", "--since", "2014", "--until", "2013")):
        code, _, err = call(capsys, *words)
        assert code == 2 and err.startswith("sides: "), words
    for words in (("--camps", "1"), ("--camps", "some"), ("--seconds", "-1")):
        with pytest.raises(SystemExit):
            main(["balance", "--edges", str(edges), *words])


def test_a_certificate_is_checked_by_itself(capsys, edges, digest, tmp_path):
    written = tmp_path / "proof.json"
    assert call(capsys, "balance", "--edges", edges, "--certificate", written)[0] == 0
    code, out, _ = call(capsys, "balance", "--edges", edges, "--check", written)
    assert code == 0 and "holds" in out and "less than 1" in out
    assert json.loads(call(capsys, "balance", "--edges", edges, "--check", written, "--json")[1])["holds"]
    balanced = tmp_path / "other.csv"
    balanced.write_text(TRIANGLE.replace("a,c,-1", "a,c,+"), encoding="utf-8")
    code, out, _ = call(capsys, "balance", "--edges", balanced, "--check", written)
    assert code == 2 and "does not prove" in out
    assert call(capsys, "balance", "-l", digest, "--weighted", "--certificate", written)[0] == 0
    assert call(capsys, "balance", "-l", digest, "--weighted", "--check", written)[0] == 0
    written.write_text("{}", encoding="utf-8")
    assert call(capsys, "balance", "--edges", edges, "--check", written)[0] == 2
    assert call(capsys, "balance", "--edges", edges, "--check", tmp_path / "none.json")[0] == 2
