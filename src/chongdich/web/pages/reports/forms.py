"""What a report is about."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chongdich.application.lenses.reporting import GROUPINGS, Asked
from chongdich.registry.organisations.models import Organisation
from chongdich.web.kit.forms import DayField, Form, Picker

BY = [(name, gettext_lazy(label)) for name, label in GROUPINGS.items()]


class ReportForm(Form):
    """Period, document, unit, and by what the rows are summed. All come in the address, so a report can be kept."""

    since = DayField(label=gettext_lazy("Giao từ ngày"), required=False, help_text="")
    until = DayField(label=gettext_lazy("đến ngày"), required=False, help_text="")
    directive = forms.TypedChoiceField(
        label=gettext_lazy("Theo văn bản"), coerce=int, empty_value=None, required=False, widget=Picker
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Đơn vị thực hiện"), coerce=int, empty_value=None, required=False, widget=Picker
    )
    by = forms.ChoiceField(label=gettext_lazy("Tổng hợp theo"), choices=BY, required=False)
    body = forms.TypedChoiceField(label=gettext_lazy("Báo cáo của"), coerce=int, required=False)

    def __init__(
        self, *args: Any, bodies: list[Organisation], directives: list[tuple[int, str]],
        units: list[tuple[int, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(row.pk, row.short_name) for row in bodies]  # type: ignore[attr-defined]
        self.fields["directive"].choices = [("", _("Mọi văn bản")), *directives]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("Mọi đơn vị")), *units]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """The question, from valid fields."""
        given = self.cleaned_data
        unit_ids = (given["unit"],) if given.get("unit") else ()
        return Asked(
            given.get("since"), given.get("until"), given.get("directive"), unit_ids, given.get("by") or "unit"
        )


def periods(today: date) -> list[tuple[str, date, date]]:
    """The periods that are reported most: this week, this month, last month, this quarter, this year."""
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    last = (month - timedelta(days=1)).replace(day=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return [
        (_("Hôm nay"), today, today),
        (_("Tuần này"), week, today),
        (_("Tháng này"), month, today),
        (_("Tháng trước"), last, month - timedelta(days=1)),
        (_("Quý này"), quarter, today),
        (_("Năm nay"), today.replace(month=1, day=1), today),
    ]
