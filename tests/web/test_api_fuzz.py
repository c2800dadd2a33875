"""Whatever a program sends, allowed by the description or not: no answer is a failure of ours, none is undeclared."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings

from chongdich.web.api.v1 import described
from tests.journeys.house import House
from tests.journeys.test_tasks import give
from tests.web.api_client import key_of

pytestmark = pytest.mark.django_db

application = get_wsgi_application()


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application runs inside the test's transaction: it must not close the connection after each answer."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(house: House) -> str:
    """A key of somebody who reads, receives, reviews and judges, in a house with a document and its tasks."""
    give(house)
    return key_of(house, "tinh.chuyenvien")


def test_no_call_breaks_the_house(house: House, key: str) -> None:
    """One house for all operations: building one costs more than twenty calls."""
    operations = [found.ok() for found in schemathesis.openapi.from_dict(described()).get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) >= 30
    headers = {"Authorization": f"Bearer {key}"}
    with patch("chongdich.web.middleware.now", lambda: house.at):
        for operation in operations:
            _fuzz(operation, headers)


def _fuzz(operation: Any, headers: dict[str, str]) -> None:
    declared = operation.definition.raw["responses"]

    @given(operation.as_strategy())
    @settings(
        max_examples=20, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def call(case: schemathesis.Case) -> None:
        answer = case.call(app=application, headers=headers)
        assert answer.status_code < 500, f"{operation.label}: {answer.text[:500]}"
        assert str(answer.status_code) in declared, f"{operation.label}: {answer.status_code} is not declared"

    call()
