"""The table of addresses is whole; nobody enters without signing in, no address answers a method without a line."""

import pytest
from django.urls import NoReverseMatch

from chongdich.registry.accounts.roles import ROLES
from tests.permissions.asking import (
    REFUSED,
    Ground,
    address,
    addresses,
    ask,
    plain,
    told,
    verdict,
    without_words,
)
from tests.permissions.matrix import BOUNDS, cases
from tests.permissions.table import TABLE, Row
from tests.permissions.world import SECRET, Crowd, World

pytestmark = pytest.mark.django_db

ODD = ("sign_out", "openings")  # declared for every account, and the page says the rest


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    names = {one.name for one in addresses() if not str(one.name).startswith("styleguide")}
    lines = {row.name for row in TABLE}
    assert names - lines == set(), "say in tests/permissions/table.py who gets what"
    assert lines - names == set()


def test_every_page_asks_for_what_its_line_says() -> None:
    kinds = {"public": "public", "signed_in": "signed_in", "mine": "signed_in", "absent": "signed_in"}
    declared = {str(one.name): getattr(one.callback, "access", None) for one in addresses()}
    wrong = [f"{row}: declares {declared[row.name]}" for row in TABLE if not row.api and row.name not in ODD
             and declared[row.name] != kinds.get(row.kind, row.needs)]  # fmt: skip
    told(wrong)


def test_the_matrix_asks_every_role_at_the_three_bounds() -> None:
    """16 roles × every address × own place, other place, other unit."""
    for row in TABLE:
        asked = {(role, relation) for role, relation, _ in cases(row)}
        assert asked >= {(role, relation) for role in ROLES for relation in BOUNDS}, str(row)


def test_who_is_not_signed_in_gets_nothing(world: World, crowd: Crowd) -> None:
    from tests.web.client import HouseClient

    wrong, ground = [], Ground()
    for row in (row for row in TABLE if row.kind != "public"):
        with ground.request() as wrote:
            answer = ask(HouseClient(crowd.house), row, world)
            if verdict(answer) != REFUSED or SECRET in plain(answer) or wrote():
                wrong.append(f"{row}: {answer.status_code}")
    told(wrong)


def test_no_address_answers_a_method_without_a_line(world: World, crowd: Crowd) -> None:
    lines = {(row.name, row.method) for row in TABLE}
    wrong, ground = [], Ground()
    for row in TABLE:
        other = "POST" if row.method == "GET" else "GET"
        if (row.name, other) in lines or row.kind == "absent":
            continue
        twin = Row(row.name, other, row.kind, row.needs, row.at)
        for role in ("officer", "administrator", "epidemiologist", "leader"):
            with ground.request(), without_words():
                answer = ask(crowd.client(f"own.{role}"), twin, world)
            if answer.status_code not in (403, 404, 405):
                wrong.append(f"{twin}: {role}: {answer.status_code}")
    told(wrong)


def test_reading_twice_changes_nothing(world: World, crowd: Crowd) -> None:
    wrong, ground = [], Ground()
    for row in (row for row in TABLE if row.method == "GET" and row.name != "message"):
        for role in ("officer", "administrator", "epidemiologist"):
            with ground.request() as wrote, without_words():
                for _ in range(2):
                    ask(crowd.client(f"own.{role}"), row, world)
                if wrote():
                    wrong.append(f"{row}: {role}")
    told(wrong)


def test_every_post_wants_our_own_page(world: World, crowd: Crowd) -> None:
    wrong, ground = [], Ground()
    for row in (row for row in TABLE if row.method == "POST"):
        for role in ("officer", "administrator"):
            client = crowd.client(f"own.{role}")
            client.handler.enforce_csrf_checks = True
            with ground.request() as wrote:
                answer = ask(client, row, world)
                if answer.status_code != 403 or wrote():
                    wrong.append(f"{row}: {role}: {answer.status_code}")
            client.handler.enforce_csrf_checks = False
    told(wrong)


def test_the_reverse_of_every_line_is_known(world: World) -> None:
    for row in TABLE:
        try:
            assert address(row, world).startswith("/")
        except NoReverseMatch as error:
            raise AssertionError(str(row)) from error
