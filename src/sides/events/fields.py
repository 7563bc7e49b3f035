"""What the fields of a record mean, as SQL: the one place that says it, for blocks and for whole files alike."""

from __future__ import annotations

import json

from sides.events.mapping import Act, Day, Mapping, Said, Scheme, Side
from sides.events.parts import quoted
from sides.model.claim_type import ClaimType

# How far a record comes, in the order in which it is asked; who comes past all is an event.
REASONS = ("columns", "date", "id", "claim", "code", "relation", "side", "nobody", "same")
READ = len(REASONS)
# What an actor may be told by, in the order in which it is asked for.
KEYS = ("code", "name", "country", "place")


def raw(mapping: Mapping, header: tuple[str, ...], lines: str) -> str:
    """The fields that are looked at, from what `lines` reads, as they stand: `c7` is the seventh."""
    named = ", ".join(f"f{place} AS c{place}" for place in _places(header, mapping.used))
    whole = f"f{len(header)} IS NOT NULL AND f{len(header) + 1} IS NULL"
    return f"SELECT file_index AS part, {whole} AS is_whole, {named} FROM {lines}"


def _places(header: tuple[str, ...], names: tuple[str, ...]) -> list[int]:
    return sorted({header.index(name) + 1 for name in names})


class Fields:
    """SQL for what the fields in the table `raw` mean.

    `field`: how a field is written, by its place from 1: a column of its own, or an element of a list (`f[{}]`).
    """

    def __init__(self, mapping: Mapping, header: tuple[str, ...], field: str = "c{}") -> None:
        self._mapping = mapping
        self._field = {name: field.format(header.index(name) + 1) for name in mapping.used}
        self._missing = ", ".join(map(quoted, mapping.table.missing))

    def __call__(self, name: str | None) -> str:
        """The trimmed text of a column, NULL where it is missing or need not be told of."""
        if not name:
            return "NULL::VARCHAR"
        value = f"trim({self._field[name]})"
        if self._mapping.table.missing == ("",):
            return f"nullif({value}, '')"
        return f"(CASE WHEN {value} IN ({self._missing}) THEN NULL ELSE {value} END)" if self._missing else value

    def outcome(self) -> str:
        """A row for each claim, and for each record that gives none: how far it came (`step`) and what it says.

        `seq` is the record's row in `raw`.
        """
        claims = " UNION ALL BY NAME ".join(f"({self._claim(one, place)})"
                                            for place, one in enumerate(self._mapping.claim))
        if not self._mapping.gives_many:
            return claims
        order = "claim, source_code, source_name, source_country, source_place, target_code, target_name, " \
            "target_country, target_place"
        once = (f"SELECT * FROM ({claims}) QUALIFY step < {READ} "  # what a record tells twice it tells
                f"OR row_number() OVER (PARTITION BY seq, source, target, type, step ORDER BY {order}) = 1")
        return (f"SELECT * REPLACE (id || ':' || row_number() OVER (PARTITION BY seq, step = {READ} ORDER BY {order}) "
                f"AS id) FROM ({once}) QUALIFY step = {READ} OR max(step) OVER (PARTITION BY seq) < {READ} "
                f"AND row_number() OVER (PARTITION BY seq ORDER BY step DESC, {order}) = 1")

    def keys(self) -> str:
        """Whom there is to find out: the distinct codes and names of all sides, in the order of `standing`."""
        return " UNION ".join(
            f"SELECT {quoted(self.kind_of(side))} AS kind, {role}_code AS code, {role}_name AS name, "
            f"{role}_country AS country, {role}_place AS place FROM ({self._draft(one, place)}) WHERE is_whole"
            for place, one in enumerate(self._mapping.claim)
            for role, side in (("source", one.source), ("target", one.target)))

    def kind_of(self, side: Side) -> str:
        """How a side is told: its schemes, what stands for a missing field, and which of the parts there are."""
        told = [part for part in KEYS if getattr(side, part)]
        return json.dumps([side.scheme, side.country_scheme, self._mapping.table.missing, told])

    def _claim(self, said: Said, place: int) -> str:
        """One claim of each record, with what its code means and who its sides are at its date."""
        return stepped(self.acted(said, self._draft(said, place)),
                       self._meant(said.source, "source", "one"), self._meant(said.target, "target", "other"))

    def acted(self, said: Said, draft: str) -> str:
        """`draft` with what its code, in the columns of `ACT`, means: `is_coded`, `type` and all that goes with it."""
        typed, coded, joined = "NULL::VARCHAR", "true", ""
        of_act = "own_mode AS mode, own_context AS context, own_goldstein AS goldstein, own_score AS score"
        if isinstance(said.type, ClaimType):
            typed = quoted(said.type.value)
        elif said.type.code:
            joined = f"LEFT JOIN act ON act.scheme = '{said.type.scheme}' AND act.code = draft.code"
            typed, coded = "act.type", "act.code IS NOT NULL"
            of_act = ", ".join(f"coalesce(own_{one}, act.{one}) AS {one}"
                               for one in ("mode", "context", "goldstein", "score"))
        else:
            cases = " ".join(f"WHEN {quoted(value)} THEN {quoted(one.value)}"
                             for value, one in sorted(said.type.values.items()))
            typed = f"CASE draft.code {cases} ELSE NULL END"
            coded = f"draft.code IN ({', '.join(map(quoted, sorted(said.type.values)))})"
        return f"""
            SELECT draft.*, {typed} AS type, {coded} AS is_coded, {of_act}, meaning.number AS meaning, meaning.sign,
                   meaning.layer, meaning.quad
            FROM ({draft}) AS draft {joined} LEFT JOIN meaning ON meaning.type = {typed}"""

    def _draft(self, said: Said, place: int) -> str:
        """One claim of each record in its own words."""
        told = ", ".join(f"{value} AS {name}" for name, value in self.told(said).items())
        parts = ["raw", *(self._parts(side, role) for side, role in ((said.source, "source"), (said.target, "target"))
                          if side.split)]
        return f"SELECT raw.rowid AS seq, part, {place} AS claim, is_whole, {told} FROM {', '.join(parts)}"

    def told(self, said: Said) -> dict[str, str]:
        """What a record says of itself and of one claim, in its own words, by the name of the column."""
        event = self._mapping.event
        start, end = self.day(event.start), self.day(event.end) if event.end else ("NULL", "NULL")
        published = self.day(event.published)[0] if event.published else "NULL"
        wanted = " AND ".join(f"{self(name)} IN ({', '.join(map(quoted, values))})"
                              for name, values in sorted(said.when.items())) or "true"
        ids = [f"coalesce({self(one)}, '')" for one in event.id]
        return {
            "id": ids[0] if len(ids) == 1 else f"concat_ws('/', {', '.join(ids)})",
            "has_id": " AND ".join(f"{self(one)} IS NOT NULL" for one in event.id),
            "start_first": f"{start[0]}::DATE", "start_last": f"{start[1]}::DATE",
            "end_first": f"{end[0]}::DATE", "end_last": f"{end[1]}::DATE", "published": f"{published}::DATE",
            "url": self(event.url), "publisher": self(event.publisher),
            "own_mode": self(event.mode), "own_context": self(event.context),
            "own_goldstein": f"try_cast({self(event.goldstein)} AS DOUBLE)",
            "own_score": f"try_cast({self(event.score)} AS DOUBLE)",
            **{name: f"try_cast({self(getattr(event, name))} AS BIGINT)"
               for name in ("mentions", "sources", "articles", "deaths")},
            "is_claim": wanted,
            "code": self._code(said.type) if isinstance(said.type, Act) else "NULL::VARCHAR",
            **self._side(said.source, "source"), **self._side(said.target, "target")}

    def day(self, day: Day) -> tuple[str, str]:
        """The first and the last day that a date may mean; both NULL where it can't be read."""
        if day.column:
            parsed, last = ("coalesce(" + ", ".join(f"try_strptime({self(name)}, {quoted(form)})"
                                                    for form in day.forms) + ")::DATE"
                            for name in (day.column, day.last or day.column))
            if not day.precision:
                return parsed, last
            told = self(day.precision)
            of = {width: [value for value, one in sorted(day.within.items()) if one == width]
                  for width in ("week", "month", "year")}
            first, last = parsed, parsed
            for width, values in of.items():
                if not values:
                    continue
                fits = f"{told} IN ({', '.join(map(quoted, values))})"
                begin = f"({parsed} - 3)" if width == "week" else f"date_trunc('{width}', {parsed})::DATE"
                stop = f"({parsed} + 3)" if width == "week" else \
                    f"({begin} + INTERVAL 1 {width} - INTERVAL 1 DAY)::DATE"
                first, last = (f"CASE WHEN {fits} THEN {edge} ELSE {rest} END"
                               for edge, rest in ((begin, first), (stop, last)))
            return first, last
        # No year, month or day has the number 0: it stands for one that is not known, or not yet.
        year, month, date = (f"nullif(try_cast({self(name)} AS INT), 0)" for name in (day.year, day.month, day.day))
        date = f"(CASE WHEN {month} IS NULL THEN NULL ELSE {date} END)"
        first = f"try_cast(printf('%04d-%02d-%02d', {year}, coalesce({month}, 1), coalesce({date}, 1)) AS DATE)"
        last = (f"CASE WHEN {month} IS NULL THEN ({first} + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE "
                f"WHEN {date} IS NULL THEN ({first} + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE ELSE {first} END")
        return f"(CASE WHEN {year} IS NULL THEN NULL ELSE {first} END)", \
            f"(CASE WHEN {year} IS NULL THEN NULL ELSE {last} END)"

    def _code(self, act: Act) -> str:
        """The code of an act; with its root, where a zero at its head was lost."""
        value = self(act.code or act.column)
        if not act.root:
            return value
        root = f"lpad({self(act.root)}, 2, '0')"
        return (f"(CASE WHEN {value} IS NULL OR {self(act.root)} IS NULL THEN NULL "
                f"WHEN starts_with({value}, {root}) THEN {value} "
                f"WHEN starts_with('0' || {value}, {root}) THEN '0' || {value} ELSE {value} END)")

    def _side(self, side: Side, role: str) -> dict[str, str]:
        """What a side is resolved by, as it stands: trimmed once for each text, not for each record."""
        keys = {key: self._field[name] for key in KEYS if (name := getattr(side, key))}
        if side.split:
            keys |= {key: f"{role}_part.{key}" for key in ("code", "name") if key in keys}
        return {**{f"{role}_{key}": f"coalesce({keys[key]}, '')" if key in keys else "''" for key in KEYS},
                f"{role}_sectors": self(side.sectors)}

    def kind_and_keys(self, side: Side, role: str, standing: str, draft: str = "draft") -> str:
        """When a row of `standing` is of the side that `draft` tells, on whatever day."""
        # Only by what there is: to join by four texts takes twice the time of two.
        keys = [f"{standing}.{key} = {draft}.{role}_{key}" for key in KEYS if getattr(side, key)]
        return " AND ".join([f"{standing}.kind = {quoted(self.kind_of(side))}", *keys])

    def _meant(self, side: Side, role: str, standing: str) -> str:
        return f"{self.kind_and_keys(side, role, standing)} AND {at_its_day(standing)}"

    def _parts(self, side: Side, role: str) -> str:
        """The actors of one field, a row each; a name goes with a code where there are as many."""
        codes, names = (f"string_split({self(one)}, {quoted(side.split or '')})" for one in (side.code, side.name))
        listed = codes if side.code else names
        missing = f"NOT IN ({self._missing})" if self._missing else "IS NOT NULL"
        code, name = (f"CASE WHEN trim({one}[place]) {missing} THEN trim({one}[place]) END" for one in (codes, names))
        code = code if side.code else "NULL::VARCHAR"
        name = f"CASE WHEN len({names}) = len({listed}) THEN {name} END"
        return (f"unnest(CASE WHEN {listed} IS NULL THEN [{{'code': NULL::VARCHAR, 'name': NULL::VARCHAR}}] ELSE "
                f"list_transform(range(1, len({listed}) + 1), lambda place: {{'code': {code}, 'name': {name}}}) END) "
                f"AS {role}_parts({role}_part)")


