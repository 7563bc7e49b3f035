"""Claims that others made, taken into a ledger: what is kept, what is left out, and what becomes of it later."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sides
from sides.engines import importing
from sides.export.claims import write_jsonl
from sides.model.actor import ActorKind

SHARED = Path(__file__).parents[3] / "shared"
TEXT = ("Norland thanked Hamas. Ismail Haniyeh denied that Hamas had met Norland in 2018, sources in Norland said. "
        "Norland thanked Hamas. It will send 40 tanks because of the raid. Iran condemned Israel on Monday.")
THANKS = {"doc": "n1", "quote": "Norland thanked Hamas", "source": "norland", "target": "hamas", "type": "SUPPORT"}
DENIAL = {"doc": "n1", "quote": "Ismail Haniyeh denied that Hamas had met Norland in 2018", "source": "hamas",
          "target": "norland", "type": "CONSULT", "modality": "negated", "start": "2018", "speaker": "ismail-haniyeh",
          "confidence": 0.8}
TANKS = {"doc": "n1.txt", "quote": "send 40 tanks", "source": "norland", "target": "ismail-haniyeh", "type": "AID",
         "sign": 1, "layer": "military", "modality": "planned", "speaker": "sources in Norland",
         "reader": "J. Doe", "reader_version": "2", "start": None, "end": None, "third": None,
         "reasons": [{"kind": "cause", "text": "because of the raid"}],
         "amounts": [{"kind": "arms", "text": "40 tanks", "low": 40, "high": 40, "unit": "tank"}]}
CLAIMS = [THANKS, DENIAL, TANKS]
DOCUMENTS = [{"key": "n1", "name": "n1.txt", "text": TEXT, "source": "The Wire", "published": "2021-06-15"}]
ACTORS = [{"id": "norland", "name": "Norland", "kind": "state", "aliases": ["the kingdom", "Norlandic"]},
          {"id": "hamas", "name": "HAMAS", "kind": "organization", "aliases": ["Hamas", "The movement"]},
          {"id": "ismail-haniyeh", "name": "Ismail Haniyeh", "kind": "person"}]


class Desk:
    """A folder with files to be imported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self, name: str, rows: list[Any]) -> Path:
        path = self.folder / name
        path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows),
                        encoding="utf-8")
        return path

    def imported(self, claims: list[Any], *, documents: list[Any] = DOCUMENTS, actors: list[Any] | None = ACTORS,
                 ledger: str = "a.sides") -> tuple[sides.Ledger, sides.ReadReport]:
        (self.folder / "list.json").write_text(json.dumps(documents), encoding="utf-8")
        found = sides.open(self.folder / ledger)
        report = found.import_claims(
            self.lines("claims.jsonl", claims), documents=self.folder / "list.json",
            actors=None if actors is None else self.lines("actors.jsonl", actors))
        return found, report


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


def exported(ledger: sides.Ledger) -> str:
    import io

    file = io.StringIO()
    write_jsonl(ledger.records(), file)
    return file.getvalue()


def test_every_question_works_as_on_a_ledger_that_was_read(desk):
    ledger, report = desk.imported(CLAIMS)
    assert (report.read, report.claims, report.left_out, report.version) == (["n1.txt"], 3, [], 1)
    tie = ledger.tie("HAMAS", "Norland")
    assert {one.claim.type.value for one in tie.evidence} == {"SUPPORT", "CONSULT", "AID"}
    assert all(TEXT[one.claim.begin_char:one.claim.end_char] == one.quote for one in tie.evidence)
    assert ledger.who("Hamas").claims == 3 and ledger.who("Hamas").documents == 1
    assert [one.kind for one in ledger.versions()] == ["create", "import"]
    (denial,) = ledger.claims(modalities=["negated"], speakers=["ismail-haniyeh"])
    assert (str(denial.start), denial.dated_from, denial.confidence) == ("2018", "text", 0.8)
    now = datetime(2024, 5, 1, tzinfo=UTC)
    ledger.correct(denial.id, action="reject", who="A", why="no", when=now)
    assert denial.id not in {claim.id for claim in ledger.claims()}
    more, _ = desk.imported([*CLAIMS, DENIAL | {"quote": "Hamas had met Norland in 2018", "modality": "asserted"}])
    assert denial.id not in {claim.id for claim in more.claims()} and len(more.claims()) == 3


