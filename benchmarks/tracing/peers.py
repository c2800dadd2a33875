"""The same question put to general engines, each as a good administrator would. All answer with the same rows."""

import re
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from chongdich.kernels.tracing.sql import trace_sql
from chongdich.kernels.tracing.words import Case, Presences, TraceRule

Answer = set[tuple[int, ...]]
RULE = TraceRule(15, 15, 15, near=(0, 1, 2, 3), lag_minutes=15, lag_classes=(0, 1, 2, 3))
LONGEST_STAY = 14 * 3600
PLAIN = trace_sql(RULE, full=False)
OVERLAP = "p.begins <= s.gone + 900\n   AND p.ends >= s.came"
assert PLAIN.count(OVERLAP) == 2
# told the longest stay, a B-tree or a sorted table need not read from the beginning of time
STATEMENT = PLAIN.replace(OVERLAP, f"{OVERLAP} AND p.begins >= s.came - {LONGEST_STAY}")
STEPWISE = re.sub(r"(stay1|met1|exposed|stay2) AS \(", r"\1 AS MATERIALIZED (", STATEMENT)


def table(presences: Presences, order: np.ndarray | None = None) -> pa.Table:
    columns = {
        "row_no": presences.row.astype(np.int32),
        "person": presences.person,
        "place": presences.place,
        "begins": presences.start,
        "ends": presences.end,
        "certainty": presences.certainty.astype(np.int16),
        "mask": presences.mask.astype(np.int16),
    }
    return pa.table({name: column if order is None else column[order] for name, column in columns.items()})


def numbers(rows: Iterable[Sequence[Any]]) -> Answer:
    return {tuple(int(value) for value in row) for row in rows}


class Peer:
    """`load` builds, `open` connects afresh, `ask` answers; `files` are what a cold start must read."""

    name = ""
    files: list[Path] = []

    def load(self, folder: Path, presences: Presences, distance: np.ndarray) -> None: ...
    def open(self) -> None: ...
    def ask(self, cases: Sequence[Case]) -> Iterable[Sequence[Any]]: ...  # type: ignore[empty-body]
    def close(self) -> None: ...


class DuckDB(Peer):
    kinds = ("sorted by place and time", "plain", "Parquet sorted")

    def __init__(self, kind: str) -> None:
        self.kind, self.name = kind, f"DuckDB, {kind}"

    def load(self, folder: Path, presences: Presences, distance: np.ndarray) -> None:
        self.path = folder / f"duck-{self.kind.split()[0]}.db"
        self.files = [self.path]
        base = self._connect()
        data = {"given": None, "place_distance": pa.table({"place": np.arange(len(distance)), "distance": distance})}
        order = np.lexsort((presences.start, presences.place)) if self.kind == "sorted by place and time" else None
        data["given"] = table(presences, order)
        for name, content in data.items():
            base.register(f"{name}_in", content)
        if self.kind == "Parquet sorted":
            parquet = folder / "presence.parquet"
            sorted_rows = data["given"].take(np.lexsort((presences.start, presences.place)))
            pq.write_table(sorted_rows, parquet, compression="zstd", row_group_size=122_880)
            base.execute(f"CREATE VIEW presence AS SELECT * FROM read_parquet('{parquet}')")
            self.files.append(parquet)
        else:
            base.execute("CREATE TABLE presence AS SELECT * FROM given_in")
        base.execute("CREATE TABLE place_distance AS SELECT * FROM place_distance_in")
        base.close()

    def _connect(self) -> Any:
        import duckdb

        return duckdb.connect(str(self.path), config={"memory_limit": "3GB", "threads": 2})

    def open(self) -> None:
        self.base = self._connect()
        self.base.execute("CREATE TEMP TABLE infected(case_no INT, person INT, since INT, until_at INT)")
        self.base.execute("CREATE TEMP TABLE quarantined(person INT, since INT)")

    def ask(self, cases: Sequence[Case]) -> Iterable[Sequence[Any]]:
        self.base.execute("DELETE FROM infected")
        self.base.executemany("INSERT INTO infected VALUES (?, ?, ?, ?)", [[n, *case] for n, case in enumerate(cases)])
        return self.base.execute(STATEMENT).fetchall()


