"""What an operation may answer, and the permission it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chongdich.web.access import Request
from chongdich.web.api.shapes import Problem

NOT_OK = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429})


def answers(shape: Any, status: int = 200) -> dict[Any, Any]:
    """The declared answers: the good one, and every refusal as a Problem."""
    return {status: shape, NOT_OK: Problem}


def needs(permission: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Ask for a permission held somewhere before anything is looked up; the rows are the lens's part."""

    def guard(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            request.desk.require(permission)
            return operation(request, *args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]
        return guarded

    return guard
