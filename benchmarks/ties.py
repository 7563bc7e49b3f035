"""Are the states and turns of ties those that a careful reader sees?

    python benchmarks/ties.py ../shared [--draws 300] [--seed 1]

Four tables:

- the 32 dated states and 6 turns of `gold/ties.json`, from the annotated claims of the seeds (`sides import claims`),
  and from our own reading of the seeds;
- the same without one part of the model after another;
- the same with all numbers of the model drawn anew (means by a normal of 0.25, widths by 20 %, rates and 1 - stay by
  37 %, weights of modalities by 50 %);
- the states and turns of `benchmarks/ties_reading.json`, which hang on modality, layers and roll-up, from the annotated
  claims of the articles that are not set aside.

A state is right if it is among those that a careful reader would accept; a turn is found if one of its direction lies
in the window; further turns are those of the same dyads that no window asks for.
"""

from __future__ import annotations

import argparse
import copy
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from resolution import SET_ASIDE
from sides.face import Ledger
from sides.model.claim_type import Layer
from sides.model.dates import PartialDate
from sides.ties.evidence import Evidence
from sides.ties.history import History
from sides.ties.parameters import Parameters, table
from sides.ties.tie import Tie, derive

Dyad = tuple[str, str, bool, str | None]  # with whether persons and parts stand for themselves, and the layer


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many, right."""

    states: int
    turns: int
    further: int
    of_states: int
    of_turns: int

    def __str__(self) -> str:
        return f"{self.states} of {self.of_states} | {self.turns} of {self.of_turns} | {self.further}"


def dyads(asked: Mapping[str, Any]) -> list[Dyad]:
    """The dyads that are asked about, in their order."""
    return list(dict.fromkeys(dyad_of(row) for row in (*asked["states"], *asked["turns"])))


def dyad_of(row: Mapping[str, Any]) -> Dyad:
    """The dyad of a row."""
    return row["a"], row["b"], bool(row.get("exact")), row.get("layer")


def judged(asked: Mapping[str, Any], ties: Mapping[Dyad, Tie], misses: list[str] | None = None) -> Score:
    """How many states and turns are right."""
    states = 0
    for row in asked["states"]:
        history = history_of(ties[dyad_of(row)], row.get("layer"))
        found = history.state(PartialDate.parse(row["at"])).value if history else "none"
        states += found in row["states"]
        if found not in row["states"] and misses is not None:
            misses.append(f"{row['a']} and {row['b']} at {row['at']}{layer_name(row)}: {found}, wanted "
                          f"{' or '.join(row['states'])} {row.get('hangs_on', '')}")
    found_turns = further = 0
    for dyad, tie in ties.items():
        history = history_of(tie, dyad[3])
        open_ = list(history.turns()) if history else []
        for row in (one for one in asked["turns"] if dyad_of(one) == dyad):
            first, last = PartialDate.parse(row["from"]).first, PartialDate.parse(row["to"]).last
            hit = next((turn for turn in open_ if turn.direction == row["direction"]
                        and first <= turn.month.first <= last), None)
            found_turns += hit is not None
            if hit is not None:
                open_.remove(hit)
            elif misses is not None:
                misses.append(f"no turn {row['direction']} of {row['a']} and {row['b']} from {row['from']} to "
                              f"{row['to']}{layer_name(row)}")
        further += len(open_)
        if misses is not None:
            misses += [f"further turn {turn.direction} of {dyad[0]} and {dyad[1]}, {turn.month}" for turn in open_]
    return Score(states, found_turns, further, len(asked["states"]), len(asked["turns"]))


def layer_name(row: Mapping[str, Any]) -> str:
    """The layer of a row, for a line about it."""
    return f" ({row['layer']})" if row.get("layer") else ""


def history_of(tie: Tie, layer: str | None) -> History | None:
    """The history that is asked about: the whole one, or that of a layer."""
    if layer is None:
        return tie.history
    return next((one.history for one in tie.layers if one.layer is Layer(layer)), None)


def imported(folder: Path, gold: Path, texts: Path, *, without: Sequence[str] = ()) -> Ledger:
    """A ledger of annotated claims, without some documents."""
    rows = [json.loads(line) for line in (gold / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = json.loads((texts / "documents.json").read_text(encoding="utf-8"))
    folder.mkdir(parents=True)
    claims, listing = folder / "claims.jsonl", folder / "documents.json"
    claims.write_text("".join(json.dumps(row) + "\n" for row in rows if row["doc"] not in without), encoding="utf-8")
    listing.write_text(json.dumps([row | {"text": (texts / row["file"]).read_bytes().decode()}
                                   for row in documents if row["key"] not in without]), encoding="utf-8")
    ledger = Ledger(folder / "gold.sides")
    ledger.import_claims(claims, documents=listing, actors=gold / "actors.jsonl")
    return ledger


@dataclass(frozen=True, slots=True)
class Material:
    """What is said of one dyad, and the latest date that the documents tell of."""

    between: list[Evidence]
    mediation: list[Evidence]
    horizon: PartialDate | None

    def tie(self, dyad: Dyad, parameters: Parameters | None = None) -> Tie:
        """The tie, with some numbers of the model."""
        return derive(dyad[0], dyad[1], self.between, self.mediation, horizon=self.horizon, parameters=parameters)


def material(ledger: Ledger, asked: Mapping[str, Any]) -> dict[Dyad, Material]:
    """What a ledger says of each dyad that is asked about."""
    view = ledger._view()
    return {dyad: Material(view.between(dyad[0], dyad[1], exact=dyad[2]),
                           view.mediation(dyad[0], dyad[1], exact=dyad[2]), view.horizon())
            for dyad in dyads(asked)}


def scored(asked: Mapping[str, Any], said: Mapping[Dyad, Material], model: Mapping[str, Any] | None = None,
           misses: list[str] | None = None) -> Score:
    """How many states and turns are right, under some numbers of the model."""
    parameters = Parameters.of(model) if model else None
    return judged(asked, {dyad: one.tie(dyad, parameters) for dyad, one in said.items()}, misses)


def drawn(model: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """The model with all its numbers drawn anew around what they are."""
    found = copy.deepcopy(dict(model))
    for row in (*found["emission"].values(), found["before"]):
        shift = rng.normal(0, 0.25)
        row.update({key: row[key] + shift for key in ("mean", "neutral", "hostile") if key in row})
        row["width"] *= np.exp(rng.normal(0, 0.2))
    for part, names in (("time", ("hold", "hold_fades", "before_end", "undated_tie", "undated_event", "undated_fades")),
                        ("chain", ("tempering", "tilt")), ("change", ("ratio", "weak", "undated")),
                        ("before", ("weight",))):
        for name in names:
            found[part][name] *= np.exp(rng.normal(0, 0.37))
    found["chain"]["stay"] = 1 - (1 - found["chain"]["stay"]) * np.exp(rng.normal(0, 0.37))
    for name, weight in found["modality"].items():
        found["modality"][name] = 1.0 if name == "asserted" else min(1.0, weight * np.exp(rng.normal(0, 0.5)))
    return found


def ablations(model: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The model without one part after another."""
    for name, part, values in (
            ("claims of change are no evidence of a move", "change", {"ratio": 1.0}),
            ("a mended tie was not broken before", "before", {"weight": 0.0}),
            ("no tone of the dyad", "chain", {"tilt": 0.0}),
            ("no tempering", "chain", {"tempering": 1e9}),
            ("a standing tie does not go on", "time", {"hold": 0.0}),
            ("all modalities count alike", "modality", dict.fromkeys(model["modality"], 1.0)),
            ("all speakers count alike", "speaker", dict.fromkeys(model["speaker"], 1.0)),
            ("words count like deeds", "layer", {"rhetorical": 1.0}),
            ("stay .95", "chain", {"stay": 0.95}), ("stay .99", "chain", {"stay": 0.99})):
        changed = copy.deepcopy(dict(model))
        changed[part].update(values)
        yield name, changed


