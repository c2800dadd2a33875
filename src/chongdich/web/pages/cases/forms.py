"""What people fill in about cases."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chongdich.core.periods import vietnam_day
from chongdich.domain.cases.models import Case
from chongdich.domain.cases.states import CLASSIFICATION, ORIGIN, SEVERITY
from chongdich.regulations import Law
from chongdich.web.kit.forms import DayField, Form, Picker

NOTHING = [("", "—")]
STATED = ("suspected", "probable", "confirmed")


def symptom_choices() -> list[tuple[str, str]]:
    """The symptoms that the definitions know, in the order of their table."""
    known = Law.shipped().inputs("cases/suspected")["symptoms"].choices or {}
    return [(slug, str(label).capitalize()) for slug, label in dict(known).items()]


def _line(label: Any, longest: int, help_text: Any = "", **attrs: str) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=longest, required=False, help_text=help_text, widget=widget)


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False, help_text="")


class CaseForm(Form):
    """The facts of a case, on one screen."""

    test = forms.ChoiceField(
        label=_("Xét nghiệm dương tính"), required=False, widget=forms.RadioSelect, initial="pcr",
        choices=[("pcr", "RT-PCR"), ("antigen", _("Kháng nguyên nhanh")), ("", _("Chưa có"))],
    )  # fmt: skip
    sampled_on = _day(_("Ngày lấy mẫu"))
    resulted_on = _day(_("Ngày có kết quả"))
    ct = forms.FloatField(label=_("Ct"), required=False, localize=True, min_value=1, max_value=50)
    onset_on = _day(_("Ngày khởi phát"))
    symptoms = forms.MultipleChoiceField(
        label=_("Triệu chứng"), required=False, choices=symptom_choices, widget=forms.CheckboxSelectMultiple
    )
    factor = forms.BooleanField(label=_("Có yếu tố dịch tễ trong 14 ngày"), required=False)
    stated = forms.ChoiceField(
        label=_("Phân loại"), required=False,
        choices=[("", _("Theo định nghĩa đang áp dụng")), *((k, _(CLASSIFICATION[k])) for k in STATED)],
        help_text=_("Chọn khác đi khi cấp trên đã công bố"),
    )  # fmt: skip
    origin = forms.ChoiceField(label=_("Nguồn gốc"), choices=[(k, _(v)) for k, v in ORIGIN.items()], initial="unknown")
    source_code = _line(_("Lây từ ca (mã)"), 30, spellcheck="false")
    cluster = _line(_("Ổ dịch, chùm ca"), 160)
    severity = forms.ChoiceField(
        label=_("Mức độ"), required=False, choices=[*NOTHING, *((k, _(v)) for k, v in SEVERITY.items())]
    )
    isolated_on = _day(_("Ngày cách ly, nhập viện"))
    isolated_where = _line(_("Nơi cách ly, điều trị"), 160)
    home_treated = forms.BooleanField(label=_("Điều trị tại nhà"), required=False)
    code = _line(_("Mã ca (nếu đã được cấp)"), 30, spellcheck="false")

    def part(self, *names: str) -> list[Any]:
        return [self[name] for name in names]

    @property
    def test_part(self) -> list[Any]:
        return self.part("sampled_on", "resulted_on", "ct", "onset_on")

    @property
    def source_part(self) -> list[Any]:
        return self.part("stated", "origin", "source_code", "cluster")

    @property
    def care_part(self) -> list[Any]:
        return self.part("severity", "isolated_on", "isolated_where", "code")

    def told(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {**values, "symptoms": tuple(values["symptoms"])}


class EditForm(CaseForm):
    """The same facts of a case that is there; the version says which state was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place_id = forms.TypedChoiceField(
        label=_("Nơi ghi nhận: xã, phường"), required=False, coerce=int, empty_value=None, widget=Picker()
    )

    def __init__(self, communes: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("test", "factor", "stated"):
            del self.fields[name]
        self.fields["place_id"].choices = [*NOTHING, *communes]  # type: ignore[attr-defined]

    @property
    def source_part(self) -> list[Any]:
        return self.part("place_id", "origin", "source_code", "cluster")


def written_of(case: Case) -> dict[str, Any]:
    """A case as the form shows it."""
    names = ("sampled_on", "resulted_on", "ct", "onset_on", "symptoms", "origin", "severity", "isolated_where",
             "home_treated", "code", "version", "place_id")  # fmt: skip
    values = {name: getattr(case, name) for name in names}
    values["isolated_on"] = vietnam_day(case.isolated_at) if case.isolated_at else None
    values["source_code"] = case.source.code if case.source else ""
    values["cluster"] = case.cluster.name if case.cluster else ""
    return values


class VisitForm(Form):
    """A visit or a call."""

    temperature = forms.FloatField(label=_("Thân nhiệt (°C)"), required=False, localize=True)
    oxygen = forms.IntegerField(label=_("SpO2 (%)"), required=False)
    breaths = forms.IntegerField(label=_("Nhịp thở (lần/phút)"), required=False)
    pulse = forms.IntegerField(label=_("Mạch (lần/phút)"), required=False)
    systolic = forms.IntegerField(label=_("Huyết áp tối đa"), required=False)
    diastolic = forms.IntegerField(label=_("Huyết áp tối thiểu"), required=False)
    symptoms = forms.MultipleChoiceField(
        label=_("Triệu chứng"), required=False, choices=symptom_choices, widget=forms.CheckboxSelectMultiple
    )
    note = _line(_("Ghi chú, đã xử trí"), 500)


class RecoverForm(Form):
    """What the discharge rule asks. What it does not need may stay blank."""

    on = DayField(label=_("Ngày khỏi, ra viện"), help_text="")
    symptoms = forms.ChoiceField(
        label=_("Triệu chứng xuất hiện"), required=False,
        choices=[("", _("Theo hồ sơ")), ("none", _("Không có trong 10 ngày đầu")), ("early", _("Trong 10 ngày đầu")),
                 ("late", _("Sau ngày thứ 10"))],
    )  # fmt: skip
    days_since_symptoms_end = forms.IntegerField(label=_("Số ngày từ khi hết triệu chứng"), required=False, min_value=0)
    cleared_samples = forms.IntegerField(label=_("Số mẫu liên tiếp âm tính hoặc Ct từ 30"), required=False, min_value=0)
    last_sample_day = forms.IntegerField(label=_("Mẫu cuối lấy vào ngày thứ"), required=False, min_value=0)
    hours_between_samples = forms.FloatField(label=_("Khoảng cách hai mẫu (giờ)"), required=False, min_value=0)
    hours_since_last_sample = forms.FloatField(
        label=_("Từ mẫu cuối đến lúc ra viện (giờ)"), required=False, min_value=0
    )
    rapid_negative = forms.NullBooleanField(
        label=_("Xét nghiệm nhanh hoặc PCR âm tính, hoặc Ct từ 30"), required=False,
        widget=forms.Select(choices=[("", "—"), ("true", _("Có")), ("false", _("Không"))]),
    )  # fmt: skip
    basic_doses_complete = forms.NullBooleanField(
        label=_("Đã tiêm đủ liều cơ bản"), required=False,
        widget=forms.Select(choices=[("", "—"), ("true", _("Có")), ("false", _("Không"))]),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "on" and value not in (None, "")}


class EndForm(Form):
    """Died, moved away, or no case after all."""

    action = forms.ChoiceField(
        label=_("Kết thúc vì"), widget=forms.RadioSelect,
        choices=[("die", _("Tử vong")), ("move", _("Chuyển tỉnh khác")), ("discard", _("Loại trừ"))],
    )  # fmt: skip
    on = DayField(label=_("Ngày"), help_text="")
    note = forms.CharField(
        label=_("Kết luận kiểm thảo tử vong, hoặc lý do"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )


class ListForm(Form):
    """A file, or rows pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("Tệp .xlsx, .csv"), required=False, widget=forms.ClearableFileInput({"accept": ".xlsx,.csv,.tsv,.txt"})
    )
    text = forms.CharField(
        label=_("Hoặc dán từ bảng tính, cả dòng tiêu đề"), required=False, strip=False,
        widget=forms.Textarea({"rows": 7, "spellcheck": "false", "class": "mono"}),
    )  # fmt: skip
    sender = _line(_("Nơi gửi"), 160, _("Lần sau cùng nơi gửi, cùng các cột thì không phải ghép lại"))
    again = forms.BooleanField(label=_("Nhập lại tệp đã có"), required=False)
