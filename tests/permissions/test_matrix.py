"""Every address × every role × every distance from the unit whose things they are: nobody gets what is not theirs."""

import io
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from itertools import groupby
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from chongdich.registry.accounts.roles import ACTS, PERMISSIONS, ROLES
from tests.journeys.house import House
from tests.permissions.table import TABLE, Row
from tests.permissions.world import SECRET, STRANGERS, UNITS, Crowd, World, build_world, fingerprint, populate

pytestmark = pytest.mark.django_db

ALLOWED, REFUSED, HIDDEN = "allowed", "refused", "hidden"
ABSENT: dict[type, Any] = {int: 2**40, str: "khong-co", UUID: UUID(int=1)}
JSON = "application/json"


def addresses(patterns: list[Any] | None = None) -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns)
        else:
            yield one


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    names = {one.name for one in addresses() if not str(one.name).startswith("styleguide")}
    lines = {row.name for row in TABLE}
    assert names - lines == set(), "say in tests/permissions/table.py who gets what"
    assert lines - names == set()


def test_every_page_asks_for_what_its_line_says() -> None:
    """With this, what one role of a kind gets every role of that kind gets: pages know permissions, not roles."""
    kinds = {"public": "public", "signed_in": "signed_in", "mine": "signed_in", "absent": "signed_in"}
    declared = {str(one.name): getattr(one.callback, "access", None) for one in addresses()}
    wrong = [f"{row}: declares {declared[row.name]}" for row in TABLE if not row.api and row.name not in ODD
             and declared[row.name] != kinds.get(row.kind, row.needs)]  # fmt: skip
    told(wrong)


ODD = ("sign_out", "openings")  # declared for every account, and the page says the rest


@pytest.fixture
def world(house: House) -> World:
    populate(house)
    return build_world(house)


@pytest.fixture
def crowd(house: House) -> Crowd:
    cache.clear()
    return Crowd(house)


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


def address(row: Row, world: World, absent: bool = False) -> str:
    """Where the row's thing is, or a thing of that kind that does not exist."""
    known = {name: world[value] if isinstance(value, str) else value for name, value in row.at.items()}
    if absent:
        fixed = {name for name, value in row.at.items() if str(value).startswith("=")}
        known = {name: value if name in fixed else ABSENT[type(value)] for name, value in known.items()}
    if row.api:
        route = next(str(one.pattern) for one in addresses() if one.name == row.name)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known[found.group(1)]), route)
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


def classes(row: Row) -> list[str]:
    """One role for each way in which roles differ before this row."""

    def sign(role: str) -> tuple[bool, ...]:
        held = ROLES[role]
        asked = (row.needs, row.sight, row.deed)
        return (*(permission in held.permissions for permission in asked), held.sees_below)

    found = groupby(sorted(ROLES, key=sign), key=sign)
    return [next(iter(roles)) for _, roles in found]


def cases(row: Row) -> Iterator[tuple[str, str]]:
    """At every distance one of each kind of role: roles that differ in nothing asked for get the same.

    Who lacks the page's permission is turned away before any unit is looked at: once is enough.
    """
    for role in classes(row):
        near = not row.needs or row.needs in ROLES[role].permissions
        yield from ((role, relation) for relation in UNITS if near or relation == "own")


def judged(row: Row, got: str, wanted: str) -> bool:
    """A refusal of a deed on a row one sees may be a 403 or, where the page knows better, a 404."""
    return got == wanted or (row.kind != "open" and wanted == REFUSED and got == HIDDEN)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_role_at_every_distance(house: House, world: World, crowd: Crowd, method: str) -> None:
    wrong = []
    for row in (row for row in TABLE if row.method == method and row.kind != "public"):
        for role, relation in cases(row):
            client, wanted = crowd.client(f"{relation}.{role}"), expected(row, role, relation)
            cookies = SimpleCookie(client.cookies.copy())
            with transaction.atomic():
                before = fingerprint() if method == "POST" and wanted != ALLOWED else ()
                answer = ask(client, row, world)
                got = verdict(answer)
                if (
                    wanted == REFUSED and answer.status_code in (409, 422) and row.kind != "open"
                ):  # said on the page itself
                    got = REFUSED
                if not judged(row, got, wanted):
                    wrong.append(f"{row}: {relation} {role}: {got} ({answer.status_code}), wanted {wanted}")
                if before and got != ALLOWED and fingerprint() != before:
                    wrong.append(f"{row}: {relation} {role}: refused, yet something was written")
                if got == wanted == HIDDEN and plain(answer) != plain(ask(client, row, world, absent=True)):
                    wrong.append(f"{row}: {relation} {role}: a foreign thing does not look like none")
                transaction.set_rollback(method == "POST")
            client.cookies = cookies
    told(wrong)


def test_who_is_not_signed_in_gets_nothing(house: House, world: World) -> None:
    from tests.web.client import HouseClient

    wrong = []
    for row in (row for row in TABLE if row.kind != "public"):
        before = fingerprint()
        answer = ask(HouseClient(house), row, world)
        if verdict(answer) != REFUSED or SECRET in plain(answer) or fingerprint() != before:
            wrong.append(f"{row}: {answer.status_code}")
    told(wrong)


