"""Look over who is who: `review` lists the actors that a person should look at; `confirm`, `merge`, `split` and
`reject` settle them; `withdraw` takes a decision back. What was read stays as it is, and decisions survive rebuilds.
"""

from __future__ import annotations

import argparse
import getpass
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

from sides.actors.review import Reason
from sides.cli import LEFT_OUT
from sides.cli.arguments import add_ledger, opened
from sides.cli.screen import print_json, show
from sides.export.decisions import read_decisions, write_decisions
from sides.ledger.decisions import FIELDS
from sides.model.actor import ActorKind
from sides.model.errors import SidesError
from sides.report.counting import counted
from sides.report.review import decision_records, decisions_answer, review_answer, review_record, said


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")

    review = command("review", "list the actors to look at, those that most claims rest on first")
    review.add_argument("--most", type=int, default=10, metavar="N", help="so many at most (default: 10; 0: all)")
    review.add_argument("--reason", action="append", choices=[reason.value for reason in Reason],
                        help="only those with this reason (repeatable): " + ", ".join(Reason))
    confirm = command("confirm", "an actor of its own, as it is shown or with what is said of it here")
    confirm.add_argument("actor", help="an actor: a name or an id")
    merge = command("merge", "two actors are one")
    merge.add_argument("actor", help="the one that is shown no more")
    merge.add_argument("into", help="the one that it is: of this ledger or of the registry")
    split = command("split", "a part of what is shown as one actor is another one")
    split.add_argument("actor", help="an actor: a name or an id")
    split.add_argument("--into", required=True, metavar="B", help="the other one, which may be new: a name or an id")
    split.add_argument("--named", action="append", default=[], metavar="NAME",
                       help="where it goes by this name (repeatable)")
    split.add_argument("--document", action="append", default=[], metavar="NAME",
                       help="where this document speaks of it: a name, key or id (repeatable)")
    split.add_argument("--mention", action="append", default=[], metavar="DOCUMENT:BEGIN-END",
                       help="at this place (repeatable)")
    reject = command("reject", "no actor at all: its mentions and claims go out of view")
    reject.add_argument("actor", help="an actor: a name or an id")
    withdraw = command("withdraw", "take a decision back")
    withdraw.add_argument("actor", metavar="DECISION", help="the id of a decision")
    for one in (confirm, split):
        for field in FIELDS:
            one.add_argument(f"--{field}", metavar=field.upper(),
                             choices=list(ActorKind) if field == "kind" else None,
                             help=f"what its {field} is" + (f": {', '.join(ActorKind)}" if field == "kind" else ""))
    for one in (confirm, merge, split, reject, withdraw):
        one.add_argument("--why", required=True, help="the reason, for those who read it later")
        one.add_argument("--by", default=None, metavar="WHO", help="who says so (default: your user name)")
    decisions = command("decisions", "what was decided, by whom, when and why")
    export = command("export", "write all decisions to a file, to be kept or given to others")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="the file (default: standard output)")
    taken = command("import", "take over decisions from such a file")
    taken.add_argument("file", type=Path, metavar="FILE", help="what `sides actors export` wrote")
    for one in (review, confirm, merge, split, reject, withdraw, decisions, export, taken):
        add_ledger(one)
    for one in (review, decisions):
        one.add_argument("--json", action="store_true", help="as JSON")
    lint = command("lint", "check the registry with your own files laid over it")
    lint.add_argument("overlays", nargs="*", type=Path, metavar="FILE", help="a TOML, CSV or TSV of your own actors")


def run(options: argparse.Namespace) -> int:
    """Do what is asked."""
    doors = {"review": _review, "decisions": _decisions, "export": _export, "import": _import, "lint": _lint}
    return doors.get(options.what, _decide)(options)


def _review(options: argparse.Namespace) -> int:
    ledger = opened(options)
    cases = ledger.review(reasons=options.reason)
    shown = cases[:options.most or None]
    if options.json:
        print_json([review_record(case) for case in shown])
        return 0
    ending = f" -l {shlex.quote(str(options.ledger))}" if options.ledger else ""
    show(review_answer(shown, {actor.id: actor.name for actor in ledger.actors()}, ending))
    if len(cases) > len(shown):
        print(f"{len(shown)} of {len(cases)} actors to look at (--most N)")
    return 0


def _decide(options: argparse.Namespace) -> int:
    ledger = opened(options)
    changes = {field: value for field in FIELDS if (value := getattr(options, field, None)) is not None}
    before = (ledger.counts(), ledger.hidden_claims())
    done = ledger.decide(
        options.actor, verdict=options.what, into=getattr(options, "into", None), names=getattr(options, "named", ()),
        documents=getattr(options, "document", ()), mentions=getattr(options, "mention", ()), changes=changes,
        who=options.by or getpass.getuser(), why=options.why, when=datetime.now(UTC))
    decision = next(one for one in ledger.decisions() if one.id == done)
    print(f"Decision {done}: {said(decision)}. Take it back: sides actors withdraw {done} --why ...")
    (counts, hidden), now = before, ledger.hidden_claims()
    moved = [f"{now.get(why, 0) - hidden.get(why, 0):+d} {why}" for why in sorted({*hidden, *now})
             if now.get(why, 0) != hidden.get(why, 0)]
    print(f"{counted(ledger.counts().actors, 'actor')} shown, before {counts.actors}; "
          f"{counted(ledger.counts().claims, 'claim')}, before {counts.claims}"
          + (f" (out of view: {', '.join(moved)})" if moved else "") + ".")
    idle = ledger.idle_decisions().get(done)
    if idle:
        print(f"It changes nothing yet: {idle}.")
    return 0


def _decisions(options: argparse.Namespace) -> int:
    ledger = opened(options)
    decisions, idle = ledger.decisions(), ledger.idle_decisions()
    if options.json:
        print_json(decision_records(decisions, idle))
    else:
        show(decisions_answer(decisions, idle))
    return 0


def _export(options: argparse.Namespace) -> int:
    decisions = opened(options).decisions()
    if options.output is None:
        write_decisions(decisions, sys.stdout)
        return 0
    with options.output.open("w", encoding="utf-8", newline="\n") as file:
        write_decisions(decisions, file)
    sys.stderr.write(f"{counted(len(decisions), 'decision')} written to {options.output}\n")
    return 0


def _import(options: argparse.Namespace) -> int:
    ledger = opened(options)
    try:
        with options.file.open(encoding="utf-8-sig") as file:
            decisions, faults = read_decisions(file)
    except (OSError, UnicodeDecodeError) as error:
        raise SidesError(f"The decisions in {str(options.file)!r} cannot be read: {error}.") from error
    new = ledger.adopt(decisions)
    idle = ledger.idle_decisions()
    print(f"{counted(len(new), 'decision')} taken over, {len(decisions) - len(new)} here before.")
    for decision in new:
        if decision.id in idle:
            print(f"{decision.id} ({said(decision)}) changes nothing yet: {idle[decision.id]}.")
    for fault in faults:
        sys.stderr.write(f"{options.file} {fault}\n")
    return LEFT_OUT if faults else 0


def _lint(options: argparse.Namespace) -> int:
    from sides.actors.lint import lint, lint_overlays
    from sides.actors.tables import shipped

    faults = lint_overlays(options.overlays) if options.overlays else lint(shipped()[0])
    for fault in faults:
        print(fault)
    if not faults:
        print(f"Nothing is wrong with {', '.join(map(str, options.overlays)) or 'the shipped registry'}.")
        return 0
    print(f"{counted(len(faults), 'fault')}. Change these rows, or take them out; docs/registry.md has the columns.")
    return LEFT_OUT
