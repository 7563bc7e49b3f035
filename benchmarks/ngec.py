"""How well phrases are coded with a state and a sector, against the actor cases of NGEC's public tests.

    python benchmarks/ngec.py FILE [--errors HALF]

`FILE` is `NGEC/tests/test_actor_resolution.py` of the repository ahalterman/NGEC (Halterman, Schrodt et al., PLOVER and
POLECAT). It is parsed and never run: each call of `agent_to_code` with a phrase, a context and a date, and what is
asserted of `country` and `code_1`. Cases that the tests skip or expect to fail are left out, and so are repeated ones.

A phrase is resolved as a document of its own, or in its context where the case gives one that holds it. Country: the
ISO 3166 code; where the case says that there is none, or an international body (IGO, UNO, EUR), we must find no state.
Sector: where the case gives one, ours under its PLOVER code. Cases are parted in two halves by the hash of the phrase:
`seen` is the half whose errors were looked at while the vocabulary was written, `unseen` the other.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sides.actors.affiliations import Affiliation, Affiliations
from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parser

# When most of the cases were written: what their "today" means.
TODAY = PartialDate.parse("2022-10-01")
DATE_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y")
INTERNATIONAL = frozenset(("", "IGO", "UNO", "EUR", "None"))
# Codes of older schemes among the sectors, and none at all.
SAME_SECTOR = {"HLH": "MED", "BUD": "REL"}
NO_SECTOR = frozenset(("", "UNK", "JNK", "????"))
ARGUMENTS = ("text", "context", "query_date", "known_country")


@dataclass(slots=True)
class Case:
    """A phrase, and the country and sector that are asserted of it."""

    arguments: dict[str, str]
    expected: dict[str, str] = field(default_factory=dict)

    @property
    def phrase(self) -> str:
        """The phrase to be coded."""
        return " ".join(self.arguments.get("text", "").split())

    @property
    def half(self) -> str:
        """Which half the case is in."""
        return ("seen", "unseen")[hashlib.sha256(self.phrase.encode()).digest()[0] % 2]

    @property
    def at(self) -> PartialDate:
        """The date of the case."""
        text = self.arguments.get("query_date", "")
        for form in DATE_FORMATS:
            try:
                return PartialDate.of(datetime.strptime(text.title(), form).date())
            except ValueError:
                continue
        return TODAY


def cases(path: Path) -> list[Case]:
    """The cases of the file, each once, in its order."""
    found: dict[tuple[str, ...], Case] = {}
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef) and not any(
                mark in ast.unparse(decorator) for decorator in function.decorator_list for mark in ("skip", "xfail")):
            for case in cases_in(function):
                key = (case.phrase, case.arguments.get("context", ""), str(case.at))
                if case.phrase and "country" in case.expected:
                    found.setdefault(key, case)
    return list(found.values())


def cases_in(function: ast.FunctionDef) -> Iterator[Case]:
    """The cases of one test function: calls, and the assertions after them."""
    dictionaries: dict[str, dict[str, str]] = {}
    case: Case | None = None
    for statement in function.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            if isinstance(statement.value, ast.Dict):
                dictionaries[statement.targets[0].id] = {
                    text(key, {}): text(value, {}) for key, value in zip(statement.value.keys, statement.value.values,
                                                                         strict=True) if key is not None}
            elif isinstance(statement.value, ast.Call) and ast.unparse(statement.value.func).endswith("agent_to_code"):
                call = statement.value
                given = {name: text(value, dictionaries) for name, value in zip(ARGUMENTS, call.args, strict=False)}
                given |= {keyword.arg or "": text(keyword.value, dictionaries) for keyword in call.keywords}
                case = Case(given)
        elif isinstance(statement, ast.Assert) and case is not None and isinstance(statement.test, ast.Compare):
            compared = statement.test
            if isinstance(compared.ops[0], ast.Eq) and isinstance(compared.left, ast.Subscript):
                case.expected[text(compared.left.slice, {})] = text(compared.comparators[0], dictionaries)
        if case is not None and "country" in case.expected and "code_1" in case.expected:
            yield case
            case = None
    if case is not None:
        yield case


def text(node: ast.expr | None, dictionaries: dict[str, dict[str, str]]) -> str:
    """The text that a literal, or an entry of a literal dictionary, holds."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr | ast.BinOp | ast.Call) or node is None:
        return ""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        return dictionaries.get(node.value.id, {}).get(text(node.slice, {}), "")
    return ""


class Coder:
    """Codes a case with our own resolution."""

    def __init__(self) -> None:
        registry = Registry.load()
        self.parser, self.resolver, self.affiliations = Parser.load(), Resolver(registry), Affiliations(registry)

    def affiliation(self, case: Case) -> Affiliation:
        """The affiliation of the case's phrase, read in its context where that holds it."""
        context = " ".join(case.arguments.get("context", "").split())
        begin = context.find(case.phrase)
        whole = context if begin >= 0 else case.phrase
        document = Document(text=whole, name="case", published=case.at, published_from="option")
        resolution = self.resolver.resolve(next(iter(self.parser.parse([document]))))
        return self.affiliations.of_phrase(resolution, case.phrase, case.at, max(begin, 0))


def is_country_right(case: Case, code: str | None) -> bool:
    """Whether our state is the case's, or none where it has none."""
    wanted = case.expected["country"]
    return code is None if wanted in INTERNATIONAL else code == wanted


def main() -> None:
    """Measure and print the shares."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--errors", choices=("seen", "unseen"), help="list the errors in this half")
    given = arguments.parse_args()
    coder = Coder()
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    confused: Counter[tuple[str, str, str]] = Counter()
    started = time.process_time()
    for case in cases(given.file):
        found = coder.affiliation(case)
        country = coder.affiliations.code(found.country) or found.country if found.country else None
        sector = coder.affiliations.sectors.plover[found.sector] if found.sector else None
        wanted = SAME_SECTOR.get(case.expected.get("code_1", ""), case.expected.get("code_1", ""))
        verdicts = {"country": is_country_right(case, country)}
        if wanted not in NO_SECTOR:
            verdicts["sector"] = sector == wanted
        for what, is_right in verdicts.items():
            for half in (case.half, "all"):
                total[what, half] += 1
                right[what, half] += is_right
        if not all(verdicts.values()) and given.errors == case.half:
            print(f"{case.phrase!r} at {case.at}: {country} {sector}, not {case.expected['country']} {wanted}"
                  f" ({found.actor}; {', '.join(what for what, is_right in verdicts.items() if not is_right)})")
            if not verdicts.get("sector", True):
                confused["sector", wanted, str(sector)] += 1
            if not verdicts["country"]:
                confused["country", case.expected["country"] or "none", str(country)] += 1
    if given.errors:
        for (what, wanted, ours), count in sorted(confused.items(), key=lambda entry: (-entry[1], entry[0])):
            print(f"  {what}: {wanted} taken for {ours}: {count}")
    for what in ("country", "sector"):
        print(f"{what} right: " + ", ".join(
            f"{half} {right[what, half] / max(1, total[what, half]):.3f} ({right[what, half]}/{total[what, half]})"
            for half in ("seen", "unseen", "all")))
    print(f"CPU {time.process_time() - started:.1f} s")


if __name__ == "__main__":
    main()
