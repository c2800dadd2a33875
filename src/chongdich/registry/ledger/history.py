"""Triggers that keep the row as it was before any update or delete, whatever statement did it (ADR 3).

Tracked are the tables of the house's own applications, less the ledger's own and those that a model declares
`UNTRACKED = True` because they are derived or only counters.
"""

from typing import Any

from django.apps import apps
from django.db import connections, models

OWN = "chongdich."


def tracked_models() -> list[type[models.Model]]:
    """Models whose changes are kept."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(OWN)
        and model._meta.app_label != "ledger"
        and not getattr(model, "UNTRACKED", False)
        and model._meta.managed
    ]


def install(using: str = "default", **_: Any) -> None:
    """Create the triggers of every tracked table that exists; safe to repeat, follows changed columns."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    if "ledger_history" not in existing:
        return
    build = _sqlite if connection.vendor == "sqlite" else _postgres
    with connection.cursor() as cursor:
        for model in tracked_models():
            if model._meta.db_table in existing:
                present = {column.name for column in connection.introspection.get_table_description(
                    cursor, model._meta.db_table)}  # fmt: skip
                columns = [str(f.column) for f in model._meta.concrete_fields if f.column in present]
                for statement in build(model._meta.db_table, str(model._meta.pk.column), columns):
                    cursor.execute(statement)


def lift(using: str = "default", plan: Any = (), **_: Any) -> None:
    """Before tables change: SQLite drops no column that a trigger names. `install` puts the triggers back."""
    connection = connections[using]
    if not plan or connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history\\_%' ESCAPE '\\'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def _sqlite(table: str, key: str, columns: list[str]) -> list[str]:
    before = ", ".join(f"'{column}', OLD.\"{column}\"" for column in columns)
    statements = []
    for action in ("UPDATE", "DELETE"):
        name = f"history_{table}_{action.lower()}"
        statements += [
            f'DROP TRIGGER IF EXISTS "{name}"',
            f'CREATE TRIGGER "{name}" AFTER {action} ON "{table}" BEGIN INSERT INTO ledger_history '
            f'("table", "row", operation, before, at, after_seq) '
            f"VALUES ('{table}', OLD.\"{key}\", '{action.lower()}', "
            f"json_object({before}), strftime('%Y-%m-%d %H:%M:%f', 'now'), "
            "coalesce((SELECT seq FROM ledger_head WHERE id = 1), 0)); END",
        ]
    return statements


def _postgres(table: str, key: str, columns: list[str]) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        'INSERT INTO ledger_history ("table", "row", operation, before, at, after_seq) VALUES '
        "(TG_TABLE_NAME, to_jsonb(OLD) ->> TG_ARGV[0], lower(TG_OP), to_jsonb(OLD), clock_timestamp(), "
        "coalesce((SELECT seq FROM ledger_head WHERE id = 1), 0)); RETURN NULL; END $$",
        f'CREATE OR REPLACE TRIGGER "history_{table}" AFTER UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION keep_history('{key}')",
    ]
