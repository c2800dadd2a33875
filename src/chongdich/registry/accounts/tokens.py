"""Personal keys for programs, and the answers kept for requests that are sent twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.core.vietnamese import squeeze
from chongdich.registry.accounts import facts
from chongdich.registry.accounts.models import ApiToken, KeptAnswer
from chongdich.registry.accounts.operations import token_hash
from chongdich.registry.ledger.operations import Author, record

PREFIX = "cd_"  # so that a key is recognised where it should not stand
MOST_DAYS, MOST_TOKENS = 365, 20
USE_NOTED = timedelta(hours=1)
ANSWERS_LAST = timedelta(hours=24)
AT_WORK = timedelta(minutes=10)  # a first request that has not answered by then was cut off


@transaction.atomic
def make_token(*, account_id: int, token: str, label: str, days: int, may_write: bool, by: Author) -> ApiToken:
    """A key that is valid for some days. The key itself is shown once and kept only as a hash."""
    if not squeeze(label):
        raise Refused("Đặt tên cho khóa, ví dụ tên chương trình sẽ dùng nó.", "label")
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"Thời hạn từ 1 đến {MOST_DAYS} ngày.", "days")
    if ApiToken.objects.filter(account_id=account_id, revoked_at=None, expires_at__gt=by.at).count() >= MOST_TOKENS:
        raise Refused(f"Mỗi tài khoản có tối đa {MOST_TOKENS} khóa còn hiệu lực; hãy thu hồi khóa không dùng.")
    row = ApiToken.objects.create(
        account_id=account_id, label=squeeze(label)[:80], token_hash=token_hash(token), may_write=may_write,
        created_at=by.at, expires_at=by.at + timedelta(days=days),
    )  # fmt: skip
    record(facts.TokenMade(account_id=account_id, token_id=row.pk), by=by, about=[f"account:{account_id}"])
    return row


@transaction.atomic
def revoke_token(*, account_id: int, token_id: int, by: Author) -> None:
    """A key of this account stops working at once. NotFound for anybody else's."""
    found = ApiToken.objects.filter(pk=token_id, account_id=account_id)
    if not found.exists():
        raise NotFound("Không tìm thấy khóa truy cập này.")
    if not found.filter(revoked_at=None).update(revoked_at=by.at):
        raise Conflict("Khóa này đã được thu hồi.")
    record(facts.TokenRevoked(account_id=account_id, token_id=token_id), by=by, about=[f"account:{account_id}"])


def find_token(token: str, at: datetime) -> ApiToken | None:
    """The key with its account while it may be used; None otherwise. Notes the hour of its use."""
    if not token.startswith(PREFIX):
        return None
    row = ApiToken.objects.select_related("account").filter(token_hash=token_hash(token)).first()
    if row is None or row.revoked_at or row.expires_at <= at or not row.account.is_active:
        return None
    if row.used_at is None or at - row.used_at >= USE_NOTED:
        ApiToken.objects.filter(pk=row.pk).update(used_at=at)
    return row


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: the first request works (`answer` None) and keeps its answer in `row`; a later one gets it."""

    row: int
    answer: tuple[int, str] | None = None


@transaction.atomic
def take_turn(*, account_id: int, key: str, fingerprint: str, at: datetime) -> Turn:
    """Claim a key. Conflict when it stands for another request, or the first one is still at work."""
    KeptAnswer.objects.filter(account_id=account_id, at__lt=at - ANSWERS_LAST).delete()
    KeptAnswer.objects.filter(account_id=account_id, status=0, at__lt=at - AT_WORK).delete()
    try:
        with transaction.atomic():
            row = KeptAnswer.objects.create(account_id=account_id, key=key, fingerprint=fingerprint, at=at)
        return Turn(row.pk)
    except IntegrityError:
        row = KeptAnswer.objects.get(account_id=account_id, key=key)
    if row.fingerprint != fingerprint:
        raise Conflict("Idempotency-Key này đã dùng cho một yêu cầu khác.", "Idempotency-Key")
    if not row.status:
        raise Conflict("Yêu cầu trước với Idempotency-Key này đang được thực hiện.", "Idempotency-Key")
    return Turn(row.pk, (row.status, row.body))


def keep_answer(*, row: int, status: int, body: str) -> None:
    """What the first request was answered."""
    KeptAnswer.objects.filter(pk=row).update(status=status, body=body)


def give_up_turn(*, row: int) -> None:
    """The first request failed in a way that says nothing: it may be sent again."""
    KeptAnswer.objects.filter(pk=row).delete()
