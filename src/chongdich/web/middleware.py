"""Between the network and the pages: who acts, whether they may enter, in which language, and errors in plain words."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from chongdich.application.desk import Desk
from chongdich.core.errors import Conflict, NotAllowed, NotFound, Refused
from chongdich.core.periods import vietnam_day
from chongdich.registry.accounts.actor import NOBODY
from chongdich.registry.accounts.queries import actor_of, find_appointments, is_fresh, needs_second_factor
from chongdich.web.access import PUBLIC, SIGNED_IN, access_of
from chongdich.web.api import keys

Next = Callable[[HttpRequest], HttpResponse]
STATUS: list[tuple[type[Refused], int]] = [(NotFound, 404), (NotAllowed, 403), (Conflict, 409), (Refused, 422)]


def real_now() -> datetime:
    """This moment by the real clock: for sessions and codes."""
    return datetime.now(UTC)


def now() -> datetime:
    """This moment by the house's clock: the one place where the pages read it."""
    return real_now() + settings.CLOCK_OFFSET


class LanguageMiddleware:
    """Vietnamese unless this person chose English; a browser's own preference does not decide."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        translation.activate(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class DeskMiddleware:
    """Puts the desk on the request and lets in who may enter; what is not declared is refused."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.desk = Desk(NOBODY, now(), os.urandom)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Called once the page is known."""
        needs = access_of(view)
        if needs is None:
            if request.path.startswith(settings.STATIC_URL):
                return None
            raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} declares no access")
        refused = self._seat_key(request) if keys.has_key(request) else self._seat(request)
        if refused or needs == PUBLIC:
            return refused
        return self._turned_away(request) or self._forbidden(request, needs)

    @staticmethod
    def _seat_key(request: HttpRequest) -> HttpResponse | None:
        """The desk of a personal key's owner, whatever session stands beside it. Wrong keys are counted."""
        request.user = AnonymousUser()
        if keys.too_many_tries(request):
            words = "Quá nhiều lần thử khóa sai; chờ 15 phút."
            return JsonResponse({"error": "too_many", "message": words, "where": ""}, status=429)
        at = now()
        found = keys.owner_of_key(request, at)
        if found is None:
            return None
        appointments = find_appointments(found.account_id, vietnam_day(at))
        request.user, request.api_token = found.account, found  # type: ignore[attr-defined]
        request.appointments = appointments  # type: ignore[attr-defined]
        request.desk = Desk(actor_of(found.account, appointments), at, os.urandom)  # type: ignore[attr-defined]
        return None

    def _seat(self, request: HttpRequest) -> HttpResponse | None:
        """The desk of whoever is signed in with fresh rights."""
        user = request.user
        if not user.is_authenticated:
            return None
        if not is_fresh(request.session.get("rights"), user) or self._idle(request):
            logout(request)
            return None
        minute = int(real_now().timestamp() // 60)
        if request.session.get("seen") != minute:  # one write a minute, not one a page
            request.session["seen"] = minute
        at = now()
        appointments = find_appointments(user.pk, vietnam_day(at))
        acting = request.session.get("unit")
        request.appointments = appointments  # type: ignore[attr-defined]
        request.desk = Desk(actor_of(user, appointments, acting), at, os.urandom)  # type: ignore[attr-defined]
        return None

    @staticmethod
    def _idle(request: HttpRequest) -> bool:
        seen = request.session.get("seen")
        limit = timedelta(minutes=settings.IDLE_MINUTES)
        return seen is not None and real_now() - datetime.fromtimestamp(seen * 60, UTC) > limit

    @staticmethod
    def _turned_away(request: HttpRequest) -> HttpResponse | None:
        """To the sign-in page, or to the second factor, when one of them is missing."""
        if not request.user.is_authenticated:
            return _to("sign_in", request)
        if getattr(request, "api_token", None) is not None:  # made in a session that had passed both
            return None
        opened = request.resolver_match.url_name if request.resolver_match else ""
        if opened in ("second_factor", "second_factor_setup", "sign_out", "set_language"):
            return None
        wanted = needs_second_factor(request.appointments) or request.user.totp_secret  # type: ignore[attr-defined]
        if not wanted or request.session.get("second_factor"):
            return None
        return _to("second_factor" if request.user.totp_secret else "second_factor_setup", request)

    @staticmethod
    def _forbidden(request: HttpRequest, needs: str) -> HttpResponse | None:
        if needs == SIGNED_IN or request.desk.may(needs):  # type: ignore[attr-defined]
            return None
        return refusal(request, NotAllowed())

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that a page did not show itself."""
        if isinstance(exception, OverflowError):  # a number in the address that no row can have
            return refusal(request, NotFound())
        return refusal(request, exception) if isinstance(exception, Refused) else None


def _to(name: str, request: HttpRequest) -> HttpResponse:
    address = f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if request.path.startswith("/api/"):
        words = "Cần đăng nhập hoặc khóa truy cập còn hiệu lực."
        return JsonResponse({"error": "not_signed_in", "message": words, "where": ""}, status=401)
    return HttpResponseRedirect(address)


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """A refusal as a page, or as JSON for the API, with its own status."""
    status = next(number for kind, number in STATUS if isinstance(error, kind))
    if request.path.startswith("/api/"):
        body = {"error": error.code, "message": error.message, "where": error.where}
        return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    return render(request, "refused.html", {"error": error, "status": status}, status=status)
