"""Where people are: their days in stays, so that an interview has something to tell and contacts have places."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chongdich.kernels.simulation.population import COMMUNITY, HOUSEHOLD, SCHOOL, WORK
from chongdich.universe.drill.chance import lot
from chongdich.universe.drill.town import Town

MEETS = 0.5  # share of the days on which two acquaintances meet
WORKPLACES = ("Xưởng gỗ Tân Tiến", "Hợp tác xã miến dong", "Công trình thủy lợi", "Cửa hàng vật liệu",
              "Trạm thu mua nông sản", "Tổ xây dựng", "Xưởng may gia công", "UBND xã")  # fmt: skip
HOURS = {SCHOOL: (time(7, 15), time(11, 15)), WORK: (time(13, 15), time(17, 0)), HOUSEHOLD: (time(18, 0), time(23, 59))}
OUT = (time(5, 30), time(6, 20), time(11, 30), time(12, 20), time(17, 10))  # when people are at each kind of venue
MINUTES_OUT = 40
VENUES = (("Chợ phiên {}", "market"), ("Quán nước ngã ba {}", "other"), ("Nhà văn hóa {}", "party"),
          ("Cửa hàng tạp hóa {}", "market"), ("Xe khách tuyến {} – Bắc Kạn", "vehicle"))  # fmt: skip


@dataclass(frozen=True)
class Stay:
    """Somewhere from a time until a time of one day, with whom (numbers of people met there)."""

    day: date
    since: time
    until: time
    place: str
    kind: str
    layer: int
    commune: int
    company: tuple[int, ...]


def day_of(town: Town, names: tuple[str, ...], person: int, day: date) -> list[Stay]:
    """A person's day in order of time; `names` are the communes' names in the order of the options."""
    stays = [_home(town, person, day)]
    if day.weekday() != 6:
        stays += _at_the_group(town, names, person, day, SCHOOL) + _at_the_group(town, names, person, day, WORK)
    stays += _outings(town, names, person, day)
    return sorted(stays, key=lambda stay: (stay.since, stay.place))


def _home(town: Town, person: int, day: date) -> Stay:
    company = tuple(town.around(person, HOUSEHOLD))
    return Stay(day, *HOURS[HOUSEHOLD], "Ở nhà", "home", HOUSEHOLD, town.commune(person), company)


def _at_the_group(town: Town, names: tuple[str, ...], person: int, day: date, layer: int) -> list[Stay]:
    group = town.group(person, layer)
    if group is None:
        return []
    commune = town.commune(group)
    place = group_name(town, names[commune], group, layer)
    company = tuple(town.around(person, layer))
    return [Stay(day, *HOURS[layer], place, "school" if layer == SCHOOL else "work", layer, commune, company)]


def group_name(town: Town, here: str, group: int, layer: int) -> str:
    """What a class or a shift is called."""
    if layer == SCHOOL:
        return f"Lớp {class_year(town.age(group))}{'ABCD'[group % 4]}, Trường {here}"
    return f"{WORKPLACES[group % len(WORKPLACES)]} ({here}, tổ {group % 90 + 1})"


def class_year(age: int) -> str:
    """The class of an age: kindergartens have names, schools numbers."""
    return "mẫu giáo " if age < 6 else str(min(12, max(1, age - 5)))


def _outings(town: Town, names: tuple[str, ...], person: int, day: date) -> list[Stay]:
    """Meetings with acquaintances, gathered by venue; both sides of a pair tell the same of it."""
    met: dict[int, list[int]] = {}
    for other in town.around(person, COMMUNITY):
        pair = (min(person, other), max(person, other))
        chance = lot(town.options.seed, "meeting", *pair, day)
        if chance.random() < MEETS:
            met.setdefault(town.commune(pair[0]) * len(VENUES) + chance.randrange(len(VENUES)), []).append(other)
    return [_outing(town, names, venue, day, tuple(company)) for venue, company in sorted(met.items())]


def _outing(town: Town, names: tuple[str, ...], venue: int, day: date, company: tuple[int, ...]) -> Stay:
    commune, which = divmod(venue, len(VENUES))
    name, kind = VENUES[which]
    since = OUT[which]
    until = (datetime.combine(day, since) + timedelta(minutes=MINUTES_OUT)).time()
    return Stay(day, since, until, name.format(names[commune]), kind, COMMUNITY, commune, company)


def met_between(town: Town, names: tuple[str, ...], person: int, since: date, until: date) -> dict[int, date]:
    """Everybody a person truly met from a day to a day (both included) -> the last day."""
    met: dict[int, date] = {}
    for offset in range((until - since).days + 1):
        day = since + timedelta(days=offset)
        for stay in day_of(town, names, person, day):
            met.update(dict.fromkeys(stay.company, day))
    met.pop(person, None)
    return met
