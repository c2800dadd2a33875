"""A list of contacts that another house handed over becomes work here: people, contacts, their stations' worklists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.journeys.people import facets_of_entry
from chongdich.application.journeys.referring import LIST_NAME
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.application.lenses.contacts_elsewhere import HEADER
from chongdich.application.tracing.whereabouts import Map
from chongdich.core.errors import NotFound, Refused
from chongdich.core.periods import VIETNAM
from chongdich.domain.cases.communes import Communes
from chongdich.domain.cases.linelist.sheets import read_sheet
from chongdich.domain.contacts.reaching import Received, take_in
from chongdich.domain.directives.queries import get_directive
from chongdich.registry import vault
from chongdich.registry.organisations.queries import get_organisation_by_id
from chongdich.registry.people import operations, queries
from chongdich.registry.people.rules import read_entry

DISEASE = "covid19"


@dataclass(frozen=True)
class _Line:
    number: int
    cells: Mapping[str, str]

    def day(self, column: str) -> date | None:
        text = self.cells[column]
        try:
            return datetime.strptime(text, "%d/%m/%Y").date() if text else None
        except ValueError as error:
            raise Refused(f"Dòng {self.number}: không hiểu ngày “{text}”.", column) from error


@transaction.atomic
def take_list(desk: Desk, *, directive_id: int) -> list[int]:
    """Take in the list that came with a document received; the contacts written, whole or none. Twice is once.

    A person is who the registry knows by telephone and more; else somebody new. Where no commune is recognised the
    receiving body's own place counts.
    """
    directive = get_directive(directive_id)
    desk.require("directives.review", unit=directive.unit_id)
    directive = get_visible_directive(desk, directive_id)
    file = directive.files.filter(name=LIST_NAME, role="attachment").first()
    if file is None:
        raise NotFound("Văn bản không kèm danh sách người tiếp xúc.")
    lines = _lines(vault.fetch(file.sha256))
    body = get_organisation_by_id(directive.unit_id)
    communes = Communes(desk.today)
    places = [communes.find(line.cells["Địa chỉ"], "", "", "").place or body.place_id for line in lines]
    units = Map(places, desk.today).unit
    received = [
        Received(
            person_id=_person(desk, line, place), generation=2 if line.cells["F1/F2"] == "F2" else 1, place_id=place,
            unit_id=units.get(place, body.pk), last_exposure=_noon(line.day("Tiếp xúc lần cuối")),
            follow_until=line.day("Theo dõi đến ngày"), told=_told(line),
        )
        for line, place in zip(lines, places)
    ]  # fmt: skip
    return take_in(received=received, disease=DISEASE, directive_id=directive_id, by=desk.author)


def _lines(data: bytes) -> list[_Line]:
    sheet = read_sheet(data, LIST_NAME)
    if not sheet.rows or tuple(sheet.rows[0][: len(HEADER)]) != HEADER:
        raise Refused("Danh sách không đúng mẫu: dòng đầu phải là tên các cột.", LIST_NAME)
    return [
        _Line(number, dict(zip(HEADER, [*row, *([""] * len(HEADER))])))
        for number, row in zip(sheet.numbers[1:], sheet.rows[1:])
    ]


def _person(desk: Desk, line: _Line, place: int) -> int:
    raw = {
        "name": line.cells["Họ và tên"],
        "birth": line.cells["Năm sinh"],
        "sex": line.cells["Giới tính"],
        "phone": line.cells["Điện thoại"],
        "residence_id": place,
        "residence_address": line.cells["Địa chỉ"][:200],
    }
    entry = read_entry({name: value for name, value in raw.items() if value}, desk.today)
    if entry.refusals:
        raise Refused(f"Dòng {line.number}: {entry.refusals[0].message}", LIST_NAME)
    alike = queries.find_alike(facets_of_entry(entry))
    sure = [person for person, comparison in alike if "phone" in comparison.agreeing]
    if len(sure) == 1:
        return int(sure[0].pk)
    return int(operations.register_person(entry=entry, by=desk.author).pk)


def _noon(day: date | None) -> datetime | None:
    return datetime.combine(day, time(12), VIETNAM) if day else None


def _told(line: _Line) -> str:
    return f"Ca bệnh: {line.cells['Ca bệnh liên quan']}. {line.cells['Nơi, thời gian tiếp xúc']}"
