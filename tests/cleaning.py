"""How a database is cleaned after tests that really commit: lists stay, the ledger's protection is lifted for it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

KEPT = ("places_", "organisations_", "accounts_reach", "django_migrations", "django_content_type")


def clean_around_protection() -> None:
    """Teach Django's flush about this house. Called once, when the test database stands.

    The classes are taught, not one connection: a browser's loop in the thread gives it a connection of its own.
    """
    introspection, operations = type(connection.introspection), type(connection.ops)
    names, flush = introspection.django_table_names, operations.execute_sql_flush

    def without_lists(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        return [name for name in names(self, *args, **kwargs) if not name.startswith(KEPT)]

    def unprotected(self: Any, statements: Iterable[str]) -> None:
        from chongdich.domain.directives import searching
        from chongdich.registry.ledger import history, protection
        from chongdich.registry.people import search_index

        if connection.vendor == "sqlite":
            _drop_triggers()
        flush(self, statements)
        search_index.rebuild()
        protection.protect()
        history.install()
        searching.install()

    introspection.django_table_names = without_lists  # type: ignore[method-assign]
    operations.execute_sql_flush = unprotected  # type: ignore[method-assign,assignment]


def _drop_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
