"""What comes of fitting the model of ties on event data: `sides model fit`, on ICEWS 2005-15 and on KEDS.

    python benchmarks/ties_fit.py ../shared [--roll-up G] [--emissions] [--write FOLDER]

- ICEWS: events between states, as `benchmarks/icews.py` reads them, their relations as PLOVER types.
- KEDS: Levant and Turkey (CAMEO, by the ontology's table of PLOVER types, a code it lacks by its shorter ones), Gulf,
  Balkans and Central Asia (WEIS, by the table below). Dyads are of the first three letters of the actors' codes: states
  and peoples.

Prints for each what is fitted, the score of the signs of later events before and after, and the score of the share of
the hostile among all earlier events beside them; then the gold states and turns under each fitted model. `--write`
keeps the fitted models in a folder.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import icews
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.ties.event_table import Event, Events
from sides.ties.fitting import Fitted, fit
from sides.ties.model_file import written_model
from sides.ties.parameters import table
from ties import imported, material, print_rows, scored

# World Event/Interaction Survey (McClelland 1976): its 22 roots as PLOVER types; 02 and 10, comments and proposals, and
# 14, denials, are none.
WEIS = {"01": "CONCEDE", "03": "CONSULT", "04": "SUPPORT", "05": "AGREE", "06": "CONCEDE", "07": "AID", "08": "AGREE",
        "09": "REQUEST", "11": "REJECT", "12": "ACCUSE", "13": "PROTEST", "15": "REQUEST", "16": "THREATEN",
        "17": "THREATEN", "18": "MOBILIZE", "19": "SANCTION", "20": "SANCTION", "21": "COERCE", "22": "ASSAULT"}
KEDS = {"levant_cameo_1979_2011": False, "turkey_cameo_1992_2006": False, "gulf_weis_1979_1999": True,
        "balkans_weis_1989_2003": True, "central_asia_weis_1989_1999": True}
SAME = {"PAL": "PSE", "UAR": "EGY"}  # codes of the older part and of the newer


def icews_events(shared: Path, roll_up: str) -> Events:
    """Events between states, 2005 to 2015."""
    found = icews.load(shared, ["icews05-15"])[roll_up]
    rows = [Event(PartialDate.of(icews.EPOCH + timedelta(days=int(day))), found.dyads[dyad],
                  ClaimType(found.types[kind]), ClaimType(found.types[kind]).meaning.sign)
            for day, dyad, kind in zip(found.day, found.dyad, found.type, strict=True) if kind >= 0]
    return Events.of(f"ICEWS 2005-15, states, roll-up {roll_up}", rows)


def keds_events(shared: Path) -> Events:
    """Events of the five KEDS files."""
    cameo = json.loads((shared / "data/claims/plover_ontology.json").read_text(encoding="utf-8"))["cameo2plover"]
    rows = []
    for name, is_weis in KEDS.items():
        with gzip.open(shared / f"data/events/keds/{name}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                left, right = sorted(SAME.get(row[side][:3], row[side][:3]) for side in ("source", "target"))
                kind = WEIS.get(row["code"][:2]) if is_weis else next(plover(row["code"].rstrip("]"), cameo), None)
                if kind and left != right:
                    day = PartialDate.of(date.fromisoformat(row["date"]))
                    rows.append(Event(day, (left, right), ClaimType(kind), ClaimType(kind).meaning.sign))
    return Events.of("KEDS: Levant, Gulf, Turkey, Balkans, Central Asia", rows)


def plover(code: str, cameo: dict[str, dict[str, str]]) -> Iterator[str]:
    """The PLOVER type of a code, then those of its shorter ones."""
    for size in range(len(code), 1, -1):
        if code[:size] in cameo:
            yield cameo[code[:size]]["plover"]


def print_fitted(fitted: Fitted, events: Events) -> None:
    """What was fitted."""
    chain = fitted.table["chain"]
    print(f"\n{events.source}: {len(events.rows):,} events (repeated {events.repeated:,}), {len(events.dyads):,} dyads")
    print(f"stay {chain['stay']}, initial {chain['initial']}, tempering {chain['tempering']}, tilt {chain['tilt']}")
    print(f"{len(fitted.steps)} steps, settled: {fitted.is_settled}; log evidence {fitted.steps[0].objective:.1f} to "
          f"{fitted.steps[-1].objective:.1f}")
    print(f"level of events by state {', '.join(f'{one:.2f}' for one in fitted.levels)}")
    print(f"score of {fitted.after.events:,} signs, {fitted.after.hostile:.3f} hostile: before "
          f"{fitted.before.loss:.4f}, after {fitted.after.loss:.4f}, share of all earlier {fitted.after.base:.4f}")
    best = sorted(fitted.choices, key=lambda one: one.score.loss)
    for one in [*best[:3], *(one for one in best if (one.tempering, one.tilt) == (4.0, 0.7))]:
        print(f"  chosen among: tempering {one.tempering:g}, tilt {one.tilt:g}: {one.score.loss:.4f}")
    for name, row in fitted.table["emission"].items():
        if row != table()["emission"][name]:
            print(f"  {name}: {table()['emission'][name]} to {row}")


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with gold, seeds and data")
    parser.add_argument("--roll-up", choices=("G", "A"), default="G", help="of ICEWS (default: G)")
    parser.add_argument("--emissions", action="store_true", help="the meanings of the types too")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="keep the fitted models here")
    options = parser.parse_args()
    models = {}
    for name, events in (("keds", keds_events(options.shared)),
                         ("icews", icews_events(options.shared, options.roll_up))):
        fitted = fit(events, table(), with_meanings=options.emissions)
        print_fitted(fitted, events)
        models[name] = fitted.table
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            (options.write / f"{name}.toml").write_text(written_model(fitted.table), encoding="utf-8")
    shared = options.shared
    asked = json.loads((shared / "gold" / "ties.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        said = material(imported(Path(folder) / "seeds", shared / "gold", shared / "seeds"), asked)
        print_rows([("the seeds, from annotated claims; as shipped", scored(asked, said)),
                    *((f"fitted on {name}", scored(asked, said, model)) for name, model in models.items())])


if __name__ == "__main__":
    main()
