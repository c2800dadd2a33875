"""Pages of my own account."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chongdich.core.errors import Refused
from chongdich.registry.accounts import operations, tokens
from chongdich.registry.accounts.models import Account, ApiToken
from chongdich.registry.accounts.queries import needs_second_factor
from chongdich.web.access import SIGNED_IN, Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.account.forms import ChangePassword, CurrentPassword, TokenForm
from chongdich.web.pages.entry.views import locked_out, new_token


@page(SIGNED_IN)
@require_GET
def account(request: Request) -> HttpResponse:
    """My posts, my ways in, my keys."""
    return _show(request)


def _show(request: Request, form: TokenForm | None = None, **extra: Any) -> HttpResponse:
    keys = ApiToken.objects.filter(account=request.user, revoked_at=None, expires_at__gt=request.desk.at)
    context = {
        "me": request.user,
        "posts": request.appointments,
        "wants_second_factor": needs_second_factor(request.appointments),
        "keys": keys.order_by("-pk"),
        "form": form or TokenForm(),
        **extra,
    }
    return form_response(request, "account/account.html", context, context["form"])


@page(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """A new password; every other session of mine ends, this one stays."""
    form = ChangePassword(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        fresh = operations.set_password(
            account_id=request.user.pk, password=form.cleaned_data["password"], by=request.desk.author
        )
        _stay(request, fresh)
        messages.success(request, _("Đã đổi mật khẩu; các phiên khác đã kết thúc."))
        return redirect("account")
    return _too_many(request, form) or form_response(request, "account/password.html", {"form": form}, form)


@page(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def change_phone(request: Request) -> HttpResponse:
    """Tie the account to another phone: needs the password, then the setup page."""
    if not request.user.totp_secret:
        return redirect("second_factor_setup")
    form = CurrentPassword(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        operations.reset_second_factor(account_id=request.user.pk, by=request.desk.author)
        _stay(request, Account.objects.get(pk=request.user.pk))
        request.session["second_factor"] = False
        return redirect("second_factor_setup")
    return _too_many(request, form) or form_response(request, "account/phone.html", {"form": form}, form)


def _stay(request: Request, fresh: Account) -> None:
    """This session goes on under the account's new rights version, with a new session key."""
    update_session_auth_hash(request, fresh)
    request.session["rights"], request.session["password_tries"] = fresh.rights_version, 0


def _too_many(request: Request, form: CurrentPassword) -> HttpResponse | None:
    """Wrong passwords are counted; too many end the session."""
    if not (form.is_bound and form.wrong):
        return None
    tries = request.session.get("password_tries", 0) + 1
    request.session["password_tries"] = tries
    if tries < settings.AXES_FAILURE_LIMIT:
        return None
    logout(request)
    return locked_out(request)


@page(SIGNED_IN)
@require_POST
def make_token(request: Request) -> HttpResponse:
    """A key for a program, shown once on this very answer."""
    form = TokenForm(request.POST)
    key = tokens.PREFIX + new_token()
    if form.is_valid():
        try:
            tokens.make_token(account_id=request.user.pk, token=key, by=request.desk.author, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _show(request, key=key)
    return _show(request, form)


@page(SIGNED_IN)
@require_POST
def revoke_token(request: Request, token_id: int) -> HttpResponse:
    """The key stops working at once."""
    tokens.revoke_token(account_id=request.user.pk, token_id=token_id, by=request.desk.author)
    messages.success(request, _("Đã thu hồi khóa."))
    return redirect("account")
