"""The answer to "who is A?": names, place, blocs, people, ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sides.report.counting import counted
from sides.report.states import STATE_STYLES
from sides.report.tie import tie_record
from sides.ties.profile import Place, Profile

PEOPLE_SHOWN = 10
NAMES_SHOWN = 12


def profile_answer(profile: Profile, names: Mapping[str, str]) -> RenderableType:
    """The profile as a page of a terminal."""
    return Group(*_parts(profile, names))


def _parts(profile: Profile, names: Mapping[str, str]) -> Iterator[RenderableType]:
    actor = profile.actor
    yield Text.assemble((actor.name, "bold"), f"  {actor.description or actor.kind.value}", (f"  {actor.id}", "dim"))
    if actor.is_provisional:
        yield Text("Found in the documents; stands in no registry.", style="italic")
    if profile.introduction:
        yield Text(f"  “{profile.introduction.sentence}”", style="default")
        yield Text(f"  — {profile.introduction.document}, {profile.introduction.published}", style="dim")
    yield from _row("also called", [*actor.names][:NAMES_SHOWN], len(actor.names))
    if actor.parent:
        yield from _row("part of", [names.get(actor.parent, actor.parent)], 1)
    if actor.country:
        yield from _row("country", [names.get(actor.country, actor.country)], 1)
    for label, places in (("belongs to", profile.parents), ("member of", profile.blocs),
                          ("people and parts", profile.people), ("members", profile.members),
                          ("came from", profile.came_from), ("became", profile.became)):
        yield from _row(label, [_place(place, names) for place in places[:PEOPLE_SHOWN]], len(places))
    if profile.documents:
        yield Text(f"mentioned in {counted(profile.documents, 'document')}; {counted(profile.claims, 'claim')}",
                   style="dim")
    if profile.ties:
        table = Table(box=None, pad_edge=False, title="Ties", title_justify="left", title_style="bold")
        for column in ("with", "now", "since", "claims", "outlets"):
            table.add_column(column, justify="right" if column in ("claims", "outlets") else "left")
        for tie in profile.ties:
            now = tie.now
            state = Text(now.state.value + (", contested" if now.is_contested else ""),
                         style=STATE_STYLES[now.state.value]) if now else Text("not said", style="dim")
            table.add_row(names.get(tie.right, tie.right), state, str(now.first) if now else "", str(len(tie.evidence)),
                          str(len({outlet for one in tie.evidence for outlet in one.outlets})))
        yield Text()
        yield table
        more = len(profile.counterparts) - len(profile.ties)
        if more:
            yield Text(f"and {more} more (--ties N)", style="dim")


def _row(label: str, values: Sequence[str], total: int) -> Iterator[Text]:
    if values:
        more = f" and {total - len(values)} more" if total > len(values) else ""
        yield Text.assemble((f"  {label}: ", "dim"), "; ".join(values) + more)


def _place(place: Place, names: Mapping[str, str]) -> str:
    span = f" {place.since or ''}–{place.until or ''}" if place.since or place.until else ""
    said = f", {counted(len(place.claims), 'claim')}" if place.claims else ""
    listed = f", registry: {place.source}" if place.source else ""
    return f"{names.get(place.actor, place.actor)} ({place.label}{span}{listed}{said})"


def profile_record(profile: Profile, names: Mapping[str, str]) -> dict[str, Any]:
    """The whole profile as plain values for JSON."""
    actor = profile.actor

    def placed(places: Sequence[Place]) -> list[dict[str, Any]]:
        return [{"actor": place.actor, "name": names.get(place.actor, place.actor), "label": place.label,
                 "since": place.since, "until": place.until, "registry_source": place.source,
                 "claims": [claim.id for claim in place.claims]}
                for place in places]

    return {
        "id": actor.id, "name": actor.name, "kind": actor.kind.value, "description": actor.description,
        "names": list(actor.names), "parent": actor.parent, "country": actor.country, "wikidata": actor.wikidata,
        "is_provisional": actor.is_provisional,
        "introduction": {"document": profile.introduction.document, "published": str(profile.introduction.published),
                         "sentence": profile.introduction.sentence} if profile.introduction else None,
        "at": str(profile.at) if profile.at else None, "documents": profile.documents, "claims": profile.claims,
        "belongs_to": placed(profile.parents), "member_of": placed(profile.blocs), "people": placed(profile.people),
        "members": placed(profile.members), "came_from": placed(profile.came_from), "became": placed(profile.became),
        "ties": [tie_record(tie, names) for tie in profile.ties],
    }
