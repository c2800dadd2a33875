"""What a new installation needs before its first page: lists of places and bodies, and a way in."""

from collections.abc import Iterator

from django.db import transaction

from chongdich.jobs import clock
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.reach import rebuild_reach
from chongdich.registry.ledger.operations import Author
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.operations import generate_organisations
from chongdich.registry.places.operations import load_places
from chongdich.web.pages.entry.views import new_token

ADMINISTRATOR = "quantri"


def first_start(*, empty: bool, address: str) -> Iterator[str]:
    """Yield what to tell the person at the terminal."""
    load_lists()
    if not empty:
        from chongdich.universe.province import build_province

        yield from build_province(clock.desk(), address)
    yield from _administrator(address)


def load_lists() -> None:
    """Places, bodies, and who stands under whom. Repeating writes nothing new."""
    load_places()
    generate_organisations()
    rebuild_reach()


@transaction.atomic
def _administrator(address: str) -> Iterator[str]:
    author = Author(None, None, clock.now(), clock.entropy)
    account = Account.objects.filter(username=ADMINISTRATOR).first()
    if account is None:
        account = operations.open_account(username=ADMINISTRATOR, display_name="Quản trị hệ thống", email="", by=author)
        today = clock.desk().today
        unit = Organisation.objects.filter(until=None, kind="ubnd").order_by("place__level", "key").first()
        if unit:
            operations.appoint(account_id=account.pk, unit_id=unit.pk, role="administrator", since=today, by=author)
    if account.has_usable_password():
        return
    token = new_token()
    operations.invite(account_id=account.pk, token=token, at=author.at)
    yield f"Liên kết dùng một lần cho quản trị viên (tên đăng nhập “{ADMINISTRATOR}”):"
    yield f"    {address}/loi-moi/{token}/"
