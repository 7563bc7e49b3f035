"""All formats: named in the docs, chosen by name or suffix, and the same bytes whatever the process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sides.cli import main
from sides.export.exporter import SUBJECTS
from sides.export.formats import exporter_for, exporters
from sides.model.errors import ExportError
from tests.export.ledgers import carried

DOCS = (Path(__file__).parents[2] / "docs/export.md").read_text(encoding="utf-8")
EVERYTHING = """
import hashlib, io, sys
import sides
from sides.export.formats import exporters
ledger = sides.open(sys.argv[1])
for one in exporters().values():
    for subject in one.subjects:
        file = io.BytesIO()
        ledger.export(subject, file, form=one.name)
        print(one.name, subject, hashlib.sha256(file.getvalue()).hexdigest())
print("bundle", ledger.bundle(sys.argv[2]).fingerprint, hashlib.sha256(open(sys.argv[2], "rb").read()).hexdigest())
"""


def test_every_format_is_in_the_docs_and_every_one_there_is_offered():
    rows = dict(re.findall(r"^\| `([\w-]+)` \| `(\.[\w.]+)` \|", DOCS, re.M))
    assert rows == {one.name: one.suffix for one in exporters().values()}
    for one in exporters().values():
        (row,) = re.findall(rf"^\| `{one.name}` \|.*$", DOCS, re.M)
        assert {subject for subject in SUBJECTS if f"`{subject}`" in row.split("|")[3]} == set(one.subjects)


@pytest.mark.parametrize("form", exporters())
def test_the_command_line_offers_every_format(form, hard, tmp_path, capsys):
    one = exporters()[form]
    path = tmp_path / f"out{one.suffix}"
    assert main(["export", one.subjects[0], "-l", str(hard.path), "-o", str(path)]) == 0  # by the suffix
    told = capsys.readouterr()
    assert f"written to {path}" in told.err
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    if form != "parquet":  # what captures standard output takes only text
        assert main(["export", one.subjects[0], "-f", form, "-l", str(hard.path)]) == 0
        assert capsys.readouterr().out.encode() == path.read_bytes()


def test_the_bytes_do_not_hang_on_the_process(hard, tmp_path):
    digests = []
    for seed in ("0", "1"):
        done = subprocess.run([sys.executable, "-c", EVERYTHING, str(hard.path), str(tmp_path / "all.zip")],
                              check=True, capture_output=True, text=True, timeout=300,
                              env=os.environ | {"PYTHONHASHSEED": seed})
        digests.append(done.stdout.splitlines())
    assert digests[0] == digests[1]
    assert len(digests[0]) == sum(len(one.subjects) for one in exporters().values()) + 1


def test_a_suffix_that_says_more_goes_first():
    def chosen(subject, name, form=None):
        return exporter_for(subject, form, Path(name)).name

    assert chosen("ledger", "all.stix.json") == "stix"
    assert chosen("evidence", "all.csl.json") == "csl"
    assert chosen("ledger", "all.json", "ftm") == "ftm"
    assert chosen("claims", "all.txt") == "jsonl"  # as ever
    assert exporter_for("claims", None, None).name == "jsonl"


@pytest.mark.parametrize(("subject", "form", "name", "message"), [
    ("claims", "gexf", None, r"gexf does not write claims, but ties. Of claims there is: --format jsonl, --format csv"),
    ("ledger", None, "all.csv", "csv does not write ledger"),
    ("ledger", None, None, "Of ledger there is: --format ftm, --format stix, --format trig"),
    ("ties", "dot", None, "There is no format 'dot'. Take one of: jsonl, csv"),
    ("moods", None, None, "There is no 'moods' to export. Take one of: claims"),
])
def test_what_does_not_fit_is_said_with_what_does(subject, form, name, message):
    with pytest.raises(ExportError, match=message):
        exporter_for(subject, form, Path(name) if name else None)


def test_a_file_is_there_only_when_it_is_whole(hard, tmp_path, monkeypatch):
    path = tmp_path / "all.trig"
    path.write_text("mine")
    monkeypatch.setattr("sides.export.rdf._tie", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hard.export("ledger", path)
    assert [one.read_text() for one in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("words", [["export", "claims", "A", "B", "C"], ["export", "actors", "--engine", "local[1]"],
                                   ["bundle", "A", "B", "C", "-o", "b.zip"]])
def test_what_makes_no_sense_is_said(words, hard, capsys):
    assert main([*words, "-l", str(hard.path)]) == 2
    assert capsys.readouterr().err.startswith("sides: ")


def test_the_ledger_is_that_of_its_claims(hard):
    """The fixture: evidence of every modality and precision that exports are tried on."""
    told = carried(hard)
    assert {one["modality"] for one in told.values()} >= {"asserted", "negated", "possible"}
    assert {len(one["happened"]) for one in told.values()} == {4, 7, 10}
