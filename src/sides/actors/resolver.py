"""Resolution of a document: the steps in their order, from names of the registry to bare nouns and pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sides.actors.bars import credits, is_barred, is_language
from sides.actors.coreference import Coreference
from sides.actors.descriptions import describe, modifying
from sides.actors.discovery import Discovery, Found, note_titles, provisional, put_found
from sides.actors.draft import Draft, Spot
from sides.actors.heads import Heads
from sides.actors.introductions import introduce
from sides.actors.leaders import Leaders
from sides.actors.matching import Match, Matcher
from sides.actors.names import fold
from sides.actors.phrases import Phrases
from sides.actors.places import is_located, is_place
from sides.actors.quotes import quotes
from sides.actors.ranker import LearnedRanker, Ranker
from sides.actors.registry import NameType, Registry
from sides.actors.resolution import Resolution
from sides.actors.runs import Run, runs, title_left_of, titles_before
from sides.actors.shortforms import ShortForms, introduced_abbreviation
from sides.actors.surface import Surface
from sides.actors.topics import dominant_state
from sides.actors.wordlists import Measured, Wordlists, digest
from sides.model.actor import ActorKind, Form, Mention
from sides.parsing.pipeline import Parsed

UNMEASURED = Measured(0.5, 0)
# Demonyms that end so stand for all of them: "the French", "the Chinese", "the Swiss", "the Turks".
COLLECTIVE_ENDINGS = ("sh", "ch", "ese", "s", "men")
COMPATRIOT_REACH_SENTENCES = 8
UNION = "european-union"
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))


class Resolver:
    """Says who is who in a parsed document. Holds the registry and the word lists; keeps nothing of a document."""

    def __init__(self, registry: Registry, ranker: Ranker | None = None) -> None:
        self.registry = registry
        self.lists = Wordlists.load()
        self.leaders = Leaders(registry, self.lists)
        self.ranker = ranker or LearnedRanker.load()
        self.version = f"{registry.version}-{digest()}"  # of the data; the code's is the package's

    def resolve(self, parsed: Parsed) -> Resolution:
        """Every mention of the document, the actors mentioned, and which token heads which mention."""
        surface = Surface(parsed)
        draft = Draft(surface)
        matcher = Matcher(surface, self.registry, self.lists)
        self._put_matches(draft, matcher)
        discovery = Discovery(draft, matcher, self.leaders, self.lists)
        found_runs = runs(surface, self.lists)
        self._put_runs(draft, discovery, found_runs)
        self._put_short_forms(draft)
        self._put_rest(draft, discovery, found_runs)
        self._put_short_forms(draft)
        self._tie_titles(draft)
        describe(draft, self.lists)
        heads = Heads(draft, self.registry, self.lists)
        Phrases(draft, self.registry, self.lists, heads).place()
        self._settle_demonyms(draft, heads)
        Coreference(draft, self.registry, self.lists, heads, quotes(draft, self.lists), self.ranker).place()
        introduce(draft, self.lists)
        return self._resolution(draft)

    def _put_matches(self, draft: Draft, matcher: Matcher) -> None:
        """Step 1: names of the registry. A capital that is only a place is barred."""
        for match in matcher.matches():
            actor = self.registry.get(match.name.actor)
            if actor is None:
                continue
            draft.enter(actor)
            form, how = form_of(match)
            surface = draft.surface
            is_only_place = form is Form.METONYM and is_place(
                surface, self.lists, surface.root(match.begin, match.end))
            is_only_place = is_only_place or (match.kind is ActorKind.PERSON and is_located(
                surface, match.begin, match.end))
            if is_only_place or is_barred(surface, self.lists, match.begin, match.end) or (
                    form is Form.DEMONYM and is_language(surface, match.begin, match.end)):
                for index in range(match.begin, match.end):
                    draft.barred[index] = True
                continue
            draft.name(match.begin, match.end, (actor.id,), form, how)
        for index in matcher.barred():
            draft.barred[index] = draft.taken[index] is None
        for begin, end in credits(draft.surface, self.lists):
            draft.remove({id(spot): spot for spot in draft.taken[begin:end]
                          if spot is not None and spot.form is Form.METONYM}.values())
            for index in range(begin, end):
                draft.barred[index] = draft.taken[index] is None
        join_demonyms(draft)
        self._put_union(draft, matcher)

    def _put_union(self, draft: Draft, matcher: Matcher) -> None:
        """ "European" for the European Union, in a document that names it: "European sanctions"."""
        surface, union = draft.surface, self.registry.get(UNION)
        if union is None or UNION not in matcher.evidence.actors:
            return
        for index in range(surface.size - 1):
            if surface.text[index] != "European" or not draft.is_free(index, index + 1):
                continue
            noun = index + 1
            if surface.pos[noun] == "NOUN" and not surface.capital[noun] and surface.head[index] == noun \
                    and surface.lemma[noun] not in self.lists.not_of_union:
                draft.name(index, index + 1, (draft.enter(union),), Form.DEMONYM, "demonym")

    def _put_runs(self, draft: Draft, discovery: Discovery, found_runs: list[Run]) -> None:
        """Step 2: longer names than the registry's, then new persons and organizations in what is left."""
        for run in found_runs:
            if self._is_whole(draft, run) or all(draft.barred[run.begin:run.end]):
                continue
            inside = list({id(spot): spot for spot in draft.taken[run.begin:run.end] if spot is not None}.values())
            if discovery.is_barred(run) and not any(spot.end >= run.core for spot in inside):
                end = next((spot.begin for spot in inside if spot.begin > run.core + 1
                            and draft.surface.capital[spot.begin - 1]), run.end)
                draft.remove(spot for spot in inside if spot.begin < end)
                draft.barred[run.begin:end] = [True] * (end - run.begin)
                continue
            person = next((spot for spot in inside if spot.begin > run.core and draft.surface.lower[spot.begin - 1]
                           == "of" and draft.kind(spot.actors[0]) is ActorKind.PERSON), None)
            if person is not None:  # "the Presidential Council of Mohamed al-Menfi"
                run = Run(run.begin, person.begin - 1, run.core)
                inside = [spot for spot in inside if spot.begin < run.end]
            wider = discovery.wider(run)
            if wider is not None and any(is_core(draft, spot, wider) for spot in inside):
                continue
            if wider is not None and all(wider.begin <= spot.begin and spot.end <= wider.end for spot in inside
                                         if spot.end > wider.begin):
                draft.remove(spot for spot in inside if spot.begin >= wider.begin)
                draft.barred[wider.begin:wider.end] = [False] * (wider.end - wider.begin)
                self._put_new(draft, discovery, wider, inside)
        fresh = []
        for run in found_runs:
            for begin, end in pieces(draft, run.begin, run.core):
                found = discovery.person(begin, end)
                if found is None and introduced(draft, begin, end):
                    found = Found(begin, end, ActorKind.ORGANIZATION, "discovered-organization")
                if found is None and end - begin > 1:
                    found = discovery.organization(begin, end)
                if found is not None and found.how in ("discovered-titled", "discovered-person",
                                                       "discovered-organization"):
                    fresh.append(found)
        # Full names first: "Mr Yoon" of a headline is the Yoon Suk-yeol of the text.
        for found in sorted(fresh, key=lambda one: one.end - one.begin == 1):
            self._put_new(draft, discovery, found, [])

    def _put_new(self, draft: Draft, discovery: Discovery, found: Found, inside: list[Spot]) -> None:
        identifier = put_found(draft, discovery, found)
        states = [actor for spot in inside for actor in spot.actors if draft.kind(actor) is ActorKind.STATE]
        if states and found.kind is not ActorKind.PERSON:
            draft.learn(identifier, country=states[0], parent=states[0] if found.kind is ActorKind.ORGAN else None)

    def _put_rest(self, draft: Draft, discovery: Discovery, found_runs: list[Run]) -> None:
        """Step 4: abbreviations that nothing introduces, lone names, and what the language pipeline takes for names."""
        for run in found_runs:
            for begin, end in pieces(draft, run.begin, run.end):
                found = discovery.person(begin, end) or discovery.organization(begin, end)
                if found is not None:
                    self._put_new(draft, discovery, found, [])

    def _put_short_forms(self, draft: Draft) -> None:
        """Step 3: abbreviations introduced in the text, surnames and short forms of what is known by now."""
        short = ShortForms(draft, self.registry, self.lists)
        for spot in sorted(draft.spots, key=lambda spot: spot.begin):
            bracket = introduced_abbreviation(draft, spot) if spot.form is Form.NAME else None
            if bracket is None or draft.kind(spot.actors[0]) is ActorKind.PERSON:
                continue
            text = draft.surface.text[bracket[0]].strip("'\"")
            other = draft.taken[bracket[0]]
            if other is not None and other.actors != spot.actors:
                same = [found for found in draft.spots if found.actors == other.actors
                        and found.end - found.begin == 1 and fold(draft.surface.text[found.begin]) == fold(text)]
                draft.remove(same)
            short.add_abbreviation(spot.actors[0], text)
            draft.also_called(spot.actors[0], text)
        short.place()

    def _is_whole(self, draft: Draft, run: Run) -> bool:
        spot = draft.taken[run.begin]
        return spot is not None and spot.end >= run.end

    def _tie_titles(self, draft: Draft) -> None:
        """Note which state or organization a titled person belongs to: "Syrian President Bashar al-Assad"."""
        for spot in draft.spots:
            if spot.form is not Form.NAME or draft.kind(spot.actors[0]) is not ActorKind.PERSON:
                continue
            person = spot.actors[0]
            actor = draft.cast[person]
            if actor.country:
                draft.notes[person].countries[actor.country] += 1
            title = title_left_of(draft.surface, self.lists, spot.begin)
            if spot.how == "person-name":
                inside = titles_before(draft.surface, self.lists, spot.begin, spot.end)[1]  # "Archbishop Makarios"
                note_titles(draft, self.lists, person, (*inside, *((title,) if title is not None else ())))
            for beside in modifying(draft, spot.head):
                for owner in beside.actors:
                    if draft.kind(owner) is ActorKind.STATE:
                        draft.notes[person].countries[owner] += 1
                        draft.learn(person, country=owner)
                    elif draft.kind(owner) is ActorKind.ORGANIZATION:
                        draft.notes[person].leads[owner] += 1

    def _settle_demonyms(self, draft: Draft, heads: Heads) -> None:
        """Demonyms inside a phrase that stands for more than them go; plurals alone are peoples."""
        surface = draft.surface
        phrased = {index for spot in draft.spots if spot.how.startswith("phrase-")
                   for index in range(spot.begin, spot.end)}
        draft.remove(owner for spot in draft.spots if spot.how == "phrase-pass"
                     for owner in {id(found): found for found in draft.taken[spot.begin:spot.end] if found}.values()
                     if owner.actors != spot.actors and owner.begin < spot.head
                     and draft.kind(owner.actors[0]) is ActorKind.PERSON
                     and not (owner.end < surface.size and surface.tag[owner.end] == "POS"))
        # Of what the text is about "the Syrians" are a people, and where it speaks of "the Syrian regime".
        peopled = {dominant_state(draft)} | {
            actor for spot in draft.spots if spot.how == "phrase-pass" and surface.lemma[spot.head] == "regime"
            for actor in spot.actors}
        gone, new = [], []
        for spot in draft.spots:
            if spot.form is not Form.DEMONYM:
                continue
            if spot.head in phrased:
                gone.append(spot)
            elif is_one_person(surface, spot):
                person = compatriot(draft, spot)
                if person is not None:
                    gone.append(spot)
                    new.append(replace(spot, actors=(person,), how="demonym-person"))
            elif is_people(surface, spot):
                gone.append(spot)
                is_definite = spot.begin > 0 and surface.lower[spot.begin - 1] == "the"
                actors = tuple(actor if is_definite and draft.kind(actor) is ActorKind.STATE and actor not in peopled
                               else heads.people(actor) if draft.kind(actor) in (ActorKind.STATE, ActorKind.OTHER)
                               else actor for actor in spot.actors)
                how = "demonym-plural" if actors == spot.actors else "demonym-people"
                new.append(Spot(spot.begin, spot.end, spot.head, actors, Form.DEMONYM, how, True))
        draft.remove(gone)
        for spot in new:
            draft.put(spot)

    def _resolution(self, draft: Draft) -> Resolution:
        by_spot = [(spot, self._mentions(draft, spot)) for spot in draft.spots]
        by_spot.sort(key=lambda pair: (pair[1][0].begin_char, pair[1][0].end_char, pair[1][0].actor))
        heads: dict[int, tuple[Mention, ...]] = {}
        for spot, mentions in by_spot:
            for index in roots(draft.surface, spot):
                heads[index] = tuple(dict.fromkeys((*heads.get(index, ()), *mentions)))
        every = sorted({mention for _, mentions in by_spot for mention in mentions},
                       key=lambda mention: (mention.begin_char, mention.end_char, mention.actor, mention.how))
        used = {mention.actor for mention in every}
        guesses = {spot.head: self._mentions(draft, spot) for spot in draft.guesses
                   if spot.head not in heads and used.issuperset(spot.actors)}
        return Resolution(mentions=tuple(every),
                          actors=tuple(draft.cast[actor] for actor in sorted(used)),
                          heads=dict(sorted(heads.items())), guesses=dict(sorted(guesses.items())))

    def _mentions(self, draft: Draft, spot: Spot) -> tuple[Mention, ...]:
        """The mentions that a stretch is: one for each of its actors."""
        document = draft.surface.document
        begin, end = draft.surface.begin_char[spot.begin], draft.surface.end_char[spot.end - 1]
        measured = self.lists.steps.get(spot.how, UNMEASURED)
        return tuple(
            Mention(document=document.id, begin_char=begin, end_char=end, text=document.text[begin:end], actor=actor,
                    form=spot.form, how=spot.how,
                    confidence=measured.confidence if spot.confidence is None else round(spot.confidence, 3))
            for actor in sorted(set(spot.actors)))


