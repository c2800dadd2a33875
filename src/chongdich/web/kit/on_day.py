"""The day that a list is about: a filter that narrows nothing but travels with sorting, paging and files."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.web.kit.filters import Asked, Filter, Text
from chongdich.web.kit.forms import DayField

PARAMETER = "ngay"
LABEL = _("Vào ngày")


def day_asked(params: QueryDict, otherwise: date, name: str = PARAMETER) -> date:
    """The day in the address; the other one when none is given or it is no day."""
    try:
        return DayField(required=False).clean(params.get(name, "")) or otherwise
    except ValidationError:
        return otherwise


@dataclass(frozen=True, kw_only=True)
class OnDay(Filter):
    """`day_asked` reads it for the query; this shows it and says when it is no day."""

    name: str = PARAMETER
    label: Text = LABEL
    template: str = "kit/filter_day.html"

    def read(self, params: QueryDict) -> Asked:
        text = params.get(self.name, "").strip()[:20]
        asked = Asked(self, {self.name: [text] if text else []})
        try:
            DayField(required=False).clean(text)
        except ValidationError:
            asked.values = {self.name: []}
            asked.errors = [gettext("“%(text)s” không phải là ngày, viết như 25/12/2021.") % {"text": text}]
        return asked