def by_part(asked: Mapping[str, Any], part: str) -> dict[str, Any]:
    """The questions that hang on one thing."""
    return {key: [row for row in asked[key] if row["hangs_on"] == part] for key in ("states", "turns")}


def of_folder(asked: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """The questions about the articles of one folder."""
    return {key: [row for row in asked[key] if row["docs"][0].startswith(folder)] for key in ("states", "turns")}


def added(scores: Sequence[Score]) -> Score:
    """Several scores together."""
    return Score(*(sum(getattr(score, name) for score in scores)
                   for name in ("states", "turns", "further", "of_states", "of_turns")))


def print_rows(rows: Sequence[tuple[str, Score]]) -> None:
    """Scores as a table."""
    print("\n| | states | turns | further turns |\n| --- | --- | --- | --- |")
    for name, score in rows:
        print(f"| {name} | {score} |")


def print_seeds(shared: Path, folder: Path, draws: int, seed: int) -> None:
    """The tables of the seeds."""
    asked = json.loads((shared / "gold" / "ties.json").read_text(encoding="utf-8"))
    said = material(imported(folder / "seeds", shared / "gold", shared / "seeds"), asked)
    own = Ledger(folder / "own.sides")
    own.read(str(shared / "seeds"))
    misses: list[str] = []
    own_misses: list[str] = []
    print_rows([("the seeds, from annotated claims", scored(asked, said, misses=misses)),
                ("the seeds, from our own reading", scored(asked, material(own, asked), misses=own_misses)),
                *((f"annotated; {name}", scored(asked, said, model)) for name, model in ablations(table()))])
    print("\nAmiss, from annotated claims:", *misses, sep="\n- ")
    print("\nAmiss, from our own reading:", *own_misses, sep="\n- ")
    rng = np.random.default_rng(seed)
    found = [scored(asked, said, drawn(table(), rng)) for _ in range(draws)]
    if found:
        shares = [sum(map(test, found)) / len(found) for test in (
            lambda one: one.states >= 28, lambda one: one.states >= 30, lambda one: one.turns == one.of_turns,
            lambda one: one.further <= 4)]
        median = [np.median([getattr(one, name) for one in found]) for name in ("states", "turns", "further")]
        print(f"\n{draws} draws of all numbers: median {median[0]:g} states, {median[1]:g} turns, {median[2]:g} "
              f"further; at least 28 states in {shares[0]:.2f} of them, at least 30 in {shares[1]:.2f}, all turns in "
              f"{shares[2]:.2f}, at most 4 further in {shares[3]:.2f}")


def print_reading(shared: Path, folder: Path) -> None:
    """The table of the articles that are not set aside."""
    asked = json.loads((Path(__file__).parent / "ties_reading.json").read_text(encoding="utf-8"))
    parts = ("modality", "layer", "roll-up")
    scores: dict[str, list[Score]] = {}
    misses: list[str] = []
    for name in sorted({row["docs"][0][0] for row in asked["states"]}):
        texts = shared / "data" / "reading" / name
        ledger = imported(folder / name, texts, texts, without=sorted(SET_ASIDE))
        here = of_folder(asked, name)
        said = material(ledger, here)
        scores.setdefault("all", []).append(scored(here, said, misses=misses))
        for part in parts:
            chosen = by_part(here, part)
            some = {dyad: said[dyad] for dyad in dyads(chosen)}
            scores.setdefault(f"that hang on {part}", []).append(scored(chosen, some))
            unlike = copy.deepcopy(table())
            unlike["modality"] = dict.fromkeys(unlike["modality"], 1.0)
            if part == "modality":
                scores.setdefault("the same, all modalities counted alike", []).append(scored(chosen, some, unlike))
    print_rows([(f"articles: {name}", added(some)) for name, some in scores.items()])
    print("\nAmiss:", *misses, sep="\n- ")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with gold, seeds and data")
    parser.add_argument("--draws", type=int, default=300, help="how often all numbers are drawn anew (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="of these draws (default: 1)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_seeds(options.shared, Path(folder), options.draws, options.seed)
        print_reading(options.shared, Path(folder))


if __name__ == "__main__":
    main()
