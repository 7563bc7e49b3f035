"""A bloc: its members, how well they hold together, how they stand toward others, who came, went and drifts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.report.counting import counted
from sides.report.quotes import evidence_line, shortened
from sides.report.states import DECIMALS, percent, probabilities_record, state_text, turn_record
from sides.report.tie import bond_record, evidence_record
from sides.ties.blocs import Bloc, Cohesion, Stance
from sides.ties.membership import Passage
from sides.ties.organization import Bond
from sides.ties.tie import Tie

Name = Callable[[str], str]
# A first screen: what is left out is told by number, and stands in the JSON.
SHOWN = 8
YEARS_SHOWN = 12


def blocs_answer(found: Sequence[Cohesion], name: Name) -> RenderableType:
    """All blocs of a ledger: one row each. Those of which no two members are told of are only counted."""
    table = Table(box=None, pad_edge=False)
    for column in ("bloc", "members here", "pairs told of", "friendly or allied"):
        table.add_column(column)
    told = [one for one in found if one.mean is not None]
    for one in told:
        table.add_row(name(one.bloc), str(one.members), f"{one.known} of {one.pairs}", _mean(one))
    rest = Text(f"{counted(len(found) - len(told), 'more bloc')} with no tie between two members", style="dim")
    return Group(Text(f"In {found[0].at}" if found else "No bloc has two members here", style="bold"), table,
                 *([rest] if len(found) > len(told) else []))


def blocs_record(found: Sequence[Cohesion], name: Name) -> list[dict[str, Any]]:
    """All blocs of a ledger as plain values for JSON."""
    return [{"bloc": {"id": one.bloc, "name": name(one.bloc)}, **_cohesion_record(one)} for one in found]


def bloc_answer(bloc: Bloc, name: Name, quotes: int = 1) -> RenderableType:
    """A bloc as a page of a terminal. `quotes`: how many to show for each pair of members."""
    return Group(*_parts(bloc, name, quotes))


def _parts(bloc: Bloc, name: Name, quotes: int) -> Iterator[RenderableType]:
    known = f", known by {bloc.known}" if bloc.known else ""
    yield Text(f"{name(bloc.bloc)}, in {bloc.at}{known}", style="bold")
    if not bloc.members:
        yield Text("Nobody in this ledger is known to have been a member.")
    else:
        own = bloc.cohesion
        yield Text(f"{counted(own.members, 'member')} in this ledger; of {counted(own.pairs, 'pair')} of them "
                   f"{own.known} told of"
                   + (f", friendly or allied by {percent(own.mean)} on average" if own.mean is not None else ""))
        yield _heading("Members", 0, 0)
        for member in bloc.members:
            yield Text(f"  {name(member.actor)}: " + "; ".join(bond_why(bond) for bond in member.bonds))
    if bloc.pairs:
        yield _heading("Members with each other, the worst first", SHOWN, len(bloc.pairs))
        for pair in bloc.pairs[:SHOWN]:
            line = Text(f"  {name(pair.left)} and {name(pair.right)}: ")
            line.append_text(state_text(pair.tie.state) if pair.tie.state else Text("not told"))
            line.append(f", friendly or allied {percent(pair.friendly)}; "
                        f"{counted(len(pair.tie.evidence), 'claim')}", style="dim")
            yield line
            sign = 1 if pair.friendly >= 0.5 else -1
            for one in [one for one in pair.tie.contributions if sign * one.shift > 0][:quotes]:
                yield evidence_line(one.evidence, 6)
    if bloc.own:
        yield _heading("Members with the bloc itself", SHOWN, len(bloc.own))
        for tie in bloc.own[:SHOWN]:
            yield _own_line(tie, bloc, name)
    for split, words in ((True, "Toward whom they are split"), (False, "Toward others")):
        some = [stance for stance in bloc.stances if stance.is_split is split]
        if some:
            yield _heading(words, SHOWN, len(some))
            for stance in some[:SHOWN]:
                yield _stance_line(stance, name)
    if bloc.drifts:
        yield _heading("Nearer to another bloc by now", SHOWN, len(bloc.drifts))
        for drift in bloc.drifts[:SHOWN]:
            yield Text(f"  {name(drift.actor)}, since {drift.month}: {drift.level_toward:+.1f} with "
                       f"{name(drift.toward)}, {drift.level:+.1f} with the rest")
    if bloc.passages:
        yield _heading("Who joined and left", SHOWN, len(bloc.passages))
        for passage in bloc.passages[-SHOWN:]:
            yield Text(f"  {_passage(passage, name)} ({bond_why(passage.bond)})")
    if bloc.moves:
        yield _heading("From one bloc to another", SHOWN, len(bloc.moves))
        for move in bloc.moves[-SHOWN:]:
            yield Text(f"  {name(move.left.actor)} left {name(move.left.bloc)} in {move.left.date}, joined "
                       f"{name(move.joined.bloc)} in {move.joined.date}")
    if bloc.overlaps:
        yield _heading("Blocs with the same members", SHOWN, len(bloc.overlaps))
        for overlap in bloc.overlaps[:SHOWN]:
            yield Text(f"  {name(overlap.bloc)}: {', '.join(map(name, overlap.shared))} "
                       f"(Jaccard {overlap.jaccard:.2f})")
    if bloc.years:
        yield _heading("Over the years: friendly or allied, and pairs told of", YEARS_SHOWN, len(bloc.years))
        for year in bloc.years[-YEARS_SHOWN:]:
            yield Text(f"  {year.at}: {_mean(year)}, {year.known} of {year.pairs}")


def _heading(words: str, shown: int, total: int) -> Text:
    return Text(f"\n{words}" + (f" ({shown} of {total})" if total > shown else ""), style="bold")


def _own_line(tie: Tie, bloc: Bloc, name: Name) -> Text:
    member = tie.right if tie.left == bloc.bloc else tie.left
    line = Text(f"  {name(member)}: ")
    line.append_text(state_text(tie.state, tie.probabilities[tie.state]) if tie.state else Text("not told"))
    for turn in tie.turns:
        line.append(f"; {turn.direction} {turn.month}", style="dim")
    return line


def _stance_line(stance: Stance, name: Name) -> Text:
    line = Text(f"  {name(stance.outsider)}: ")
    for place, one in enumerate(stance.members):
        line.append(", " if place else "")
        line.append(f"{name(one.member)} ")
        line.append_text(state_text(one.tie.state) if one.tie.state else Text("not told"))
        line.append(f" {one.level:+.1f}", style="dim")
    return line


def _passage(passage: Passage, name: Name) -> str:
    return f"{passage.date}  {name(passage.actor)} {'joined' if passage.is_joining else 'left'}"


def bond_why(bond: Bond) -> str:
    """What tells that somebody belongs to a bloc: the words of a document, or the registry with its dates."""
    if bond.claim is not None:
        return f"“{shortened(bond.claim.quote)}”"
    span = "–".join(str(date) if date else "" for date in (bond.holds.start, bond.holds.end))
    return f"registry{f' {span}' if span != '–' else ''}"


def _mean(cohesion: Cohesion) -> str:
    return percent(cohesion.mean) if cohesion.mean is not None else "nothing told"


def bloc_record(bloc: Bloc, name: Name) -> dict[str, Any]:
    """A bloc as plain values for JSON, with all the evidence that it names by ids."""
    ties = [*(pair.tie for pair in bloc.pairs), *bloc.own, *(own.tie for one in bloc.stances for own in one.members)]
    evidence = {one.claim.id: one for tie in ties for one in tie.evidence}
    return {
        "bloc": {"id": bloc.bloc, "name": name(bloc.bloc)}, "at": str(bloc.at),
        "known": str(bloc.known) if bloc.known else None,
        "members": [{"id": one.actor, "name": name(one.actor), "because": [bond_record(bond) for bond in one.bonds]}
                    for one in bloc.members],
        "cohesion": _cohesion_record(bloc.cohesion),
        "pairs": [{"left": one.left, "right": one.right, "state": one.tie.state.value if one.tie.state else None,
                   "probabilities": probabilities_record(one.tie.probabilities),
                   "friendly_or_allied": round(one.friendly, DECIMALS),
                   "claims": [evidence.claim.id for evidence in one.tie.evidence]} for one in bloc.pairs],
        "own": [{"left": tie.left, "right": tie.right, "state": tie.state.value if tie.state else None,
                 "probabilities": probabilities_record(tie.probabilities),
                 "turns": [turn_record(turn) for turn in tie.turns],
                 "claims": [evidence.claim.id for evidence in tie.evidence]} for tie in bloc.own],
        "stances": [{"outsider": one.outsider, "name": name(one.outsider), "is_split": one.is_split,
                     "mean": round(one.mean, DECIMALS), "spread": round(one.spread, DECIMALS),
                     "members": [{"id": own.member, "state": own.tie.state.value if own.tie.state else None,
                                  "level": round(own.level, DECIMALS),
                                  "claims": [evidence.claim.id for evidence in own.tie.evidence]}
                                 for own in one.members]} for one in bloc.stances],
        "overlaps": [{"bloc": one.bloc, "name": name(one.bloc), "shared": list(one.shared),
                      "jaccard": round(one.jaccard, DECIMALS)} for one in bloc.overlaps],
        "passages": [_passage_record(one) for one in bloc.passages],
        "moves": [{"left": _passage_record(one.left), "joined": _passage_record(one.joined)} for one in bloc.moves],
        "drifts": [{"actor": one.actor, "toward": one.toward, "since": str(one.month),
                    "level": round(one.level, DECIMALS), "level_toward": round(one.level_toward, DECIMALS)}
                   for one in bloc.drifts],
        "years": [_cohesion_record(one) for one in bloc.years],
        "evidence": [evidence_record(one) for _, one in sorted(evidence.items())],
    }


def _cohesion_record(one: Cohesion) -> dict[str, Any]:
    return {"at": str(one.at), "members": one.members, "pairs": one.pairs, "known": one.known,
            "friendly_or_allied": round(one.mean, DECIMALS) if one.mean is not None else None}


def _passage_record(one: Passage) -> dict[str, Any]:
    return {"actor": one.actor, "bloc": one.bloc, "date": str(one.date), "joined": one.is_joining,
            "because": bond_record(one.bond)}
