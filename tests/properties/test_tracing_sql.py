"""The portable SQL gives the same answer on other engines: DuckDB and SQLite here, Spark where it is installed."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.kernels.tracing import reference
from chongdich.kernels.tracing.sql import trace_sql
from chongdich.kernels.tracing.words import Case, TraceRule, World

from .test_tracing_worlds import CASES, DISTANCE, QUARANTINED, RULE, WORLD, crowd, windows


def tables(world: World, cases: Sequence[Case], quarantined: Mapping[int, int]) -> dict[str, pa.Table]:
    """The four tables the statement reads."""
    p, c = world.presences, np.array(cases, np.int64).reshape(-1, 3)
    presence = {"row_no": p.row, "person": p.person, "place": p.place, "begins": p.start, "ends": p.end}
    given = list(quarantined.items())
    return {
        "presence": pa.table({**presence, "certainty": p.certainty, "mask": p.mask}),
        "place_distance": pa.table({"place": np.arange(len(world.distance)), "distance": world.distance}),
        "infected": pa.table({"case_no": np.arange(len(c)), "person": c[:, 0], "since": c[:, 1], "until_at": c[:, 2]}),
        "quarantined": pa.table(
            {
                "person": pa.array([who for who, _ in given], pa.int64()),
                "since": pa.array([at for _, at in given], pa.int64()),
            }
        ),
    }


def on_duckdb(data: Mapping[str, pa.Table], statement: str) -> list[tuple]:
    with duckdb.connect() as base:
        for name, table in data.items():
            base.register(name, table)
        return base.execute(statement).fetchall()


def on_sqlite(data: Mapping[str, pa.Table], statement: str) -> list[tuple]:
    base = sqlite3.connect(":memory:")
    for name, table in data.items():
        base.execute(f"CREATE TABLE {name} ({', '.join(table.column_names)})")
        marks = ", ".join("?" * table.num_columns)
        base.executemany(
            f"INSERT INTO {name} VALUES ({marks})", zip(*(table[c].to_pylist() for c in table.column_names))
        )
    found = base.execute(statement).fetchall()
    base.close()
    return found


def whole_numbers(rows: Sequence[Sequence]) -> list[list[int]]:
    return [[int(value) for value in row] for row in rows]


@pytest.mark.parametrize("engine", [on_duckdb, on_sqlite])
@settings(max_examples=60, deadline=None)
@given(world=WORLD, cases=CASES, rule=RULE, quarantined=QUARANTINED, onward=st.none() | RULE)
def test_the_statement_answers_as_the_reference(engine: Callable, world, cases, rule, quarantined, onward):
    slow = reference.trace(world, cases, rule, quarantined, onward).table.tolist()
    found = engine(tables(world, cases, quarantined), trace_sql(rule, onward=onward))
    assert whole_numbers(found) == whole_numbers(slow)


def test_the_light_statement_is_part_of_the_full_one():
    world, cases, rule = World(crowd(3, 60), DISTANCE), windows(3, 2), TraceRule(15, 0, 0, (0, 1), 15, (0,))
    data = tables(world, cases, {})
    full = {tuple(row[:4]) + tuple(row[5:8]) for row in on_duckdb(data, trace_sql(rule))}
    assert len(full) > 5
    assert set(on_duckdb(data, trace_sql(rule, full=False))) == full


@pytest.fixture(scope="module")
def spark() -> Iterator:
    pyspark = pytest.importorskip("pyspark.sql", reason="the optional extra 'spark' (pyspark) is not installed")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java 17 or later, which is not installed")
    builder = pyspark.SparkSession.builder.master("local[2]").appName("chongdich")
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "1g"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.slow
def test_spark_answers_as_the_reference(spark):
    rule = TraceRule(15, 0, 15, (0, 1, 15), lag_minutes=15, lag_classes=(0,), min_certainty=50, latency_minutes=0)
    onward = TraceRule(0, 0, 0, (0, 1))
    seen = 0
    for seed in range(3):
        world, cases, quarantined = World(crowd(seed, 60), DISTANCE), windows(seed, 2), {3: 3000, 7: 0}
        for name, table in tables(world, cases, quarantined).items():
            kinds = ", ".join(f"{column} bigint" for column in table.column_names)
            rows = [tuple(row.values()) for row in table.to_pylist()]
            spark.createDataFrame(rows, kinds).createOrReplaceTempView(name)
        found = [tuple(row) for row in spark.sql(trace_sql(rule, onward=onward)).collect()]
        slow = reference.trace(world, cases, rule, quarantined, onward).table.tolist()
        assert whole_numbers(found) == whole_numbers(slow)
        seen += len(slow)
    assert seen > 10
