"""What one may ask a picture of chains for. Everything stands in the address, so that a view can be passed on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chongdich.application.lenses.chain import ChainQuestion
from chongdich.web.kit.forms import DayField, Form, Picker

COLOURS = [("nguon-goc", _("Nguồn gốc")), ("muc-do", _("Mức độ")), ("dia-ban", _("Địa bàn")), ("o-dich", _("Ổ dịch"))]


class ChainForm(Form):
    """Which cases, and by what they are coloured."""

    cluster = forms.TypedChoiceField(
        label=_("Ổ dịch, chùm ca"), required=False, coerce=int, empty_value=None, widget=Picker
    )
    place = forms.TypedChoiceField(label=_("Địa bàn"), required=False, coerce=int, empty_value=None, widget=Picker)
    confirmed_from = DayField(label=_("Xác định từ ngày"), required=False, help_text="")
    confirmed_to = DayField(label=_("đến ngày"), required=False, help_text="")
    colour = forms.ChoiceField(label=_("Tô màu theo"), required=False, choices=COLOURS)
    single = forms.BooleanField(label=_("Vẽ cả ca lẻ"), required=False)
    case = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, clusters: Sequence[tuple[int, str]], places: Sequence[tuple[int, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].choices = [("", _("Mọi ổ dịch")), *clusters]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("Mọi địa bàn")), *places]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("confirmed_from"), found.get("confirmed_to")
        if since and until and until < since:
            self.add_error("confirmed_to", _("Ngày cuối trước ngày đầu."))
        return found

    def question(self) -> ChainQuestion:
        """What was asked, without what could not be understood."""
        found = self.cleaned_data
        wrong = "confirmed_to" in self.errors
        return ChainQuestion(
            since=None if wrong else found.get("confirmed_from"), until=None if wrong else found.get("confirmed_to"),
            cluster_id=found.get("cluster"), place_id=found.get("place"), case_id=found.get("case"),
        )  # fmt: skip

    def query(self) -> dict[str, str]:
        """The parameters in force, for links to the other views of the same cases."""
        return {name: self.data[name] for name in self.fields if self.data.get(name) and name not in self.errors}
