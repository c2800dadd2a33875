"""An administrator cares for the accounts of a unit and of the units below it. Every change is one fact.

Nobody changes the rights of the own account: neither to gain any nor to be locked out. The way into an account (link,
second factor, lock, sessions) is touched only by who cares for every post it holds: a link is a way to act as it.
"""

from datetime import date

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.lenses.accounts import find_cared_unit, find_foreign_posts, get_account
from chongdich.core.errors import NotAllowed, NotFound, Refused
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account, Appointment
from chongdich.registry.accounts.roles import ROLES
from chongdich.registry.organisations.queries import get_organisation_by_id

PERMISSION = "accounts.manage"


def open_account(
    desk: Desk, *, username: str, display_name: str, email: str, unit_id: int, role: str, since: date,
    until: date | None = None,
) -> Account:  # fmt: skip
    """A new account with its first post; it is entered through a one-time link."""
    desk.require(PERMISSION, unit=unit_id)
    _check_post(desk, unit_id, role, until)
    with transaction.atomic():
        account = operations.open_account(username=username, display_name=display_name, email=email, by=desk.author)
        operations.appoint(
            account_id=account.pk, unit_id=unit_id, role=role, since=since, until=until, by=desk.author
        )  # fmt: skip
    return account


def appoint(
    desk: Desk, *, account_id: int, unit_id: int, role: str, since: date, until: date | None = None
) -> Appointment:
    """Give an account a further post."""
    desk.require(PERMISSION, unit=unit_id)
    get_account(desk, account_id)
    _refuse_oneself(desk, account_id)
    _check_post(desk, unit_id, role, until)
    held = Appointment.objects.filter(account_id=account_id, unit_id=unit_id, role=role, withdrawn_at=None)
    if held.exclude(until__lte=since).exists():
        raise Refused("Tài khoản đã có vai trò này ở đơn vị này.", "role")
    return operations.appoint(
        account_id=account_id, unit_id=unit_id, role=role, since=since, until=until, by=desk.author
    )  # fmt: skip


def withdraw(desk: Desk, *, account_id: int, appointment_id: int) -> None:
    """Take a post back; the account's sessions end at once."""
    unit_id = find_cared_unit(desk, appointment_id)
    desk.require(PERMISSION, unit=unit_id)
    if not Appointment.objects.filter(pk=appointment_id, account_id=account_id).exists():
        raise NotFound("Không tìm thấy vai trò này trong phạm vi của bạn.")
    _refuse_oneself(desk, account_id)
    operations.withdraw(appointment_id=appointment_id, by=desk.author)


def close_account(desk: Desk, *, account_id: int) -> None:
    """Lock an account; nobody enters with it any more."""
    desk.require(PERMISSION)
    _whole_account(desk, account_id)
    operations.close_account(account_id=account_id, by=desk.author)


def reopen_account(desk: Desk, *, account_id: int) -> None:
    """Unlock it."""
    desk.require(PERMISSION)
    _whole_account(desk, account_id)
    operations.reopen_account(account_id=account_id, by=desk.author)


def invite(desk: Desk, *, account_id: int, token: str) -> Account:
    """A one-time link to set a password, made of a token that the caller drew; earlier links stop working."""
    desk.require(PERMISSION)
    account = _whole_account(desk, account_id)
    if not account.is_active:
        raise Refused("Tài khoản đang khóa; mở lại trước khi cấp liên kết.")
    operations.invite(account_id=account_id, token=token, at=desk.at, by=desk.author)
    return account


def reset_second_factor(desk: Desk, *, account_id: int) -> None:
    """A lost phone: the next entry sets the second factor up anew."""
    desk.require(PERMISSION)
    if not _whole_account(desk, account_id).totp_secret:
        raise Refused("Tài khoản này chưa bật xác thực hai lớp.")
    operations.reset_second_factor(account_id=account_id, by=desk.author)


def end_sessions(desk: Desk, *, account_id: int) -> None:
    """Whoever is signed in with the account must sign in again."""
    desk.require(PERMISSION)
    _whole_account(desk, account_id)
    operations.end_sessions(account_id=account_id, by=desk.author)


def _check_post(desk: Desk, unit_id: int, role: str, until: date | None) -> None:
    unit = get_organisation_by_id(unit_id)
    if unit.until and unit.until <= desk.today:
        raise Refused("Đơn vị này không còn hoạt động.", "unit")
    if role not in ROLES:
        raise Refused(f"Không có vai trò “{role}”.", "role")
    if until and until <= desk.today:
        raise Refused("Ngày hết hạn phải sau hôm nay.", "until")


def _refuse_oneself(desk: Desk, account_id: int) -> None:
    if account_id == desk.actor.account_id:
        raise NotAllowed("Không tự thay đổi quyền của chính mình; hãy nhờ một quản trị viên khác.")


def _whole_account(desk: Desk, account_id: int) -> Account:
    """The account, when all its posts lie within the administrator's care."""
    account = get_account(desk, account_id)
    _refuse_oneself(desk, account_id)
    if find_foreign_posts(desk, account_id):
        raise NotAllowed("Tài khoản còn vai trò ở đơn vị ngoài phạm vi của bạn; chỉ quản trị viên cấp trên làm được.")
    return account
