"""Documents over HTTP: listed, opened, and with offsets that hold for any letters."""

from __future__ import annotations

import pytest

from tests.ties.told import row, told
from tests.web.asking import Client

QUOTE = "𐤀😀 Hamas praised Syria\u202e"


@pytest.fixture(scope="module")
def client(digest):
    return Client(digest)


def test_documents_are_sorted_and_narrowed(client):
    found = client.get("/api/documents", sort="claims", falling=True)
    assert found["total"] == len(found["documents"]) == 22
    assert [one["claims"] for one in found["documents"]] == sorted((one["claims"] for one in found["documents"]),
                                                                   reverse=True)
    wire = client.get("/api/documents", outlet="Harbour Wire", most=2)
    assert wire["total"] > 2 == len(wire["documents"])
    later = client.get("/api/documents", outlet="Harbour Wire", most=2, offset=2)
    assert not {one["id"] for one in later["documents"]} & {one["id"] for one in wire["documents"]}
    assert client.get("/api/documents", known="2012")["total"] < 22
    assert client.get("/api/documents", words="Meshaal")["total"] > 0
    assert client.get("/api/documents", outlet="nobody")["documents"] == []
    assert client.refused("/api/documents", sort="text")[0] == 422


def test_a_document_is_told_whole(client):
    for row_ in client.get("/api/documents", most=50)["documents"]:
        found = client.get("/api/document", id=row_["id"])
        assert found["title"] == row_["title"] and len(found["claims"]) == row_["claims"]
        text = found["text"]
        for claim in found["claims"]:
            assert text[claim["begin_char"]:claim["end_char"]] == claim["quote"] and claim["counts"]
        assert all(0 <= one["begin_char"] < one["end_char"] <= len(text)
                   for one in (*found["mentions"], *found["asides"], *found["incomplete"]))
        assert all(one["name"] for one in found["mentions"])
    assert client.refused("/api/document", id="nothing")[0] == 404


def test_what_does_not_count_is_told(client):
    document = client.get("/api/documents", outlet="Barada Mirror")["documents"][0]["id"]
    assert all(one["counts"] for one in client.get("/api/document", id=document)["claims"])
    assert not any(one["counts"] for one in client.get("/api/document", id=document,
                                                       lens="outlet=Harbour Wire")["claims"])
    assert not any(one["counts"] for one in client.get("/api/document", id=document, known="2009")["claims"])


def test_offsets_count_code_points_whatever_the_letters(tmp_path):
    ledger = told(tmp_path, ("Gazette", "2020-01-10", [row("hamas", "SUPPORT", "syria", quote=QUOTE),
                                                       row("iran", "AID", "syria", quote="👨‍👩‍👧 ايران ساعدت سوريا")]))
    client = Client(ledger.path)
    found = client.get("/api/document", id=client.get("/api/documents")["documents"][0]["id"])
    assert [found["text"][one["begin_char"]:one["end_char"]] for one in found["claims"]] == [QUOTE,
                                                                                           "👨‍👩‍👧 ايران ساعدت سوريا"]