class SQLite(Peer):
    name = "SQLite, covering indexes"

    def load(self, folder: Path, presences: Presences, distance: np.ndarray) -> None:
        self.path = folder / "presence.sqlite"
        self.files = [self.path]
        base = sqlite3.connect(self.path)
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA synchronous=OFF")
        columns = "row_no INTEGER PRIMARY KEY, person INT, place INT, begins INT, ends INT, certainty INT, mask INT"
        base.execute(f"CREATE TABLE presence({columns})")
        base.execute("CREATE TABLE place_distance(place INTEGER PRIMARY KEY, distance INT)")
        base.executemany("INSERT INTO place_distance VALUES (?, ?)", enumerate(distance.tolist()))
        for batch in table(presences).to_batches(500_000):
            rows = zip(*(column.to_pylist() for column in batch.columns))
            base.executemany("INSERT INTO presence VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        base.execute("CREATE INDEX by_place ON presence(place, begins, ends, person, certainty, mask)")
        base.execute("CREATE INDEX by_person ON presence(person, begins, ends, place, certainty, mask)")
        base.execute("ANALYZE")
        base.commit()
        base.close()

    def open(self) -> None:
        self.base = sqlite3.connect(self.path)
        self.base.execute("PRAGMA cache_size=-1000000")
        self.base.execute("CREATE TEMP TABLE infected(case_no INT, person INT, since INT, until_at INT)")
        self.base.execute("CREATE TEMP TABLE quarantined(person INTEGER PRIMARY KEY, since INT)")

    def ask(self, cases: Sequence[Case]) -> Iterable[Sequence[Any]]:
        self.base.execute("DELETE FROM infected")
        self.base.executemany("INSERT INTO infected VALUES (?, ?, ?, ?)", [(n, *case) for n, case in enumerate(cases)])
        return self.base.execute(STEPWISE).fetchall()


class PostgreSQL(Peer):
    """A database named in `dsn`, which is emptied. The planner is told to use the indexes in the order written."""

    indexes = {
        "B-tree": ["(place, begins)", "(person, begins)"],
        "covering B-tree": [
            "(place, begins) INCLUDE (ends, person, certainty, mask, row_no)",
            "(person, begins) INCLUDE (ends, place, certainty, mask, row_no)",
        ],
        "GiST range": ["USING gist (place, int4range(begins, ends, '[]'))", "(person, begins)"],
    }

    def __init__(self, kind: str, dsn: str) -> None:
        self.kind, self.dsn, self.name = kind, dsn, f"PostgreSQL, {kind}"
        ranges = "int4range(p.begins, p.ends, '[]') && int4range(s.came, s.gone + 900, '[]')"
        bounds = f"{OVERLAP} AND p.begins >= s.came - {LONGEST_STAY}"
        self.statement = STEPWISE.replace(bounds, ranges) if kind == "GiST range" else STEPWISE

    def load(self, folder: Path, presences: Presences, distance: np.ndarray) -> None:
        with self._connect() as base:
            if not base.execute("SELECT to_regclass('presence')").fetchone()[0]:
                self._fill(base, folder, presences, distance)
            for name in ("one", "two"):
                base.execute(f"DROP INDEX IF EXISTS {name}")
            for name, columns in zip(("one", "two"), self.indexes[self.kind]):
                using = columns if columns.startswith("USING") else f" {columns}"
                base.execute(f"CREATE INDEX {name} ON presence {using}")
            base.execute("VACUUM ANALYZE presence")

    def _fill(self, base: Any, folder: Path, presences: Presences, distance: np.ndarray) -> None:
        base.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        base.execute(
            "CREATE TABLE presence(row_no int, person int, place int, begins int, ends int, certainty int2, mask int2)"
        )
        base.execute("CREATE TABLE place_distance(place int PRIMARY KEY, distance int)")
        distances = pa.table({"place": np.arange(len(distance)), "distance": distance})
        for name, content in (("presence", table(presences)), ("place_distance", distances)):
            path = folder / f"{name}.csv"
            pyarrow.csv.write_csv(content, path, pyarrow.csv.WriteOptions(include_header=False))
            with path.open("rb") as file, base.cursor().copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
                while part := file.read(1 << 20):
                    copy.write(part)
            path.unlink()

    def _connect(self) -> Any:
        import psycopg

        return psycopg.connect(self.dsn, autocommit=True)

    def open(self) -> None:
        self.base = self._connect()
        for setting in ("enable_hashjoin", "enable_mergejoin", "enable_material", "jit"):
            self.base.execute(f"SET {setting} = off")
        for setting in ("join_collapse_limit", "from_collapse_limit"):
            self.base.execute(f"SET {setting} = 1")
        self.base.execute("SET work_mem = '256MB'")
        self.base.execute("SET random_page_cost = 1.1")
        self.base.execute("CREATE TEMP TABLE infected(case_no int, person int, since int, until_at int)")
        self.base.execute("CREATE TEMP TABLE quarantined(person int, since int)")

    def ask(self, cases: Sequence[Case]) -> Iterable[Sequence[Any]]:
        self.base.execute("TRUNCATE infected")
        with self.base.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO infected VALUES (%s, %s, %s, %s)", [(n, *case) for n, case in enumerate(cases)]
            )
        return self.base.execute(self.statement).fetchall()


