"""Version 1: its operations, its documentation, its addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
from ninja import NinjaAPI

from chongdich import __version__
from chongdich.web.access import SIGNED_IN, page
from chongdich.web.api import cases, directives, reading, registers, tasks
from chongdich.web.api.door import door
from chongdich.web.api.problems import answer_problems, problem

ABOUT = """Bàn làm việc của hệ thống cho chương trình: cùng quyền, cùng quy tắc như trên trang.

Xác thực bằng khóa truy cập cá nhân (`Authorization: Bearer …`, tạo ở trang Tài khoản của tôi) hoặc bằng phiên đang đăng
nhập (khi ghi phải kèm `X-CSRFToken`). Gửi kèm `Idempotency-Key` khi ghi thì gửi lại không làm hai lần.
Lỗi là JSON {error, message, where}.
"""
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "chongdich"},
}

api = NinjaAPI(
    title="Chống dịch",
    version="1",
    description=ABOUT,
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
    openapi_extra={"security": [{"bearer": []}, {"session": []}]},
)
for room in (reading, directives, tasks, registers, cases):
    api.add_router("", room.router)
answer_problems(api)


@page(SIGNED_IN)
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of everything here, for programs."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False})


def described() -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    found["info"]["x-release"] = __version__
    found["components"]["securitySchemes"] = SECURITY
    return found


def _addresses() -> list[URLPattern]:
    """Each address once, behind its door; its name is that of its first operation."""
    known: dict[str, URLPattern] = {}
    for found in api.urls[0]:
        route, name = str(found.pattern), str(getattr(found, "name", ""))
        if name.startswith("api_") and found.callback and route not in known:
            known[route] = path(f"api/v1/{route}", door(found.callback, name), name=name)
    return list(known.values())


@page(SIGNED_IN)
@csrf_exempt
def missing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address below this one."""
    return problem(404, "API không có địa chỉ này.")


urlpatterns = [
    path("api/v1/openapi.json", openapi, name="api_openapi"),
    *_addresses(),
    path("api/v1/<path:rest>", missing, name="api_missing"),
]
