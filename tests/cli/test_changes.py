"""`sides changes`, `sides disagreements` and `sides bloc` as a user calls them, on the bundled digest."""

from __future__ import annotations

import json

import sides
from sides.cli import main


def call(capsys, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_changes_name_the_claims_that_carry_them(capsys, digest):
    code, out, _ = call(capsys, "changes", "--since", "2000", "--known-since", "2014", "--at", "2014", "-l", digest,
                        "--json")
    found = json.loads(out)
    assert code == 0 and found["appeared"] and found["revised"]
    texts = {document.id: document.text for document in sides.open(digest).documents()}
    evidence = {one["claim"]: one for one in found["evidence"]}
    for turn in found["turns"]:
        assert turn["claims"] and {one["claim"] for one in turn["claims"]} <= evidence.keys()
    for one in evidence.values():
        assert texts[one["document_id"]][one["begin_char"]:one["end_char"]] == one["quote"]
    for revision in found["revised"]:
        assert set(revision["claims"]) <= evidence.keys()
        assert all(evidence[claim]["published"] > "2014" for claim in revision["claims"])


def test_changes_for_people_tell_directions_and_quotes(capsys, digest):
    code, out, _ = call(capsys, "changes", "Hamas", "--since", "2000", "-l", digest)
    assert code == 0
    assert "Hamas and Syria" in out and "“" in out and "first told of since 2000" in out
    assert "Hamas" not in call(capsys, "changes", "--since", "2090", "-l", digest)[1]


def test_disagreements_by_outlet_and_speaker(capsys, digest):
    code, out, _ = call(capsys, "disagreements", "-l", digest)
    assert code == 0 and "against the rest of what is said" in out
    found = json.loads(call(capsys, "disagreements", "-l", digest, "--by", "outlet", "--json")[1])
    evidence = {one["claim"] for one in found["evidence"]}
    assert {one["claim"] for one in found["claims"]} <= evidence
    for dyad in found["dyads"]:
        names = {voice["voice"] for voice in dyad["voices"]}
        assert {dyad["farthest"]["better"], dyad["farthest"]["worse"]} <= names
    assert json.loads(call(capsys, "disagreements", "Hamas", "Syria", "-l", digest, "--by", "speaker", "--json")[1])


def test_a_bloc_and_all_blocs(capsys, digest):
    code, out, _ = call(capsys, "bloc", "Axis of Resistance", "-l", digest)
    assert code == 0 and "Members" in out and "Hamas" in out and "told of" in out
    found = json.loads(call(capsys, "bloc", "axis-of-resistance", "-l", digest, "--at", "2012", "--json")[1])
    assert found["at"] == "2012" and "hamas" in {member["id"] for member in found["members"]}
    assert "Axis of Resistance" in call(capsys, "bloc", "-l", digest)[1]
    listed = json.loads(call(capsys, "bloc", "-l", digest, "--at", "2012", "--json")[1])
    assert found["cohesion"] in [{key: value for key, value in one.items() if key != "bloc"} for one in listed]


def test_faults_are_told(capsys, digest):
    assert call(capsys, "changes", "Hamas", "Syria", "Iran", "--since", "2000", "-l", digest)[0] == 2
    assert call(capsys, "changes", "--since", "2012", "--until", "2011", "-l", digest)[0] == 2
    assert call(capsys, "bloc", "No Such Bloc", "-l", digest)[0] == 2