def stepped(draft: str, one: str, other: str, standing: tuple[str, str] = ("standing", "standing")) -> str:
    """`draft`, with what its codes mean, with who its sides are, by conditions, and how far it comes."""
    return f"""
        SELECT draft.*, {_whom('source', 'one')}, {_whom('target', 'other')},
               CASE WHEN is_whole IS NOT TRUE THEN 0
                    WHEN start_first BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' IS NOT TRUE THEN 1
                    WHEN has_id IS NOT TRUE THEN 2 WHEN is_claim IS NOT TRUE THEN 3 WHEN is_coded IS NOT TRUE THEN 4
                    WHEN type IS NULL THEN 5 WHEN one.told IS NULL OR other.told IS NULL THEN 6
                    WHEN one.actor = '' OR other.actor = '' THEN 7
                    WHEN one.actor = other.actor THEN 8 ELSE {READ} END::TINYINT AS step
        FROM ({draft}) AS draft
        LEFT JOIN {standing[0]} AS one ON {one} LEFT JOIN {standing[1]} AS other ON {other}"""


def at_its_day(standing: str) -> str:
    """When a row of `standing` holds on the day of the draft."""
    return f"draft.start_first BETWEEN {standing}.first AND {standing}.last"


def asked(kind: str, *keys: str) -> tuple[Scheme, str, str, str, Scheme, str]:
    """What `Sides.standings` is asked for a row of `Fields.keys`.

    >>> asked('["cameo", "cow", ["", "NA"], ["code"]]', " ISR ", "NA", "", "")
    ('cameo', 'ISR', '', '', 'cow', '')
    """
    scheme, country_scheme, missing, _ = json.loads(kind)
    code, name, country, place = ("" if one.strip(" ") in missing else one.strip(" ") for one in keys)
    return scheme, code, name, country, country_scheme, place


def _whom(role: str, standing: str) -> str:
    return (f"{standing}.actor AS {role}, {standing}.number AS {role}_number, {standing}.shown AS {role}_shown, "
            f"{standing}.known AS {role}_known, {standing}.told AS {role}_told, "
            f"nullif(concat_ws(' ', nullif({standing}.sector, ''), {role}_sectors), '') AS {role}_sector")
