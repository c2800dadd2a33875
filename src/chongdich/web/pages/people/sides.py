"""Two records as rows of one table: each field with both values and whether they agree."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from chongdich.application.lenses.people import Pair, Record
from chongdich.registry.people.rules import shown_phone
from chongdich.registry.people.rules.names import has_marks
from chongdich.web.kit.templatetags import kit

# Fields that can be taken from either side; a place comes with its hamlet and address.
LABELS: dict[str, Any] = {
    "name": _("Họ và tên"), "birth_date": _("Ngày sinh"), "sex": _("Giới tính"), "cccd": _("Số CCCD"),
    "cmnd": _("Số CMND"), "passport": _("Hộ chiếu"), "insurance_number": _("Mã BHXH"),
    "occupation": _("Nghề nghiệp"), "workplace": _("Nơi làm việc"), "school": _("Trường, lớp"),
    "residence_id": _("Thường trú"), "residence_hamlet": _("Thôn, tổ"), "residence_address": _("Địa chỉ"),
    "present_id": _("Đang ở"), "vaccine_doses": _("Số mũi vắc-xin"),
}  # fmt: skip
TAKEN = tuple(LABELS)


@dataclass(frozen=True)
class Side:
    """One field of both records, and which row is kept."""

    name: str
    label: Any
    first: str
    second: str
    keeps: str = "first"

    @property
    def same(self) -> bool:
        return self.first == self.second

    @property
    def chosen(self) -> str:
        """Which side is taken unless somebody says otherwise: the one that says more, else the kept row's."""
        if self.name == "birth_date" and ("/" in self.first) != ("/" in self.second):
            return "first" if "/" in self.first else "second"
        if self.name == "name" and has_marks(self.first) != has_marks(self.second):
            return "first" if has_marks(self.first) else "second"
        return self.keeps

    @property
    def choice(self) -> bool:
        """Whether somebody must choose: both sides say something, and not the same."""
        return bool(self.first and self.second) and not self.same


def sides_of(pair: Pair, keeps: str) -> list[Side]:
    """Rows that at least one side says something about; telephones last, both sides' are kept."""
    rows = [
        Side(name, label, _words(pair.first, name), _words(pair.second, name), keeps) for name, label in LABELS.items()
    ]
    rows.append(Side("phone", _("Điện thoại"), _phones(pair.first), _phones(pair.second)))
    return [row for row in rows if row.first or row.second]


def _phones(record: Record) -> str:
    return ", ".join(shown_phone(number) for number in record.phones)


def _words(record: Record, name: str) -> str:
    person = record.person
    if name == "birth_date":
        return kit.day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    if name == "sex":
        return str(person.get_sex_display())
    if name in ("residence_id", "present_id"):
        return str(getattr(person, name.removesuffix("_id")) or "")
    value = getattr(person, name)
    return "" if value is None else str(value)
