"""A house for journey tests: Bắc Kạn of November 2021 with a few people at their desks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chongdich.application.desk import Desk
from chongdich.application.settling import settle_all
from chongdich.registry.accounts.actor import NOBODY
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.queries import get_actor
from chongdich.registry.ledger.models import Settlement
from chongdich.registry.organisations.models import Organisation
from chongdich.universe.province import find_unit, open_posts
from tests.conftest import entropy


@dataclass
class House:
    """The moment of the tests, and whose desk is whose."""

    at: datetime

    def later(self, **delta: float) -> "House":
        """The same house later."""
        return House(self.at + timedelta(**delta))

    def desk(self, username: str) -> Desk:
        """Somebody's desk now."""
        bare = Desk(NOBODY, self.at, entropy)
        return replace(bare, actor=get_actor(Account.objects.get(username=username), bare.today))

    def machine(self) -> Desk:
        """The machine's desk now."""
        from chongdich.registry.accounts.actor import THE_MACHINE

        return Desk(THE_MACHINE, self.at, entropy)

    def unit(self, kind: str, place: str) -> Organisation:
        """The body of a kind at a place."""
        return find_unit(self.machine(), kind, place)

    def settle(self) -> None:
        """Let everything follow; a journey that fails fails the test."""
        settle_all(worker="test", clock=lambda: self.at, entropy=entropy)
        failed = Settlement.objects.exclude(error="").first()
        if failed:
            raise AssertionError(f"{failed.journey}: {failed.error}")


def build(at: datetime) -> House:
    """Open the sample accounts; places and bodies are there already (session fixture)."""
    open_posts(Desk(replace(NOBODY), at, entropy))
    return House(at)


Build = Callable[[datetime], House]
