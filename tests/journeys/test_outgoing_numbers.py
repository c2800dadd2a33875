"""No number is given twice and none is left out, however many clerks issue at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from chongdich.application.journeys import issuing, signing
from chongdich.core.errors import Conflict
from chongdich.domain.directives.models import Directive, IssuedNumber, NumberBook
from tests.journeys import outgoing_desk as outgoing
from tests.journeys.house import House, build

AT_ONCE = 6


@pytest.fixture
def busy(transactional_db: None, at: object) -> House:
    return build(at)  # type: ignore[arg-type]


def together(work: object, items: list[object]) -> list[object]:
    """Run `work(item)` for all at the same moment, each on a connection of its own."""
    start = Barrier(len(items))

    def one(item: object) -> object:
        try:
            start.wait(timeout=30)
            return work(item)  # type: ignore[operator]
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(one, items))


@pytest.mark.django_db(transaction=True)
def test_concurrent_issuing_counts_without_double_or_gap(busy: House) -> None:
    drafts = [outgoing.signed(busy, outgoing.draft(busy, busy.unit("ubnd", "01840"))).pk for _ in range(AT_ONCE)]
    clerk = busy.desk("tp.vanthu")
    done = together(lambda key: issuing.issue_directive(clerk, directive_id=key).number, [*drafts, *drafts])
    refused = [one for one in done if isinstance(one, Exception)]
    assert sorted(one for one in done if isinstance(one, str)) == [f"{n:02d}" for n in range(1, AT_ONCE + 1)]
    assert {type(one) for one in refused} == {Conflict}, "each was issued once; the second clerk was told"
    assert sorted(IssuedNumber.objects.values_list("number", flat=True)) == list(range(1, AT_ONCE + 1))
    assert NumberBook.objects.get(book="công văn").last == AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_concurrent_signing_signs_once(busy: House) -> None:
    from chongdich.application.journeys import drafting

    made = outgoing.draft(busy, busy.unit("ubnd", "01840"))
    drafting.submit_draft(busy.desk("tp.chuyenvien"), directive_id=made.pk)
    leader = busy.desk("tp.lanhdao")
    done = together(lambda _: signing.sign_directive(leader, directive_id=made.pk).state, [1, 2, 3, 4])
    assert done.count("signed") == 1
    assert sum(isinstance(one, Conflict) for one in done) == 3
    assert Directive.objects.get(pk=made.pk).state == "signed"
