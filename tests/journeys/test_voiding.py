"""Registered twice or wrongly: what seems the same is found, a copy is kept beside, a wrong one is struck out."""

import pytest

from chongdich.application.journeys import receive, review, voiding
from chongdich.application.journeys.files import Upload
from chongdich.core.errors import Conflict, NotAllowed, Refused
from chongdich.domain.directives.models import Directive, Task
from chongdich.domain.directives.queries import find_likely_same
from chongdich.registry.ledger.models import Entry
from tests.journeys.house import House
from tests.journeys.test_tasks import give

pytestmark = pytest.mark.django_db
LETTER = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
Số: {number}/UBND-VXNV
V/v truy vết F1
Bắc Kạn, ngày {day} tháng 11 năm 2021

Kính gửi: Ủy ban nhân dân các huyện, thành phố.

1. Sở Y tế truy vết triệt để F1, F2.
"""


def receive_letter(house: House, *, number: str = "8005", day: int = 28, noise: str = "") -> Directive:
    desk = house.desk("tinh.vanthu")
    text = LETTER.format(number=number, day=day) + noise
    found = receive.receive_directive(desk, unit_id=desk.actor.unit_id or 0, main=Upload("cv.txt", text.encode()))
    house.settle()
    return Directive.objects.get(pk=found.pk)


def test_the_same_document_in_another_file_is_found(house: House) -> None:
    first = receive_letter(house)
    second = receive_letter(house, noise="\n(bản chụp)\n")
    assert first.number == "8005", "the letter is read"
    assert find_likely_same(second) == [first]
    assert find_likely_same(first) == [second]


@pytest.mark.parametrize("other", [{"number": "8006"}, {"day": 27}])
def test_another_number_or_day_is_another_document(house: House, other: dict) -> None:
    receive_letter(house)
    assert find_likely_same(receive_letter(house, **other)) == []


def test_a_second_copy_goes_beside_the_first(house: House) -> None:
    first = receive_letter(house)
    second = receive_letter(house, noise="\n(bản chụp)\n")
    voiding.merge_into(house.desk("tinh.chuyenvien"), directive_id=second.pk, other_id=first.pk)
    second.refresh_from_db()
    assert second.state == "voided"
    assert second.arrival_number == 2, "the register has no gap"
    assert first.files.filter(role="attachment").count() == 1
    assert find_likely_same(first) == []
    assert Entry.objects.filter(kind="DirectiveVoided", subjects__subject=f"directive:{first.pk}").exists()


def test_the_older_one_is_struck_out_with_its_tasks(house: House) -> None:
    old = give(house)
    open_tasks = Task.objects.filter(directive=old).count()
    assert open_tasks
    voiding.void_directive(house.desk("tinh.chuyenvien"), directive_id=old.pk, reason="Đăng ký nhầm sổ")
    house.settle()
    old.refresh_from_db()
    assert old.state == "voided"
    assert (old.reading or {})["voided"]["reason"] == "Đăng ký nhầm sổ"
    assert Task.objects.filter(directive=old, state="cancelled").count() == open_tasks
    with pytest.raises(Conflict):
        voiding.void_directive(house.desk("tinh.chuyenvien"), directive_id=old.pk, reason="Lần nữa")


def test_tasks_of_a_document_struck_out_meanwhile_are_not_given(house: House) -> None:
    desk = house.desk("tinh.chuyenvien")
    directive = receive_letter(house)
    for clause in directive.clauses.all():
        review.confirm_clause(desk, clause_id=clause.pk)
    review.confirm_directive(desk, directive_id=directive.pk)
    voiding.void_directive(desk, directive_id=directive.pk, reason="Nhầm")
    house.settle()
    assert not Task.objects.filter(directive=directive).exists()


def test_voiding_asks_for_a_reason_and_the_right(house: House) -> None:
    directive = receive_letter(house)
    with pytest.raises(Refused, match="lý do"):
        voiding.void_directive(house.desk("tinh.chuyenvien"), directive_id=directive.pk, reason=" ")
    with pytest.raises(NotAllowed):
        voiding.void_directive(house.desk("tinh.vanthu"), directive_id=directive.pk, reason="Nhầm")
    directive.refresh_from_db()
    assert directive.state == "read"
