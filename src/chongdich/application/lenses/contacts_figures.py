"""How well contacts are found and reached: indicators of an area and a span of days, each with its definition."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import case_filter
from chongdich.application.lenses.contacts import contact_filter
from chongdich.core.periods import start_of_day
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact, Link, TracedCase
from chongdich.domain.contacts.rules import REACH_WITHIN

# name -> (label, definition in words), in the order screens show them.
DEFINITIONS = {
    "found": ("F1 tìm được", "số người tiếp xúc gần được tìm thấy trong kỳ, trừ người được xác định không phải F1"),
    "reached_24h": (
        "F1 liên hệ được trong 24 giờ (%)",
        "F1 tìm được trong kỳ đã liên hệ được trong 24 giờ từ khi tìm thấy, trên F1 đã liên hệ hoặc đã quá 24 giờ",
    ),
    "delay_hours": (
        "Từ kết quả đến khi liên hệ (giờ, trung vị)",
        "với F1 liên hệ được trong kỳ: từ khi ghi nhận ca bệnh sớm nhất liên quan đến khi liên hệ được",
    ),
    "known_before": (
        "Ca mới đã là người tiếp xúc (%)",
        "ca xác định trong kỳ mà trước đó đã là F1 hoặc F2 được theo dõi, trên tổng ca xác định trong kỳ",
    ),
    "per_case": ("F1 mỗi ca", "số F1 (mỗi người tính một lần cho mỗi ca) của các ca xác định trong kỳ, chia số ca đó"),
    "lost": ("Mất dấu", "F1 tìm được trong kỳ hiện ở trạng thái mất dấu"),
}  # fmt: skip


@dataclass(frozen=True)
class Indicators:
    """Counts are people; percentages 0 to 100; None where there is nothing to divide by."""

    found: int
    reached_24h: float | None
    delay_hours: float | None
    known_before: float | None
    per_case: float | None
    lost: int
    cases: int
    waiting: int  # F1 of the span not reached yet
    late: int  # of these, past 24 hours


def indicators(desk: Desk, *, since: date, until: date) -> Indicators:
    """Of one's area, for the Vietnam days `since` to `until`, both included; see `DEFINITIONS`."""
    desk.require("contacts.read")
    span = (start_of_day(since), start_of_day(until + timedelta(days=1)))
    found = _found(desk, span)
    cases = _cases(desk, since, until)
    return Indicators(
        found["found"], _percent(found["in_time"], found["judged"]), _delay(desk, span),
        _percent(cases["known"], cases["all"]), _per_case(desk, since, until), found["lost"], cases["all"],
        found["waiting"], found["late"],
    )  # fmt: skip


Span = tuple[datetime, datetime]


def _found(desk: Desk, span: Span) -> dict[str, int]:
    rows = Contact.objects.filter(contact_filter(desk), generation=1, found_at__gte=span[0], found_at__lt=span[1])
    reached = Q(reached_at__isnull=False)
    in_time = Q(reached_at__lte=F("found_at") + REACH_WITHIN)
    over = Q(found_at__lt=desk.at - REACH_WITHIN)
    counted: dict[str, int] = rows.exclude(state="dismissed").order_by().aggregate(
        found=Count("pk"), in_time=Count("pk", filter=in_time), judged=Count("pk", filter=reached | over),
        lost=Count("pk", filter=Q(state="lost")), waiting=Count("pk", filter=Q(state="to_reach")),
        late=Count("pk", filter=Q(state="to_reach") & over),
    )  # fmt: skip
    return counted


def _delay(desk: Desk, span: Span) -> float | None:
    rows = Contact.objects.filter(contact_filter(desk), generation=1, reached_at__gte=span[0], reached_at__lt=span[1])
    told = rows.exclude(state="dismissed").annotate(
        known_at=Min("links__case__reported_at", filter=Q(links__withdrawn=False, links__through=None))
    )
    hours = [
        (reached - known).total_seconds() / 3600
        for reached, known in told.values_list("reached_at", "known_at")
        if known and reached
    ]  # fmt: skip
    return round(median(hours), 2) if hours else None


def _cases(desk: Desk, since: date, until: date) -> dict[str, int]:
    before = Contact.objects.filter(converted_to=OuterRef("pk"), found_at__lt=OuterRef("reported_at"))
    rows = _confirmed(desk, since, until).annotate(was_contact=Exists(before))
    counted: dict[str, int] = rows.order_by().aggregate(
        all=Count("pk"), known=Count("pk", filter=Q(known_contact=True) | Q(was_contact=True))
    )  # fmt: skip
    return counted


def _confirmed(desk: Desk, since: date, until: date) -> QuerySet[Case]:
    rows = Case.objects.filter(case_filter(desk, "contacts.read"), classification="confirmed")
    return rows.filter(confirmed_on__gte=since, confirmed_on__lte=until)


def _per_case(desk: Desk, since: date, until: date) -> float | None:
    """Over the cases that were traced."""
    traced = TracedCase.objects.filter(case__in=_confirmed(desk, since, until).values("pk")).values("case")
    count = traced.count()
    direct = Link.objects.filter(case__in=traced, through=None, withdrawn=False).exclude(contact__state="dismissed")
    return round(direct.count() / count, 2) if count else None


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


@dataclass(frozen=True)
class Place:
    """The work of one commune: F1 to be reached, past 24 hours, under follow-up, lost."""

    place_id: int | None
    name: str
    to_reach: int
    late: int
    followed: int
    lost: int


def by_commune(desk: Desk) -> list[Place]:
    """Where work waits, the most first; all communes of one's area with a contact."""
    desk.require("contacts.read")
    rows = Contact.objects.filter(contact_filter(desk), generation=1).order_by()
    late = Q(state="to_reach", found_at__lt=desk.at - REACH_WITHIN)
    counted = rows.values("place_id", "place__full_name").annotate(
        to_reach=Count("pk", filter=Q(state="to_reach")), late=Count("pk", filter=late),
        followed=Count("pk", filter=Q(state__in=("reached", "followed", "quarantined"))),
        lost=Count("pk", filter=Q(state="lost")),
    )  # fmt: skip
    found = [
        Place(row["place_id"], row["place__full_name"] or "Chưa rõ nơi ở", row["to_reach"], row["late"],
              row["followed"], row["lost"])
        for row in counted
    ]  # fmt: skip
    return sorted(found, key=lambda place: (-place.to_reach, -place.late, place.name))
