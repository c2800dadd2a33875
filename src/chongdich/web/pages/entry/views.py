"""The way in and out."""

import secrets

import pyotp
import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chongdich.core.errors import NotFound
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account, Invitation
from chongdich.registry.accounts.queries import invitation_is_open
from chongdich.registry.ledger.operations import Author
from chongdich.web.access import PUBLIC, SIGNED_IN, Request, page
from chongdich.web.middleware import real_now
from chongdich.web.pages.entry.forms import Code, NewPassword, SignIn


def _next(request: HttpRequest) -> str:
    """Where to go afterwards; only inside this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _author(request: HttpRequest, account: Account) -> Author:
    desk = request.desk  # type: ignore[attr-defined]
    return Author(account.pk, None, desk.at, desk.entropy)


def _enter(request: HttpRequest, account: Account) -> None:
    login(request, account, backend="chongdich.registry.accounts.backends.AccountBackend")
    request.session["rights"] = account.rights_version
    request.session["second_factor"] = False


@page(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password. The same answer whether the name exists or not."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            _enter(request, account)
            return redirect(_next(request))
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu không đúng."))
    status = 422 if request.method == "POST" else 200
    return render(request, "entry/sign_in.html", {"form": form, "next": _next(request)}, status=status)


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: object = None) -> HttpResponse:
    """Too many wrong tries: wait. Called by the throttle."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "entry/locked_out.html", {"minutes": minutes}, status=429)


@page(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def second_factor(request: Request) -> HttpResponse:
    """The code of the account's phone."""
    form = Code(request.POST or None)
    account = request.user
    if request.method == "POST" and form.is_valid():
        tries = request.session.get("code_tries", 0) + 1
        request.session["code_tries"] = tries
        if operations.use_second_factor(account_id=account.pk, code=form.cleaned_data["code"], real_time=real_now()):
            request.session.cycle_key()
            request.session["second_factor"], request.session["code_tries"] = True, 0
            return redirect(_next(request))
        if tries >= settings.AXES_FAILURE_LIMIT:
            logout(request)
            return locked_out(request)
        form.add_error("code", _("Mã không đúng hoặc đã dùng. Hãy chờ mã mới rồi nhập lại."))
    status = 422 if request.method == "POST" else 200
    return render(request, "entry/second_factor.html", {"form": form, "next": _next(request)}, status=status)


@page(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def second_factor_setup(request: Request) -> HttpResponse:
    """Tie the account to a phone: show the secret as a QR code, take the first code."""
    account = request.user
    if account.totp_secret:
        return redirect("second_factor")
    secret = request.session.setdefault("new_secret", pyotp.random_base32())
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if operations.confirm_second_factor(
            account_id=account.pk,
            secret=secret,
            code=form.cleaned_data["code"],
            real_time=real_now(),
            by=_author(request, account),
        ):
            del request.session["new_secret"]
            request.session.cycle_key()
            request.session["second_factor"] = True
            messages.success(request, _("Đã bật xác thực hai lớp."))
            return redirect(_next(request))
        form.add_error("code", _("Mã không đúng. Hãy kiểm tra giờ trên điện thoại rồi nhập mã mới."))
    address = pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name="Chống dịch")
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    context = {"form": form, "next": _next(request), "picture": picture, "secret": secret}
    status = 422 if request.method == "POST" else 200
    return render(request, "entry/second_factor_setup.html", context, status=status)


@page(PUBLIC)
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link with which a new account sets its password."""
    found = Invitation.objects.select_related("account").filter(token_hash=operations.token_hash(token)).first()
    desk = request.desk  # type: ignore[attr-defined]
    if found is None or not invitation_is_open(found.expires_at, found.used_at, desk.at):
        raise NotFound(_("Liên kết này không còn dùng được. Hãy xin quản trị viên một liên kết mới."))
    if request.method == "POST" and "demonstration" in request.POST and settings.DEMONSTRATION:
        operations.use_up(invitation_id=found.pk, at=desk.at)
        _enter(request, found.account)
        request.session["second_factor"] = True  # the link came from the server's own terminal
        return redirect("/")
    form = NewPassword(request.POST or None, account=found.account)
    if request.method == "POST" and form.is_valid():
        account = operations.set_password(
            account_id=found.account_id, password=form.cleaned_data["password"], invitation_id=found.pk,
            by=_author(request, found.account),
        )  # fmt: skip
        _enter(request, account)
        return redirect("/")
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "entry/invitation.html",
        {"form": form, "account": found.account, "demonstration": settings.DEMONSTRATION},
        status=status,
    )


@page(SIGNED_IN)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the browser forgets what it kept."""
    logout(request)
    response = redirect("sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@page(PUBLIC)
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Vietnamese or English, kept in a cookie."""
    response = HttpResponseRedirect(_next(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, samesite="Lax", secure=settings.HTTPS
        )
    return response


@page(SIGNED_IN)
@require_POST
def switch_unit(request: Request) -> HttpResponse:
    """Act for another unit in which one holds a post."""
    wanted = request.POST.get("unit", "")
    held = {str(grant.unit_id) for grant in request.desk.actor.grants}
    if wanted in held:
        request.session["unit"] = int(wanted)
    return HttpResponseRedirect(_next(request))


def new_token() -> str:
    """An unguessable one-time token (256 bits)."""
    return secrets.token_urlsafe(32)
