"""Plug-ins of a real distribution are found, used by the commands, and cost nobody but themselves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import sides
from sides.cli import main
from sides.conformance import check_adapter, check_exporter, check_extractor, check_reader
from sides.documents import extractor
from sides.engines import stages
from sides.model.errors import ExportError, PluginError
from sides.plugins import Point, installed

HERE = Path(__file__).parent
NOTE = b"%NOTE\nThanks\n2021-06-15\nHamas thanked Iran. Egypt condemned Israel.\n%END\n"
WATCH = "nr,day,who,whom,what\n1,2011-03-01,Syria,Israel,shelling\n2,2011-03-02,Egypt,Israel,talks\n"


@pytest.fixture
def tiny(monkeypatch):
    """A distribution with one plug-in of each kind is installed."""
    yield from placed(monkeypatch, "tiny")


@pytest.fixture
def broken(monkeypatch):
    """A distribution whose plug-ins all fail is installed."""
    yield from placed(monkeypatch, "broken")


def placed(monkeypatch, name):
    monkeypatch.syspath_prepend(str(HERE / name))
    for kept in (extractor.extractor_for, stages.desk):
        kept.cache_clear()
    yield
    for kept in (extractor.extractor_for, stages.desk):
        kept.cache_clear()


def test_commands_list_what_is_installed(tiny, capsys):
    assert main(["plugins", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(one["point"], one["name"], one["distribution"], one["problem"]) for one in listed] == [
        ("readers", "tiny", "tiny-sides 1.0", None), ("adapters", "tiny-watch", "tiny-sides 1.0", None),
        ("exporters", "tiny-list", "tiny-sides 1.0", None), ("extractors", "note", "tiny-sides 1.0", None)]
    assert main(["plugins"]) == 0
    assert "tiny-watch" in capsys.readouterr().out


def test_without_plugins_the_list_says_so(capsys):
    assert main(["plugins"]) == 0
    assert "No plug-in is installed" in capsys.readouterr().out


def test_a_file_is_extracted_and_read_by_plugins(tiny, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.note").write_bytes(NOTE)
    (tmp_path / "in" / "half.note").write_bytes(NOTE[:30])
    path = tmp_path / "a.sides"
    words = ["read", str(tmp_path / "in"), "-l", str(path), "--reader", "tiny", "--workers", "1", "--quiet"]
    assert main(words) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "half.note" in told and "is no note" in told
    ledger = sides.open(path)
    (claim,) = ledger.claims()
    (document,) = ledger.documents()
    assert (claim.quote, claim.source, claim.target) == ("Hamas thanked Iran", "hamas", "iran")
    assert (claim.reader, claim.reader_version) == ("tiny", "tiny-sides 1.0, 1")
    assert (document.title, str(document.published), document.format) == ("Thanks", "2021-06-15", "note")
    version = ledger.version
    assert main(words) == 1 and sides.open(path).version == version  # read before, by the same reader
    assert [one.reader for one in ledger.claims()] == ["tiny"]
    assert ledger.reread(reader="grammar").read == ["a.note"]
    assert {one.reader for one in ledger.claims()} == {"tiny", "grammar"}  # beside each other: no reader ends another's


def test_several_processes_find_the_plugin_too(tiny, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.note").write_bytes(NOTE.replace(b"Israel", b"Israel again" * number or b"Israel"))
    report = sides.open(tmp_path / "a.sides").read(tmp_path, workers=2, reader="tiny")
    assert (len(report.read), report.claims, report.left_out) == (3, 3, [])


def test_a_table_is_recognized_by_an_adapter(tiny, tmp_path, capsys):
    (tmp_path / "tiny-2011.csv").write_text(WATCH)
    assert main(["events", "read", str(tmp_path / "tiny-2011.csv"), "-l", str(tmp_path / "a.sides"), "--quiet"]) == 0
    (tmp_path / "other.csv").write_text(WATCH.replace("2011", "2012").replace("\n1", "\n3").replace("\n2", "\n4"))
    assert main(["events", "read", str(tmp_path / "other.csv"), "--as", "tiny-watch", "-l", str(tmp_path / "a.sides"),
                 "--quiet"]) == 0
    claims = sides.open(tmp_path / "a.sides").claims()
    assert sorted((claim.type, str(claim.start)) for claim in claims) == [
        ("ASSAULT", "2011-03-01"), ("ASSAULT", "2012-03-01"), ("CONSULT", "2011-03-02"), ("CONSULT", "2012-03-02")]


def test_a_ledger_is_written_by_an_exporter(tiny, tmp_path, digest):
    ledger = sides.open(digest)
    assert main(["export", "claims", "--format", "tiny-list", "-o", str(tmp_path / "b.list"), "-l", str(digest)]) == 0
    told = ledger.export("claims", tmp_path / "a.list", form="tiny-list")
    assert (tmp_path / "a.list").read_bytes() == (tmp_path / "b.list").read_bytes()
    lines = (tmp_path / "a.list").read_text(encoding="utf-8").splitlines()
    assert told.count == len(lines) == len(ledger.claims())
    with pytest.raises(ExportError, match="tiny-list does not write ties, but claims"):
        ledger.export("ties", tmp_path / "b.list", form="tiny-list")
    with pytest.raises(ExportError, match="sides plugins"):
        ledger.export("claims", tmp_path / "b.list", form="nobody")


def test_a_failing_exporter_leaves_no_file(broken, tmp_path, digest):
    with pytest.raises(PluginError, match=r"The exporter 'halfway' of broken-sides 0.1 failed \(OSError: no more\)"):
        sides.open(digest).export("claims", tmp_path / "a.half", form="halfway")
    assert not list(tmp_path.iterdir())
    sides.open(digest).export("claims", tmp_path / "a.csv", form="csv")  # the package's own
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("id,doc")


def test_the_plugins_pass_their_suites(tiny, tmp_path):
    from tiny_sides import Note, TinyList, TinyReader, TinyWatch

    check_reader(TinyReader(), ["Hamas thanked Iran."])
    check_extractor(Note(), {"a.note": NOTE})
    check_exporter(TinyList())
    (tmp_path / "tiny.csv").write_text(WATCH)
    check_adapter(TinyWatch(), tmp_path / "tiny.csv")


def test_each_that_cannot_be_used_is_listed_with_its_reason(broken, capsys):
    assert main(["plugins", "--json"]) == 1
    told = {one["point"] + " " + one["name"]: one["problem"] for one in json.loads(capsys.readouterr().out)}
    assert "ModuleNotFoundError" in told["readers absent"] and "broken-sides 0.1" in told["readers absent"]
    assert "calls itself 'honest'" in told["readers liar"]
    for shadow in ("readers grammar", "adapters gdelt-2", "exporters csv", "extractors txt"):
        assert "sides itself has one of this name" in told[shadow]
    assert "event: Field required" in told["adapters no-sense"]
    assert told["readers faulty"] is told["extractors crash"] is None  # that they fail is told when they do


def test_a_failing_reader_costs_documents_by_name_and_a_missing_one_the_call(broken, tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Hamas thanked Iran.")
    path = tmp_path / "a.sides"
    report = sides.open(path).read(tmp_path / "a.txt", reader="faulty", published="2021")
    (error,) = report.left_out
    assert "The reader 'faulty' of broken-sides 0.1 failed (ZeroDivisionError: no reason at all)" in str(error)
    for name, said in (("absent", "cannot be loaded"), ("nobody", "No reader is called 'nobody'"),
                       ("liar", "calls itself 'honest'")):
        with pytest.raises(PluginError, match=said):
            sides.open(path).read(tmp_path / "a.txt", reader=name)
    assert main(["read", str(tmp_path / "a.txt"), "-l", str(path), "--reader", "nobody"]) == 2
    assert "sides plugins" in capsys.readouterr().err
    assert sides.open(path).read(tmp_path / "a.txt", reader="grammar", published="2021").is_complete  # the package's


def test_a_failing_extractor_or_adapter_costs_itself_alone(broken, tmp_path, capsys):
    (tmp_path / "a.crash").write_text("x")
    (tmp_path / "b.txt").write_text("Hamas thanked Iran.")
    report = sides.open(tmp_path / "a.sides").read(tmp_path / "a.crash", tmp_path / "b.txt", reader="grammar",
                                                   published="2021")
    assert len(report.read) == 1
    (error,) = report.left_out
    assert "a.crash" in error.name
    assert "the extractor 'crash' of broken-sides 0.1 fail (IndexError: past the end)" in str(error)
    (tmp_path / "watch.keds.cameo.csv").write_text("date,source,target,code\n2011-03-01,SYR,ISR,190\n")
    assert main(["events", "read", str(tmp_path / "watch.keds.cameo.csv"), "-l", str(tmp_path / "b.sides"),
                 "--quiet"]) == 0
    told = capsys.readouterr().err
    assert "sides: The adapter 'no-sense' of broken-sides 0.1 failed" in told and "'gdelt-2'" in told


def test_two_of_one_name_are_both_refused(tiny, tmp_path, monkeypatch):
    other = tmp_path / "other_sides-2.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: other-sides\nVersion: 2.0\n")
    (other / "entry_points.txt").write_text("[sides.readers]\ntiny = tiny_sides:TinyReader\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = installed(Point.READERS, ())
    assert {plugin.distribution for plugin in found} == {"tiny-sides 1.0", "other-sides 2.0"}
    with pytest.raises(PluginError, match="uninstall all but one"):
        found[0].make()


def test_nothing_is_looked_up_where_nothing_is_asked_for(tmp_path):
    """Neither `import sides` nor reading a text loads what looks for plug-ins, let alone the plug-ins."""
    (tmp_path / "a.txt").write_text("Hamas thanked Iran.")
    code = ("import sys, sides\n"
            "assert 'sides.plugins' not in sys.modules\n"
            "from sides.documents import Options, find, load\n"
            "from datetime import date\n"
            f"assert [list(load(one, Options(today=date(2024, 1, 1)))) for one in find([{str(tmp_path)!r}])]\n"
            "assert 'tiny_sides' not in sys.modules\n"
            "import importlib.metadata\n"
            "from sides.documents.extractor import extractor_for\n"
            "assert extractor_for.cache_info().currsize == 0\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False,
                          env={"PYTHONPATH": f"{HERE / 'tiny'}:{Path(sides.__file__).parents[1]}", "PATH": ""})
    assert done.returncode == 0, done.stderr
