"""How far the network of a date, or of an edge list, is from balance: the frustration index with what is proven of it,
triangles, closed walks; with --over, over time, with who changed camp.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sides.balance.answers import balance
from sides.balance.certificate import Certificate
from sides.balance.frustration import check
from sides.cli import AT_FAULT
from sides.cli.arguments import chosen_lens, opened, partial_date
from sides.cli.network import Chosen, add_network, chosen, only_of_a_ledger
from sides.cli.screen import print_json, show
from sides.model.errors import MalformedInput, MissingInput
from sides.report.balance import balance_answer, balance_record
from sides.report.certificate import check_answer, check_record
from sides.report.over_time import over_time_answer, over_time_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_network(parser)
    parser.add_argument("--walks", action="store_true", help="closed walks of large networks too, which takes long")
    proof = parser.add_mutually_exclusive_group()
    proof.add_argument("--certificate", type=Path, metavar="FILE", help="write a certificate of the lower bound here")
    proof.add_argument("--check", type=Path, metavar="FILE",
                       help="solve nothing: check a certificate against the network")
    proof.add_argument("--over", choices=("years", "months"), help="at each year or month, from a ledger")
    parser.add_argument("--since", type=partial_date, metavar="DATE", help="with --over, from this date on")
    parser.add_argument("--until", type=partial_date, metavar="DATE", help="with --over, to this date, which counts")


def run(options: argparse.Namespace) -> int:
    """Ask, and show."""
    if options.over:
        return _over_time(options)
    asked_about = chosen(options)
    if options.check:
        return _check(options, asked_about)
    found = balance(asked_about.network, camps=options.camps, seconds=options.seconds, walks=options.walks,
                    day=asked_about.day)
    if options.json:
        print_json(balance_record(found, asked_about.name))
    else:
        show(balance_answer(found, asked_about.name))
    if options.certificate:
        options.certificate.write_text(found.result.certificate.to_json() + "\n", encoding="utf-8")
    return asked_about.exit_code


def _check(options: argparse.Namespace, asked_about: Chosen) -> int:
    network, certificate = asked_about.network, Certificate.from_json(_text(options.check))
    holds = check(network, certificate)
    if options.json:
        print_json(check_record(network, certificate, holds=holds))
    else:
        show(check_answer(network, certificate, holds=holds))
    return asked_about.exit_code if holds else AT_FAULT


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingInput(str(path), "is not there", "Write a certificate with sides balance --certificate.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedInput(str(path), f"cannot be read ({error})", "Write it anew with --certificate.") from error


def _over_time(options: argparse.Namespace) -> int:
    only_of_a_ledger(options, "--over", "dates")
    ledger = opened(options)
    found = ledger.balance_over_time(since=options.since, until=options.until or options.at, every=options.over,
                                     camps=options.camps, seconds=options.seconds, known=options.known,
                                     lens=chosen_lens(options), exact=options.exact, weighted=options.weighted)
    if options.json:
        print_json(over_time_record(found, ledger.name))
    else:
        show(over_time_answer(found, ledger.name))
    return 0
