"""A program that calls the API with a personal key."""

import secrets
from typing import Any

from django.core.cache import cache

from chongdich.registry.accounts import tokens
from chongdich.registry.accounts.models import Account
from tests.journeys.house import House
from tests.web.client import HouseClient

JSON = "application/json"


def key_of(house: House, username: str, *, may_write: bool = True, days: int = 30) -> str:
    """A key of somebody of the sample house."""
    cache.clear()
    key = tokens.PREFIX + secrets.token_urlsafe(32)
    account, by = Account.objects.get(username=username), house.desk(username).author
    tokens.make_token(account_id=account.pk, token=key, label="kiểm thử", days=days, may_write=may_write, by=by)
    return key


class Program(HouseClient):
    """Calls below /api/v1 with a key."""

    def __init__(self, house: House, key: str) -> None:
        super().__init__(house, headers={"Authorization": f"Bearer {key}"})

    def ask(self, address: str, **query: Any) -> Any:
        """GET."""
        return self.get(f"/api/v1/{address}", query)

    def send(self, address: str, body: Any = None, key: str = "") -> Any:
        """POST JSON, with an idempotency key if one is given."""
        extra: dict[str, Any] = {"headers": {"Idempotency-Key": key}} if key else {}
        return self.post(f"/api/v1/{address}", {} if body is None else body, content_type=JSON, **extra)


def program(house: House, username: str, **kind: Any) -> Program:
    """A program of somebody."""
    return Program(house, key_of(house, username, **kind))
