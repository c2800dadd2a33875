"""What an operation may answer, and the permission it needs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja.utils import contribute_operation_callback

from chongdich.web.api.shapes import Problem

Operation = Callable[..., Any]
NOT_OK = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429})


def answers(shape: Any, status: int = 200) -> dict[Any, Any]:
    """The declared answers: the good one, and every refusal as a Problem."""
    return {status: shape, NOT_OK: Problem}


def needs(permission: str) -> Callable[[Operation], Operation]:
    """Ask for a permission held somewhere, before the call is even understood; the rows are the lens's part."""

    def ask(request: HttpRequest) -> bool:
        request.desk.require(permission)  # type: ignore[attr-defined]
        return True

    def contribute(declared: Any) -> None:
        declared.auth_param = ask
        declared.auth_callbacks = [ask]

    def guard(operation: Operation) -> Operation:
        contribute_operation_callback(operation, contribute)
        return operation

    return guard
