"""Tell accounts things, each thing once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chongdich.registry.inbox.models import Message


@dataclass(frozen=True)
class Telling:
    """One message to one account; the same `key` twice is one message."""

    account_id: int
    key: str
    topic: str
    title: str
    body: str = ""
    address: str = ""
    mail: bool = False


@transaction.atomic
def tell(tellings: Iterable[Telling], *, at: datetime) -> int:
    """Write the messages that were not written before; how many were asked for."""
    rows = [
        Message(account_id=t.account_id, key=t.key[:120], topic=t.topic, title=t.title[:240], body=t.body,
                address=t.address, at=at, mail_due=t.mail)
        for t in tellings
    ]  # fmt: skip
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def mark_read(*, account_id: int, message_ids: Iterable[int] | None, at: datetime) -> int:
    """Mark some, or all, of an account's messages read."""
    rows = Message.objects.filter(account_id=account_id, read_at=None)
    if message_ids is not None:
        rows = rows.filter(pk__in=list(message_ids))
    return rows.update(read_at=at)


def find_to_mail(limit: int) -> list[Message]:
    """Messages that wait to be mailed, to accounts with an address, oldest first."""
    rows = Message.objects.filter(mail_due=True).exclude(account__email="").select_related("account")
    return list(rows.order_by("id")[:limit])


def mark_mailed(message_id: int, *, at: datetime) -> None:
    """A message went out."""
    Message.objects.filter(pk=message_id).update(mail_due=False, mailed_at=at)
