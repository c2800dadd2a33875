"""Write accounts. Each operation is one transaction and one fact; every change of rights ends older sessions."""

import hashlib
from datetime import date, datetime, timedelta

import pyotp
from django.db import IntegrityError, transaction
from django.db.models import F

from chongdich.core.errors import Conflict, Refused
from chongdich.core.vietnamese import nfc, squeeze
from chongdich.registry.accounts import facts
from chongdich.registry.accounts.models import Account, Appointment, Invitation
from chongdich.registry.accounts.roles import ROLES
from chongdich.registry.accounts.seal import seal, unseal
from chongdich.registry.ledger.operations import Author, record

INVITATION_LASTS = timedelta(days=3)
TOTP_STEP = 30


@transaction.atomic
def open_account(*, username: str, display_name: str, email: str, by: Author) -> Account:
    """A new account without a password: it is entered first through an invitation."""
    account = Account(
        username=squeeze(username).lower(), display_name=squeeze(display_name), email=nfc(email).strip(),
        created_at=by.at,
    )  # fmt: skip
    account.set_unusable_password()
    if not account.username or not account.display_name:
        raise Refused("Cần tên đăng nhập và họ tên.", "username")
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Conflict(f"Tên đăng nhập “{account.username}” đã có người dùng.", "username") from error
    record(facts.AccountOpened(account_id=account.pk), by=by, about=[f"account:{account.pk}"])
    return account


@transaction.atomic
def appoint(
    *, account_id: int, unit_id: int, role: str, since: date, until: date | None = None, by: Author
) -> Appointment:
    """Give a role in a unit from a day on."""
    if role not in ROLES:
        raise Refused(f"Không có vai trò “{role}”.", "role")
    if until and until <= since:
        raise Refused("Ngày hết hạn phải sau ngày bắt đầu.", "until")
    row = Appointment.objects.create(account_id=account_id, unit_id=unit_id, role=role, since=since, until=until)
    _end_sessions(account_id)
    fact = facts.AppointmentMade(account_id=account_id, unit_id=unit_id, role=role, since=since, until=until)
    record(fact, by=by, about=[f"account:{account_id}"])
    return row


@transaction.atomic
def withdraw(*, appointment_id: int, by: Author) -> None:
    """Take a role back, at once."""
    row = Appointment.objects.filter(pk=appointment_id, withdrawn_at=None).first()
    if row is None:
        raise Conflict("Vai trò này đã được thu hồi.")
    Appointment.objects.filter(pk=row.pk).update(withdrawn_at=by.at)
    _end_sessions(row.account_id)
    fact = facts.AppointmentWithdrawn(account_id=row.account_id, appointment_id=row.pk)
    record(fact, by=by, about=[f"account:{row.account_id}"])


@transaction.atomic
def close_account(*, account_id: int, by: Author) -> None:
    """Lock an account; its sessions end at once and its history stays."""
    if not Account.objects.filter(pk=account_id, is_active=True).update(is_active=False):
        raise Conflict("Tài khoản này đã khóa.")
    _end_sessions(account_id)
    record(facts.AccountClosed(account_id=account_id), by=by, about=[f"account:{account_id}"])


@transaction.atomic
def reopen_account(*, account_id: int, by: Author) -> None:
    """Unlock an account that was closed; its appointments count again as far as they are in force."""
    if not Account.objects.filter(pk=account_id, is_active=False).update(is_active=True):
        raise Conflict("Tài khoản này đang mở.")
    record(facts.AccountReopened(account_id=account_id), by=by, about=[f"account:{account_id}"])


@transaction.atomic
def end_sessions(*, account_id: int, by: Author) -> None:
    """Whoever is signed in with the account must sign in again."""
    _end_sessions(account_id)
    record(facts.SessionsEnded(account_id=account_id), by=by, about=[f"account:{account_id}"])


def _end_sessions(account_id: int) -> None:
    Account.objects.filter(pk=account_id).update(rights_version=F("rights_version") + 1)


def token_hash(token: str) -> str:
    """How a one-time token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, account_id: int, token: str, at: datetime, by: Author | None = None) -> Invitation:
    """A one-time link; earlier open links of the account stop working. A person who gives one (`by`) is recorded."""
    Invitation.objects.filter(account_id=account_id, used_at=None).update(used_at=at)
    if by is not None:
        record(facts.AccountInvited(account_id=account_id), by=by, about=[f"account:{account_id}"])
    return Invitation.objects.create(
        account_id=account_id, token_hash=token_hash(token), expires_at=at + INVITATION_LASTS
    )


@transaction.atomic
def use_up(*, invitation_id: int, at: datetime) -> None:
    """Take an invitation once; Conflict when somebody was first."""
    if not Invitation.objects.filter(pk=invitation_id, used_at=None).update(used_at=at):
        raise Conflict("Liên kết này đã được dùng.")


@transaction.atomic
def set_password(*, account_id: int, password: str, by: Author, invitation_id: int | None = None) -> Account:
    """A new password; uses the invitation up and ends older sessions. The password is validated by the caller."""
    if invitation_id:
        use_up(invitation_id=invitation_id, at=by.at)
    account = Account.objects.get(pk=account_id)
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    _end_sessions(account_id)
    record(facts.PasswordSet(account_id=account_id), by=by, about=[f"account:{account_id}"])
    account.refresh_from_db()
    return account


@transaction.atomic
def confirm_second_factor(*, account_id: int, secret: str, code: str, real_time: datetime, by: Author) -> bool:
    """Turn the second factor on when the first code is right by the real clock."""
    if not pyotp.TOTP(secret).verify(code, for_time=real_time, valid_window=1):
        return False
    step = int(real_time.timestamp()) // TOTP_STEP
    Account.objects.filter(pk=account_id).update(totp_secret=seal(secret), totp_confirmed_at=by.at, totp_last_step=step)
    record(facts.SecondFactorSet(account_id=account_id), by=by, about=[f"account:{account_id}"])
    return True


@transaction.atomic
def use_second_factor(*, account_id: int, code: str, real_time: datetime) -> bool:
    """Whether a code is right now; each code works once, also under two simultaneous tries."""
    account = Account.objects.get(pk=account_id)
    if not account.totp_secret:
        return False
    totp, now = pyotp.TOTP(unseal(account.totp_secret)), int(real_time.timestamp()) // TOTP_STEP
    for step in (now, now - 1, now + 1):
        if totp.verify(code, for_time=step * TOTP_STEP, valid_window=0):
            unused = Account.objects.filter(pk=account_id, totp_last_step__lt=step)
            return bool(unused.update(totp_last_step=step))
    return False


@transaction.atomic
def reset_second_factor(*, account_id: int, by: Author) -> None:
    """A lost phone: the next entry sets the second factor up anew."""
    Account.objects.filter(pk=account_id).update(totp_secret="", totp_confirmed_at=None)
    _end_sessions(account_id)
    record(facts.SecondFactorReset(account_id=account_id), by=by, about=[f"account:{account_id}"])