class Polars(Peer):
    name = "Polars over sorted Parquet"

    def load(self, folder: Path, presences: Presences, distance: np.ndarray) -> None:
        self.path = folder / "polars.parquet"
        self.files = [self.path]
        rows = table(presences, np.lexsort((presences.start, presences.place)))
        pq.write_table(rows, self.path, compression="zstd", row_group_size=122_880)

    def open(self) -> None:
        import polars

        self.pl = polars
        self.presence = polars.scan_parquet(self.path)

    def ask(self, cases: Sequence[Case]) -> Iterable[Sequence[Any]]:
        pl = self.pl
        columns = {"person": [c[0] for c in cases], "since": [c[1] for c in cases], "until_at": [c[2] for c in cases]}
        infected = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int32))
        met1 = self._meet(infected)
        ill = infected["person"].unique()
        exposed = (
            met1.filter(~pl.col("contact").is_in(ill.implode())).group_by("contact").agg(since=pl.col("first_at").min())
        )
        exposed = exposed.select(person="contact", since="since", until_at=pl.lit(2**31 - 1, pl.Int32))
        known = pl.concat([ill, met1["contact"].unique()]).implode()
        met2 = self._meet(exposed).filter(~pl.col("contact").is_in(known))
        found = pl.concat([met1.with_columns(level=1), met2.with_columns(level=2)]).group_by("contact", "level").agg(
            meetings=pl.len(), first=pl.col("first_at").min(), last=pl.col("last_at").max(),
            longest=(pl.col("last_at") - pl.col("first_at")).max(),
        )  # fmt: skip
        found = found.with_columns(is_case=pl.col("contact").is_in(ill.implode()))
        return found.select("contact", "level", "is_case", "meetings", "first", "last", "longest").rows()

    def _meet(self, windows: Any) -> Any:
        pl = self.pl
        who, came, gone = pl.col("person"), pl.max_horizontal("begins", "since"), pl.min_horizontal("ends", "until_at")
        stays = (
            self.presence.filter(who.is_in(windows["person"].implode()))
            .join(windows.lazy(), on="person")
            .filter((pl.col("begins") <= pl.col("until_at")) & (pl.col("ends") >= pl.col("since")))
            .select("place", through="person", came=came, gone=gone)
            .collect()
        )
        first, last = pl.max_horizontal("came", "begins"), pl.min_horizontal("gone", "ends")
        together = (pl.col("begins") <= pl.col("gone")) & (last - first >= 900)
        air = (pl.col("begins") > pl.col("gone")) & (pl.col("begins") - pl.col("gone") <= 900)
        return (
            self.presence.filter(pl.col("place").is_in(stays["place"].unique().implode()))
            .join(stays.lazy(), on="place")
            .filter((pl.col("ends") >= pl.col("came")) & (pl.col("through") != who) & (together | air))
            .select(contact="person", first_at=first, last_at=pl.when(air).then("begins").otherwise(last))
            .collect()
        )


def forget(paths: Iterable[Path]) -> None:
    """Take the files out of the page cache, for a cold start."""
    import os

    subprocess.run(["sync"], check=True)
    for path in paths:
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def timed(what: Any, *arguments: Any) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = what(*arguments)
    return time.perf_counter() - begin, result
