"""Arguments of the commands that read: which model reads beside the default readers, and at what cost."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypedDict

from sides.claims.llm.budget import Budget
from sides.claims.llm.endpoint import Endpoint
from sides.model.errors import EndpointError

LLM = "llm"
DEFAULTS = Endpoint(base_url="http://127.0.0.1", model="any")  # for what is not given


class Asking(TypedDict, total=False):
    """What `Ledger.read` takes for a model."""

    endpoint: Endpoint
    budget: Budget
    answers: Path | None
    dry_run: bool


def add_asking(parser: argparse.ArgumentParser) -> None:
    """Which model, and how it is asked."""
    group = parser.add_argument_group("a language model that reads beside the default readers (--reader llm)")
    group.add_argument("--base-url", metavar="URL", help="an OpenAI-compatible endpoint: http://127.0.0.1:8080/v1")
    group.add_argument("--model", metavar="NAME", help="the model, as the endpoint calls it")
    group.add_argument("--dry-run", action="store_true", help="only tell what would be sent, and estimate its cost")
    group.add_argument("--budget-tokens", type=int, metavar="N", help="ask for no more than so many tokens in all")
    group.add_argument("--budget-usd", type=float, metavar="USD", help="nor for more than this, by the prices given")
    group.add_argument("--price-in", type=float, metavar="USD", help="of a million tokens sent")
    group.add_argument("--price-out", type=float, metavar="USD", help="of a million tokens answered")
    group.add_argument("--votes", type=int, metavar="N",
                       help="ask about each passage so often, and keep what more than half of the answers say")
    group.add_argument("--answers", type=Path, metavar="FOLDER",
                       help="where answers are kept, so that asking again is free (default: beside the ledger)")
    group.add_argument("--answer-tokens", type=int, metavar="N",
                       help=f"the longest answer (default: {DEFAULTS.most_answer_tokens})")
    group.add_argument("--timeout", type=float, metavar="SECONDS",
                       help=f"for one whole answer (default: {DEFAULTS.timeout_seconds:g})")
    group.add_argument("--at-once", type=int, metavar="N",
                       help=f"requests under way together (default: {DEFAULTS.at_once})")


def asking(options: argparse.Namespace) -> Asking:
    """What the options say of a model, for `Ledger.read`; nothing where none reads.

    Raises `EndpointError` for options that make no sense.
    """
    settings = {"votes": options.votes, "most_answer_tokens": options.answer_tokens,
                "timeout_seconds": options.timeout, "at_once": options.at_once}
    given = {name: value for name, value in settings.items() if value is not None}
    prices = (options.budget_tokens, options.budget_usd, options.price_in, options.price_out)
    if options.reader != LLM:
        if (given or options.dry_run or options.base_url or options.model or options.answers
                or any(one is not None for one in prices)):
            raise EndpointError("--base-url, --model and what belongs to them need --reader llm.")
        return {}
    if not options.base_url or not options.model:
        raise EndpointError("--reader llm needs --base-url, the address of an OpenAI-compatible endpoint such as "
                            "http://127.0.0.1:8080/v1, and --model, the name of a model there.")
    return {"endpoint": Endpoint(base_url=options.base_url, model=options.model, **given),
            "budget": Budget(tokens=options.budget_tokens, usd=options.budget_usd, usd_per_million_in=options.price_in,
                             usd_per_million_out=options.price_out),
            "answers": options.answers, "dry_run": options.dry_run}