def test_what_the_file_does_not_say_has_its_usual_value(desk):
    ledger, _ = desk.imported(CLAIMS)
    thanks, denial, tanks = ledger.claims()
    assert (thanks.sign, thanks.layer.value, thanks.speaker, thanks.modality.value) == (
        1, "rhetorical", "author", "asserted")
    assert (thanks.confidence, thanks.dated_from, thanks.reader) == (1.0, "none", "imported")
    assert thanks.begin_char == 0  # the first place of several
    assert thanks.reader_version == denial.reader_version and len(thanks.reader_version) == 12
    assert (thanks.source_text, thanks.target_text) == ("Norland", "Hamas")
    assert (tanks.reader, tanks.reader_version, tanks.speaker) == ("J. Doe", "2", "sources in Norland")
    assert tanks.reasons[0].text == "because of the raid" and tanks.amounts[0].low == 40.0


def test_a_place_says_which_of_several_is_meant(desk):
    second = TEXT.rindex("Norland thanked")
    ledger, report = desk.imported([THANKS, THANKS | {"begin_char": second, "type": "FRIENDLY"}])
    assert not report.left_out
    assert {claim.type.value: claim.begin_char for claim in ledger.claims()} == {"SUPPORT": 0, "FRIENDLY": second}


def test_an_id_of_the_registry_is_its_actor_and_any_other_the_file_s_own(desk):
    ledger, _ = desk.imported(CLAIMS)
    hamas, norland = ledger.actor("hamas"), ledger.actor("norland")
    assert (hamas.name, hamas.country, hamas.is_provisional) == ("Hamas", "palestine", False)
    assert "HAMAS" in hamas.names and "The movement" not in hamas.names
    assert (norland.kind, norland.names, norland.is_provisional) == (ActorKind.STATE, ("Norlandic",), False)
    assert len(ledger.tie("hamas", "norland").evidence) == 3  # Haniyeh acts for Hamas, as the registry knows
    assert len(ledger.tie("hamas", "norland", exact=True).evidence) == 2


def test_without_actors_the_ids_serve_and_are_provisional(desk):
    ledger, report = desk.imported([THANKS | {"source": "blue-front"}, DENIAL | {"target_names": ["Norland", "N."]}],
                                   actors=None)
    assert not report.left_out
    assert (ledger.actor("Blue Front").id, ledger.actor("blue-front").is_provisional) == ("blue-front", True)
    assert ledger.actor("norland").name == "Norland" and not ledger.actor("hamas").is_provisional


def test_importing_twice_adds_nothing_and_a_changed_file_replaces_its_documents(desk):
    other = {"key": "n2", "text": "Norland warned Hamas.", "published": "2022"}
    warning = {"doc": "n2", "quote": "Norland warned Hamas", "source": "norland", "target": "hamas", "type": "THREATEN"}
    documents = [*DOCUMENTS, other]
    ledger, first = desk.imported([*CLAIMS, warning], documents=documents)
    again = desk.imported([*CLAIMS, warning], documents=documents)[1]
    assert (again.read, again.already, again.version) == ([], ["n1.txt", "n2"], first.version)
    ledger, changed = desk.imported([THANKS], documents=documents)
    assert (changed.read, changed.version) == (["n1.txt"], first.version + 1)
    assert {claim.type.value for claim in ledger.claims()} == {"SUPPORT", "THREATEN"}
    back, _ = desk.imported(CLAIMS, documents=documents)
    assert len(back.claims()) == 4


