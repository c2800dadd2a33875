"""How a database is cleaned after tests that really commit: the lists stay, and the ledger's protection is lifted for it."""

from typing import Any

from django.db import connection

KEPT = ("places_", "organisations_", "accounts_reach", "django_migrations", "django_content_type")


def clean_around_protection() -> None:
    """Teach Django's flush about this house. Called once, when the test database stands."""
    names = connection.introspection.django_table_names
    flush = connection.ops.execute_sql_flush

    def without_lists(*args: Any, **kwargs: Any) -> list[str]:
        return [name for name in names(*args, **kwargs) if not name.startswith(KEPT)]

    def unprotected(statements: list[str]) -> None:
        from chongdich.registry.ledger import history, protection

        if connection.vendor == "sqlite":
            _drop_triggers()
        flush(statements)
        protection.protect()
        history.install()

    connection.introspection.django_table_names = without_lists  # type: ignore[method-assign]
    connection.ops.execute_sql_flush = unprotected  # type: ignore[method-assign]


def _drop_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
