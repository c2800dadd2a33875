"""Forms of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chongdich.application.lenses.scenarios import Now
from chongdich.domain.scenarios.asking.kinds import KINDS
from chongdich.domain.scenarios.asking.reading import TEMPLATES, ready_policies, spec_of, template_values
from chongdich.domain.scenarios.asking.shape import Spec
from chongdich.domain.scenarios.operations import NewResource
from chongdich.web.kit.forms import DayField, Form, ManyPicker, Picker
from chongdich.web.pages.scenarios.words import kind_label

FROM_NOW = "now"
RUNS = [(100, "100"), (400, "400"), (1000, "1.000")]


def beginnings() -> list[tuple[str, str]]:
    """What a scenario may begin from."""
    return [(FROM_NOW, _now("Tình hình hôm nay"))] + [(name, _now(template_values(name)["name"])) for name in TEMPLATES]


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of resources with their units."""
    return [(name, kind_label(name)) for name in KINDS]


class NewScenario(Form):
    """What to begin from, what is done, and how often it is run. The rest is changed afterwards, in the file."""

    template = forms.ChoiceField(label=_("Bắt đầu từ"), choices=beginnings)
    name = forms.CharField(
        label=_("Tên kịch bản"), max_length=160, required=False, help_text=_("Để trống thì lấy tên của mẫu.")
    )
    days = forms.IntegerField(label=_("Số ngày"), min_value=7, max_value=365, initial=60)
    policies = forms.MultipleChoiceField(
        label=_("Phương án ứng phó để so sánh"), required=False, widget=ManyPicker,
        choices=lambda: [(slug, _now(one["name"])) for slug, one in ready_policies().items()],
        help_text=_("Để trống thì theo mẫu. Tối đa 6; phương án đầu dùng cho phương án giấy."),
    )  # fmt: skip
    one_dose = forms.IntegerField(label=_("Người lớn đã tiêm một mũi (%)"), min_value=0, max_value=100, initial=85)
    two_doses = forms.IntegerField(label=_("Người lớn đã tiêm hai mũi (%)"), min_value=0, max_value=100, initial=55)
    registered = forms.BooleanField(
        label=_("Dùng nguồn lực đã đăng ký thay cho số ví dụ của mẫu"), required=False, initial=True
    )
    runs = forms.TypedChoiceField(label=_("Số lần chạy mỗi phương án"), choices=RUNS, coerce=int, initial=400)

    def clean_policies(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["policies"]
        if len(chosen) > 6:
            raise forms.ValidationError(_now("Chọn tối đa 6 phương án."))
        return chosen

    def spec(self, now: Now) -> Spec:
        """The scenario; Refused names what is impossible."""
        given = self.cleaned_data
        begun = "one_imported" if given["template"] == FROM_NOW else given["template"]
        values: dict[str, Any] = {**template_values(begun), "start": now.day, "days": given["days"]}
        if given["template"] == FROM_NOW:
            values |= {
                **now.values(),
                "name": _now("Từ tình hình ngày {day}").format(day=f"{now.day:%d/%m/%Y}"),
                "note": "",
            }
        elif given["registered"] and (now.capacities or now.stock):
            values |= {key: now.values()[key] for key in ("capacities", "stock")}
        values["vaccinated"] = {
            "one_dose": given["one_dose"] / 100, "two_doses": given["two_doses"] / 100,
            "days_since_last_dose": values.get("vaccinated", {}).get("days_since_last_dose", 45),
        }  # fmt: skip
        values["phases"] = [phase for phase in values.get("phases", ()) if phase["first"] < given["days"]]
        if given["policies"]:
            values["policies"] = [ready_policies()[slug] for slug in given["policies"]]
        return spec_of({**values, "name": given["name"] or values["name"]})


class ScenarioFile(Form):
    """The whole question as a file."""

    text = forms.CharField(
        label=_("Tệp kịch bản"),
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "form-control scenario-file"}),
        help_text=_("Ngày đếm từ ngày 0; xác suất và tỷ lệ từ 0 đến 1; năng lực là một số hoặc unlimited."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ResourceForm(Form):
    """One resource."""

    kind = forms.ChoiceField(
        label=_("Loại"),
        widget=Picker,
        choices=kind_choices,
    )
    name = forms.CharField(label=_("Tên cơ sở, nguồn lực"), max_length=160)
    place = forms.TypedChoiceField(label=_("Địa bàn"), coerce=int, empty_value=None, required=False, widget=Picker)
    quantity = forms.IntegerField(label=_("Số lượng"), min_value=0, max_value=100_000_000)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, places: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _now("Toàn tỉnh")), *places]  # type: ignore[attr-defined]

    def resource(self) -> NewResource:
        given = self.cleaned_data
        return NewResource(
            kind=given["kind"],
            name=given["name"],
            quantity=given["quantity"],
            place_id=given["place"],
            note=given["note"],
        )


class ResourceFile(Form):
    """A table of resources."""

    file = forms.FileField(
        label=_("Tệp .csv hoặc .xlsx"), help_text=_("Cột: loại, tên, mã địa bàn, số lượng, ghi chú.")
    )


class GapForm(Form):
    """Until when what is lacking must be there."""

    due = DayField(label=_("Hoàn thành trước ngày"))


def place_choices(rows: Any) -> list[tuple[int, str]]:
    """Places to choose from, with the district after a commune's name told by its code."""
    return [(place.pk, f"{place.full_name} ({place.code})") for place in rows]
