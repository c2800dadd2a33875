"""What people change of their own account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chongdich.registry.accounts.models import Account
from chongdich.web.kit.forms import Form
from chongdich.web.pages.entry.forms import NewPassword


class CurrentPassword(Form):
    """Whoever sits at an open screen must know the password before the way in is changed."""

    current = forms.CharField(
        label=_("Mật khẩu đang dùng"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    account: Any

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_current(self) -> str:
        given = str(self.cleaned_data["current"])
        if not self.account.check_password(given):
            raise forms.ValidationError(_("Mật khẩu đang dùng không đúng."), code="wrong")
        return given

    @property
    def wrong(self) -> bool:
        """Whether the password itself was wrong: such tries are counted."""
        return self.has_error("current", "wrong")


class ChangePassword(CurrentPassword, NewPassword):
    """The present password, and the new one twice."""

    field_order = ["current", "password", "again"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        self.fields["password"].widget.attrs.pop("autofocus", None)


class TokenForm(Form):
    """A key for a program."""

    label = forms.CharField(label=_("Tên khóa"), max_length=80, help_text=_("Tên chương trình sẽ dùng khóa"))
    days = forms.TypedChoiceField(
        label=_("Thời hạn"), coerce=int, initial=30,
        choices=[(7, _("7 ngày")), (30, _("30 ngày")), (90, _("90 ngày")), (365, _("365 ngày"))],
    )  # fmt: skip
    may_write = forms.BooleanField(
        label=_("Được ghi (mặc định chỉ đọc)"), required=False,
        help_text=_("Khóa có đúng quyền của bạn vào lúc dùng, không hơn."),
    )  # fmt: skip
