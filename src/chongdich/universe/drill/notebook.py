"""The drill's notebook: what is to happen and what has happened, in the drill's own database.

It is no part of the application: three plain tables that exist only in a drill's database. A happening is marked done
in the transaction of its effects, so a drill that was stopped at any instruction goes on where it was.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

_TABLES = (
    "CREATE TABLE IF NOT EXISTS drill_note (name varchar(80) PRIMARY KEY, value text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS drill_happening (number bigint PRIMARY KEY, name varchar(120) NOT NULL UNIQUE, "
    "at varchar(40) NOT NULL, kind varchar(20) NOT NULL, data text NOT NULL, done smallint NOT NULL, "
    "took real NOT NULL)",
    "CREATE INDEX IF NOT EXISTS drill_waiting ON drill_happening (done, at, number)",
    "CREATE TABLE IF NOT EXISTS drill_known (person bigint PRIMARY KEY, truth integer NOT NULL)",
    "CREATE INDEX IF NOT EXISTS drill_known_truth ON drill_known (truth)",
)
_ROW = "number, name, at, kind, data"


@dataclass(frozen=True)
class Happening:
    """Something that comes about at a moment of the drill. `name` is one of its kind and never twice."""

    number: int
    name: str
    at: datetime
    kind: str
    data: dict[str, Any]


def open_notebook() -> None:
    """Make the tables where they are not."""
    with connection.cursor() as cursor:
        for statement in _TABLES:
            cursor.execute(statement)


def is_drill() -> bool:
    """Whether the database at hand is a drill's."""
    return "drill_happening" in connection.introspection.table_names()


def plan(happenings: Iterable[tuple[str, datetime, str, dict[str, Any]]]) -> None:
    """Write down what is to happen: (name, at, kind, data); a name that is there stays as it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM drill_happening")
        (number,) = cursor.fetchone()
        rows = [
            (number + place, name, _text(at), kind, json.dumps(data, ensure_ascii=False))
            for place, (name, at, kind, data) in enumerate(happenings, start=1)
        ]
        cursor.executemany(
            f"INSERT INTO drill_happening ({_ROW}, done, took) VALUES (%s, %s, %s, %s, %s, 0, 0) "
            "ON CONFLICT (name) DO NOTHING", rows,
        )  # fmt: skip


def is_planned(name: str) -> bool:
    """Whether a happening of this name was written down, done or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM drill_happening WHERE name = %s", (name,))
        return cursor.fetchone() is not None


def next_waiting(until: datetime) -> Happening | None:
    """The next happening before a moment."""
    rows = _ask(f"SELECT {_ROW} FROM drill_happening WHERE done = 0 AND at < %s ORDER BY at, number LIMIT 1", until)
    return next(iter(rows), None)


def waiting_with(one: Happening) -> list[Happening]:
    """The others of its kind at the same moment that have not happened yet."""
    rows = _ask(
        f"SELECT {_ROW} FROM drill_happening WHERE done = 0 AND at = %s AND kind = %s ORDER BY number",
        one.at, one.kind,
    )  # fmt: skip
    return [other for other in rows if other.number != one.number]


def done(kind: str) -> list[Happening]:
    """What has happened of a kind, in order."""
    return list(_ask(f"SELECT {_ROW} FROM drill_happening WHERE done = 1 AND kind = %s ORDER BY at, number", kind))


def last_moment() -> datetime | None:
    """When the last thing that has happened did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(at) FROM drill_happening WHERE done = 1")
        (at,) = cursor.fetchone()
    return datetime.fromisoformat(at) if at else None


def mark_done(happenings: Iterable[Happening], took: float = 0.0) -> None:
    """They have happened; `took` are the seconds for all of them."""
    rows = [(json.dumps(one.data, ensure_ascii=False), took, one.number) for one in happenings]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE drill_happening SET done = 1, data = %s, took = %s WHERE number = %s", rows)


def note(name: str, value: Any) -> None:
    """Keep a value."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO drill_note (name, value) VALUES (%s, %s) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, json.dumps(value, ensure_ascii=False)),
        )  # fmt: skip


def noted(name: str, otherwise: Any = None) -> Any:
    """A kept value."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM drill_note WHERE name = %s", (name,))
        row = cursor.fetchone()
    return otherwise if row is None else json.loads(row[0])


def know(person_id: int, truth: int) -> None:
    """A row of the registry is this simulated person; what is known stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO drill_known (person, truth) VALUES (%s, %s) ON CONFLICT (person) DO UPDATE "
            "SET truth = excluded.truth WHERE drill_known.truth < 0",
            (person_id, truth),
        )  # fmt: skip


def truth_of(person_id: int) -> int:
    """The simulated person behind a row of the registry; -1 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT truth FROM drill_known WHERE person = %s", (person_id,))
        row = cursor.fetchone()
    return -1 if row is None else int(row[0])


def rows_of(truth: int) -> list[int]:
    """Every row of the registry that is this simulated person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM drill_known WHERE truth = %s ORDER BY person", (truth,))
        return [row for (row,) in cursor.fetchall()]


def known() -> dict[int, int]:
    """Every row of the registry that is known to be a simulated person: row -> person (-1: nobody of the drill)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, truth FROM drill_known ORDER BY person")
        return dict(cursor.fetchall())


def _ask(query: str, *values: Any) -> Iterator[Happening]:
    with connection.cursor() as cursor:
        cursor.execute(query, [_text(value) if isinstance(value, datetime) else value for value in values])
        rows = cursor.fetchall()
    for number, name, at, kind, data in rows:
        yield Happening(number, name, datetime.fromisoformat(at), kind, json.loads(data))


def _text(at: datetime) -> str:
    """One form for every moment, so that text sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
