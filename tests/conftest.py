"""Shared by all tests: which need a database, and the small helpers that journeys need."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.house import House


LONGEST = ("tests/permissions/", "tests/verification/", "tests/journeys/test_exchange", "tests/web/test_api_fuzz")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what touches the database before `-m` chooses: that set runs on both databases. After everybody else has
    put the tests in order, the longest files come first.
    """
    _mark(items)
    yield
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def _mark(items: list[pytest.Item]) -> None:
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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Every test database knows the places and the bodies; they are lists, not the tests' business."""
    from chongdich.config.first_start import load_lists
    from tests.cleaning import clean_around_protection

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        load_lists()
        clean_around_protection()


@pytest.fixture(autouse=True)
def _own_presences(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test that touches the database has a tracing store of its own; it is made when first written to."""
    if request.node.get_closest_marker("database"):
        from chongdich.registry.local_law import queries

        queries.forget()
        from chongdich.application.ports import ports

        factory = request.getfixturevalue("tmp_path_factory")
        kept: list[Path] = []
        monkeypatch.setattr(ports, "tracing_folder", lambda: kept[0] if kept else _folder(kept, factory))


def _folder(kept: list[Path], factory: pytest.TempPathFactory) -> Path:
    kept.append(factory.mktemp("tracing"))
    return kept[0]


@pytest.fixture
def house(db: None, at: datetime) -> House:
    """The sample accounts at their desks."""
    from tests.journeys.house import build

    return build(at)