def join_demonyms(draft: Draft) -> None:
    """Make one people of two demonyms in a row: "Turkish Cypriots", "Syrian Kurds"."""
    surface = draft.surface
    for first in [spot for spot in draft.spots if spot.form is Form.DEMONYM]:
        second = draft.taken[first.end] if first.end < surface.size else None
        if second is None or second is first or second.actors == first.actors:
            continue
        if second.form is not Form.DEMONYM and draft.kind(second.actors[0]) is not ActorKind.PEOPLE:
            continue
        noun = second.end - 1
        is_plural = surface.tag[noun] in ("NNS", "NNPS")
        if not is_plural and surface.pos[noun] == "ADJ" and surface.pos[first.end - 1] != "ADJ":
            continue
        name = surface.slice(first.begin, second.end)
        people = provisional(name if is_plural else f"{name}s", ActorKind.PEOPLE)
        draft.remove((first, second))
        draft.put(Spot(first.begin, second.end, second.head, (draft.enter(people),), Form.DEMONYM, "demonym-joined",
                       is_plural))


def roots(surface: Surface, spot: Spot) -> Iterator[int]:
    """The tokens of a mention that hang on a token outside it: one, or more where the parse breaks a name."""
    yield spot.head
    for index in range(spot.begin, spot.end):
        if index != spot.head and not spot.begin <= surface.head[index] < spot.end \
                and surface.pos[index] in ("NOUN", "PROPN") and spot.form is Form.NAME:
            yield index