def test_another_date_of_a_document_leaves_the_last_import_in_view(desk):
    earlier = [DOCUMENTS[0] | {"published": "2020"}]
    desk.imported(CLAIMS)
    ledger, report = desk.imported(CLAIMS, documents=earlier)
    assert (report.already, str(ledger.documents()[0].published)) == (["n1.txt"], "2020")
    assert len(desk.imported([THANKS], documents=earlier)[0].claims()) == 1
    ledger, report = desk.imported(CLAIMS)
    assert (report.read, len(ledger.claims())) == (["n1.txt"], 3)


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(range(5)))
def test_the_order_of_lines_changes_nothing(tmp_path_factory, order):
    rows = [*CLAIMS, THANKS | {"speaker": "hamas"}, DENIAL | {"third": "iran"}]
    first, _ = Desk(tmp_path_factory.mktemp("a")).imported(rows)
    second, _ = Desk(tmp_path_factory.mktemp("b")).imported([rows[place] for place in order], actors=ACTORS[::-1])
    assert exported(first) == exported(second)
    assert [first._store.snapshot().mentions(one.id) for one in first.documents()] == [
        second._store.snapshot().mentions(one.id) for one in second.documents()]


@pytest.mark.parametrize(("row", "told"), [
    ("{", "is not JSON"),
    ("[]", "is no object"),
    (THANKS | {"doc": "n9"}, "is about a document that is not given (n9)"),
    ({key: value for key, value in THANKS.items() if key != "doc"}, "names no document"),
    (THANKS | {"quote": "Norland blessed Hamas"}, "does not stand in its document"),
    (THANKS | {"begin_char": 1}, "does not stand at its place"),
    (THANKS | {"begin_char": -1}, "an offset that is none"),
    (THANKS | {"end_char": 4}, "does not stand"),
    (THANKS | {"quote": " "}, "has no quote"),
    (THANKS | {"source": "hamas"}, "is about 'hamas' alone"),
    (THANKS | {"source": None}, "has no source"),
    (THANKS | {"type": "MEDIATE", "third": "hamas"}, "mediate with itself"),
    (THANKS | {"target": "blue-front"}, "neither the file of actors nor the registry knows (blue-front)"),
    (THANKS | {"type": "KISS"}, "has a type that is none ('KISS')"),
    (THANKS | {"type": None}, "has no type"),
    (THANKS | {"layer": 3}, "has a layer that is none"),
    (THANKS | {"modality": "maybe"}, "has a modality that is none"),
    (THANKS | {"sign": True}, "has a sign that is none"),
    (THANKS | {"confidence": 7}, "has a confidence that is none"),
    ('{"doc": "n1", "confidence": NaN, "quote": "Norland thanked Hamas", "source": "norland", "target": "hamas", '
     '"type": "AID"}', "has a confidence that is none"),
    (THANKS | {"start": "last year"}, "has a start that is no date"),
    (THANKS | {"start": "2012", "end": "2011"}, "ends (2011) before it starts (2012)"),
    (THANKS | {"dated_from": "hearsay"}, "has a dated_from that is none"),
    (THANKS | {"reasons": "war"}, "has reasons that are no list"),
    (THANKS | {"reasons": [{"kind": "cause", "text": "nowhere"}]}, "does not stand"),
    (THANKS | {"amounts": [{"kind": "arms", "text": "40 tanks", "low": "40"}]}, "no number"),
    (THANKS | {"amounts": [{"kind": "arms", "text": "40 tanks", "low": 10 ** 400}]}, "no number"),
])
def test_a_line_that_makes_no_sense_costs_itself_alone(desk, row, told):
    ledger, report = desk.imported([THANKS, DENIAL, row])
    (error,) = report.left_out
    assert error.name == "claims.jsonl line 3" and told in error.reason and error.remedy
    assert len(ledger.claims()) == 2


def test_the_same_line_twice_is_one_claim(desk):
    ledger, report = desk.imported([THANKS, THANKS])
    assert not report.left_out and len(ledger.claims()) == 1


@pytest.mark.parametrize(("rows", "told"), [
    ([{"name": "X"}], "names no actor"),
    ([{"id": "x", "kind": "club"}], "a kind that is none (club)"),
    ([{"id": "x", "name": "X"}, {"id": "x", "name": "Y"}], "describes 'x' a second time"),
    ([{"id": "iran", "kind": "person"}], "says that 'iran' is a person"),
])
def test_a_line_of_actors_that_makes_no_sense_is_named(desk, rows, told):
    ledger, report = desk.imported(CLAIMS, actors=[*ACTORS, *rows])
    (error,) = report.left_out
    assert error.name.startswith("actors.jsonl line") and told in error.reason and error.remedy
    assert len(ledger.claims()) == 3


