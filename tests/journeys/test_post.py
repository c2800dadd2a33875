"""Digests and mail: once a day, once a message, and nothing lost when the mail server is away."""

import pytest
from django.core import mail

from chongdich.application.journeys import post
from chongdich.application.ports import ports
from chongdich.registry.inbox.models import Message
from tests.journeys.house import House
from tests.journeys.test_tasks import confirmed  # noqa: F401


def test_a_digest_is_told_once_a_day(house: House, confirmed: object) -> None:  # noqa: F811
    late = house.later(days=5)
    for _ in range(2):
        post.send_digests(late.machine())
    told = Message.objects.filter(account__username="babe.bcd", topic="digest")
    assert told.count() == 1
    assert "1 quá hạn" in told[0].title
    post.send_digests(house.later(days=6).machine())
    assert told.count() == 2


def test_mail_goes_out_once(house: House, confirmed: object) -> None:  # noqa: F811
    post.send_due_mail(house.machine())
    sent = len(mail.outbox)
    assert sent > 0
    post.send_due_mail(house.machine())
    assert len(mail.outbox) == sent


def test_an_absent_mail_server_loses_nothing(
    house: House,
    confirmed: object,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(to: str, subject: str, body: str) -> None:
        raise ConnectionRefusedError

    waiting = Message.objects.filter(mail_due=True).count()
    with monkeypatch.context() as patch:
        patch.setattr(ports, "send_mail", away)
        post.send_due_mail(house.machine())
    assert Message.objects.filter(mail_due=True).count() == waiting
    post.send_due_mail(house.machine())
    assert Message.objects.filter(mail_due=True).exclude(account__email="").count() == 0
