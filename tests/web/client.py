"""A browser without a screen, signed in as somebody of the sample house."""

from datetime import UTC, datetime
from unittest.mock import patch

from django.test import Client

from chongdich.registry.accounts.models import Account
from tests.journeys.house import House


class HouseClient(Client):
    """Django's test client in the house's time."""

    def __init__(self, house: House, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.house = house

    def request(self, **request: object) -> object:  # type: ignore[override]
        with patch("chongdich.web.middleware.now", lambda: self.house.at):
            return super().request(**request)


def signed_in(house: House, username: str, *, second_factor: bool = True) -> HouseClient:
    """A client with a session such as the sign-in pages open."""
    client = HouseClient(house)
    account = Account.objects.get(username=username)
    client.force_login(account, backend="chongdich.registry.accounts.backends.AccountBackend")
    session = client.session
    session["rights"] = account.rights_version
    session["second_factor"] = second_factor
    session["seen"] = int(datetime.now(UTC).timestamp() // 60)
    session.save()
    return client
