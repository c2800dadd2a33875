"""What every call passes before it reaches its operation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from ninja.utils import check_csrf

from chongdich.core.errors import NotAllowed, Refused
from chongdich.web.access import SIGNED_IN, page
from chongdich.web.api.once import HEADER, once
from chongdich.web.api.problems import problem
from chongdich.web.middleware import refusal

READS = ("GET", "HEAD", "OPTIONS")
NOTHING_WRITTEN = ("api_read", "api_read_file")  # POST only because they take a document
SLOW = ("api_receive_file",)

View = Callable[..., HttpResponse]


def door(view: View, name: str) -> View:
    """The view behind its door: signed in, from where it says, allowed to write, once."""

    @page(SIGNED_IN)
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            refused = _turned_away(request, name)
            return refused or _through(request, name, lambda: _plain(view(request, *args, **kwargs)))
        except RequestDataTooBig:
            return problem(413)
        except MultiPartParserError:
            return problem(400, "Thân multipart không đọc được.")
        except Refused as error:
            return refusal(request, error)

    return guarded


def _through(request: HttpRequest, name: str, work: Callable[[], HttpResponse]) -> HttpResponse:
    if request.method in READS or HEADER not in request.headers:
        return work()
    return once(request, work, slow=name in SLOW)


def _turned_away(request: HttpRequest, name: str) -> HttpResponse | None:
    if "\x00" in request.path_info or any("\x00" in name or "\x00" in "".join(v) for name, v in request.GET.lists()):
        return problem(422, "Địa chỉ có ký tự không dùng được.", error="invalid")
    if request.method in READS:
        return None
    token = getattr(request, "api_token", None)
    if token is None:
        return _forged(request)
    if not token.may_write and name not in NOTHING_WRITTEN:
        return refusal(request, NotAllowed("Khóa truy cập này chỉ được đọc."))
    return None


def _forged(request: HttpRequest) -> HttpResponse | None:
    """A browser's session must prove that our own page asked."""
    if check_csrf(request, lambda: None) is None:
        return None
    return problem(403, "Yêu cầu từ trình duyệt phải kèm X-CSRFToken.", "X-CSRFToken", "csrf")


def _plain(response: HttpResponse) -> HttpResponse:
    """The one answer that does not come as JSON by itself."""
    if response.status_code != 405:
        return response
    said = problem(405)
    said["Allow"] = response["Allow"]
    return said
