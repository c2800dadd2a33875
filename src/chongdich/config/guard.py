"""Refuse to run on settings that can lose an acknowledged write."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from chongdich.config import sqlite

POSTGRES_SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
POSTGRES_MINIMUM = 150000


def check_connection(connection: Any, **_: Any) -> None:
    """Called for each new connection; raises when it is weaker than the house allows."""
    found = connection_weaknesses(connection)
    if found:
        raise ImproperlyConfigured("Cơ sở dữ liệu chưa an toàn: " + "; ".join(found))


def connection_weaknesses(connection: Any) -> list[str]:
    """What is weak about an open connection, in Vietnamese."""
    if connection.vendor == "sqlite":
        return _sqlite_weaknesses(connection)
    return _postgres_weaknesses(connection)


def _sqlite_weaknesses(connection: Any) -> list[str]:
    database = connection.connection
    version = tuple(int(part) for part in database.execute("select sqlite_version()").fetchone()[0].split("."))
    pragmas = {name: database.execute(f"PRAGMA {name}").fetchone()[0] for name in sqlite.PRAGMAS}
    if connection.is_in_memory_db():
        pragmas["journal_mode"] = "wal"  # memory has no journal to lose
    return sqlite.weaknesses(version, pragmas, connection.settings_dict["OPTIONS"].get("transaction_mode"))


def _postgres_weaknesses(connection: Any) -> list[str]:
    found = []
    with connection.connection.cursor() as cursor:
        for name, wanted in POSTGRES_SETTINGS.items():
            value = cursor.execute(f"SHOW {name}").fetchone()[0]
            if value != wanted:
                found.append(f"PostgreSQL đặt {name} = {value}, phải là {wanted}")
        number = int(cursor.execute("SHOW server_version_num").fetchone()[0])
    if number < POSTGRES_MINIMUM:
        found.append(f"PostgreSQL {number // 10000} quá cũ; cần bản 15 trở lên")
    return found
