"""Triggers that refuse to change or remove an entry, on both databases.

On PostgreSQL the application's role is a further lock: see `docs/how-to/postgresql.md` and `grant_application_role`.
"""

from typing import Any

from django.db import connections

APPEND_ONLY = ("ledger_entry", "ledger_subject", "ledger_history")
MESSAGE = "sổ cái chỉ được ghi thêm"


def protect(using: str = "default", **_: Any) -> None:
    """Install the triggers; safe to repeat."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgres():
            cursor.execute(statement)


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{action} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for table in APPEND_ONLY
        for action in ("update", "delete")
    ]


def _postgres() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    triggers = [
        f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()"
        for table in APPEND_ONLY
    ]
    return [function, *triggers]


def grant_application_role(role: str, using: str = "default") -> None:
    """PostgreSQL: give `role` what the application needs, and neither update nor delete in the ledger."""
    connection = connections[using]
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table in APPEND_ONLY:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")