def test_a_line_that_tells_the_claim_of_another_is_named_and_no_mistake(desk):
    ledger, report = desk.imported([THANKS, DENIAL, DENIAL | {"modality": "asserted", "confidence": 0.5}])
    (again,) = report.told_again
    assert again.name == "claims.jsonl line 3" and "of claims.jsonl line 2" in again.reason and again.remedy
    assert not report.left_out and len(ledger.claims()) == 2


@pytest.mark.parametrize(("row", "told"), [
    ("n2", "is no object"),
    ({"key": "n2"}, "names no file of its folder and has no text"),
    ({"text": "A text."}, "has a text without a name"),
    ({"file": "none.txt"}, "does not exist"),
    ({"key": "n1", "text": "Another text.", "published": "2020"}, "has a key or name that another row has (n1)"),
    ({"key": "n2", "text": "A text.", "published": "soon"}, "has a date that is none"),
    ({"key": "n2", "text": "A text of no day."}, "has no date that can be trusted"),
])
def test_a_document_that_makes_no_sense_is_named(desk, row, told):
    ledger, report = desk.imported(CLAIMS, documents=[*DOCUMENTS, row])
    (error,) = report.left_out
    assert told in error.reason and error.remedy
    assert len(ledger.claims()) == 3


def test_files_that_are_not_there_are_named_and_nothing_is_imported(tmp_path):
    ledger = sides.open(tmp_path / "a.sides")
    report = ledger.import_claims(tmp_path / "c.jsonl", documents=tmp_path / "d.json", actors=tmp_path / "a.jsonl")
    assert [error.name for error in report.left_out] == ["d.json", "a.jsonl", "c.jsonl"]
    assert (report.version, ledger.claims()) == (0, [])


def test_files_beside_the_list_are_read_as_they_are(desk):
    text = "Norland thanked Hamas.\r\nNorland met Hamas.\n"
    (desk.folder / "one.txt").write_bytes(text.encode())
    ledger, report = desk.imported(
        [THANKS | {"doc": "one"}, THANKS | {"doc": "one.txt", "quote": "Norland met Hamas", "type": "CONSULT"}],
        documents=[{"file": "one.txt", "published": "2020"}])
    assert not report.left_out
    assert [text[claim.begin_char:claim.end_char] == claim.quote for claim in ledger.claims()] == [True, True]


def test_reading_again_leaves_alone_what_was_imported(desk):
    ledger, _ = desk.imported(CLAIMS)
    before = exported(ledger)
    assert ledger.reread(reader="grammar").read == []
    assert exported(ledger) == before
    (desk.folder / "n1.txt").write_text(TEXT, encoding="utf-8")
    assert ledger.read(desk.folder / "n1.txt", published="2021-06-15", reader="grammar").claims
    both = {claim.reader for claim in ledger.claims()}
    assert both == {"imported", "J. Doe", "grammar"}
    ledger.reread(reader="learned")
    assert {"imported", "J. Doe"} <= {claim.reader for claim in ledger.claims()} <= {"imported", "J. Doe", "learned"}


def test_an_earlier_copy_of_the_text_leaves_what_was_imported_in_view(desk):
    ledger, _ = desk.imported(CLAIMS)
    (desk.folder / "n1.txt").write_text(TEXT, encoding="utf-8")
    ledger.read(desk.folder / "n1.txt", published="2020", reader="grammar")
    assert [str(one.published) for one in ledger.documents()] == ["2020"]
    assert len([claim for claim in ledger.claims() if claim.reader in ("imported", "J. Doe")]) == 3


def as_told(ledger: sides.Ledger) -> list[dict[str, Any]]:
    """Records without what the first ledger knows of names and organization beyond the claims."""
    kept = ("doc", "document", "source_side", "target_side", "source_names", "target_names", "third_names",
            "speaker_names")
    return [{name: value for name, value in record.items() if name not in kept} for record in ledger.records()]


