"""To whom an actor does something next, as a ledger tells it: chances that hold, kept or not, blind to what comes."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date, timedelta

import numpy as np
import pytest

import sides
from sides.forecast import asked, boosting, learned_answer, learned_ranking
from sides.forecast.archive import quarter_before
from sides.forecast.learned_files import Kept
from sides.forecast.of_ledger import day_number
from sides.forecast.ranking.chances import Mapped, Rates, earlier
from sides.model.errors import ForecastError
from sides.report.forecast import forecast_record, ranking_record
from tests.cli.test_commands import call
from tests.forecast.simulated import PAIRS, name, world

pytest.importorskip("lightgbm")
FIRST = date(2001, 1, 1)
CUT = 1300  # the day by the world's count from which nothing is told in the shorter ledger
TYPES = {"accuse": "ACCUSE", "attack": "ASSAULT", "host": "SUPPORT", "aid": "AID"}
MAPPING = """
[dataset]
name = "simulated"
[event]
id = ["nr"]
start = { column = "day" }
[[claim]]
source = { name = "who" }
target = { name = "whom" }
type = { column = "what", values = { accuse = "ACCUSE", attack = "ASSAULT", host = "SUPPORT", aid = "AID" } }
"""


@pytest.fixture(scope="module", autouse=True)
def _little_is_enough():
    """A few thousand events are enough here; fewer questions and trees are learned."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(learned_answer, "LEAST_EVENTS", 1000)
        patched.setattr(learned_ranking, "LEARNED", 1500)
        patched.setattr(learned_ranking, "TREES", 20)
        patched.setattr(learned_answer, "CHECKED", 1)
        patched.setattr(boosting, "ROUNDS", 30)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ranked")


def ledger_of(folder, label, until):
    """A ledger of the world's events before a day."""
    folder.joinpath("mapping.toml").write_text(MAPPING)
    rows = sorted(zip(*world().columns, strict=True))
    with folder.joinpath(f"{label}.csv").open("w", newline="") as table:
        out = csv.writer(table)
        out.writerow(["nr", "day", "who", "whom", "what"])
        out.writerows((number, (FIRST + timedelta(day)).isoformat(), who, whom, what)
                      for number, (day, who, whom, what) in enumerate(rows) if day < until)
    ledger = sides.open(folder / f"{label}.sides")
    ledger.read_events(folder / f"{label}.csv", mapping=folder / "mapping.toml")
    return ledger


@pytest.fixture(scope="module")
def whole(folder):
    return ledger_of(folder, "whole", 10_000)


@pytest.fixture(scope="module")
def cut(folder):
    return ledger_of(folder, "cut", CUT)


@pytest.fixture(scope="module")
def taught(simulated):
    past = simulated.log.before(CUT)
    return past, *earlier(past, learned=1500, trees=20)


ASKED_ON = (FIRST + timedelta(CUT - 1)).isoformat()


def ranked(ledger, who="Guest0", event="SUPPORT", **more):
    found = ledger.ranking(who, event, within_days=90, at=ASKED_ON, forecaster="learned", **more)
    return json.dumps(ranking_record(found)), found


def files(ledger, kind="*"):
    return sorted((ledger.path / "derived" / "forecasts").glob(f"{kind}-*.kept"))


def test_what_is_learned_from_ends_with_the_quarter_before():
    assert str(quarter_before(date(2015, 12, 31))) == "2015-09-30"
    assert str(quarter_before(date(2016, 1, 1))) == "2015-12-31"


def test_chances_come_true_as_often_as_the_simulator_says(simulated, taught):
    past, ranker, rates = taught
    members = np.array([kind.name == "attack" for kind in past.kinds])
    mapped = Mapped.of(rates, past, 30, members)
    askers = np.array([past.actors.index(name(pair, 1)) for pair in range(PAIRS)
                       if name(pair, 1) in past.actors], np.int64)
    _, asker, answer, said = Rates.asked(ranker, CUT, askers, np.flatnonzero(members).tolist()).within(30, members)
    told = dict(zip(zip(asker.tolist(), answer.tolist(), strict=True), mapped.map(said).tolist(), strict=True))
    chances, truths, others = [], [], []
    for pair in range(PAIRS):
        one, other = (past.actors.index(name(pair, side)) if name(pair, side) in past.actors else -1
                      for side in (1, 0))
        if (one, other) in told:
            chances.append(told[one, other])
            truths.append(simulated.attack_chance(pair, past, 30))
            others += [chance for (who, whom), chance in told.items() if who == one and whom != other]
    chances, truths = np.array(chances), np.array(truths)
    assert len(chances) > 60
    assert chances.mean() == pytest.approx(truths.mean(), abs=.05)
    assert np.mean(others) < .01  # nobody else is ever attacked by them
    error, base = ((chances - truths) ** 2).mean(), ((truths.mean() - truths) ** 2).mean()
    assert error < .8 * base and np.corrcoef(chances, truths)[0, 1] > .5