def form_of(match: Match) -> tuple[Form, str]:
    """The form of a registry match and the step that it counts for."""
    kind, name_type = match.kind, match.name.type
    if name_type is NameType.DEMONYM:
        return Form.DEMONYM, "demonym"
    if name_type is NameType.CAPITAL:
        return Form.METONYM, "capital"
    if name_type is NameType.SEAT:
        return Form.METONYM, "seat"
    if kind is ActorKind.STATE:
        return Form.NAME, "state-name"
    if kind is ActorKind.PERSON:
        return Form.NAME, "person-name"
    if kind is ActorKind.PEOPLE:
        return Form.NAME, "people-name"
    if match.is_in_context:
        return Form.NAME, "abbreviation-in-context" if match.name.text.isupper() else "name-in-context"
    return Form.NAME, "organization-name"


def is_people(surface: Surface, spot: Spot) -> bool:
    """Whether a demonym stands alone for people: "Syrians", "the French"."""
    head = spot.head
    if surface.dep[head] in ("amod", "compound", "nmod", "poss") and surface.tag[head] not in ("NNS", "NNPS"):
        return False
    if surface.tag[head] in ("NNS", "NNPS") or (surface.lower[head].endswith("s") and surface.pos[head] != "ADJ"):
        return True
    return spot.begin > 0 and surface.lower[spot.begin - 1] == "the" and surface.pos[head] in ("PROPN", "NOUN", "ADJ") \
        and surface.dep[head] in ("nsubj", "nsubjpass", "pobj", "dobj")


