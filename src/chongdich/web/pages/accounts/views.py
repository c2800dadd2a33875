"""Pages of the administrator of accounts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chongdich.application.journeys import accounts as journeys
from chongdich.application.lenses import accounts as lens
from chongdich.application.lenses.story import get_story
from chongdich.core.errors import NotAllowed, NotFound, Refused
from chongdich.registry.accounts.operations import INVITATION_LASTS
from chongdich.registry.organisations.models import Organisation
from chongdich.web.access import Request, page
from chongdich.web.pages.accounts.forms import NewAccountForm, PostForm
from chongdich.web.pages.accounts.tables import Accounts
from chongdich.web.pages.entry.views import new_token

PERMISSION = "accounts.manage"


@page(PERMISSION)
@require_GET
def accounts(request: Request) -> HttpResponse:
    """Accounts in care."""
    rows = lens.with_posts(request.desk, lens.find_accounts(request.desk))
    return Accounts(rows, request, today=request.desk.today).respond("accounts/list.html")


def _units(request: Request) -> list[Organisation]:
    """Units to choose from: those whose name was searched for, and the one that was chosen already."""
    found = lens.find_cared_units(request.desk, request.GET.get("tim", ""))
    chosen = request.POST.get("unit", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 and int(chosen) not in {unit.pk for unit in found}:
        found += Organisation.objects.filter(request.desk.visible(PERMISSION, "pk"), pk=int(chosen))
    return found


def _chosen(form: PostForm) -> dict[str, Any]:
    return {("unit_id" if name == "unit" else name): value for name, value in form.cleaned_data.items()}


@page(PERMISSION)
@require_http_methods(["GET", "POST"])
def open_account(request: Request) -> HttpResponse:
    """A new account with its first post; then its page, where the one-time link is given."""
    units = _units(request)
    form = NewAccountForm(units, request.desk.today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = journeys.open_account(request.desk, **_chosen(form))
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã mở tài khoản. Cấp liên kết dùng một lần để người dùng đặt mật khẩu."))
            return redirect("account_detail", account.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/open.html", {"form": form, "many": len(units) >= 200}, status=status)


@page(PERMISSION)
@require_GET
def account(request: Request, account_id: int) -> HttpResponse:
    """One account: posts, ways in, what happened to it."""
    return _show(request, account_id)


def _show(request: Request, account_id: int, form: PostForm | None = None, **extra: Any) -> HttpResponse:
    view = lens.get_account_view(request.desk, account_id)
    units = _units(request)
    context = {
        "view": view,
        "account": view.account,
        "today": request.desk.today,
        "form": form or PostForm(units, request.desk.today),
        "many": len(units) >= 200,
        "oneself": account_id == request.desk.actor.account_id,
        "story": get_story(f"account:{account_id}")[::-1][:30],
        **extra,
    }
    return render(request, "accounts/account.html", context, status=422 if form or extra.get("refused") else 200)


@page(PERMISSION)
@require_POST
def appoint(request: Request, account_id: int) -> HttpResponse:
    """A further post."""
    lens.get_account(request.desk, account_id)
    form = PostForm(_units(request), request.desk.today, request.POST)
    if form.is_valid():
        try:
            journeys.appoint(request.desk, account_id=account_id, **_chosen(form))
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã giao vai trò. Các phiên cũ của tài khoản đã kết thúc."))
            return redirect("account_detail", account_id)
    return _show(request, account_id, form)


@page(PERMISSION)
@require_POST
def withdraw(request: Request, account_id: int, appointment_id: int) -> HttpResponse:
    """Take a post back at once."""
    lens.get_account(request.desk, account_id)
    done = _("Đã thu hồi vai trò; các phiên của tài khoản đã kết thúc.")
    keys = {"account_id": account_id, "appointment_id": appointment_id}
    return _do(request, account_id, done, lambda: journeys.withdraw(request.desk, **keys))


@page(PERMISSION)
@require_POST
def invite(request: Request, account_id: int) -> HttpResponse:
    """The one-time link, shown once on this very answer and kept nowhere."""
    lens.get_account(request.desk, account_id)
    token = new_token()
    try:
        journeys.invite(request.desk, account_id=account_id, token=token)
    except Refused as refused:
        return _show(request, account_id, refused=refused)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return _show(request, account_id, link=link, link_until=request.desk.at + INVITATION_LASTS)


Deed = Callable[..., None]
DEEDS: dict[str, tuple[Deed, str | Promise]] = {
    "khoa": (journeys.close_account, gettext_lazy("Đã khóa tài khoản; mọi phiên đã kết thúc.")),
    "mo": (journeys.reopen_account, gettext_lazy("Đã mở lại tài khoản.")),
    "hai-lop": (journeys.reset_second_factor, gettext_lazy("Đã đặt lại xác thực hai lớp.")),
    "phien": (journeys.end_sessions, gettext_lazy("Đã kết thúc mọi phiên.")),
}


@page(PERMISSION)
@require_POST
def act(request: Request, account_id: int, deed: str) -> HttpResponse:
    """Lock, unlock, forget the phone, end the sessions."""
    lens.get_account(request.desk, account_id)
    if deed not in DEEDS:
        raise Http404
    work, done = DEEDS[deed]
    return _do(request, account_id, str(done), lambda: work(request.desk, account_id=account_id))


def _do(request: Request, account_id: int, done: str, work: Callable[[], None]) -> HttpResponse:
    try:
        work()
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        return _show(request, account_id, refused=refused)
    messages.success(request, done)
    may_still = lens.find_accounts(request.desk).filter(pk=account_id).exists()
    return redirect("account_detail", account_id) if may_still else redirect("accounts")
