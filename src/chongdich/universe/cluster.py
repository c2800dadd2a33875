"""Six invented cases of Phúc Lộc, as a report of 27/11/2021 would bring them: a family, a market, a bus, a class."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.journeys import cases, contacts, interviewing, people, presences
from chongdich.application.journeys.cases import Told
from chongdich.application.journeys.presences import Stay
from chongdich.core.periods import VIETNAM
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.presences import NewVenue
from chongdich.registry.people.models import Person
from chongdich.registry.places.models import Place

REPORTED = date(2021, 11, 27)
HOME = "01894"  # xã Phúc Lộc
MARKET, SCHOOL, BUS = "Chợ Phúc Lộc", "Lớp 7A, Trường THCS Phúc Lộc", "Phúc Lộc – thành phố Bắc Kạn"
PLATE = "97B-002.46"


@dataclass(frozen=True)
class Who:
    """An invented person: commune (code, empty for another province), hamlet or address, household, telephone."""

    name: str
    birth: str
    sex: str
    place: str = HOME
    hamlet: str = ""
    household: str = ""
    phone: str = ""
    doses: int | None = None
    last_dose: str = ""
    comorbidities: tuple[str, ...] = ()


ILL: dict[str, tuple[Who, int]] = {  # key -> who, days before the report on which symptoms began
    "PL01": (Who("Hoàng Văn Khánh", "1979", "m", hamlet="Phiêng Chỉ", household="A", phone="0912000101", doses=1), 3),
    "PL02": (Who("Nông Thị Giang", "1982", "f", hamlet="Phiêng Chỉ", household="A", phone="0912000102", doses=1), 2),
    "PL03": (Who("Hoàng Minh Sơn", "2009", "m", hamlet="Phiêng Chỉ", household="A", doses=0), 2),
    "PL04": (Who("Triệu Thị Thảo", "1968", "f", hamlet="Nà Đuổn", household="B", phone="0912000104", doses=2,
                 last_dose="05/10/2021"), 1),
    "PL05": (Who("Ma Đức Vinh", "1990", "m", hamlet="Khuổi Luội", household="C", phone="0912000105", doses=2,
                 last_dose="20/10/2021"), 2),
    "PL06": (Who("Lường Ngọc Yến", "2009", "f", hamlet="Nà Đuổn", household="D", doses=0), 1),
}  # fmt: skip

FAMILIES = (
    Who("Hoàng Thị Tuyết", "1951", "f", hamlet="Phiêng Chỉ", household="A", phone="0912000110", doses=1),
    Who("Triệu Văn Mạnh", "1965", "m", hamlet="Nà Đuổn", household="B", phone="0912000111", doses=2,
        last_dose="01/11/2021"),
    Who("Ma Thị Nga", "1993", "f", hamlet="Khuổi Luội", household="C", phone="0912000112", doses=1),
    Who("Lường Văn Quyết", "1984", "m", hamlet="Nà Đuổn", household="D", phone="0912000113", doses=2,
        last_dose="12/09/2021"),
    Who("Hà Thị Phương", "1986", "f", hamlet="Nà Đuổn", household="D", phone="0912000114", doses=2,
        last_dose="12/09/2021"),
)  # fmt: skip
CLASSMATES = (
    Who("Dương Minh An", "2009", "m", hamlet="Cốc Diển", household="E", phone="0912000120", doses=0),
    Who("Bế Thanh Lan", "2009", "f", hamlet="Cốc Diển", household="F", phone="0912000121", doses=0),
    Who("Đàm Xuân Bình", "2009", "m", hamlet="Vằng Quan", household="G", phone="0912000122", doses=0),
    Who("Lý Thu Hạnh", "2009", "f", hamlet="Vằng Quan", household="H", phone="0912000123", doses=0),
    Who("Phan Hữu Chiến", "2009", "m", hamlet="Thiêng Điểm", household="I", phone="0912000124", doses=0),
)
PARENTS = (
    Who("Dương Văn Chiến", "1980", "m", hamlet="Cốc Diển", household="E", phone="0912000130", doses=2),
    Who("Bế Thị Dung", "1983", "f", hamlet="Cốc Diển", household="F", phone="0912000131", doses=1),
    Who("Đàm Thị Nga", "1985", "f", hamlet="Vằng Quan", household="G", phone="0912000132", doses=2),
)
TEACHER = Who("Vi Thị Thảo", "1988", "f", hamlet="Cốc Diển", phone="0912000140", doses=2, last_dose="15/10/2021")
AT_MARKET = (
    Who("Cà Thị Hạnh", "1972", "f", hamlet="Nà Khao", phone="0912000150", doses=2),
    Who("Đinh Văn Bình", "1958", "m", hamlet="Khuổi Pết", phone="0912000151", doses=1),
)
# On the bus: one of the commune, two of other districts, one of another province.
ON_BUS = (
    Who("Nguyễn Thị Phương", "1995", "f", hamlet="Nà Khao", phone="0912000160", doses=2),
    Who("Phan Văn Giang", "1987", "m", place="01840", hamlet="Tổ 4", phone="0912000161", doses=2),
    Who("Nông Đức Mạnh An", "1976", "m", place="01969", hamlet="Nà Pán", phone="0912000162", doses=1),
    Who("Trịnh Thu Hà", "1991", "f", place="", hamlet="Số 8, phường Dịch Vọng, quận Cầu Giấy, Hà Nội",
        phone="0912000163", doses=2),
)  # fmt: skip


def build_cluster(centre: Desk, station: Desk, settle: Callable[[], object]) -> None:
    """Enter everything at the desks of the province's CDC and of the commune's health station; a second call does
    nothing."""
    if Case.objects.filter(code="PL01").exists():
        return
    ill = {key: _register(centre, who) for key, (who, _) in ILL.items()}
    others = {who.name: _register(centre, who) for who in (*FAMILIES, *CLASSMATES, *PARENTS, TEACHER, *AT_MARKET,
                                                           *ON_BUS)}  # fmt: skip
    _households(centre, ill, others)
    _lists(centre, ill, others)
    settle()
    for key, (_, days) in ILL.items():
        _report(centre, key, ill[key], days)
    settle()
    for key, days_told in _itineraries().items():
        _interview(centre, key, days_told)
    settle()
    _reach(station)
    settle()


def _register(desk: Desk, who: Who) -> Person:
    place = Place.objects.filter(code=who.place, valid_until__gt=REPORTED).first() if who.place else None
    place = place or (Place.objects.filter(code=who.place, valid_until=None).first() if who.place else None)
    raw: dict[str, Any] = {"name": who.name, "birth": who.birth, "sex": who.sex, "phone": who.phone}
    raw |= {"vaccine_doses": "" if who.doses is None else str(who.doses), "last_dose_on": who.last_dose}
    raw |= {"residence_id": place.pk, "residence_hamlet": who.hamlet} if place else {"residence_address": who.hamlet}
    found = people.register_person(desk, raw={key: value for key, value in raw.items() if value != ""}, sure=True)
    assert found.person is not None
    return found.person


def _households(desk: Desk, ill: dict[str, Person], others: dict[str, Person]) -> None:
    homes: dict[str, list[Person]] = {}
    told = [(who, ill[key]) for key, (who, _) in ILL.items()]
    told += [(who, others[who.name]) for who in (*FAMILIES, *PARENTS, *CLASSMATES)]
    for who, person in told:
        homes.setdefault(who.household, []).append(person)
    for members in homes.values():
        people.set_household(desk, uids=[one.uid for one in members])


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def _lists(desk: Desk, ill: dict[str, Person], others: dict[str, Person]) -> None:
    """The class on four mornings, the passengers of one trip, two people known to have been at the market."""
    place = Place.objects.get(pk=ill["PL01"].residence_id or 0)
    pupils = [ill["PL03"], ill["PL06"], others[TEACHER.name], *(others[who.name] for who in CLASSMATES)]
    school = NewVenue(kind="class", name=SCHOOL, place_id=place.pk)
    mornings = [REPORTED - timedelta(days=back) for back in (5, 4, 3, 2)]
    presences.record_list(desk, kind="class", venue=school, stays=[
        Stay(person=one.uid, since=_at(day, 7), until=_at(day, 11, 15), masked=True) for day in mornings
        for one in pupils])  # fmt: skip
    day = REPORTED - timedelta(days=2)
    riders = [ill["PL05"], *(others[who.name] for who in ON_BUS)]
    bus = NewVenue(kind="vehicle", name=f"{BUS} {day:%d/%m/%Y}", plate=PLATE)
    presences.record_list(desk, kind="manifest", venue=bus, stays=[
        Stay(person=one.uid, since=_at(day, 6), until=_at(day, 7, 40), seat=str(seat))
        for seat, one in enumerate(riders, 1)])  # fmt: skip
    market = NewVenue(kind="market", name=MARKET, place_id=place.pk)
    for who in AT_MARKET:
        stay = Stay(person=others[who.name].uid, since=_at(REPORTED - timedelta(days=3), 7),
                    until=_at(REPORTED - timedelta(days=3), 8))  # fmt: skip
        presences.record_list(desk, kind="shift", venue=market, stays=[stay])


def _report(desk: Desk, key: str, person: Person, days: int) -> None:
    told = Told(
        test="pcr", sampled_on=REPORTED - timedelta(days=1), resulted_on=REPORTED, ct=22.0 + days, code=key,
        onset_on=REPORTED - timedelta(days=days), symptoms=("fever", "cough"), severity="mild", cluster=MARKET,
        isolated_on=REPORTED, isolated_where="Trung tâm Y tế huyện Ba Bể",
        source_code="" if key == "PL01" else "PL03" if key == "PL06" else "PL01",
    )  # fmt: skip
    cases.report_case(desk, told=told, uid=person.uid)


def _itineraries() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """What three of them told: day -> stays, as an interview holds them."""
    market = {"place": MARKET, "kind": "market", "masked": False}
    trip = {"from": "06:00", "until": "07:40", "place": "Xe khách", "kind": "vehicle", "plate": PLATE, "trip": BUS}
    days = [(REPORTED - timedelta(days=back)).isoformat() for back in (4, 3, 2)]
    return {
        "PL01": {day: [{**market, "from": "06:30", "until": "10:00"}] for day in days},
        "PL04": {day: [{**market, "from": "07:00", "until": "09:30"}] for day in days[1:]},
        "PL05": {days[1]: [{**market, "from": "07:30", "until": "08:00"}], days[2]: [trip]},
    }


def _interview(desk: Desk, key: str, days: dict[str, list[dict[str, Any]]]) -> None:
    case = Case.objects.get(code=key)
    begun = interviewing.begin_interview(desk, case_id=case.pk)
    content = {"days": days, "people": []}
    interviewing.keep_interview(
        desk, case_id=case.pk, content=content, version=begun.interview.version, finish=True
    )  # fmt: skip


def _reach(station: Desk) -> None:
    """The health station reached some, missed one, and follows one."""
    rows = list(_of_station(station))
    for row, outcome in zip(rows, ("reached", "reached", "no_answer")):
        contacts.record_call(station, contact_id=row.pk, outcome=outcome)
    if rows:
        contacts.move_contact(station, contact_id=rows[0].pk, action="follow")


def _of_station(station: Desk) -> Iterable[Contact]:
    return Contact.objects.filter(unit=station.actor.unit_id, generation=1, state="to_reach").order_by("-rank", "pk")
