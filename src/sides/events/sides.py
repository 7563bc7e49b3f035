"""Who the codes and names of a table of events mean, at the date of the event.

A code of three-letter groups is a state or an organization with a role (`ISRMIL`: Israel, its military), or an armed
group of its own (`LBNREBHEZ`: Hezbollah). A role stays beside the actor that it is counted for. What nobody in the
registry bears keeps an actor of its own, so that no event is lost for want of a name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files as package_files
from itertools import pairwise

from sides.actors.names import fold
from sides.actors.registry import NameType, Registry, Strength
from sides.events.mapping import Scheme
from sides.model.actor import ActorKind
from sides.model.dates import Interval

EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)
# A state in brackets, or after "of": "Police (Syria)", "Government of Syria", "Military Forces of Syria (2000-)".
BRACKETS = re.compile(r"(?P<role>.+?) \((?P<state>[^()]+)\)")
OF_STATE = re.compile(r"(?P<role>Government|(?:Military|Police|Security|Armed) Forces|Police|Army|Parliament|"
                      r"Protesters) (?:of|in) (?:the )?(?P<state>[^(]+?)(?: \((?P<years>[^()]*)\))?")
YEARS = re.compile(r" \(\d{4}-(?:\d{4})?\)")
# "PKK: Kurdistan Workers Party"; "Military Forces of Russia (2000-) Air Force".
SHORT = re.compile(r"(?P<short>[A-Z][\w-]{1,15}): (?P<long>.+?)(?: \((?P<unit>[^()]+)\))?")
UNIT = re.compile(r"(?P<whole>.+? \(\d{4}-(?:\d{4})?\)) (?P<unit>.+)")
# Nobody in particular, so no side of anything.
NOBODY = re.compile(r"(?:Unidentified|Unknown|Unnamed|Civilians(?: \(International\))?$|Protesters$|Rioters$)")
# Those who stand against a state, or beside it, are not counted for it: each is an actor of its own.
APART = re.compile(r"\b(?:militias?|rebels?|insurgents?|militants?|separatists?|guerr?illas?|gangs?|clans?|tribal|"
                   r"tribes?|cartels?|mutiny|communal|vigilantes?|bandits?|criminals?|extremists?|armed groups?)\b",
                   re.I)
APART_GROUPS = frozenset(("REB", "SEP", "UAF", "INS", "RAD", "CRM"))
# Roles, faiths and kinds of actors, which without a state are nobody in particular; `---` is KEDS's for nobody.
ROLES = frozenset((
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "ENV", "GOV", "HLH", "HRI", "INS", "JUD", "LAB", "LEG", "MED",
    "MIL", "MOD", "OPP", "PTY", "RAD", "REB", "REF", "REL", "SEP", "SET", "SPY", "UAF", "UIS", "DEV", "TOP", "MID",
    "HAR", "BUD", "CHR", "CTH", "HIN", "HSD", "JAN", "JEW", "JHW", "LDS", "MOS", "NRM", "PAG", "PRO", "SFI", "SHI",
    "SHN", "SIK", "SUN", "TAO", "UDX", "MNC", "NGO", "NGM", "IGO", "IMG", "PRM", "EXI",
    "---",
))
# Words in front of a code's groups that stand for no state.
GLOBAL_PREFIXES = frozenset(("IGO", "NGO", "NGM", "MNC", "INT", "IMG"))


@dataclass(frozen=True, slots=True)
class Standing:
    """Whom a code or name means from one day to another, both included; `sector`: what part of it, as the table says.

    `is_known`: the registry has it; else `actor` is made of the name or code. No actor: nobody in particular.
    """

    first: date
    last: date
    actor: str
    name: str
    sector: str
    is_known: bool


class Sides:
    """Resolves codes and names. Asked for each only once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def standings(self, scheme: Scheme, code: str, name: str, country: str, country_scheme: Scheme,
                  place: str) -> list[Standing]:
        """Whom they mean, over all time: the stretches do not overlap, and leave no day out.

        `country` is whose the actor is, where nothing tells more; `place` only tells namesakes apart.
        """
        found: list[tuple[str, Interval, str]] = []
        if is_nobody(scheme, code, name):
            return [Standing(EARLIEST, LATEST, "", name or code, "", is_known=False)]
        if scheme == "cameo":
            found = self._of_groups(code)
        elif scheme != "name" and code:
            found = [(actor, holds, "") for actor, holds in self.registry.coded(scheme, code)]
        if not found and name:
            found = self._of_name(name, country or place, country_scheme)
        if not found and country and not APART.search(name):
            found = [(actor, holds, name or code) for actor, holds in self._states(country, country_scheme)]
        # A code tells more than a name that many bear: SYRREB and IRQREB are both called REBEL.
        told = code if scheme == "cameo" and code else name or code
        return list(_covering(found, _own(told), told, self.registry))

    def _of_groups(self, code: str) -> list[tuple[str, Interval, str]]:
        groups = re.findall("...?", code.upper())
        table = _groups()
        for size in range(len(groups), 0, -1):
            known = table.get(("group", groups[size - 1]))
            if known:
                return [(known, Interval(), "".join(groups[size:]))]
        prefixes = [one for one in groups if one in GLOBAL_PREFIXES]
        rest = [one for one in groups if one not in GLOBAL_PREFIXES]
        for place, group in enumerate(rest):
            organization = table.get(("organization", group))
            if organization and (prefixes or place == 0):
                return [(organization, Interval(), "".join(rest[:place] + rest[place + 1:]))]
        if not rest or prefixes:
            return []
        states = list(self.registry.coded("cameo", rest[0]))
        for use in ("state", "weis", "people"):
            if not states and (use, rest[0]) in table:
                states = [(table[use, rest[0]], Interval())]
        if len(rest) > 1 and rest[1] in APART_GROUPS:
            return []
        return [(actor, holds, "".join(rest[1:])) for actor, holds in states]

    def _of_name(self, name: str, country: str, country_scheme: Scheme) -> list[tuple[str, Interval, str]]:
        if unit := UNIT.fullmatch(name):
            return self._of_unit(unit["whole"], unit["unit"], country, country_scheme)
        bare = YEARS.sub("", name)
        found = self._named(bare, country, country_scheme)
        if found:
            return [(actor, holds, "") for actor, holds in found]
        if short := SHORT.fullmatch(bare):
            for one in (short["long"], short["short"]):
                if found := self._named(one, country, country_scheme):
                    return [(actor, holds, short["unit"] or "") for actor, holds in found]
            return []
        told = OF_STATE.fullmatch(bare) or BRACKETS.fullmatch(bare)
        if told is None or APART.search(told["role"]):
            return []
        role = told["role"]
        # "Myanmar (Burma)", "Clan (Region)": in brackets may also stand another name, or more of it.
        for one, sector in ((told["state"], "" if role == "Government" else role), (role, "")):
            states = self._states(one, "name")
            if states:
                return [(actor, holds, sector) for actor, holds in states]
        return [(actor, holds, "") for actor, holds in self._named(role, told["state"], "name")]

    def _of_unit(self, whole: str, unit: str, country: str,
                 country_scheme: Scheme) -> list[tuple[str, Interval, str]]:
        """A part that is an actor itself, or is counted for the whole; those apart are actors of their own."""
        if found := self._named(unit, country, country_scheme):
            return [(actor, holds, "") for actor, holds in found]
        if APART.search(unit):
            return []
        return [(actor, holds, f"{sector} {unit}".strip())
                for actor, holds, sector in self._of_name(whole, country, country_scheme)]

    def _named(self, name: str, country: str, country_scheme: Scheme) -> list[tuple[str, Interval]]:
        found = [one for one in self.registry.named(fold(name))
                 if one.type not in (NameType.CAPITAL, NameType.SEAT, NameType.DEMONYM, NameType.SURNAME)
                 and (not one.is_case_exact or one.text == name)]
        near = {actor for actor, _ in self._states(country, country_scheme)} if country else set()
        sure = [one for one in found if one.strength is Strength.ALONE] or [
            one for one in found if one.strength is Strength.CONTEXT
            and (actor := self.registry.get(one.actor)) is not None and (not actor.country or actor.country in near)]
        if len({one.actor for one in sure}) > 1 and near:
            sure = [one for one in sure if (actor := self.registry.get(one.actor)) and actor.country in near] or sure
        return [(one.actor, one.holds) for one in sure] if len({one.actor for one in sure}) == 1 or all(
            one.holds != Interval() for one in sure) else []

    def _states(self, text: str, scheme: Scheme) -> list[tuple[str, Interval]]:
        if scheme == "cameo":
            return [(actor, holds) for actor, holds, _ in self._of_groups(text)]
        if scheme != "name":
            return list(self.registry.coded(scheme, text))
        return [(one.actor, one.holds) for one in self.registry.named(fold(text))
                if one.strength is not Strength.NEVER_ALONE and one.type is not NameType.CAPITAL
                and (actor := self.registry.get(one.actor)) is not None and actor.kind is ActorKind.STATE]


