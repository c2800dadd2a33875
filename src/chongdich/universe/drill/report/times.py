"""How long each step took, and which clocks were met."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.rules import REACH_AT_LAST, REACH_WITHIN
from chongdich.domain.lab.models import Result
from chongdich.regulations import Law
from chongdich.universe.drill.report.compare import Comparison, hours, known
from chongdich.universe.drill.report.figures import AIM, Clock, Delay, clock_of, delay_of
from chongdich.universe.drill.report.seen import Seen
from chongdich.universe.drill.stage import Stage

DAY = 24.0  # hours
REACH, AT_LAST = REACH_WITHIN / timedelta(hours=1), REACH_AT_LAST / timedelta(hours=1)

Span = tuple[datetime | None, datetime | None]


def delays_of(one: Comparison) -> list[Delay]:
    """Each step from infection to isolation, in hours."""
    seen = [one.of(infection.person) for infection in one.found]
    return [
        _delay("Khởi phát → lấy mẫu dương tính", _onset_to_sample(one)),
        _delay("Lấy mẫu → trả kết quả", ((r.sample.taken_at, r.resulted_at) for r in _positives(seen))),
        _delay("Có kết quả → thành ca bệnh", map(_result_to_case, seen)),
        _delay("Thành ca bệnh → điều tra xong", map(_case_to_interview, seen)),
        _delay("F1 vào danh sách → liên hệ được", ((c.found_at, c.reached_at) for c in _contacts(one))),
        _delay("Nhiễm → cách ly ca bệnh", _infection_to_isolation(one)),
    ]  # fmt: skip


def _delay(label: str, spans: Iterator[Span]) -> Delay:
    return delay_of(label, known(hours(since, until) for since, until in spans))


def _positives(seen: list[Seen]) -> Iterator[Result]:
    return (person.positive for person in seen if person.positive)


def _contacts(one: Comparison) -> Iterator[Contact]:
    return (contact for person in one.seen.values() for contact in person.contacts if contact.generation == 1)


def _result_to_case(person: Seen) -> Span:
    return (person.positive.resulted_at if person.positive else None, person.case.created_at if person.case else None)


def _case_to_interview(person: Seen) -> Span:
    return (person.case.created_at if person.case else None, person.interviewed_at)


def _onset_to_sample(one: Comparison) -> Iterator[Span]:
    for infection in one.found:
        positive = one.of(infection.person).positive
        if infection.onset is not None and positive:
            yield one.stage.moment(infection.onset, 12), positive.sample.taken_at


def _infection_to_isolation(one: Comparison) -> Iterator[Span]:
    for infection in one.found:
        case = one.of(infection.person).case
        yield one.stage.moment(infection.day, 12), case.isolated_at if case else None


def clocks_of(one: Comparison) -> list[Clock]:
    """Each clock: what was done in time, late, and what is open beyond it."""
    seen = list(one.seen.values())
    results = [(r.sample.taken_at, r.resulted_at) for person in seen for r in person.results]
    contacts = [(c.found_at, c.reached_at) for c in _contacts(one)]
    limit, basis = _report_within(one.stage)
    return [
        _clock(one, "Kết quả dương tính → có ca trên hệ thống để báo cáo", basis, limit, map(_result_to_case, seen)),
        _clock(one, "Lấy mẫu → trả kết quả", AIM, DAY, iter(results)),
        _clock(one, "Ca bệnh → điều tra dịch tễ xong", AIM, DAY, map(_case_to_interview, seen)),
        _clock(one, "F1 vào danh sách → liên hệ được", AIM, REACH, iter(contacts)),
        _clock(one, "F1 vào danh sách → liên hệ được, muộn nhất", AIM, AT_LAST, iter(contacts)),
    ]  # fmt: skip


def _clock(one: Comparison, label: str, basis: str, limit: float, spans: Iterator[Span]) -> Clock:
    begun = [(since, until) for since, until in spans if since is not None]
    done = known(hours(since, until) for since, until in begun)
    waiting = known(hours(since, one.stage.at) for since, until in begun if until is None)
    return clock_of(label, basis, limit, done, waiting)


def _report_within(stage: Stage) -> tuple[float, str]:
    """The clock of reporting a case by the law of the drill's first day, with its document."""
    law = Law.shipped()
    group = law.value("cases/disease_group", on=stage.options.start)
    decision = law.decide("reporting/disease_case_hours", on=stage.options.start, group=group, assume_last=True)
    return float(decision["hours"]), law.explain(decision).basis.split(" [")[0]
