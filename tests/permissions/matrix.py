"""Who is asked what, and everything that can be wrong with an answer."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from http.cookies import SimpleCookie
from itertools import groupby
from typing import Any

from chongdich.registry.accounts.roles import ROLES
from tests.permissions.asking import (
    ALLOWED,
    HIDDEN,
    REFUSED,
    Ground,
    ask,
    expected,
    headers_wrong,
    judged,
    plain,
    verdict,
    without_words,
)
from tests.permissions.table import TABLE, Row
from tests.permissions.world import SECRET, STRANGERS, UNITS, Crowd, World

BOUNDS = ("own", "other", "former")  # the unit itself, another place, another unit (where I once held the post)
PARTS = 4  # so that a failure tells soon


def spokesmen(row: Row) -> set[str]:
    """One role for each way in which roles differ before this row: whose answers are read to the last word."""

    def sign(role: str) -> tuple[bool, ...]:
        held = ROLES[role]
        asked = (row.needs, row.sight, row.deed)
        return (*(permission in held.permissions for permission in asked), held.sees_below)

    return {next(iter(roles)) for _, roles in groupby(sorted(ROLES, key=sign), key=sign)}


def cases(row: Row) -> Iterator[tuple[str, str, bool]]:
    """(role, distance, whether the words are read): every role at the three bounds, spokesmen at every distance.

    Words are read where they could tell something: at the bounds, and wherever a thing is hidden.
    """
    read = spokesmen(row)
    for role in ROLES:
        near = not row.needs or row.needs in ROLES[role].permissions
        for relation in UNITS:
            spoken = role in read and (near or relation == "own")
            if spoken or relation in BOUNDS:
                yield role, relation, spoken and (relation in BOUNDS or expected(row, role, relation) == HIDDEN)


def silent_about(row: Row, relation: str, answer: Any) -> bool:
    """Whether an answer may not hold a word of the unit's things: refusals, and whatever strangers see."""
    stranger = relation in STRANGERS and row.kind in ("open", "either", "signed_in") and not row.whole
    return stranger or answer.status_code in (403, 404)


def examine(
    row: Row, world: World, client: Any, role: str, relation: str, whole: bool, wrote: Callable[[], bool]
) -> list[str]:  # fmt: skip
    """One request, and everything that is wrong with its answer."""
    wanted = expected(row, role, relation)
    with nullcontext() if whole else without_words():
        answer = ask(client, row, world)
        got, wrong = verdict(answer), []
        if wanted == HIDDEN and (whole or got == REFUSED) and got != ALLOWED:
            none = ask(client, row, world, absent=True)
            if (none.status_code, plain(none)) != (answer.status_code, plain(answer)):
                wrong.append("a foreign thing does not look like none")
            got = HIDDEN  # who is turned away from what does not exist, too, learns nothing
    if wanted == REFUSED and answer.status_code in (409, 422) and row.kind != "open":  # said on the page itself
        got = REFUSED
    if not judged(row, got, wanted):
        wrong.append(f"{got} ({answer.status_code}), wanted {wanted}")
    if row.name != "message" and (row.method == "GET" or got != ALLOWED) and wrote():
        wrong.append("something was written")
    if silent_about(row, relation, answer) and SECRET in plain(answer):
        wrong.append("tells of what is not theirs")
    if row.method == "GET" and headers_wrong(answer):
        wrong.append(headers_wrong(answer))
    return wrong


def wrong_answers(world: World, crowd: Crowd, method: str, part: int) -> list[str]:
    """Ask every role at every distance one part of the addresses; every answer that is wrong.

    Also: a refusal writes nothing, reading writes nothing, and every answer carries the security headers.
    """
    wrong: list[str] = []
    ground = Ground()
    rows = [row for row in TABLE if row.method == method and row.kind != "public"]
    for row in rows[part::PARTS]:
        for role, relation, whole in cases(row):
            client = crowd.client(f"{relation}.{role}")
            cookies = SimpleCookie(client.cookies.copy())
            with ground.request() as wrote:
                found = examine(row, world, client, role, relation, whole, wrote)
            wrong += [f"{row}: {relation} {role}: {one}" for one in found]
            client.cookies = cookies
    return wrong
