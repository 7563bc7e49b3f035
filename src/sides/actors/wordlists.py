"""The word lists of resolution: titles, pronouns, nouns that head names. Each is a table under `data/resolution`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from sides.model.actor import ActorKind
from sides.model.errors import LexiconError

FOLDER = "data/resolution"


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun may stand for: person (`3`, `1`, `relative`), gender, number and use."""

    person: str
    gender: str
    number: str
    use: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title that stands before a name: `honorific`, `rank` or `office`, and the gender that it tells."""

    kind: str
    gender: str


@dataclass(frozen=True, slots=True)
class RegionNoun:
    """What a noun after a word for a part of the world or a faith stands for: "Western governments"."""

    is_plural: bool  # only as a plural
    called: str  # the noun in the group's name; empty for the word itself
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a step was right where it was measured, and on how many mentions."""

    confidence: float
    mentions: int


@dataclass(frozen=True, slots=True)
class Wordlists:
    """All word lists of resolution, read once."""

    pronouns: Mapping[str, Pronoun]
    titles: Mapping[str, Title]
    longest_title: int
    organization_nouns: Mapping[str, str]
    not_actors: frozenset[str]
    nominals: Mapping[str, str]
    recalling_nouns: Mapping[str, str]
    noun_classes: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    particles: frozenset[str]
    name_words: frozenset[str]
    organ_adjectives: frozenset[str]
    state_organs: frozenset[str]
    leading_offices: frozenset[str]
    state_offices: frozenset[str]
    shared_offices: frozenset[str]
    peers: frozenset[str]
    sole_offices: Mapping[str, str]
    own_voices: frozenset[str]
    group_nouns: Mapping[str, ActorKind]
    crowds: frozenset[str]
    followings: frozenset[str]
    wings: frozenset[str]
    past: frozenset[str]
    independent_nouns: frozenset[str]
    collective_nouns: frozenset[str]
    regions: frozenset[str]
    region_nouns: Mapping[str, RegionNoun]
    sponsored: frozenset[str]
    title_words: frozenset[str]
    sentence_openers: frozenset[str]
    never_discovered: frozenset[str]
    opposites: frozenset[str]
    paired_nouns: frozenset[str]
    servants: frozenset[str]
    counts: Mapping[str, int]
    collectives: Mapping[str, str]
    steps: Mapping[str, Measured]
    place_nouns: frozenset[str]
    members: frozenset[str]
    signs: Mapping[str, tuple[float, float]]
    cities: frozenset[str]
    towns: frozenset[str]
    given_names: frozenset[str]
    leader_surnames: frozenset[str]
    postnominals: frozenset[str]
    place_openers: frozenset[str]
    not_of_union: frozenset[str]
    heirs: frozenset[str]
    calendar: frozenset[str]
    organ_owners: Mapping[str, frozenset[str]]
    surname_first: frozenset[str]
    places: frozenset[str]
    organ_words: Mapping[str, str]
    prefixes: frozenset[str]
    suffixes: frozenset[str]
    joining_forms: frozenset[str]
    bylines: frozenset[str]
    bearings: frozenset[str]
    regnal_titles: frozenset[str]

    @classmethod
    def load(cls) -> Wordlists:
        """Read the tables that ship with `sides`. Raises `LexiconError` for a row that makes no sense.

        >>> Wordlists.load().titles["prime minister"].kind
        'office'
        """
        titles = {title: Title(kind, gender) for title, kind, gender in table("titles")}
        verbs: dict[str, set[str]] = {}
        for verb, use in table("verbs"):
            verbs.setdefault(use, set()).add(verb)
        classes: dict[str, set[str]] = {}
        for noun, name in table("noun_classes"):
            classes.setdefault(noun, set()).add(name)
        return cls(
            pronouns={word: Pronoun(person, gender, number, use)
                      for word, person, gender, number, use in table("pronouns")},
            titles=titles,
            longest_title=max(len(title.split()) for title in titles),
            organization_nouns=columns("organization_nouns"),
            not_actors=frozenset(noun for noun, in table("not_actors")),
            nominals={**{title: "person" for title, row in titles.items() if row.kind in ("office", "rank")},
                      **columns("nominals")},
            recalling_nouns=columns("recalling_nouns"),
            noun_classes={noun: frozenset(found) for noun, found in classes.items()},
            verbs={use: frozenset(found) for use, found in verbs.items()},
            particles=frozenset(particle for particle, in table("particles")),
            name_words=frozenset(word for word, in table("name_words")),
            organ_adjectives=frozenset(word for word, in table("organ_adjectives")),
            sentence_openers=frozenset(word for word, in table("sentence_openers")),
            independent_nouns=frozenset(noun for noun, in table("independent_nouns")),
            collective_nouns=frozenset(noun for noun, in table("collective_nouns")),
            regions=frozenset(region for region, in table("regions")),
            region_nouns={noun: RegionNoun(number == "plural", called, ActorKind(kind))
                          for noun, number, called, kind in table("region_nouns")},
            sponsored=frozenset(word for word, in table("sponsored")),
            title_words=frozenset(word for title in titles for word in title.split()),
            leading_offices=frozenset(office for office, in table("leading_offices")),
            sole_offices=columns("sole_offices"),
            peers=frozenset(noun for noun, in table("peers")),
            shared_offices=frozenset(office for office, in table("shared_offices")),
            state_offices=frozenset(office for office, in table("state_offices")),
            own_voices=frozenset(office for office, in table("own_voices")),
            group_nouns={noun: ActorKind(kind) for noun, kind in table("group_nouns")},
            followings=frozenset(noun for noun, in table("followings")),
            crowds=frozenset(noun for noun, in table("crowds")),
            wings=frozenset(noun for noun, in table("wings")),
            past=frozenset(word for word, in table("past")),
            state_organs=frozenset(noun for noun, in table("state_organs")),
            never_discovered=frozenset(word for word, in table("never_discovered")),
            opposites=frozenset(noun for noun, in table("opposites")),
            paired_nouns=frozenset(noun for noun, in table("paired_nouns")),
            servants=frozenset(noun for noun, in table("servants")),
            counts={word: int(count) for word, count in table("counts")},
            collectives=columns("collectives"),
            steps={how: Measured(float(confidence), int(mentions))
                   for how, confidence, mentions in table("steps")},
            place_nouns=frozenset(noun for noun, in table("place_nouns")),
            members=frozenset(noun for noun, in table("members")),
            signs={sign: (float(person), float(body)) for sign, person, body in table("signs")},
            places=frozenset(place for place, in table("places")),
            organ_words=columns("organ_words"),
            surname_first=frozenset(state for state, in table("surname_first")),
            calendar=frozenset(word for word, in table("calendar")),
            organ_owners={name: frozenset(states.split()) for name, states in table("organ_owners")},
            heirs=frozenset(title for title, in table("heirs")),
            not_of_union=frozenset(noun for noun, in table("not_of_union")),
            cities=frozenset(city for city, in table("cities")),
            towns=frozenset(town for town, in table("towns")),
            given_names=frozenset(name for name, in table("given_names")),
            leader_surnames=frozenset(name for name, in table("leader_surnames")),
            postnominals=frozenset(letters for letters, in table("postnominals")),
            place_openers=frozenset(word for word, in table("place_openers")),
            prefixes=frozenset(prefix for prefix, in table("prefixes")),
            suffixes=frozenset(suffix for suffix, in table("suffixes")),
            joining_forms=frozenset(form for form, in table("joining_forms")),
            bylines=frozenset(word for word, in table("bylines")),
            bearings=frozenset(word for word, in table("bearings")),
            regnal_titles=frozenset(title for title, in table("regnal_titles")),
        )


def table(name: str) -> list[list[str]]:
    """The rows of a table, without comments and heading. Raises `LexiconError` for a row of another width."""
    text = files("sides").joinpath(FOLDER, f"{name}.tsv").read_text(encoding="utf-8")
    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1)
             if line and not line.startswith("#")]
    width = len(lines[0][1])
    for number, row in lines:
        if len(row) != width:
            raise LexiconError(f"{FOLDER}/{name}.tsv, line {number}: {len(row)} columns, not {width}.")
    return [row for _, row in lines[1:]]


def digest() -> str:
    """Hash of all word lists: what a resolution depends on beside the registry and the parse."""
    found = hashlib.sha256()
    for entry in sorted(files("sides").joinpath(FOLDER).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".tsv"):
            found.update(entry.name.encode())
            found.update(entry.read_bytes())
    return found.hexdigest()[:16]


def columns(name: str) -> dict[str, str]:
    """A table of two columns as a mapping of the first to the second."""
    return {row[0]: row[1] for row in table(name)}