def is_nobody(scheme: Scheme, code: str, name: str) -> bool:
    """Whether a code or name means nobody in particular: a role without a state, "Unidentified Armed Group (Iraq)".

    >>> is_nobody("cameo", "GOVMIL", ""), is_nobody("cameo", "ISRMIL", ""), is_nobody("name", "", "Civilians")
    (True, False, True)
    """
    if scheme == "cameo" and code:
        return all(group in ROLES for group in re.findall("...?", code.upper()))
    return bool(NOBODY.match(name or code))


@cache
def _groups() -> dict[tuple[str, str], str]:
    text = (package_files("sides") / "data" / "events" / "groups.tsv").read_text(encoding="utf-8")
    return {(row["use"], row["code"]): row["actor"] for row in csv.DictReader(text.splitlines(), delimiter="\t")}


def voters() -> dict[str, str]:
    """Whom the names of states in tables of votes mean where they mean another state elsewhere."""
    return {code: actor for (use, code), actor in _groups().items() if use == "voter"}


def _own(text: str) -> str:
    """The id of an actor that nobody knows."""
    return "-".join(re.findall(r"\w+", fold(text))) or "unnamed"


def _covering(found: Iterable[tuple[str, Interval, str]], own: str, name: str,
              registry: Registry) -> Iterator[Standing]:
    """Stretches without gaps, by date: where several hold, the one whose stretch is the shortest; by id where equal."""
    spans = []
    for actor, holds, sector in sorted(found, key=lambda one: (one[0], one[2])):
        first = holds.start.first if holds.start else EARLIEST
        last = holds.end.last if holds.end else LATEST
        spans.append((first, last, actor, sector))
    edges = {EARLIEST, *(one[0] for one in spans), *(_after(one[1]) for one in spans if one[1] < LATEST)}
    # Between two who bore it lie days that are nearer to one of them.
    for first, last in pairwise(sorted(edges)):
        if first > EARLIEST and not any(one[0] <= first <= one[1] for one in spans):
            edges.add(date.fromordinal((first.toordinal() + last.toordinal() + 1) // 2))
    cuts = sorted(edges)
    told: Standing | None = None
    for place, first in enumerate(cuts):
        last = _before(cuts[place + 1]) if place + 1 < len(cuts) else LATEST
        here = [one for one in spans if one[0] <= first and last <= one[1]]
        best = min(here, key=lambda one: (one[1] - one[0], one[2], one[3]), default=None)
        # Before a name or code was borne, and after, it still means whom it meant: reports use it early and late.
        if best is None and spans:
            best = min(spans, key=lambda one: (_away(one, first, last), one[2], one[3]))
        known = registry.get(best[2]) if best else None
        one = Standing(first, last, best[2], known.name if known else best[2], best[3], is_known=True) if best \
            else Standing(first, last, own, name, "", is_known=False)
        if told and (told.actor, told.sector, told.is_known) == (one.actor, one.sector, one.is_known):
            told = Standing(told.first, last, told.actor, told.name, told.sector, told.is_known)
            continue
        if told:
            yield told
        told = one
    if told:
        yield told


def _away(span: tuple[date, date, str, str], first: date, last: date) -> int:
    return (span[0] - last).days if last < span[0] else (first - span[1]).days


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
