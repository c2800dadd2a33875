"""The same question as one standard SQL statement, for an engine that runs over many machines, or any other.

Tables it reads, all numbers whole:
    presence(row_no, person, place, begins, ends, certainty, mask)   the journal's files, without superseded rows
    place_distance(place, distance)                                  classes 0-14; a missing place is of class 15
    infected(case_no, person, since, until_at)                       the cases and their windows
    quarantined(person, since)                                       at most one row a person

Only words that DuckDB, Spark, PostgreSQL and SQLite share are used: joins, CASE, window functions.
"""

from .words import DISTANCE_CLASSES, FOREVER, UNKNOWN_DISTANCE, TraceRule

COLUMNS = ("person", "level", "is_case", "meetings", "seconds", "first_at", "last_at", "longest", "through", "place")


def trace_sql(rule: TraceRule, full: bool = True, presence: str = "presence", onward: TraceRule | None = None) -> str:
    """F1 and F2 of `infected`: COLUMNS in the order to call them, as `engine.trace(...).table`.

    F2 meet an F1 by the rule `onward`, where it differs.

    Without `full`, only person, level, is_case, meetings, first_at, last_at and longest: a plain grouping, no windows.
    """
    later = onward or rule
    return f"""
WITH stay1 AS ({_stays("infected", rule, presence)}),
met1 AS ({_meetings("stay1", rule, presence)}),
exposed AS (
  SELECT m.contact AS person, MIN(m.first_at) + {round(rule.latency_minutes * 60)} AS since,
         MIN(COALESCE(q.since, {FOREVER})) AS until_at
  FROM met1 m LEFT JOIN quarantined q ON q.person = m.contact
  WHERE m.contact NOT IN (SELECT person FROM infected)
  GROUP BY m.contact
),
stay2 AS ({_stays("exposed", later, presence)}),
met2 AS (
  SELECT m.* FROM ({_meetings("stay2", later, presence)}) m
  WHERE m.contact NOT IN (SELECT person FROM infected) AND m.contact NOT IN (SELECT contact FROM met1)
),
met AS (
  SELECT met1.*, 1 AS level FROM met1
  UNION ALL
  SELECT met2.*, 2 AS level FROM met2
)
{_full() if full else _light()}
"""


def _stays(windows: str, rule: TraceRule, presence: str) -> str:
    """Stays of infectious people inside their windows."""
    return f"""
  SELECT p.person, p.place, p.mask, p.row_no, COALESCE(d.distance, {UNKNOWN_DISTANCE}) AS distance,
         {_larger("p.begins", "w.since")} AS came, {_smaller("p.ends", "w.until_at")} AS gone
  FROM {windows} w
  JOIN {presence} p ON p.person = w.person AND p.begins <= w.until_at AND p.ends >= w.since
  LEFT JOIN place_distance d ON d.place = p.place
  WHERE w.since <= w.until_at AND p.certainty >= {rule.min_certainty}
"""


def _meetings(stays: str, rule: TraceRule, presence: str) -> str:
    """Who was there at the same time long enough, or came into the same air soon enough."""
    lags = {kind: int(lag) for kind, lag in enumerate(rule.lags()) if lag >= 0}
    first, last = _larger("s.came", "p.begins"), _smaller("s.gone", "p.ends")
    together = f"p.begins <= s.gone AND {last} - {first} >= {_needed(rule)}"
    air = f"p.begins > s.gone AND p.begins - s.gone <= {_case('s.distance', lags)}" if lags else "1 = 0"
    return f"""
  SELECT p.person AS contact, s.person AS through, s.place, s.row_no AS source_row, p.row_no AS contact_row,
         {first} AS first_at, CASE WHEN p.begins > s.gone THEN p.begins ELSE {last} END AS last_at
  FROM {stays} s
  JOIN {presence} p ON p.place = s.place AND p.begins <= s.gone + {max(lags.values(), default=0)}
   AND p.ends >= s.came AND p.person <> s.person
  WHERE p.certainty >= {rule.min_certainty} AND (({together}) OR ({air}))
"""


def _needed(rule: TraceRule) -> str:
    """Seconds needed by distance and mask; NULL, which nothing reaches, where it never counts."""
    table = rule.needed().tolist()
    masked = "CASE WHEN s.mask = 0 OR p.mask = 0 THEN {1} WHEN s.mask = 1 AND p.mask = 1 THEN {2} ELSE {0} END"
    cells = {
        kind: masked.format(*map(_seconds, table[kind]))
        for kind in range(DISTANCE_CLASSES)
        if min(table[kind]) < FOREVER
    }
    return _case("s.distance", cells) if cells else "NULL"


def _seconds(seconds: int) -> str:
    return "NULL" if seconds == FOREVER else str(seconds)


def _case(column: str, cells: dict) -> str:
    whens = " ".join(f"WHEN {key} THEN {value}" for key, value in cells.items())
    return f"(CASE {column} {whens} ELSE NULL END)"


def _larger(one: str, other: str) -> str:
    return f"(CASE WHEN {one} >= {other} THEN {one} ELSE {other} END)"


def _smaller(one: str, other: str) -> str:
    return f"(CASE WHEN {one} <= {other} THEN {one} ELSE {other} END)"


def _light() -> str:
    return f"""
SELECT contact AS person, level, {_is_case("contact")} AS is_case, COUNT(*) AS meetings,
       MIN(first_at) AS first_at, MAX(last_at) AS last_at, MAX(last_at - first_at) AS longest
FROM met GROUP BY contact, level"""


def _full() -> str:
    """Each meeting adds the time not covered by those that began before it; the longest one names whom and where."""
    begin = "CASE WHEN covered IS NULL OR covered < first_at THEN first_at ELSE covered END"
    return f"""
, lined AS (
  SELECT met.*,
    MAX(last_at) OVER (PARTITION BY contact ORDER BY first_at, last_at, source_row, contact_row
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered,
    ROW_NUMBER() OVER (PARTITION BY contact
                       ORDER BY last_at - first_at DESC, first_at, source_row, contact_row) AS place_in_line
  FROM met
),
added AS (
  SELECT lined.*, CASE WHEN last_at > ({begin}) THEN last_at - ({begin}) ELSE 0 END AS new_seconds FROM lined
)
SELECT contact AS person, level, {_is_case("contact")} AS is_case, COUNT(*) AS meetings, SUM(new_seconds) AS seconds,
       MIN(first_at) AS first_at, MAX(last_at) AS last_at, MAX(last_at - first_at) AS longest,
       MAX(CASE WHEN place_in_line = 1 THEN through END) AS through,
       MAX(CASE WHEN place_in_line = 1 THEN place END) AS place
FROM added GROUP BY contact, level
ORDER BY level, seconds DESC, first_at, person"""


def _is_case(column: str) -> str:
    return f"CASE WHEN {column} IN (SELECT person FROM infected) THEN 1 ELSE 0 END"
