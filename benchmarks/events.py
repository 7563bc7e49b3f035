"""Event files to dyad-month panels: rows a second and memory, beside the same in pandas and a bare count of the rows.

    python benchmarks/events.py [--rows 1000000 5000000 20000000] [--memory 2GB] [--shared SHARED] [--folder FOLDER]
                                [--ledger] [--engine ENGINE]

Writes synthetic GDELT 2.0 days into a temporary folder (100,000 rows of 61 columns a file, nearly 500 bytes a row, with
ids that repeat, dates of long ago, lines that were cut) and reads them, each way in a process of its own: to panels
with `sides`, the same in pandas, and `count(*)` in DuckDB. The panels of both are compared, cell by cell. With
`--ledger` the rows are read into a ledger too; with `--engine` to panels by that engine as well: the bytes are
compared, and the CPU-seconds told of its tasks and of the process that takes up what they laid down. With SHARED, also
the event splits of ICEWS 2005-15 (`data/forecast/icews05-15`), written out with names and read by a mapping of one's
own. Needs pandas, which `sides` does not.

"The same in pandas" is what a careful user writes: only the columns needed, categories for those that repeat, chunks
that fit into memory, short lines found by their last column, actors and types by dictionaries that are made
beforehand (that time is not counted), compact numbers kept, repeats dropped, one grouping at the end.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

import sides
from sides.actors.registry import Registry
from sides.engines.engine import groups
from sides.engines.panels import GROUP_BYTES, GatheringSettings, gathered, read_into, shared_folder
from sides.events.converter import acts, lay_out
from sides.events.gathering import Gathered, gathering
from sides.events.mapping import read_mapping, shipped
from sides.events.sides import Sides

FILE_ROWS = 100_000
GDELT = "gdelt-2"
# Roles that stand behind a state, and alone, where they are nobody in particular.
ROLES = ("GOV", "MIL", "COP", "OPP", "REB", "BUS", "EDU", "LEG", "MED", "JUD", "CVL", "SPY")
# CAMEO codes, the commonest first, as in a file of 2019.
CODES = ("010", "042", "043", "036", "190", "040", "051", "020", "173", "046", "193", "112", "111", "057", "120", "080",
         "130", "061", "030", "084", "090", "110", "180", "141", "070", "0211", "071", "0231", "100", "1011", "163",
         "138", "175", "186", "0841", "162", "150", "060", "172", "155", "194", "195", "1724", "0311", "081", "050")
PANEL = ("period", "source", "target", "layer", "quad", "events", "acts", "cooperative", "hostile", "goldstein_sum",
         "goldstein_mean", "all_events", "share")
ICEWS = """
[dataset]
name = "icews05-15"
[table]
separator = "tab"
quoted = false
[event]
id = ["id"]
start = { column = "day" }
[[claim]]
source = { name = "source" }
target = { name = "target" }
type = { code = "code", scheme = "cameo" }
"""


def states() -> list[tuple[str, str]]:
    """CAMEO codes and names of states."""
    registry = Registry.load()
    told = {code: actor.name.upper() for one in registry.states()
            if (code := registry.code(one, "cameo")) and (actor := registry.get(one))}
    return sorted(told.items())


def drawn_from() -> list[tuple[str, str, str]]:
    """Code, name and country of actors, the commonest first: states, their parts, roles of nobody, and none at all."""
    actors = [("", "", "")] * 200
    for number, (code, name) in enumerate(states()):
        actors.append((code, name, code))
        actors += [(code + role, name + " " + role, code) for role in ROLES[:3 + number % 9]]
    actors += [(role, role, "") for role in ROLES] * 60
    return sorted(actors, key=lambda one: hash_of(one[0] + one[1]))


def made(folder: Path, rows: int) -> None:
    """Write files of GDELT 2.0 events."""
    actors = drawn_from()
    place = {name: number for number, name in enumerate(shipped()[GDELT].table.columns)}
    connection = duckdb.connect(config={"temp_directory": str(folder / "spill")})
    connection.execute("CREATE TABLE actor (n BIGINT, code VARCHAR, name VARCHAR, country VARCHAR)")
    connection.executemany("INSERT INTO actor VALUES (?, ?, ?, ?)",
                           [(number, *one) for number, one in enumerate(actors)])
    connection.execute("CREATE TABLE code (n BIGINT, code VARCHAR, goldstein VARCHAR)")
    scale = {code: goldstein for scheme, code, *_, goldstein, _ in acts() if scheme == "cameo"}
    connection.executemany("INSERT INTO code VALUES (?, ?, ?)",
                           [(number, code, str(scale.get(code) or 0.0)) for number, code in enumerate(CODES)])
    drawn = "((hash({} + {seed} * 1000003) % 1000003) / 1000003.0)"
    for number, first in enumerate(range(0, rows, FILE_ROWS)):
        day = date(2015, 3, 1) + timedelta(number)
        chance = [drawn.format("i", seed=seed) for seed in range(1, 9)]
        fields = ["''"] * len(place)
        told = {"GLOBALEVENTID": f"(CASE WHEN {chance[0]} < 0.005 AND i > {first} THEN i - 1 ELSE i END + 400000000)",
                "SQLDATE": f"strftime(CASE WHEN {chance[1]} < 0.01 THEN DATE '{day}' - 365 WHEN {chance[1]} < 0.03 "
                           f"THEN DATE '{day}' - 30 ELSE DATE '{day}' END, '%Y%m%d')",
                "MonthYear": f"'{day:%Y%m}'", "Year": f"'{day:%Y}'", "FractionDate": f"'{day:%Y}.1671'",
                "Actor1Code": "one.code", "Actor1Name": "one.name", "Actor1CountryCode": "one.country",
                "Actor2Code": "other.code", "Actor2Name": "other.name", "Actor2CountryCode": "other.country",
                "IsRootEvent": "'1'", "EventCode": "code.code", "EventBaseCode": "code.code[:3]",
                "EventRootCode": "code.code[:2]", "QuadClass": "'1'", "GoldsteinScale": "code.goldstein",
                "NumMentions": "i % 50 + 1", "NumSources": "i % 7 + 1", "NumArticles": "i % 50 + 1",
                "AvgTone": f"round({chance[5]} * 20 - 10, 12)", "DATEADDED": f"'{day:%Y%m%d}143000'",
                "SOURCEURL": "'https://www.example.org/news/world/' || i || '/' || one.name || '-and-' || other.name "
                             "|| '-what-was-said-today-and-what-is-to-come-of-it.html'"}
        for which in ("Actor1Geo", "Actor2Geo", "ActionGeo"):
            told |= {f"{which}_Type": "'4'", f"{which}_FullName": "'Vancouver, British Columbia, Canada'",
                     f"{which}_CountryCode": "'CA'", f"{which}_ADM1Code": "'CA02'", f"{which}_ADM2Code": "'12552'",
                     f"{which}_Lat": "'49.25'", f"{which}_Long": "'-123.133'", f"{which}_FeatureID": "'-575268'"}
        for name, value in told.items():
            fields[place[name]] = f"({value})::VARCHAR"
        line = f"concat_ws(chr(9), {', '.join(fields)})"
        connection.execute(f"""
            COPY (SELECT CASE WHEN {chance[6]} < 0.00001 THEN ({line})[:200] ELSE {line} END
                  FROM (SELECT range AS i, floor({len(actors)} * pow({drawn.format('range', seed=11)}, 2)) AS a,
                               floor({len(actors)} * pow({drawn.format('range', seed=12)}, 2)) AS b,
                               floor({len(CODES)} * pow({drawn.format('range', seed=13)}, 2)) AS c
                        FROM range({first}, {min(rows, first + FILE_ROWS)})) AS of_row
                  JOIN actor AS one ON one.n = a JOIN actor AS other ON other.n = b JOIN code ON code.n = c ORDER BY i)
            TO '{folder}/{day:%Y%m%d}000000.export.CSV' (HEADER false, DELIMITER '\x1f', QUOTE '', ESCAPE '')""")


def hash_of(text: str) -> int:
    """A number that depends on a text alone."""
    value = 14695981039346656037
    for byte in text.encode():
        value = (value ^ byte) * 1099511628211 % 2 ** 64
    return value


def with_sides(files: list[Path], output: Path, memory: str, dataset: str | None, mapping: Path | None) -> None:
    """The panel, by `sides`."""
    mappings = {"own": read_mapping(mapping)} if mapping else None
    with gathering(memory=memory, mappings=mappings) as found:
        for one in found.read(files, "own" if mapping else dataset):
            assert one.account is not None, one.error
        found.panel("month").write_parquet(str(output))


def with_engine(files: list[Path], output: Path, memory: str, engine: str) -> None:
    """The panel, by `sides` on an engine."""
    settings = GatheringSettings(shipped(), GDELT, memory)
    with gathering(memory=memory) as found:
        for one in read_into(found, files, settings, engine=engine, beside=output.parent):
            assert one.account is not None, one.error
        found.panel("month").write_parquet(str(output))


def in_groups(files: list[Path], folder: Path, memory: str) -> dict[str, float]:
    """CPU-seconds of the tasks, of taking up what they laid down, and of the panel, one after the other."""
    settings, took = GatheringSettings(shipped(), GDELT, memory), {"tasks": 0.0, "taking up": 0.0, "panel": 0.0}
    for _ in gathered(folder, settings, tuple(files[:1])):  # once the registry is loaded
        pass
    with gathering(memory=memory) as found, shared_folder(folder) as shared:
        for group in groups(files, Path, GROUP_BYTES):
            began = time.process_time()
            (laid,) = gathered(shared, settings, group)
            took["tasks"] += time.process_time() - began
            assert isinstance(laid, Gathered)
            began = time.process_time()
            assert all(one.account for one in found.take_up(laid))
            took["taking up"] += time.process_time() - began
        began = time.process_time()
        found.panel("month").write_parquet(str(folder / "groups.parquet"))
        took["panel"] = time.process_time() - began
    return took


def dictionaries(names: Iterable[str] = ()) -> dict[str, Any]:
    """What a user of pandas looks up: actors of codes, or of names, and type, sign, layer and quad class of acts."""
    sides = Sides(Registry.load())
    at = date(2015, 3, 1)
    asked = [(name, sides.standings("name", "", name, "", "name", "")) for name in names] or [
        (code, sides.standings("cameo", code, name, country, "cameo", ""))
        for code, name, country in drawn_from() if code]
    actors = {key: one.actor for key, found in asked for one in found if one.first <= at <= one.last and one.actor}
    with duckdb.connect() as connection:
        lay_out(connection)
        types = {code: (sign, layer, quad) for code, sign, layer, quad in connection.execute(
            "SELECT code, sign, layer, quad FROM act JOIN meaning USING (type) WHERE scheme = 'cameo'").fetchall()}
        coded = dict(connection.execute("SELECT code, goldstein FROM act WHERE scheme = 'cameo'").fetchall())
    return {"actors": actors, "types": types, "codes": sorted(coded),
            "tenths": {code: round(10 * (goldstein or 0)) for code, goldstein in coded.items()}}


def with_pandas(files: list[Path], output: Path, looked_up: Path, *, is_gdelt: bool) -> None:
    """The same panel, in pandas."""
    import numpy as np
    import pandas as pd

    known = json.loads(looked_up.read_text(encoding="utf-8"))
    names = sorted(set(known["actors"].values()))
    number = {name: place for place, name in enumerate(names)}
    actor_of = {code: number[name] for code, name in known["actors"].items()}
    cells = sorted({(layer, -1 if quad is None else quad) for _, layer, quad in known["types"].values()})
    cell_of = {code: cells.index((layer, -1 if quad is None else quad))
               for code, (_, layer, quad) in known["types"].items()}
    sign_of = {code: sign for code, (sign, _, _) in known["types"].items()}
    code_of = {code: place for place, code in enumerate(known["codes"])}
    columns = list(shipped()[GDELT].table.columns) if is_gdelt else ["id", "day", "source", "target", "code"]
    key, when, who, whom, what = ("GLOBALEVENTID", "SQLDATE", "Actor1Code", "Actor2Code", "EventCode") if is_gdelt \
        else columns
    # As categories, "010" would be read as the number 10; as text it is made one below.
    used = {key: "object", when: "category", who: "category", whom: "category", what: "str"}
    if is_gdelt:
        used |= {"GoldsteinScale": "category", "SOURCEURL": "object"}

    def looked(column: Any, values: dict[str, int], kind: str) -> Any:
        """Each row's number by the text of its category, -1 where there is none."""
        of_category = np.array([*(values.get(one, -1) for one in column.cat.categories), -1], dtype=kind)
        return of_category[column.cat.codes.to_numpy()]

    kept = []
    for file in files:
        for rows in pd.read_csv(file, sep="\t", header=None, skiprows=int(not is_gdelt), names=columns,
                                usecols=list(used), dtype=used, quoting=csv.QUOTE_NONE, keep_default_na=False,
                                on_bad_lines="skip", chunksize=1_000_000):
            rows[what] = rows[what].astype("category")
            days = pd.to_datetime(rows[when].cat.categories.astype(str), format="%Y%m%d" if is_gdelt else "%Y-%m-%d",
                                  errors="coerce")
            day_of = dict(zip(rows[when].cat.categories, days.to_numpy().astype("datetime64[D]").astype("int64"),
                              strict=True))
            source, target = looked(rows[who], actor_of, "int32"), looked(rows[whom], actor_of, "int32")
            cell, day = looked(rows[what], cell_of, "int8"), looked(rows[when], day_of, "int32")
            is_event = (source >= 0) & (target >= 0) & (source != target) & (cell >= 0) & (day >= 0)
            if is_gdelt:
                is_event &= (rows.SOURCEURL != "").to_numpy()
                scale = np.array([*(round(float(one) * 10) for one in rows.GoldsteinScale.cat.categories), 0])
                tenths = scale[rows.GoldsteinScale.cat.codes.to_numpy()[is_event]].astype("int16")
            else:
                tenths = looked(rows[what], known["tenths"], "int16")[is_event]
            kept.append(pd.DataFrame({
                "id": pd.to_numeric(rows[key][is_event]).to_numpy(), "day": day[is_event],
                "source": source[is_event], "target": target[is_event], "cell": cell[is_event],
                "code": looked(rows[what], code_of, "int16")[is_event],
                "sign": looked(rows[what], sign_of, "int8")[is_event], "tenths": tenths}))
    events = pd.concat(kept, ignore_index=True).drop_duplicates("id")
    del kept
    events["period"] = events.day.to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype("int32")
    events["cooperative"], events["hostile"], events["events"] = events.sign > 0, events.sign < 0, 1
    sums = ["events", "cooperative", "hostile", "tenths"]
    keys = ["period", "source", "target", "cell"]
    acted = events.groupby([*keys, "day", "code"], sort=False)[sums].sum().reset_index()
    acted["acts"] = 1
    panel = acted.groupby(keys, sort=False)[[*sums, "acts"]].sum().reset_index()
    panel["all_events"] = panel.groupby("period").events.transform("sum")
    panel["share"] = panel.events / panel.all_events
    panel["goldstein_sum"] = panel.tenths / 10
    panel["goldstein_mean"] = panel.tenths / 10 / panel.events
    panel["period"] = panel.period.to_numpy().astype("datetime64[M]").astype("datetime64[D]").astype(str)
    panel["source"] = np.array(names, dtype=object)[panel.source]
    panel["target"] = np.array(names, dtype=object)[panel.target]
    panel["layer"] = np.array([layer for layer, _ in cells], dtype=object)[panel.cell]
    panel["quad"] = np.array([quad for _, quad in cells])[panel.cell]
    panel[list(PANEL)].sort_values(list(PANEL[:5])).to_csv(output, index=False)


