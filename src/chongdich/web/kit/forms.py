"""Forms that people get right the first time: days as day/month/year, messages that name the field and the remedy.

`class Report(Form): due = DayField(label=_("Hạn"))`; in the page `{% form_errors form %}` and `{% field form.due %}`.
A view keeps what was typed by showing the bound form again with status 422 (`form_response`).
"""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import nfc

_REMEDIES: dict[str, Any] = {
    "required": _("Chưa điền “{label}”."),
    "invalid_choice": _("“{label}”: giá trị đã chọn không có trong danh sách."),
    "invalid_list": _("“{label}”: chọn trong danh sách."),
    "max_whole_digits": _("“{label}”: số quá dài."),
    "min_value": _("“{label}”: phải từ %(limit_value)s trở lên."),
    "max_value": _("“{label}”: không quá %(limit_value)s."),
    "min_length": _("“{label}”: cần ít nhất %(limit_value)d ký tự, mới có %(show_value)d."),
    "max_length": _("“{label}”: tối đa %(limit_value)d ký tự, đã gõ %(show_value)d."),
    "missing": _("“{label}”: chưa chọn tệp."),
    "null_characters_not_allowed": _("“{label}”: có ký tự rỗng (NUL), hãy xóa rồi gửi lại."),
    "empty": _("“{label}”: tệp rỗng (0 byte), hãy chọn tệp khác."),
}
_INVALID: list[tuple[type[forms.Field], Any]] = [
    (forms.DateTimeField, _("“{label}”: viết giờ và ngày như 14:30 25/12/2021.")),
    (forms.DateField, _("“{label}”: viết ngày như 25/12/2021.")),
    (forms.TimeField, _("“{label}”: viết giờ như 14:30.")),
    (forms.EmailField, _("“{label}”: viết địa chỉ thư như ten@coquan.gov.vn.")),
    (forms.DecimalField, _("“{label}”: viết một số, phần lẻ sau dấu phẩy, như 12,5.")),
    (forms.FloatField, _("“{label}”: viết một số, phần lẻ sau dấu phẩy, như 12,5.")),
    (forms.IntegerField, _("“{label}”: viết một số nguyên, như 12.")),
]


class DayInput(forms.DateInput):
    """A day typed as day/month/year, with the browser's calendar beside it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})}, format="%d/%m/%Y")


class DayField(forms.DateField):
    """A day; 25/12/2021, 25-12-2021, 25.12.2021 and 25122021 are one."""

    widget = DayInput
    input_formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%d/%m/%y", "%Y-%m-%d"]

    def __init__(self, *, input_formats: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Ngày/tháng/năm, như 25/12/2021"))
        super().__init__(input_formats=input_formats or self.input_formats, **kwargs)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(value.strip() if isinstance(value, str) else value)


class PickerMixin:
    """Marks a select to be searched by typing without diacritics."""

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__({"data-picker": "", **(attrs or {})}, **kwargs)  # type: ignore[call-arg]


class Picker(PickerMixin, forms.Select):
    """One of many: a box in which "ba be" finds "UBND huyện Ba Bể"."""


class ManyPicker(PickerMixin, forms.SelectMultiple):
    """Some of many, shown as chips."""


class _Kit:
    """What both kinds of forms share."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, found in self.fields.items():
            dress(found, found.label or name)

    def refuse(self, refused: Refused) -> None:
        """Show what the house refused beside the field it names, or at the top when it names none."""
        place = refused.where if refused.where in self.fields else None
        self.add_error(place, refused.message)  # type: ignore[attr-defined]


class Form(_Kit, forms.Form):
    """The base of every form."""


class ModelForm(_Kit, forms.ModelForm):
    """The base of a form over a model; only where the model's fields are exactly what is asked."""


def dress(found: forms.Field, label: object) -> None:
    """Give a field our messages, one Unicode form for text, and no placeholder standing in for its label."""
    for code, words in _REMEDIES.items():
        if code not in ("max_length", "min_length") or not isinstance(found, forms.FileField):
            found.error_messages[code] = _with_label(words, label)
    for kind, words in _INVALID:
        if isinstance(found, kind):
            found.error_messages["invalid"] = _with_label(words, label)
            break
    if isinstance(found, forms.CharField):
        _keep_nfc(found)


def _with_label(words: Any, label: object) -> Any:
    return format_lazy(words, label=label)


def _keep_nfc(found: forms.CharField) -> None:
    plain = found.to_python
    found.to_python = lambda value: _composed(plain(value))  # type: ignore[method-assign]


def _composed(value: Any) -> Any:
    return nfc(value) if isinstance(value, str) else value


def form_response(request: HttpRequest, template: str, context: dict[str, Any], *forms_shown: Any) -> HttpResponse:
    """The page with its forms as typed: 422 when one of them has errors, else 200."""
    wrong = any(form.is_bound and form.errors for form in forms_shown)
    return render(request, template, context, status=422 if wrong else 200)
