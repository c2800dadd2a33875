"""What people fill in about contacts and about who was where."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chongdich.application.lenses.contacts import WORKLISTS
from chongdich.web.kit.forms import DayField, Form, Picker

NOTHING = [("", "—")]


def choose(form: Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class WorklistForm(Form):
    """Which contacts; everything stands in the address."""

    ds = forms.ChoiceField(required=False, choices=[(k, _(v)) for k, v in WORKLISTS.items()], widget=forms.HiddenInput)
    generation = forms.TypedChoiceField(
        label=_("Loại"), required=False, coerce=int, empty_value=None,
        choices=[("", _("F1 và F2")), ("1", "F1"), ("2", "F2")],
    )  # fmt: skip
    place = forms.TypedChoiceField(label=_("Xã, phường"), required=False, coerce=int, empty_value=None, widget=Picker())
    tracer = forms.TypedChoiceField(
        label=_("Người liên hệ"), required=False, coerce=int, empty_value=None, widget=Picker()
    )

    def __init__(
        self, places: Sequence[tuple[int, str]], tracers: Sequence[tuple[int, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [("", _("Mọi nơi")), *places])
        choose(self, "tracer", [("", _("Mọi người")), *tracers])

    def narrowed(self) -> dict[str, int]:
        """Arguments of `worklist`."""
        names = {"generation": "generation", "place": "place_id", "tracer": "tracer"}
        return {to: self.cleaned_data[name] for name, to in names.items() if self.cleaned_data.get(name)}

    def query(self) -> dict[str, str]:
        return {name: self.data[name] for name in self.fields if self.data.get(name) and name not in self.errors}


HOURS = ["%H:%M", "%Hh%M", "%Hh", "%H"]


def _clock() -> forms.TimeInput:
    return forms.TimeInput({"placeholder": "7h30", "autocomplete": "off", "inputmode": "text"}, format="%H:%M")


class ListForm(Form):
    """Somewhere people were together, and the people as lines of a list."""

    kind = forms.ChoiceField(
        label=_("Loại danh sách"), widget=forms.RadioSelect,
        choices=[("household", _("Hộ gia đình")), ("class", _("Lớp học")), ("shift", _("Ca làm việc")),
                 ("manifest", _("Chuyến xe, chuyến tàu")), ("ward", _("Buồng bệnh")), ("room", _("Phòng cách ly"))],
    )  # fmt: skip
    name = forms.CharField(label=_("Tên lớp, ca, chuyến, phòng"), max_length=200, required=False)
    plate = forms.CharField(label=_("Biển số (nếu là xe)"), max_length=20, required=False)
    place_id = forms.TypedChoiceField(
        label=_("Xã, phường"), required=False, coerce=int, empty_value=None, widget=Picker()
    )
    day = DayField(label=_("Ngày"), help_text="", required=False)
    since = forms.TimeField(label=_("Từ giờ"), input_formats=HOURS, required=False, widget=_clock())
    until = forms.TimeField(label=_("Đến giờ"), input_formats=HOURS, required=False, widget=_clock())
    masked = forms.NullBooleanField(
        label=_("Đeo khẩu trang"), required=False,
        widget=forms.Select(choices=[("", _("Không rõ")), ("true", _("Có")), ("false", _("Không"))]),
    )  # fmt: skip
    people = forms.CharField(
        label=_("Những người có mặt, mỗi người một dòng"), max_length=60_000,
        help_text=_("Họ tên; năm sinh; điện thoại; chỗ ngồi. Dán được từ bảng tính. Hai mục sau có thể bỏ trống."),
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "class": "mono"}),
    )  # fmt: skip

    def __init__(self, communes: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place_id", [*NOTHING, *communes])

    def clean(self) -> dict[str, Any]:
        """A household needs only its people; everything else a name and hours."""
        found = super().clean() or self.cleaned_data
        if found.get("kind") == "household":
            return found
        for name in ("name", "day", "since", "until"):
            if not found.get(name) and name not in self.errors and found.get(name) != time(0):
                self.add_error(name, _("Chưa điền “%(label)s”.") % {"label": self.fields[name].label})
        return found


class FileForm(Form):
    """Presences by the million: Parquet or CSV with the numbers of people and venues."""

    file = forms.FileField(
        label=_("Tệp Parquet, CSV"), widget=forms.ClearableFileInput({"accept": ".parquet,.csv"}),
        help_text=_("Cột person, place (số trong hệ thống), begins, ends; có thể thêm certainty, mask"),
    )  # fmt: skip


class VenueForm(Form):
    """How near people are somewhere."""

    closed = forms.BooleanField(label=_("Chung một không gian kín, hẹp"), required=False)
    distance_m = forms.FloatField(
        label=_("Khoảng cách thường (m)"), required=False, localize=True, min_value=0, max_value=100,
        help_text=_("Để trống khi không rõ"),
    )  # fmt: skip
    lag_minutes = forms.IntegerField(
        label=_("Không khí còn chung sau khi rời đi (phút)"), required=False, min_value=0, max_value=600
    )


class SpanForm(Form):
    """The days that figures are counted over, both ends included."""

    since = DayField(label=_("Từ ngày"), help_text="")
    until = DayField(label=_("đến ngày"), help_text="")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", _("Ngày cuối trước ngày đầu."))
        return found
