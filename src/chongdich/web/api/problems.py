"""How the API says no: {error, message, where} in Vietnamese with the status that fits."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from chongdich.core.errors import Refused
from chongdich.web.middleware import refusal

NAMES = {
    400: ("bad_request", "Yêu cầu không đọc được: thân phải là JSON đúng cú pháp."),
    401: ("not_signed_in", "Cần đăng nhập hoặc khóa truy cập còn hiệu lực."),
    404: ("not_found", "Không tìm thấy."),
    405: ("method_not_allowed", "Địa chỉ này không nhận phương thức đó."),
    413: ("too_large", "Yêu cầu lớn hơn 25 MB."),
    429: ("too_many", "Quá nhiều lần thử khóa sai; chờ 15 phút."),
}
WORDS = {
    "missing": "thiếu", "int_parsing": "phải là số nguyên", "int_type": "phải là số nguyên",
    "string_type": "phải là chữ", "bool_parsing": "phải là true hoặc false", "bool_type": "phải là true hoặc false",
    "date_from_datetime_parsing": "viết ngày như 2021-12-25", "date_parsing": "viết ngày như 2021-12-25",
    "date_type": "viết ngày như 2021-12-25", "list_type": "phải là danh sách", "dict_type": "phải là đối tượng",
    "extra_forbidden": "không có trường này", "model_attributes_type": "phải là đối tượng",
}  # fmt: skip
BOUNDS = {
    "greater_than_equal": ("ge", "phải từ {} trở lên"), "less_than_equal": ("le", "không quá {}"),
    "string_too_short": ("min_length", "cần ít nhất {} ký tự"), "string_too_long": ("max_length", "tối đa {} ký tự"),
    "too_long": ("max_length", "tối đa {} mục"), "too_short": ("min_length", "cần ít nhất {} mục"),
    "literal_error": ("expected", "phải là một trong {}"), "enum": ("expected", "phải là một trong {}"),
}  # fmt: skip


def problem(status: int, message: str = "", where: str = "", error: str = "") -> JsonResponse:
    """One refusal as JSON."""
    name, usual = NAMES.get(status, ("refused", "Không thực hiện được."))
    body = {"error": error or name, "message": message or usual, "where": where}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def answer_problems(api: NinjaAPI) -> None:
    """Tell the API how to say each kind of no."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refused: refusal,
        Http404: lambda request, error: problem(404),
        HttpError: lambda request, error: problem(error.status_code),
        ValidationError: _invalid,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first: dict[str, Any] = error.errors[0]
    places = [str(part) for part in first["loc"] if part not in ("body", "query", "path", "form", "file", "data")]
    where = ".".join(places) or str(first["loc"][0])
    return problem(422, f"“{where}”: {_words(first)}.", where, "invalid")


def _words(error: dict[str, Any]) -> str:
    kind = error["type"]
    if kind in BOUNDS:
        name, words = BOUNDS[kind]
        return words.format(error.get("ctx", {}).get(name, ""))
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    return WORDS.get(kind, "giá trị không hợp lệ")
