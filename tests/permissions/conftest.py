"""One world for all tests of a file: built once, inside a transaction that is taken back at the end.

Each test (`django_db`), and each request of the matrix, is a savepoint in it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from chongdich.application.ports import ports
from chongdich.registry.accounts.roles import ROLES
from tests.journeys.house import House, build
from tests.permissions.world import UNITS, Crowd, World, build_world, populate

AT = datetime(2021, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The database, open for the whole file, and a folder for presences."""
    folder = tmp_path_factory.mktemp("tracing")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(ports, "tracing_folder", lambda: folder, raising=False)
        cache.clear()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _own_presences() -> None:
    """The store of presences belongs to the file's world here."""


@pytest.fixture(scope="module")
def house(opened: None) -> House:
    """The sample accounts at their desks, and people of every role at every distance."""
    house = build(AT)
    populate(house)
    return house


@pytest.fixture(scope="module")
def crowd(house: House) -> Crowd:
    """Everybody signed in, before anything is measured: signing in writes."""
    crowd = Crowd(house)
    for relation in UNITS:
        for role in ROLES:
            crowd.client(f"{relation}.{role}")
    return crowd


@pytest.fixture(scope="module")
def world(house: House, crowd: Crowd) -> World:
    """One of everything in the unit."""
    return build_world(house)