def test_the_rule_the_rhythm_and_the_turn_decide_who_is_first(whole):
    _, found = ranked(whole)
    assert found.ranker == "learned ranker" and found.rows[0].target == "house0" and found.rows[0].chance > .5
    friend, foe = (ranked(whole, "Friend0", event)[1].rows[0] for event in ("AID", "ASSAULT"))
    assert foe.target == "foe0" and foe.chance > .5 > friend.chance  # they turned long ago
    for row in (*found.rows, foe):
        assert 0 <= row.low <= row.chance <= row.high <= 1
        assert (len(row.precedents) >= 3) == (row.lacking is None)
        assert all(item.day.isoformat() <= ASKED_ON for item in row.precedents)
    chances = [row.chance for row in found.rows]
    assert chances == sorted(chances, reverse=True)
    assert {item.claim for row in found.rows for item in row.precedents} <= found.quotes.keys()


def test_what_comes_later_changes_no_byte_whether_or_not_a_ranker_is_kept(whole, cut, monkeypatch):
    later = whole.ranking("Guest0", "SUPPORT", at=(FIRST + timedelta(CUT + 150)).isoformat(), forecaster="learned")
    assert later.events > ranked(whole)[1].events
    first = ranked(cut)[0]
    assert ranked(whole)[0] == first
    monkeypatch.setattr(learned_ranking, "_learned", lambda *_: pytest.fail("It is kept, and need not be learned."))
    assert ranked(cut)[0] == first
    assert ranked(cut, "House0", "AID")[1].ranker == "learned ranker"  # the same fit tells of all


def test_a_damaged_file_is_learned_anew_and_where_nothing_can_be_kept_it_answers(cut, folder):
    first = ranked(cut)[0]
    for path in files(cut):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    assert ranked(cut)[0] == first
    files(cut, "ranker")[0].write_bytes(b"")
    assert ranked(cut)[0] == first
    other = folder / "closed.sides"
    shutil.copytree(cut.path, other, ignore=shutil.ignore_patterns("derived"))
    (other / "derived").write_text("no folder")
    assert ranked(sides.open(other))[0] == first


def test_a_forecast_of_two_is_kept_and_blind_too(whole, cut, monkeypatch):
    def told(ledger, forecaster="learned"):
        return json.dumps(forecast_record(ledger.forecast("Guest1", "House1", "SUPPORT", within_days=30, at=ASKED_ON,
                                                          forecaster=forecaster)))

    monkeypatch.setattr(asked, "HORIZONS", (30, 90))  # two stretches are fitted sooner than five
    first = told(whole)
    assert json.loads(first)["forecaster"] == "learned" and json.loads(first)["probability"] > .2
    assert told(cut) == first
    monkeypatch.setattr(learned_answer.Taught, "fit", lambda *_: pytest.fail("It is kept, and need not be learned."))
    assert told(cut) == first == told(cut, "auto")
    assert "The learned forecaster has learned" in json.dumps(forecast_record(
        cut.forecast("Guest1", "House2", "SUPPORT", at=ASKED_ON)))


def test_who_comes_after_the_quarter_began_is_ranked_with_what_is_known(folder):
    since = day_number(quarter_before(FIRST + timedelta(CUT - 1))) - day_number(FIRST)
    ledger = ledger_of(folder, "newcomer", CUT)
    with folder.joinpath("more.csv").open("w", newline="") as table:
        table.write("nr,day,who,whom,what\n")
        table.writelines(f"{90000 + day},{FIRST + timedelta(day)},Guest0,Newcomer,host\n"
                         for day in range(since + 2, CUT, 4))
    ledger.read_events(folder / "more.csv", mapping=folder / "mapping.toml")
    found = ranked(ledger)[1]
    assert "newcomer" in [row.target for row in found.rows]
    assert ranked(ledger, "Newcomer", "AID")[1].rows


def test_too_little_is_said_plainly(capsys, digest, cut):
    question = ("forecast", "--ranking", "Israel", "--event", "ASSAULT", "-l", digest)
    code, _, err = call(capsys, *question, "--forecaster", "learned")
    assert code == 2 and "Too little to learn from" in err
    record = json.loads(call(capsys, *question, "--json")[1])
    assert record["ranker"] == "reference class" and any("Too little" in note for note in record["notes"])
    assert all(len(row["precedents"]) >= 3 or row["lacking"] for row in record["rows"])
    with pytest.raises(ForecastError, match="365 days ahead at most"):
        cut.ranking("Guest0", "SUPPORT", within_days=400, at=ASKED_ON, forecaster="learned")


def test_the_files_used_last_stay(tmp_path):
    kept = Kept(tmp_path)
    for number in range(20):
        kept.columns("ranker", (str(number),), lambda number=number: {"value": np.array(number)})
    assert len(list(kept.folder.glob("*"))) == 3
    assert Kept(None).columns("ranker", ("19",), lambda: {"value": np.array(7)})["value"] == 7
    assert kept.columns("ranker", ("19",), lambda: {"value": np.array(7)})["value"] == 19
