"""What people fill in about people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chongdich.registry.people.models import Person
from chongdich.registry.people.rules import PURPOSES, shown_phone
from chongdich.web.kit.forms import Form, Picker

# The diseases that raise the risk of a severe course, as the field names them (QĐ 5155/QĐ-BYT, phụ lục).
COMORBIDITIES: dict[str, Any] = {
    "diabetes": _("Đái tháo đường"), "hypertension": _("Tăng huyết áp"), "heart": _("Bệnh tim mạch"),
    "lung": _("Bệnh phổi mạn tính"), "kidney": _("Bệnh thận mạn tính"), "liver": _("Bệnh gan"),
    "cancer": _("Ung thư"), "immune": _("Suy giảm miễn dịch, ghép tạng"), "obesity": _("Béo phì"),
    "stroke": _("Bệnh mạch máu não"), "blood": _("Bệnh máu"), "other": _("Bệnh mạn tính khác"),
}  # fmt: skip
MAIN = ("name", "birth", "sex", "cccd", "phone", "residence_id", "residence_hamlet", "residence_address")
PRESENT = ("present_id", "present_hamlet", "present_address")
WORK = ("occupation", "workplace", "school")
PAPERS = ("cmnd", "passport", "insurance_number", "nationality")
FAMILY = ("guardian_name", "guardian_phone")
HEALTH = ("vaccine_doses", "last_dose_on", "last_vaccine", "pregnant", "comorbidities", "note")


def _line(label: Any, longest: int, help_text: Any = "", **attrs: str) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=longest, required=False, help_text=help_text, widget=widget)


def _number(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    return _line(label, longest, help_text, inputmode="numeric", spellcheck="false")


class PersonForm(Form):
    """All of a person; what is typed is checked by the rules of the registry, here only its length."""

    name = _line(_("Họ và tên"), 200, autofocus="", spellcheck="false")
    birth = _number(_("Ngày sinh hoặc năm sinh"), 20, _("Như 05/02/1987, hoặc 1987"))
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[("", "—"), *Person.Sex.choices])
    cccd = _number(_("Số CCCD"), 30)
    phone = _line(_("Điện thoại"), 120, _("Nhiều số thì cách nhau bằng dấu phẩy"), inputmode="tel")
    residence_id = forms.TypedChoiceField(
        label=_("Nơi thường trú: xã, phường"), required=False, coerce=int, empty_value=None, widget=Picker()
    )
    residence_hamlet = _line(_("Thôn, tổ"), 80)
    residence_address = _line(_("Số nhà, đường (ở tỉnh khác: ghi đủ)"), 200)
    present_id = forms.TypedChoiceField(
        label=_("Đang ở: xã, phường"), required=False, coerce=int, empty_value=None, widget=Picker(),
        help_text=_("Để trống nếu ở nơi thường trú"),
    )  # fmt: skip
    present_hamlet = _line(_("Thôn, tổ đang ở"), 80)
    present_address = _line(_("Địa chỉ đang ở"), 200)
    occupation = _line(_("Nghề nghiệp"), 120)
    workplace = _line(_("Nơi làm việc"), 200)
    school = _line(_("Trường, lớp"), 200)
    cmnd = _number(_("Số CMND cũ"), 30)
    passport = _line(_("Số hộ chiếu"), 30, spellcheck="false")
    insurance_number = _line(_("Mã số BHXH, thẻ BHYT"), 30, spellcheck="false")
    nationality = forms.RegexField(
        regex=r"^[A-Za-z]{2}$", label=_("Quốc tịch (mã hai chữ)"), required=False, max_length=2, initial="VN",
        error_messages={"invalid": _("Quốc tịch là mã hai chữ cái, như VN, CN, LA.")},
    )  # fmt: skip
    guardian_name = _line(_("Người giám hộ"), 120)
    guardian_phone = _line(_("Điện thoại người giám hộ"), 30, inputmode="tel")
    vaccine_doses = _number(_("Số mũi vắc-xin đã tiêm"), 4)
    last_dose_on = _number(_("Ngày tiêm mũi cuối"), 12)
    last_vaccine = _line(_("Vắc-xin mũi cuối"), 40)
    pregnant = forms.TypedChoiceField(
        label=_("Mang thai"), required=False, choices=[("", _("Chưa hỏi")), ("1", _("Có")), ("0", _("Không"))],
        coerce=lambda value: value == "1", empty_value=None,
    )  # fmt: skip
    comorbidities = forms.MultipleChoiceField(
        label=_("Bệnh nền"), required=False, choices=list(COMORBIDITIES.items()), widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, communes: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("residence_id", "present_id"):
            self.fields[name].choices = [("", "—"), *communes]  # type: ignore[attr-defined]

    def raw(self) -> dict[str, Any]:
        """What the journeys read."""
        values = dict(self.cleaned_data)
        values["nationality"] = (values.get("nationality") or "VN").upper()
        return values

    def part(self, names: Sequence[str]) -> list[Any]:
        return [self[name] for name in names]

    @property
    def more_parts(self) -> list[tuple[Any, list[Any], bool]]:
        """(title, fields, whether it stands open) of what is folded away."""
        parts = [
            (_("Đang ở nơi khác nơi thường trú"), PRESENT), (_("Việc làm, học tập"), WORK),
            (_("Giấy tờ khác"), PAPERS), (_("Người giám hộ"), FAMILY), (_("Sức khỏe, tiêm chủng"), HEALTH),
        ]  # fmt: skip
        return [(title, self.part(names), self._told(names)) for title, names in parts]

    def _told(self, names: Sequence[str]) -> bool:
        told = any(self[name].value() not in (None, "", [], "VN") for name in names)
        return told or any(self[name].errors for name in names)

    @property
    def main_part(self) -> list[Any]:
        return self.part(MAIN)


def written_of(person: Person, phones: Sequence[str]) -> dict[str, Any]:
    """A record as the form shows it."""
    values: dict[str, Any] = {name: getattr(person, name) for name in PersonForm.base_fields if hasattr(person, name)}
    values["birth"] = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else (person.birth_year or "")
    values["phone"] = ", ".join(shown_phone(number) for number in phones)
    values["guardian_phone"] = shown_phone(person.guardian_phone)
    values["last_dose_on"] = f"{person.last_dose_on:%d/%m/%Y}" if person.last_dose_on else ""
    values["pregnant"] = {True: "1", False: "0", None: ""}[person.pregnant]
    return values


class CardForm(Form):
    """The string of a chip card's code."""

    chip = forms.CharField(
        label=_("Có thẻ CCCD: quét mã QR"), max_length=400, required=False,
        help_text=_("Đặt con trỏ vào ô rồi quét; các mục bên dưới tự điền"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


class OpenForm(Form):
    """What a record is opened for."""

    purpose = forms.ChoiceField(
        label=_("Mục đích"), choices=[(slug, _(words)) for slug, words in PURPOSES.items()], widget=forms.RadioSelect
    )
    reason = _line(
        _("Ghi rõ thêm (không bắt buộc)"), 200, _("Như: số công văn, tên ổ dịch; không ghi tên bệnh của người này")
    )
