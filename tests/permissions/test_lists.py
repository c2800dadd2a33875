"""What a unit does shows on no stranger's list, count, file or search; and on its own it does."""

from typing import Any

import pytest

from tests.journeys.house import House
from tests.permissions.asking import address, plain, told
from tests.permissions.table import TABLE
from tests.permissions.world import SECRET, STRANGERS, UNITS, Crowd, World, build_world

pytestmark = pytest.mark.django_db

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
    """What strangers see on every list, in every file and in every search; who may not enter a list gets no file."""
    seen: dict[str, str] = {}
    for row in LISTS:
        for relation in STRANGERS:
            for role in WATCHERS[relation]:
                client, where = crowd.client(f"{relation}.{role}"), address(row, world)
                answer = client.get(where)
                seen[f"{relation}.{role} {where}"] = plain(answer)
                if relation == "sibling" and row.name not in NO_LIST:
                    seen |= _files(client, f"{relation}.{role}", where, entered=answer.status_code != 403)
    return seen


def _files(client: Any, who: str, where: str, *, entered: bool) -> dict[str, str]:
    found = {}
    for extra in FILES if entered else FILES[:1]:
        longer = where + ("&" if "?" in where else "?") + extra
        found[f"{who} {longer}"] = plain(client.get(longer))
    return found


def test_what_a_unit_does_changes_nothing_that_strangers_see(house: House, crowd: Crowd) -> None:
    """Rows, counts, figures, files, searches: all the same before the unit had anything and after."""
    empty = World({"unit": house.unit("ubnd", UNITS["own"]).pk})
    before = views(crowd, empty)
    build_world(house)
    after = views(crowd, empty)
    assert before.keys() == after.keys()
    changed = [where for where in before if before[where] != after[where]]
    told([f"{where}: {_difference(before[where], after[where])}" for where in changed])
    assert [where for where in after if SECRET in after[where]] == []


def test_the_unit_itself_sees_its_things(world: World, crowd: Crowd) -> None:
    """The other side of the test before: it would pass if lists showed nothing at all."""
    for name, role in (("incoming", "officer"), ("my_tasks", "officer"), ("given_tasks", "officer"),
                       ("outgoing", "officer"), ("api_tasks", "officer"), ("api_directives", "officer"),
                       ("accounts", "administrator"), ("settlements", "administrator"), ("search", "officer"),
                       ("failed_files", "clerk")):  # fmt: skip
        row = next(row for row in TABLE if row.name == name and row.method == "GET")
        assert SECRET in plain(crowd.client(f"own.{role}").get(address(row, world))), name