def with_count(files: list[Path], is_gdelt: bool) -> None:
    """The limit: DuckDB reads each row and counts."""
    names = ", ".join(f"'{name}': 'VARCHAR'" for name in shipped()[GDELT].table.columns)
    laid_out = f"columns={{{names}}}, header=false, auto_detect=false, null_padding=true" if is_gdelt else \
        "all_varchar=true"
    with duckdb.connect() as connection:
        print(connection.execute(f"SELECT count(*) FROM read_csv({[str(one) for one in files]}, delim='\t', quote='', "
                                 f"escape='', {laid_out})").fetchall(), file=sys.stderr)


def measured(way: str, folder: Path, *more: str) -> dict[str, float]:
    """Seconds, CPU-seconds and peak memory of a way, in a process of its own."""
    told = subprocess.run([sys.executable, __file__, "--one", way, "--folder", str(folder), *more], check=True,
                          capture_output=True, text=True).stdout
    return {key: float(value) for key, value in json.loads(told).items()}


def one(options: argparse.Namespace) -> None:
    """Run one way in this process, and print what it took."""
    files = sorted(options.folder.glob("*.export.CSV")) or sorted(options.folder.glob("*.tab"))
    before = os.times()
    began = time.perf_counter()
    if options.one == "sides":
        with_sides(files, options.folder / "sides.parquet", options.memory,
                   None if options.mapping else GDELT, options.mapping)
    elif options.one == "pandas":
        with_pandas(files, options.folder / "pandas.csv", options.folder / "known.json",
                    is_gdelt=files[0].suffix == ".CSV")
    elif options.one == "engine":
        with_engine(files, options.folder / "engine.parquet", options.memory, options.engine)
    elif options.one == "groups":
        print(json.dumps(in_groups(files, options.folder, options.memory)))
        return
    elif options.one == "ledger":
        report = sides.open(options.folder / "events.sides").read_events(*files, dataset=GDELT, memory=options.memory)
        assert not report.errors, report.errors
    else:
        with_count(files, is_gdelt=not options.mapping)
    seconds, after = time.perf_counter() - began, os.times()
    print(json.dumps({"seconds": seconds, "cpu": after.user + after.system - before.user - before.system,
                      "peak": peak() / 1e6}))


