"""The list of accounts."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.core.vietnamese import fold_words
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.roles import ROLES
from chongdich.web.kit.columns import Column, DayColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import Table
from chongdich.web.kit.templatetags import kit
from chongdich.web.pages.accounts.forms import ROLE_CHOICES


def role_label(role: str) -> str:
    """A role's name in the reader's language."""
    return gettext(ROLES[role].label) if role in ROLES else role


def _posts_words(row: Account) -> str:
    return "; ".join(f"{role_label(post.role)}, {post.unit.short_name}" for post in row.posts)  # type: ignore[attr-defined]


def _posts_shown(row: Account) -> SafeString | str:
    posts = [(role_label(post.role), post.unit.short_name) for post in row.posts]  # type: ignore[attr-defined]
    return format_html_join("", "<div>{} <span class='soft'>· {}</span></div>", posts)


def state_words(row: Account) -> str:
    """Locked, not yet entered, or in use."""
    if not row.is_active:
        return gettext("Đã khóa")
    return gettext("Đang dùng") if row.has_usable_password() else gettext("Chưa đặt mật khẩu")


def state_shown(row: Account) -> SafeString:
    """The same as a badge."""
    tone = "bad" if not row.is_active else "good" if row.has_usable_password() else "waiting"
    icon = {"bad": "lock", "good": "check-circle-fill", "waiting": "hourglass-split"}[tone]
    return kit.badge(state_words(row), tone, icon)


def _second_factor(row: Account) -> SafeString | str:
    return format_html("{} {}", kit.icon("shield-check"), gettext("có")) if row.totp_secret else ""


def _narrow_role(rows: Any, role: str) -> Any:
    held = Account.objects.filter(appointments__role=role, appointments__withdrawn_at=None)
    return rows.filter(pk__in=held.values("pk"))


def _narrow_state(rows: Any, value: str) -> Any:
    opened = ~Q(password__startswith="!")  # how Django marks a password that cannot be used
    return rows.filter({"closed": Q(is_active=False), "used": Q(is_active=True) & opened}.get(value, ~opened))


class Accounts(Table):
    """Accounts in care."""

    name = "tai_khoan"
    caption = _("Tài khoản")
    columns = [
        Column(name="display_name", label=_("Họ và tên"), title=True, sort="display_name",
               link=lambda row: reverse("account_detail", args=[row.pk])),
        Column(name="username", label=_("Tên đăng nhập"), sort="username"),
        Column(name="posts", label=_("Vai trò, đơn vị"), value=_posts_words, show=_posts_shown),
        Column(name="state", label=_("Trạng thái"), value=state_words, show=state_shown),
        Column(name="second_factor", label=_("Hai lớp"), value=lambda row: bool(row.totp_secret), show=_second_factor),
        DayColumn(name="last_login", label=_("Vào lần cuối"), sort="last_login", clock=True),
    ]  # fmt: skip
    filters = [
        ChoiceFilter(name="vai_tro", label=_("Vai trò"), choices=ROLE_CHOICES[1:], narrow=_narrow_role),
        ChoiceFilter(name="trang_thai", label=_("Trạng thái"), narrow=_narrow_state,
                     choices=[("used", _("Đang dùng")), ("new", _("Chưa đặt mật khẩu")), ("closed", _("Đã khóa"))]),
    ]  # fmt: skip
    search = ("username", "display_name")
    default_sort = "username"
    empty_title = _("Chưa có tài khoản nào trong phạm vi của bạn")

    def searched(self, rows: Rows) -> Rows:
        """Names carry diacritics, people type without: the few thousand names are folded here."""
        words = fold_words(self.words).split()
        found = [
            pk for pk, username, name in rows.values_list("pk", "username", "display_name")  # type: ignore[union-attr]
            if all(word in fold_words(f"{username} {name}") or word in username for word in words)
        ]  # fmt: skip
        return rows.filter(pk__in=found[:10_000])  # type: ignore[union-attr]
