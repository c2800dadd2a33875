"""Ask an address as somebody, and judge what came back."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from uuid import UUID

import openpyxl
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chongdich.registry.accounts.roles import ACTS, PERMISSIONS, ROLES
from tests.permissions.table import Row
from tests.permissions.world import NOT_CONTENT, World, fingerprint

ALLOWED, REFUSED, HIDDEN = "allowed", "refused", "hidden"
ABSENT: dict[type, Any] = {int: 2**40, str: "khong-co", UUID: UUID(int=1)}
JSON = "application/json"
HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def addresses(patterns: list[Any] | None = None) -> Iterator[URLPattern]:
    """Every address of the house."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns)
        else:
            yield one


def expected(row: Row, role: str, relation: str) -> str:
    """What the tables of roles and of addresses say together."""
    held = ROLES[role].permissions
    if row.kind == "signed_in":
        return ALLOWED
    if row.kind in ("mine", "absent"):
        return HIDDEN
    if row.kind == "either":
        return ALLOWED if {row.needs, row.does} & held else REFUSED
    if row.needs not in held:
        return REFUSED
    if row.kind == "open":
        beyond = row.does in held if row.does in PERMISSIONS else relation == "above"
        return ALLOWED if not row.does or beyond else REFUSED
    if not reaches(row, role, relation, row.sight):
        return HIDDEN
    return ALLOWED if reaches(row, role, relation, row.deed) else REFUSED


def reaches(row: Row, role: str, relation: str, permission: str) -> bool:
    """Whether a permission holds for the unit's things at this distance."""
    if permission not in ROLES[role].permissions:
        return False
    if row.kind in ("land", "own"):
        return relation == "own" or (relation == "above" and row.kind == "land")
    return relation == "own" or (relation == "above" and ROLES[role].sees_below and permission not in ACTS)


_routes: dict[str, str] = {}


def address(row: Row, world: World, absent: bool = False) -> str:
    """Where the row's thing is, or a thing of that kind that does not exist."""
    known = {name: world[value] if isinstance(value, str) else value for name, value in row.at.items()}
    if absent:
        fixed = {name for name, value in row.at.items() if str(value).startswith("=")}
        known = {name: value if name in fixed else ABSENT[type(value)] for name, value in known.items()}
    if row.api:
        if not _routes:
            _routes.update((str(one.name), str(one.pattern)) for one in reversed(list(addresses())))
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known[found.group(1)]), _routes[row.name])
        return f"/{path}" + (f"?{row.query}" if row.query else "")
    return reverse(row.name, kwargs=known) + (f"?{row.query}" if row.query else "")


def ask(client: Client, row: Row, world: World, absent: bool = False) -> Any:
    """The request that the row describes."""
    where = address(row, world, absent)
    if row.method == "GET":
        return client.get(where)
    if not row.api:
        return client.post(where, row.body)
    body = {name: [world[one] for one in given] if isinstance(given, list) else given
            for name, given in row.body.items()}  # fmt: skip
    return client.post(where, body, content_type=JSON)


def told(wrong: list[str]) -> None:
    """Fail with every line that is wrong."""
    assert not wrong, "\n".join([f"{len(wrong)} wrong", *wrong])


def verdict(answer: Any) -> str:
    """How an answer is counted."""
    assert answer.status_code < 500, answer.content[:300]
    if answer.status_code == 404:
        return HIDDEN
    sent_away = answer.status_code == 302 and answer.url.startswith(("/dang-nhap/?", "/xac-thuc/?", "/xac-thuc/bat/?"))
    return REFUSED if answer.status_code in (401, 403) or sent_away else ALLOWED


def judged(row: Row, got: str, wanted: str) -> bool:
    """A refusal of a deed on a row one sees may be a 403 or, where the page knows better, a 404."""
    return got == wanted or (row.kind != "open" and wanted == REFUSED and got == HIDDEN)


def plain(answer: Any) -> str:
    """An answer without what differs from request to request."""
    if answer.get("Content-Type", "").startswith("application/vnd.openxml") and answer.content[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        return repr([[cell.value for cell in line] for sheet in book for line in sheet.iter_rows()])
    text = answer.content.decode("utf-8", "replace")
    text = re.sub(r"[A-Za-z0-9]{64}|[A-Z2-7]{32}", "…", text)  # CSRF marks, secrets of the second factor
    text = re.sub(r"\d\d:\d\d \d\d/\d\d/\d{4}|data:image/svg[^\"]+", "…", text)
    path = answer.wsgi_request.path
    return text.replace(path, "…") if len(path) > 1 else text


def headers_wrong(answer: Any) -> str:
    """What is wrong with the security headers of an answer; empty when nothing is."""
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        return f"policy: {policy}"
    missing = [name for name, value in HEADERS.items() if answer.get(name) != value]
    if missing:
        return f"lacks {missing}"
    kept = answer.get("Cache-Control", "")
    return "" if kept == "no-store" or "no-cache" in kept else f"may be kept: {kept}"


@contextmanager
def without_words() -> Iterator[None]:
    """Pages answer without their words: for whom the verdict alone is asked. Pages decide before they speak."""
    with patch.object(Template, "render", lambda self, context: ""):
        yield


class Writes:
    """Sees every statement that writes into what counts as content."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        verb = sql.lstrip("( ")[:6].upper()
        if verb in ("INSERT", "UPDATE", "DELETE") and not any(f'"{name}"' in sql for name in NOT_CONTENT):
            self.seen = True
        return execute(sql, params, many, context)


class Ground:
    """The state that every request starts from; what a request does on it is taken back."""

    def __init__(self) -> None:
        self.before = fingerprint()

    @contextmanager
    def request(self) -> Iterator[Callable[[], bool]]:
        """One request's savepoint; the function says whether anything was written in it so far.

        Counting all tables takes long: it is done where a statement that writes went through at all.
        """
        writes = Writes()
        with transaction.atomic(), connection.execute_wrapper(writes):
            yield lambda: writes.seen and fingerprint() != self.before
            transaction.set_rollback(True)
