"""Forms of the way in."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from chongdich.web.kit.forms import Form


class SignIn(Form):
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class Code(Form):
    code = forms.RegexField(
        regex=r"^\s*\d{3}\s?\d{3}\s*$", label=_("Mã 6 chữ số"),
        help_text=_("Mở ứng dụng xác thực trên điện thoại để xem mã."),
        error_messages={"invalid": _("Mã gồm 6 chữ số.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class NewPassword(Form):
    password = forms.CharField(
        label=_("Mật khẩu mới"), strip=False, max_length=256,
        help_text=_("Từ 12 ký tự trở lên; nên là một câu dễ nhớ. Không cần ký tự đặc biệt."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: object, account: object = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or self.cleaned_data
        password = data.get("password")
        if password:
            try:
                validate_password(str(password), self.account)  # type: ignore[arg-type]
            except forms.ValidationError as error:
                self.add_error("password", error)
            if data.get("again") and password != data["again"]:
                self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau."))
        return data
