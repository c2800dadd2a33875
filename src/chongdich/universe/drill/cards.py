"""Role cards: what whoever plays a patient on the telephone tells, so that staff can practise on the real screens."""

from collections.abc import Iterator
from datetime import date, timedelta

from chongdich.core.errors import NotFound
from chongdich.core.vietnamese import fold_words
from chongdich.universe.drill.interviewing import told_by
from chongdich.universe.drill.stage import Stage

DAYS_BACK = 7
MOST_CARDS = 5


def cards_of(stage: Stage, name: str) -> list[str]:
    """The cards of infected people of a name. NotFound when nobody infected bears it."""
    wanted = fold_words(name)
    found = [
        one.person for one in stage.truth.infections()
        if wanted and wanted in fold_words(stage.town.identity(one.person).name)
    ]  # fmt: skip
    if not found:
        raise NotFound(f"Trong cuộc diễn tập không có người nhiễm nào tên “{name}”.", "name")
    return ["\n".join(card_of(stage, person)) for person in found[:MOST_CARDS]]


def card_of(stage: Stage, person: int) -> Iterator[str]:
    """One card, line by line."""
    true, infection = stage.town.identity(person), stage.truth.infection(person)
    place = stage.names[stage.town.commune(person)]
    yield f"── {true.name}, sinh {true.born:%d/%m/%Y}, {true.hamlet}, xã {place}; điện thoại {true.phone or 'không có'}"
    if infection.onset is not None and infection.onset <= stage.day:
        yield f"   Sốt, ho từ ngày {stage.date_of(infection.onset):%d/%m/%Y}."
    else:
        yield "   Không thấy triệu chứng gì."
    content = told_by(stage, person, stage.today - timedelta(days=DAYS_BACK), stage.today)
    for day, stays in content["days"].items():
        yield f"   Ngày {_day(day)}: " + "; ".join(_stay(stay) for stay in stays)
    for one in content["people"]:
        phone, last = one["phone"] or "không nhớ số", _day(one["last_met"])
        yield f"   Đã gặp {one['name']} ({phone}), {one['place']}, lần cuối {last}"


def _stay(stay: dict[str, str]) -> str:
    told = f"{stay['from']}–{stay['until']} " if stay["from"] else ""
    return told + stay["place"]


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"