LISTS = [row for row in TABLE if row.method == "GET" and row.kind in ("open", "signed_in") and not row.whole]
WATCHERS = {  # who looks how: a list plain, as files, searched
    "sibling": ("officer", "administrator", "epidemiologist"), "former": ("officer", "administrator"),
    "below": ("officer",), "other": ("officer",),
}  # fmt: skip
FILES = ("export=csv", "export=xlsx", "q=bimat")
NO_LIST = ("second_factor", "second_factor_setup", "account_password", "account_change_phone", "checkup", "law_table")


def _difference(one: str, other: str) -> str:
    place = next((n for n, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, place - 40) : place + 40]!r} became {other[max(0, place - 40) : place + 40]!r}"


def views(crowd: Crowd, world: World) -> dict[str, str]:
    """What strangers see on every list, in every file and in every search."""
    seen = {}
    for row in LISTS:
        for relation in STRANGERS:
            for role in WATCHERS[relation]:
                for extra in ("", *FILES) if relation == "sibling" and row.name not in NO_LIST else ("",):
                    where = address(row, world)
                    where += ("&" if "?" in where else "?") + extra if extra else ""
                    seen[f"{relation}.{role} {where}"] = plain(crowd.client(f"{relation}.{role}").get(where))
    return seen


def test_what_a_unit_does_changes_nothing_that_strangers_see(house: House, crowd: Crowd) -> None:
    """Rows, counts, figures, files, searches: all the same before the unit had anything and after."""
    populate(house)
    empty = World({"unit": house.unit("ubnd", UNITS["own"]).pk})
    before = views(crowd, empty)
    build_world(house)
    after = views(crowd, empty)
    changed = [where for where in before if before[where] != after[where]]
    told([f"{where}: {_difference(before[where], after[where])}" for where in changed])
    assert [where for where in after if SECRET in after[where]] == []


def test_the_unit_itself_sees_its_things(house: House, world: World, crowd: Crowd) -> None:
    """The other side of the test before: it would pass if lists showed nothing at all."""
    for name, role in (("incoming", "officer"), ("my_tasks", "officer"), ("given_tasks", "officer"),
                       ("outgoing", "officer"), ("api_tasks", "officer"), ("api_directives", "officer"),
                       ("accounts", "administrator"), ("settlements", "administrator"), ("search", "officer"),
                       ("failed_files", "clerk")):  # fmt: skip
        row = next(row for row in TABLE if row.name == name and row.method == "GET")
        assert SECRET in plain(crowd.client(f"own.{role}").get(address(row, world))), name


def test_no_address_answers_a_method_without_a_line(house: House, world: World, crowd: Crowd) -> None:
    lines = {(row.name, row.method) for row in TABLE}
    wrong = []
    for row in TABLE:
        other = "POST" if row.method == "GET" else "GET"
        if (row.name, other) in lines or row.kind == "absent":
            continue
        twin = Row(row.name, other, row.kind, row.needs, row.at)
        for role in ("officer", "administrator", "epidemiologist", "leader"):
            answer = ask(crowd.client(f"own.{role}"), twin, world)
            if answer.status_code not in (403, 404, 405):
                wrong.append(f"{twin}: {role}: {answer.status_code}")
    told(wrong)


def test_reading_changes_nothing(house: House, world: World, crowd: Crowd) -> None:
    wrong = []
    for row in (row for row in TABLE if row.method == "GET" and row.name != "message"):
        for role in ("officer", "administrator", "epidemiologist"):
            client = crowd.client(f"own.{role}")
            before = fingerprint()
            for _ in range(2):
                ask(client, row, world)
            if fingerprint() != before:
                wrong.append(f"{row}: {role}")
    told(wrong)


HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def test_every_answer_carries_the_security_headers(house: House, world: World, crowd: Crowd) -> None:
    wrong = []
    for row in (row for row in TABLE if row.method == "GET"):
        for username in ("own.officer", "other.officer"):
            answer = ask(crowd.client(username), row, world)
            policy = answer.get("Content-Security-Policy", "")
            good = "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
            if not good or any(answer.get(name) != value for name, value in HEADERS.items()):
                wrong.append(f"{row}: {username}")
            if answer.get("Cache-Control") != "no-store" and "no-cache" not in answer.get("Cache-Control", ""):
                wrong.append(f"{row}: {username}: may be kept: {answer.get('Cache-Control')}")
    told(wrong)


def test_every_post_wants_our_own_page(house: House, world: World, crowd: Crowd) -> None:
    wrong = []
    for row in (row for row in TABLE if row.method == "POST"):
        for role in ("officer", "administrator"):
            client = crowd.client(f"own.{role}")
            client.handler.enforce_csrf_checks = True
            before = fingerprint()
            answer = ask(client, row, world)
            client.handler.enforce_csrf_checks = False
            if answer.status_code != 403 or fingerprint() != before:
                wrong.append(f"{row}: {role}: {answer.status_code}")
    told(wrong)


def test_the_reverse_of_every_line_is_known(house: House, world: World) -> None:
    for row in TABLE:
        try:
            assert address(row, world).startswith("/")
        except NoReverseMatch as error:
            raise AssertionError(str(row)) from error