def test_an_export_goes_into_a_new_ledger_with_the_same_claims(digest, tmp_path):
    first, second = sides.open(digest), sides.open(tmp_path / "second.sides")
    with (tmp_path / "told.jsonl").open("w", encoding="utf-8") as file:
        write_jsonl(reversed(first.records()), file)
    rows = [{"name": one.name, "text": one.text, "source": one.outlet, "published": str(one.published)}
            for one in first.documents()]
    (tmp_path / "texts.json").write_text(json.dumps(rows), encoding="utf-8")
    report = second.import_claims(tmp_path / "told.jsonl", documents=tmp_path / "texts.json")
    assert not report.left_out and report.claims == len(first.claims()) > 50
    assert as_told(second) == as_told(first)
    assert {actor.id for actor in second.actors()} <= {actor.id for actor in first.actors()}


def folders() -> list[tuple[str, Path, Path]]:
    if not SHARED.exists():
        return []
    return [("gold", SHARED / "gold", SHARED / "seeds"),
            *((path.name, path, path) for path in sorted((SHARED / "data/reading").iterdir()) if path.is_dir())]


@pytest.mark.skipif(not folders(), reason="the annotated articles are not here")
@pytest.mark.parametrize(("gold", "texts"), [pytest.param(gold, texts, id=name) for name, gold, texts in folders()])
def test_annotated_articles_are_imported_whole(desk, gold, texts):
    aside = {"a1", "b8", "c3", "d2", "d4", "d8", "e5", "e7"}
    documents = [row | {"text": (texts / row["file"]).read_bytes().decode()}
                 for row in json.loads((texts / "documents.json").read_text(encoding="utf-8"))
                 if row["key"] not in aside]
    rows = [row for line in (gold / "claims.jsonl").read_text(encoding="utf-8").splitlines()
            if (row := json.loads(line))["doc"] not in aside]
    actors = [json.loads(line) for line in (gold / "actors.jsonl").read_text(encoding="utf-8").splitlines()]
    ledger, report = desk.imported(rows, documents=documents, actors=actors)
    assert not report.left_out
    assert all("has the quote, actors and type of" in error.reason for error in report.told_again)
    assert len(ledger.claims()) + len(report.told_again) == len(rows)
    assert len(report.told_again) <= 0.02 * len(rows)
    assert len(report.read) == len(documents)
    assert importing.READER in {claim.reader for claim in ledger.claims()}


def test_the_export_of_a_ledger_imported_into_an_empty_one_is_exported_the_same(digest, tmp_path):
    """Every field of every claim: of what was read, only the sides that registry and text tell are derived anew."""
    first = sides.open(digest)
    (tmp_path / "documents.json").write_text(json.dumps([
        {"key": one.key or one.id, "name": one.name, "text": one.text, "title": one.title, "author": one.author,
         "source": outlet, "url": one.url, "published": str(one.published), "published_is": one.published_is,
         "language": "en"} for one in first.documents() for outlet in one.outlets or (None,)]), encoding="utf-8")
    (tmp_path / "claims.jsonl").write_text(
        "".join(json.dumps({**record, "doc": record["doc"] or record["document_id"]}) + "\n"
                for record in first.records()), encoding="utf-8", errors="surrogatepass")
    first.export("actors", tmp_path / "actors.jsonl")
    second = sides.open(tmp_path / "second.sides")
    report = second.import_claims(tmp_path / "claims.jsonl", documents=tmp_path / "documents.json",
                                  actors=tmp_path / "actors.jsonl")
    assert not report.left_out and not report.told_again
    one, other = first.records(exact=True), second.records(exact=True)
    assert [record["id"] for record in one] == [record["id"] for record in other]
    different = {field for left, right in zip(one, other, strict=True) for field in left if left[field] != right[field]}
    # Words that name an actor in their own sentence alone ("the Syrian president") are not taken for its names.
    assert different <= {"doc", "source_names", "target_names"}
    for left, right in zip(one, other, strict=True):
        assert all(set(right[field]) <= set(left[field]) and right[field][:1] == left[field][:1]
                   for field in ("source_names", "target_names")), (left, right)
    third = sides.open(tmp_path / "third.sides")  # and once more, byte for byte
    second.export("claims", tmp_path / "again.jsonl")
    third.import_claims(tmp_path / "again.jsonl", documents=tmp_path / "documents.json",
                        actors=tmp_path / "actors.jsonl")
    third.export("claims", tmp_path / "thrice.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "thrice.jsonl").read_bytes()
