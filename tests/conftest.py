"""Shared by all tests: which need a database, and the small helpers that journeys need."""

import os
from datetime import UTC, datetime

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that touches the database: that set runs on both databases."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"db", "transactional_db", "django_db_setup", "live_server"} or item.get_closest_marker(
            "django_db"
        ):
            item.add_marker(pytest.mark.database)


@pytest.fixture
def at() -> datetime:
    """The moment at which tests happen unless they say otherwise: the evening of seed 000."""
    return datetime(2021, 11, 29, 12, 0, tzinfo=UTC)


def entropy(count: int) -> bytes:
    """Random bytes for identifiers."""
    return os.urandom(count)
