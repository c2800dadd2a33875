"""What a new installation needs before its first page: lists of places and bodies, and a way in."""

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from chongdich.jobs import clock
from chongdich.registry import organisations, places
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.reach import rebuild_reach
from chongdich.registry.ledger.models import Heartbeat
from chongdich.registry.ledger.operations import Author
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.operations import generate_organisations
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.operations import load_places
from chongdich.web.pages.entry.views import new_token

ADMINISTRATOR = "quantri"
HOME_PROVINCES = tuple(os.environ.get("CHONGDICH_PROVINCE", "06,19").split(","))  # codes; Bắc Kạn, then Thái Nguyên


def first_start(*, empty: bool, address: str) -> Iterator[str]:
    """Yield what to tell the person at the terminal."""
    load_lists()
    if not empty:
        from chongdich.universe.province import build_province

        yield from build_province(clock.desk(), address)
    yield from _administrator(address)


def load_lists() -> bool:
    """Places, bodies, and who stands under whom; only when the shipped lists changed. Whether anything was loaded."""
    digest = _digest_of_lists()
    if Heartbeat.objects.filter(name="lists", detail=digest).exists():
        return False
    load_places()
    generate_organisations()
    rebuild_reach()
    Heartbeat.objects.update_or_create(name="lists", defaults={"at": clock.now(), "detail": digest})
    return True


def _digest_of_lists() -> str:
    digest = hashlib.sha256()
    for package in (places, organisations):
        for path in sorted((Path(str(package.__file__)).parent / "data").iterdir()):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@transaction.atomic
def _administrator(address: str) -> Iterator[str]:
    author = Author(None, None, clock.now(), clock.entropy)
    account = Account.objects.filter(username=ADMINISTRATOR).first()
    if account is None:
        account = operations.open_account(username=ADMINISTRATOR, display_name="Quản trị hệ thống", email="", by=author)
        today = clock.desk().today
        for unit in _home_committee(today):
            operations.appoint(account_id=account.pk, unit_id=unit.pk, role="administrator", since=today, by=author)
    if account.has_usable_password():
        return
    token = new_token()
    operations.invite(account_id=account.pk, token=token, at=author.at)
    yield f"Liên kết dùng một lần cho quản trị viên (tên đăng nhập “{ADMINISTRATOR}”):"
    yield f"    {address}/loi-moi/{token}/"


def _home_committee(today: date) -> list[Organisation]:
    """The people's committee of the province this house serves: the first of ours that exists today."""
    alive = Organisation.objects.filter(Q(until=None) | Q(until__gt=today), kind="ubnd", since__lte=today)
    by_code = {unit.place.code: unit for unit in alive.filter(place__level=Level.PROVINCE).select_related("place")}
    return [by_code[code] for code in HOME_PROVINCES if code in by_code][:1]