def is_one_person(surface: Surface, spot: Spot) -> bool:
    """Whether a demonym stands alone for one of them: "the German", "the Frenchman", not "the French"."""
    head = spot.head
    return (spot.begin > 0 and surface.lower[spot.begin - 1] == "the" and surface.pos[head] in ("PROPN", "NOUN", "ADJ")
            and not surface.lower[head].endswith(COLLECTIVE_ENDINGS)
            and surface.dep[head] in ("nsubj", "nsubjpass", "pobj", "dobj", "agent", "conj", "poss"))


def compatriot(draft: Draft, spot: Spot) -> str | None:
    """The person of a demonym's state that was named last before it."""
    surface = draft.surface
    before = [(found.begin, actor) for found in draft.spots for actor in found.actors
              if found.form is Form.NAME and found.begin < spot.begin and draft.kind(actor) is ActorKind.PERSON
              and surface.sentence[spot.head] - surface.sentence[found.head] <= COMPATRIOT_REACH_SENTENCES
              and (draft.cast[actor].country in spot.actors
                   or any(draft.notes[actor].countries[state] for state in spot.actors))]
    return max(before)[1] if before else None


def pieces(draft: Draft, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a run that nothing has taken."""
    at = begin
    while at < end:
        stop = at
        while stop < end and draft.is_free(stop, stop + 1) and draft.surface.tag[stop] != "POS":
            stop += 1
        first, last = at, stop
        while first < last and first not in draft.surface.first_word:
            first += 1
        while last > first and last - 1 not in draft.surface.first_word:
            last -= 1
        if first < last:
            yield first, last
        at = stop + 1


def is_core(draft: Draft, spot: Spot, found: Found) -> bool:
    """Whether all that a longer name adds to a known one is a state: "Iranian Quds Force"."""
    if spot.form is not Form.NAME or draft.kind(spot.actors[0]) in (ActorKind.STATE, ActorKind.PERSON):
        return False
    for index in range(found.begin, found.end):
        other = draft.taken[index]
        if not spot.begin <= index < spot.end and draft.surface.capital[index] and (
                other is None or draft.kind(other.actors[0]) is not ActorKind.STATE):
            return False
    return True


def introduced(draft: Draft, begin: int, end: int) -> bool:
    """Whether an abbreviation in brackets follows, as it does after names of organizations."""
    if end - begin < 2:
        return False
    return introduced_abbreviation(draft, Spot(begin, end, end - 1, (), Form.NAME, "")) is not None
