"""Who calls: the owner of a personal key in `Authorization: Bearer …`. A key never opens a session."""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest

from chongdich.registry.accounts.models import ApiToken
from chongdich.registry.accounts.tokens import find_token

WRONG_TRIES = 20  # from one address …
WITHIN = 15 * 60  # … in so many seconds


def has_key(request: HttpRequest) -> bool:
    """Whether the call names a key; then nothing else counts, not even a session beside it."""
    return request.path.startswith("/api/") and "Authorization" in request.headers


def owner_of_key(request: HttpRequest, at: datetime) -> ApiToken | None:
    """The key with its account; None when it is wrong, and the wrong try is counted."""
    scheme, _, token = request.headers["Authorization"].partition(" ")
    found = find_token(token.strip(), at) if scheme.lower() == "bearer" else None
    if found is None:
        name = _counter(request)
        cache.add(name, 0, WITHIN)
        cache.incr(name)
    return found


def too_many_tries(request: HttpRequest) -> bool:
    """Whether this address has tried too many wrong keys."""
    return int(cache.get(_counter(request), 0)) >= WRONG_TRIES


def _counter(request: HttpRequest) -> str:
    return f"wrong-keys:{request.META.get('REMOTE_ADDR', '')}"
