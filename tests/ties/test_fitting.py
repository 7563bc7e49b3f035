"""The model of ties fitted on events."""

from __future__ import annotations

import copy
import gzip
from itertools import pairwise

import numpy as np
import pytest

from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.model.errors import EmptyInput, MalformedInput, MissingInput, ModelError
from sides.ties.event_table import Event, Events, read_events
from sides.ties.fitting import changed, fit, run, samples, score
from sides.ties.meanings import in_order, nearest
from sides.ties.model_file import check_model, read_model, written_model
from sides.ties.parameters import TYPES, Parameters, shipped, table
from sides.ties.signals import month_date
from sides.ties.simulator import World, simulate

BEGIN = 12 * 2000


def events_of(model, world, seed):
    """Simulated reports, each a day of its own so that none is taken for a repetition."""
    found = simulate(model, world, np.random.default_rng(seed)).signals
    return Events.of("simulated", [
        Event(PartialDate(month_date(BEGIN + month).year, month_date(BEGIN + month).month, 1 + row % 28),
              (f"a{dyad:03}", f"b{dyad:03}"), TYPES[kind], int(sign))
        for row, (month, dyad, kind, sign) in enumerate(zip(
            found.first.tolist(), found.dyad.tolist(), found.type.tolist(), found.sign.tolist(), strict=True))])


@pytest.fixture(scope="module")
def sticky():
    """Events of dyads that stay longer than the shipped model expects."""
    return events_of(changed(table(), stay=0.99), World(dyads=100, rate=2.0, rate_spread=0.3), 5)


def test_expectation_maximization_rises_and_finds_how_long_states_stay(sticky):
    model = changed(table(), stay=0.93, tempering=1e9, tilt=0.0)
    steps, is_settled, found = run(samples(sticky), model, table(), BEGIN + 120)
    assert is_settled
    assert all(after.objective >= before.objective - 1e-6 for before, after in pairwise(steps))
    assert steps[-1].objective > steps[0].objective + 10
    assert found["chain"]["stay"] == pytest.approx(0.99, abs=0.004)


def test_a_fit_foretells_signs_better_and_tells_what_it_did(sticky):
    fitted = fit(sticky, table())
    assert fitted.after.loss < fitted.before.loss
    assert fitted.after.events == fitted.before.events > 0
    assert fitted.levels == tuple(sorted(fitted.levels))
    assert fitted.parameters.move.sum(1) == pytest.approx(1)
    told = fitted.table["provenance"]
    assert (told["data"], told["events"], told["dyads"]) == ("simulated", len(sticky.rows), len(sticky.dyads))
    assert told["score_after"] == pytest.approx(fitted.after.loss, abs=1e-4)
    assert fitted.table["emission"] == table()["emission"]
    other = fit(Events.of("simulated", reversed(sticky.rows)), table())
    assert other == fitted


def test_a_forecast_knows_nothing_of_its_own_month_or_later_ones(sticky):
    cut = BEGIN + 96
    early = Events.of("", [row for row in sticky.rows if row.actors[0] < "a020" and row.date < month_date(cut)])
    last = Events.of("", [*early.rows, Event(month_date(cut), early.rows[0].actors, ClaimType.ASSAULT, -1)])
    alone = score(samples(last), shipped(), cut, cut + 1)
    more = Events.of("", [*last.rows, *(Event(month_date(cut + 1), last.rows[0].actors, kind, kind.meaning.sign)
                                       for kind in (ClaimType.RAPPROCHEMENT, ClaimType.AID))])
    assert alone.events == 1
    assert score(samples(more), shipped(), cut, cut + 1).loss == pytest.approx(alone.loss)
    friendly = Events.of("", [*early.rows, Event(month_date(cut), early.rows[0].actors, ClaimType.AID, 1)])
    assert np.exp(-alone.loss) + np.exp(-score(samples(friendly), shipped(), cut, cut + 1).loss) == pytest.approx(1)


def test_meanings_stay_near_what_they_were_unless_much_speaks_against_it():
    row = table()["emission"]["CONSULT"]
    hostile = np.array([0.6, 0.3, 0.05, 0.03, 0.02])
    few, many = (nearest(row, hostile, events, 0.12) for events in (50, 100_000))
    assert abs(few["mean"] - row["mean"]) < 0.15
    assert many["mean"] < few["mean"] - 0.5


def test_states_out_of_order_are_refused(sticky):
    turned = copy.deepcopy(table())
    for row in turned["emission"].values():
        row.update({key: -row[key] for key in ("mean", "hostile", "neutral") if key in row})
    with pytest.raises(ModelError, match="should rise"):
        in_order(samples(sticky), Parameters.of(turned), shipped(), BEGIN + 120)


