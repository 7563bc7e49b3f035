"""Counts of events by dyad and time, as one query over what was gathered."""

from __future__ import annotations

from typing import Literal

Every = Literal["day", "week", "month", "year"]
PERIODS: dict[Every, str] = {"day": "{}", "week": "date_trunc('week', {})::DATE",
                             "month": "date_trunc('month', {})::DATE", "year": "date_trunc('year', {})::DATE"}
# Over how many periods before it a share is taken: a year, so that seasons are in it; of years, five.
WINDOWS: dict[Every, int] = {"day": 365, "week": 52, "month": 12, "year": 5}
# Periods numbered without gaps.
_NUMBERS: dict[Every, str] = {"day": "datediff('day', DATE '1970-01-01', {})",
                              "week": "datediff('day', DATE '1970-01-05', {}) // 7",
                              "month": "year({0}) * 12 + month({0})", "year": "year({})"}
PANEL = """
    WITH once AS (
        SELECT read_file.dataset, kept.* FROM kept JOIN read_file ON kept.file = read_file.number
        ANTI JOIN later ON later.row = kept.rowid),
    -- One code on one day is one act; counted first, for there are fewer of them.
    acted AS (
        SELECT dataset, source, target, area.number AS cell, start_first, code, count(*) AS events,
               count(*) FILTER (sign > 0) AS cooperative, count(*) FILTER (sign < 0) AS hostile,
               sum(round(goldstein * 10)::BIGINT) AS tenths, count(goldstein) AS scaled
        FROM once JOIN area USING (meaning) GROUP BY ALL),
    counted AS (
        SELECT dataset, {period} AS period, source, target, cell, sum(events)::BIGINT AS events, count(*) AS acts,
               sum(cooperative)::BIGINT AS cooperative, sum(hostile)::BIGINT AS hostile,
               sum(tenths)::BIGINT AS tenths, sum(scaled)::BIGINT AS scaled
        FROM acted GROUP BY ALL),
    published AS (
        SELECT dataset, {period} AS period, source, target, area.number AS cell, count(DISTINCT publisher) AS publishers
        FROM (SELECT dataset, start_first, source, target, meaning, publisher FROM once {mentions})
        JOIN area USING (meaning) WHERE publisher IS NOT NULL GROUP BY ALL),
    whole AS (
        SELECT dataset, period, {number} AS place, sum(events)::BIGINT AS all_events
        FROM counted GROUP BY ALL),
    sent AS (
        SELECT dataset, period, source, sum(events)::BIGINT AS source_events FROM counted GROUP BY ALL),
    received AS (
        SELECT dataset, period, target, sum(events)::BIGINT AS target_events FROM counted GROUP BY ALL),
    dyads AS (
        SELECT dataset, period, source, target, sum(events)::BIGINT AS dyad_events FROM counted GROUP BY ALL),
    back AS (
        SELECT dataset, period, target AS source, source AS target, dyad_events AS back_events FROM dyads),
    earlier AS (
        SELECT dataset, period, all_events,
               (SELECT coalesce(sum(least(gap.last, {last}) - greatest(gap.first, period) + 1), 0)::BIGINT FROM gap
                WHERE gap.dataset = whole.dataset AND gap.first <= {last} AND gap.last >= period) AS days_missing,
               sum(all_events) OVER (PARTITION BY dataset ORDER BY place {trailing})::BIGINT AS all_before
        FROM whole),
    -- In the order of their names, for to sort by numbers takes less; areas and datasets have numbers in theirs.
    named AS (SELECT number, actor, row_number() OVER (ORDER BY actor) AS place FROM actor),
    followed AS (
        SELECT *, sum(events) OVER (PARTITION BY dataset, source, target, cell ORDER BY {number} {trailing})::BIGINT
                   AS before
        FROM counted)
    SELECT dataset::VARCHAR AS dataset, period, one.actor AS source, other.actor AS target, area.layer, area.quad,
           events, acts, cooperative, hostile, tenths / 10 AS goldstein_sum,
           tenths / 10 / nullif(scaled, 0) AS goldstein_mean, coalesce(publishers, 0) AS publishers, all_events,
           events / all_events AS share, source_events, target_events, dyad_events,
           dyad_events + coalesce(back_events, 0) AS pair_events,
           coalesce(before, 0) * all_events / all_before AS expected, days_missing
    FROM followed JOIN earlier USING (dataset, period)
    JOIN sent USING (dataset, period, source) JOIN received USING (dataset, period, target)
    JOIN dyads USING (dataset, period, source, target) LEFT JOIN back USING (dataset, period, source, target)
    LEFT JOIN published USING (dataset, period, source, target, cell)
    JOIN named AS one ON one.number = source JOIN named AS other ON other.number = target
    JOIN (SELECT DISTINCT number, layer, quad FROM area) AS area ON area.number = cell
    ORDER BY followed.dataset, period, one.place, other.place, cell"""


# Whoever mentions an event is a publisher of it too.
MENTIONS = """UNION ALL
              SELECT once.dataset, once.start_first, once.source, once.target, once.meaning, mentioned.publisher
              FROM (SELECT *, coalesce(number::VARCHAR, id) AS name FROM once) AS once
              JOIN mentioned ON mentioned.dataset = once.dataset AND mentioned.id = once.name"""


def panel_sql(every: Every, *, has_mentions: bool = False) -> str:
    """The query over the tables `kept`, `read_file`, `later`, `gap`, `actor`, `area` and `mentioned` of a gathering."""
    period = PERIODS[every].format("start_first")
    return PANEL.format(period=period, number=_NUMBERS[every].format("period"),
                        mentions=MENTIONS if has_mentions else "",
                        last=f"(period + INTERVAL 1 {every} - INTERVAL 1 DAY)::DATE",
                        trailing=f"RANGE BETWEEN {WINDOWS[every]} PRECEDING AND 1 PRECEDING")
