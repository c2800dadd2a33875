"""A case written down twice: after the two records are one, whoever met both is still one contact of one case."""

from datetime import timedelta

from chongdich.application.journeys.people import merge_people
from chongdich.application.journeys.tracing import trace_again
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact, Link
from tests.journeys.house import House
from tests.journeys.test_confirming import result
from tests.journeys.test_contacts_tracing import sit, somebody


def test_presences_under_a_merged_record_and_the_kept_one_give_one_link(house: House) -> None:
    ill, again, met = (somebody(house, name) for name in ("Nông Văn An", "Nong Van An", "Lý Thị Hoa"))
    day = house.at - timedelta(days=1)
    sit(house, "Lớp 3A", day, 60, ill, met)
    sit(house, "Lớp 3B", day + timedelta(hours=2), 30, again, met)
    result(house, ill)
    house.settle()
    assert Link.objects.filter(case__person=ill, through=None).count() == 1
    merge_people(house.desk("cdc.dichte"), kept=ill.uid, gone=again.uid)
    trace_again(house.desk("cdc.dichte"), case_ids=[Case.objects.get().pk])
    link = Link.objects.get(case__person=ill, through=None)
    assert link.contact == Contact.objects.get(person=met)
    assert link.minutes == 90
    assert link.meetings == 2