def test_too_short_a_time_is_refused_with_the_months():
    rows = [Event(PartialDate(2014, month), ("a", "b"), ClaimType.AID, 1) for month in (1, 2)]
    with pytest.raises(ModelError, match="2014-"):
        fit(Events.of("few", rows), table())


def write(tmp_path, text, name="events.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_line_by_line(tmp_path):
    path = write(tmp_path, "type,target,date,source,sign\n"
                           "AID,Iran,2014-02-03,Hamas,\nAID,Hamas,2014-02-03,Iran,1\nREQUEST,Iran,2014-03,Hamas,-1\n"
                           "BOMB,Iran,2014-02-03,Hamas,\nAID,Iran,2014,Hamas,\nAID,Iran,03/02/2014,Hamas,\n"
                           "AID,Hamas,2014-02-03,Hamas,\nAID,,2014-02-03,Hamas,\nAID,Iran,2014-02-03,Hamas,5\n"
                           "LEADS,Iran,2014-02-03,Hamas,\nAID\n")
    found = read_events(path)
    assert [(str(row.date), row.actors, row.type, row.sign) for row in found.rows] == [
        ("2014-02-03", ("Hamas", "Iran"), "AID", 1), ("2014-03", ("Hamas", "Iran"), "REQUEST", -1)]
    assert found.repeated == 1
    assert [one.split(":")[0] for one in found.left_out] == [f"events.csv, line {line}" for line in range(5, 13)]
    for reason, words in zip(found.left_out, ("no type", "no month", "not a date", "both sides", "target is empty",
                                              "none of -1, 0, 1", "who belongs where", "date is empty"), strict=True):
        assert words in reason


def test_a_gzipped_table_is_the_same(tmp_path):
    text = "date,source,target,type\n2014-02-03,a,b,AID\n"
    path = tmp_path / "events.csv.gz"
    path.write_bytes(gzip.compress(text.encode()))
    assert read_events(path).rows == read_events(write(tmp_path, text)).rows
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(MalformedInput):
        read_events(path)


@pytest.mark.parametrize(("text", "error"), [
    ("", MalformedInput), ("date,source,type\n2014-01,a,AID\n", MalformedInput),
    ("date,source,target,type\n", EmptyInput), ("date,source,target,type\n2014,a,b,AID\n", EmptyInput)])
def test_what_is_no_table_of_events_is_refused(tmp_path, text, error):
    with pytest.raises(error):
        read_events(write(tmp_path, text))
    with pytest.raises(MissingInput):
        read_events(tmp_path / "none.csv")


def test_a_written_model_is_read_as_it_was(tmp_path):
    model = changed(table(), stay=0.98)
    path = write(tmp_path, written_model(model), "model.toml")
    assert read_model(path) == model
    assert Parameters.load(path).move[0, 0] == pytest.approx(0.98)


@pytest.mark.parametrize(("part", "key", "value", "words"), [
    ("chain", "stay", 1.5, "[chain] stay must lie between"), ("chain", "stay", "high", "[chain] stay must be a number"),
    ("chain", "initial", [1, 2], "[chain] initial must be five"),
    ("chain", "tempring", 4, "[chain] tempring is not known"),
    ("change", "up", ["RAPPROCHMENT"], "[change] up names 'RAPPROCHMENT'"), ("before", "months", 2.5, "whole number"),
    ("emission", "AID", {"mean": 1.0}, "[emission.AID] width is missing"),
    ("emission", "GIVE", {}, "names 'GIVE'"),
    ("emission", "LEADS", {"mean": 1.0, "width": 1.0}, "who belongs where"),
    ("layer", "naval", 0.5, "naval is not known"),
    ("modality", "asserted", None, "[modality] asserted"),
    ("speaker", "party", True, "[speaker] party must be a number")])
def test_a_model_that_makes_no_sense_is_named_by_table_and_key(part, key, value, words):
    model = copy.deepcopy(table())
    model[part][key] = value
    with pytest.raises(ModelError) as raised:
        check_model(model)
    assert words in str(raised.value)


def test_a_file_that_is_no_model_is_named(tmp_path):
    for text in ("stay = ", "[chain]\nstay = 0.9\n"):
        path = write(tmp_path, text, "mine.toml")
        with pytest.raises(ModelError, match=r"mine\.toml"):
            Parameters.load(path)
    with pytest.raises(ModelError, match=r"none\.toml"):
        Parameters.load(tmp_path / "none.toml")


def test_the_shipped_model_makes_sense():
    check_model(table())
