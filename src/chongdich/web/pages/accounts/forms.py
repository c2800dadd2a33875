"""What an administrator fills in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chongdich.registry.accounts.roles import ROLES
from chongdich.registry.organisations.models import Organisation
from chongdich.web.kit.forms import DayField, Form, Picker

ROLE_CHOICES = [("", "—"), *((name, _(role.label)) for name, role in ROLES.items())]


class PostForm(Form):
    """A role in a unit for a time."""

    unit = forms.IntegerField(label=_("Đơn vị"), widget=Picker(), min_value=1, max_value=2**53)
    role = forms.ChoiceField(label=_("Vai trò"), choices=ROLE_CHOICES)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến trước ngày"), required=False, help_text=_("Để trống nếu không định trước"))

    def __init__(self, units: Sequence[Organisation], today: date, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": today})
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.choices = [("", "—"), *((unit.pk, unit.short_name) for unit in units)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] <= data["since"]:
            self.add_error("until", _("Ngày hết hạn phải sau ngày bắt đầu."))
        return data


class NewAccountForm(PostForm):
    """A person and the first post."""

    username = forms.RegexField(
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]{2,59}$", label=_("Tên đăng nhập"), max_length=60,
        help_text=_("Chữ không dấu, số, dấu chấm; như babe.vanthu"),
        error_messages={"invalid": _("Tên đăng nhập gồm 3 đến 60 chữ không dấu, số, dấu chấm, gạch.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    display_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(label=_("Thư điện tử"), required=False, max_length=254)
    field_order = ["display_name", "username", "email", "unit", "role", "since", "until"]
