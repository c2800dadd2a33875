"""What people fill in around a document received."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.models import Directive
from chongdich.registry.organisations.models import Organisation
from chongdich.web.kit.forms import DayField, Form
from chongdich.web.pages.incoming.words import PERIODS, URGENCIES

AREA_CHOICES = [(name, _(label)) for name, label in AREAS.items()]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads, perhaps empty."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class ReceiveForm(Form):
    """A document as a file or as pasted text."""

    unit = forms.TypedChoiceField(label=_("Sổ của đơn vị"), coerce=int)
    main = forms.FileField(label=_("Tệp văn bản"), required=False)
    attachments = FilesField(label=_("Tệp kèm theo"), required=False)
    text = forms.CharField(
        label=_("Hoặc dán nội dung văn bản"), required=False, max_length=2_000_000,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )  # fmt: skip

    again = forms.BooleanField(label=_("Đăng ký lại dù tệp này đã được tiếp nhận"), required=False)

    same = forms.RegexField(r"^(giu|(dinh|thay)-[0-9]{1,17})$", required=False, widget=forms.HiddenInput)

    def __init__(self, units: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.short_name) for unit in units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = bool(data.get("main")), bool(data.get("text", "").strip())
        if not any(given) and not {"main", "text"} & set(self.errors):
            self.add_error("main", gettext("Chọn một tệp, hoặc dán nội dung văn bản."))
        if all(given):
            self.add_error("text", gettext("Chỉ chọn tệp hoặc dán nội dung, không cả hai."))
        return data


class ClauseForm(Form):
    """A clause's words and what they are about."""

    path = forms.CharField(label=_("Mục"), required=False, max_length=30)
    text = forms.CharField(label=_("Nội dung"), max_length=20_000, widget=forms.Textarea({"rows": 5}))
    area = forms.ChoiceField(label=_("Lĩnh vực"), choices=AREA_CHOICES, initial="other")


class DeadlineForm(Form):
    """By when, how, and how often."""

    due = DayField(label=_("Hạn"), required=False)
    manner = forms.CharField(
        label=_("Yêu cầu về thời gian"), required=False, max_length=40,
        help_text=_("Như: khẩn trương, ngay, thường xuyên"),
    )  # fmt: skip
    period = forms.ChoiceField(
        label=_("Báo cáo định kỳ"), required=False, choices=[("", _("Không định kỳ")), *PERIODS.items()]
    )


def _whole(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


def _line(name: str, label: Any, required: bool = False) -> forms.CharField:
    limit = getattr(Directive._meta.get_field(name), "max_length", None)
    return forms.CharField(label=label, required=required, max_length=limit)


def _field(name: str) -> forms.Field:
    """The control of one head field."""
    if name == "subject":
        return forms.CharField(
            label=_("Trích yếu"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
        )
    if name == "urgency":
        return forms.ChoiceField(label=_("Độ khẩn"), required=False, choices=[("", _("Thường")), *URGENCIES.items()])
    if name == "due":
        return DayField(label=_("Hạn chung của văn bản"), required=False)
    if name in _WHOLE:
        return _whole(*_WHOLE[name])
    return _line(name, _LINES[name])


_WHOLE: dict[str, tuple[Any, int, int]] = {
    "day": (_("Ngày"), 1, 31), "month": (_("Tháng"), 1, 12), "year": (_("Năm"), 1945, 2100),
}  # fmt: skip
_LINES: dict[str, Any] = {
    "number": _("Số"), "symbol": _("Ký hiệu"), "issuer_name": _("Cơ quan ban hành"), "kind": _("Loại văn bản"),
    "place_text": _("Nơi ban hành"), "signatory": _("Họ tên người ký"), "signatory_title": _("Quyền hạn, chức vụ"),
}  # fmt: skip


class HeadForm(Form):
    """Some head fields of a document, set right together."""

    def __init__(self, names: Iterable[str], directive: Directive, data: Any = None) -> None:
        self.base_fields = {name: _field(name) for name in names}  # type: ignore[misc]
        initial = {name: getattr(directive, name) for name in self.base_fields}
        super().__init__(data, initial=initial, prefix=None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"year", "month", "day"} <= set(data):
            self._check_day(data)
        return data

    def _check_day(self, data: dict[str, Any]) -> None:
        year, month, day = data["year"], data["month"], data["day"]
        if month and not year:
            self.add_error("year", gettext("Có tháng thì phải có năm."))
        elif day and not month:
            self.add_error("month", gettext("Có ngày thì phải có tháng."))
        elif day and not _exists(year, month, day):
            self.add_error("day", gettext("Không có ngày này trong tháng."))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class VoidForm(Form):
    """Why a document is struck out of the register."""

    reason = forms.CharField(label=_("Lý do hủy đăng ký"), max_length=280, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_void_%s")


class RefuseForm(Form):
    """Why a document is not taken in."""

    reason = forms.CharField(label=_("Lý do từ chối"), max_length=280, widget=forms.Textarea({"rows": 2}))