def peak() -> int:
    """Bytes of memory that this process held at most, on Linux: `ru_maxrss` would be its parent's, if larger."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def compared(folder: Path) -> tuple[int, int]:
    """How many rows the panel of `sides` has, and how many rows of either are not in the other, to the last cell."""
    columns = ", ".join(f"round({name}, 9) AS {name}" if name in ("share", "goldstein_mean", "goldstein_sum") else name
                        for name in PANEL)
    mine = f"SELECT {columns.replace('quad', 'coalesce(quad, -1) AS quad')} FROM '{folder}/sides.parquet'"
    theirs = f"SELECT {columns} FROM '{folder}/pandas.csv'"
    with duckdb.connect() as connection:
        ((rows, wrong),) = connection.execute(
            f"SELECT (SELECT count(*) FROM ({mine})), (SELECT count(*) FROM (({mine} EXCEPT ALL {theirs}) UNION ALL "
            f"({theirs} EXCEPT ALL {mine})))").fetchall()
    return int(rows), int(wrong)


def icews(shared: Path, folder: Path) -> int:
    """Write the events of ICEWS 2005-15 as a table with names, and what it means; how many there are."""
    sys.path.insert(0, str(Path(__file__).parent))
    from icews import plain, rows

    with (shared / "data/events/icews/cameo_codes.csv").open(encoding="utf-8", newline="") as lines:
        codes = {plain(row["name"]): row["code"] for row in csv.DictReader(lines) if len(row["code"]) > 2}
    (folder / "mapping.toml").write_text(ICEWS, encoding="utf-8")
    with (folder / "icews.tab").open("w", encoding="utf-8") as table:
        table.write("id\tday\tsource\ttarget\tcode\n")
        for number, (source, relation, target, day) in enumerate(rows(shared, "icews05-15")):
            table.write(f"{number}\t{day}\t{source.replace('_', ' ')}\t{target.replace('_', ' ')}\t"
                        f"{codes[plain(relation)]}\n")
    return number + 1


def said(way: str, rows: int, told: dict[str, float]) -> str:
    """A line of the report."""
    return (f"  {way}: {told['seconds']:.1f} s, {told['cpu']:.1f} CPU-seconds, {rows / told['seconds']:,.0f} rows/s, "
            f"peak {told['peak']:,.0f} MB")


def measure(rows: int, folder: Path, *more: str) -> str:
    """Read files each way, print what each took, and say how they compare."""
    took = {way: measured(way, folder, *more) for way in ("count", "sides", "pandas")}
    for way, told in took.items():
        print(said(way, rows, told))
    same, differ = compared(folder)
    return (f"panel of {same:,} rows, {differ:,} differ; pandas / sides "
            f"{took['pandas']['seconds'] / took['sides']['seconds']:.1f}, sides / count "
            f"{took['sides']['seconds'] / took['count']['seconds']:.1f}; load {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Make files, read them each way, compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000, 20_000_000])
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--one", choices=("sides", "pandas", "count", "ledger", "engine", "groups"))
    parser.add_argument("--engine", help="read to panels by this engine too")
    parser.add_argument("--ledger", action="store_true", help="read into a ledger too")
    parser.add_argument("--mapping", type=Path)
    options = parser.parse_args()
    if options.one:
        one(options)
        return
    if options.shared:
        with tempfile.TemporaryDirectory(prefix="sides-benchmark-", dir=options.folder) as name:
            folder = Path(name)
            rows = icews(options.shared, folder)
            print(f"ICEWS 2005-15, {rows:,} rows; load {os.getloadavg()[0]:.1f}", flush=True)
            with (folder / "icews.tab").open(encoding="utf-8") as lines:
                names = {name for line in lines for name in line.split("\t")[2:4]}
            (folder / "known.json").write_text(json.dumps(dictionaries(sorted(names))), encoding="utf-8")
            took = measure(rows, folder, "--memory", options.memory, "--mapping", str(folder / "mapping.toml"))
            print(f"  {took}; rows that differ are those of names whose actor is not the same at all dates", flush=True)
    for rows in options.rows:
        with tempfile.TemporaryDirectory(prefix="sides-benchmark-", dir=options.folder) as name:
            folder = Path(name)
            made(folder, rows)
            (folder / "known.json").write_text(json.dumps(dictionaries()), encoding="utf-8")
            size = sum(file.stat().st_size for file in folder.glob("*.CSV"))
            print(f"{rows:,} rows, {size / 1e9:.2f} GB; load {os.getloadavg()[0]:.1f}", flush=True)
            print(f"  {measure(rows, folder, '--memory', options.memory)}", flush=True)
            if options.engine:
                told = measured("engine", folder, "--memory", options.memory, "--engine", options.engine)
                print(said(f"by {options.engine}, of which this process", rows, told))
                same = {(folder / f"{name}.parquet").read_bytes() for name in ("sides", "engine")}
                print(f"  the same bytes: {len(same) == 1}; CPU-seconds of " + ", ".join(
                    f"{what} {seconds:.2f}" for what, seconds in measured("groups", folder).items()), flush=True)
            if options.ledger:
                print(said("into a ledger", rows, measured("ledger", folder, "--memory", options.memory)))
                size = sum(file.stat().st_size for file in (folder / "events.sides").rglob("*.parquet"))
                print(f"  {size / rows:.0f} bytes a row in the ledger", flush=True)


if __name__ == "__main__":
    main()
