"""C8: the house refuses to start on settings that could lose a write."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from chongdich.config import guard, sqlite
from chongdich.config.database import database_from

GOOD = dict(sqlite.PRAGMAS)


def test_the_settings_we_ship_are_good() -> None:
    assert sqlite.weaknesses((3, 51, 3), GOOD, "IMMEDIATE") == []


@pytest.mark.parametrize(
    ("version", "change", "mode"),
    [
        ((3, 40, 1), {}, "IMMEDIATE"),
        ((3, 51, 2), {}, "IMMEDIATE"),
        ((3, 53, 4), {"synchronous": 1}, "IMMEDIATE"),
        ((3, 53, 4), {"journal_mode": "delete"}, "IMMEDIATE"),
        ((3, 53, 4), {"foreign_keys": 0}, "IMMEDIATE"),
        ((3, 53, 4), {"mmap_size": 134217728}, "IMMEDIATE"),
        ((3, 53, 4), {}, None),
        ((3, 53, 4), {}, "DEFERRED"),
    ],
)
def test_each_weakness_is_found(version: tuple[int, ...], change: dict[str, object], mode: str | None) -> None:
    assert len(sqlite.weaknesses(version, {**GOOD, **change}, mode)) == 1


@given(st.dictionaries(st.sampled_from(sorted(GOOD)), st.integers(-1, 3)))
def test_any_changed_pragma_is_found(change: dict[str, int]) -> None:
    changed = {name for name, value in change.items() if str(value) != str(GOOD[name])}
    assert len(sqlite.weaknesses((3, 53, 0), {**GOOD, **change}, "IMMEDIATE")) == len(changed)


@pytest.mark.django_db
def test_the_open_connection_is_judged_for_real() -> None:
    assert guard.connection_weaknesses(connection) == []


@pytest.mark.django_db
def test_a_weakened_connection_is_refused() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL synchronous_commit = off")
        else:
            pytest.skip("SQLite does not change synchronous inside a transaction: see the process test")
    with pytest.raises(ImproperlyConfigured, match="synchronous_commit"):
        guard.check_connection(connection)


def test_a_process_with_weaker_settings_does_not_start(tmp_path: object) -> None:
    import os
    import subprocess
    import sys

    script = (
        "from chongdich.config import sqlite\n"
        "sqlite.OPTIONS['init_command'] = sqlite.OPTIONS['init_command'].replace('FULL', 'NORMAL')\n"
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "connection.ensure_connection()\n"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3",
        "CHONGDICH_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "chongdich.config.settings.base",
    }
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "PRAGMA synchronous là 1, phải là 2" in done.stderr


@pytest.mark.parametrize("address", ["mysql://x/y", "oracle://x/y"])
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        database_from(address)
