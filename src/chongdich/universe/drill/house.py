"""The drill's house: accounts for everybody who acts in it, at the bodies of the drill's communes."""

from collections.abc import Iterator
from datetime import timedelta

from chongdich.application.desk import Desk
from chongdich.kernels.simulation.province import read_facts
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account
from chongdich.universe.drill.options import Options
from chongdich.universe.people import POSTS, Post, names
from chongdich.universe.province import find_unit

LAB, HOSPITAL, TRACER, OFFICE, LEADER = "dt.xetnghiem", "dt.benhvien", "dt.dichte", "tinh.chuyenvien", "tinh.lanhdao"
PROVINCE = "06"


def station(code: str) -> str:
    """The account of a commune's health station."""
    return f"dt.tyt.{code}"


def committee(code: str) -> str:
    """The account of a commune's committee."""
    return f"dt.xa.{code}"


def districts(options: Options) -> list[str]:
    """Codes of the districts of the drill's communes, the first one's first."""
    of = {commune.code: commune.district for commune in read_facts().communes}
    return list(dict.fromkeys(of[code] for code in options.communes))


def posts(options: Options) -> list[Post]:
    """Every post of the drill, those of the sample province first."""
    first = districts(options)[0]
    own = [
        Post(LAB, "laboratory", "cdc", PROVINCE),
        Post(TRACER, "epidemiologist", "cdc", PROVINCE),
        Post(HOSPITAL, "hospital", "ttyt", first),
    ]
    for code in options.communes:
        own += [
            Post(station(code), "health_station", "tram_y_te", code),
            Post(committee(code), "unit_staff", "ubnd", code),
        ]
    return [*POSTS, *own]


def open_house(desk: Desk, options: Options) -> None:
    """One account a post; those that are there are left."""
    since = desk.today - timedelta(days=300)
    there = set(Account.objects.values_list("username", flat=True))
    for post, name in zip(posts(options), names()):
        if post.username not in there:
            _open(desk, post, name, since)


def _open(desk: Desk, post: Post, name: str, since: object) -> None:
    account = operations.open_account(
        username=post.username, display_name=name, email=f"{post.username}@dien-tap.example", by=desk.author
    )
    unit = find_unit(desk, post.kind, post.place)
    operations.appoint(account_id=account.pk, unit_id=unit.pk, role=post.role, since=since, by=desk.author)  # type: ignore[arg-type]


def workers_of_units(desk: Desk) -> dict[int, str]:
    """Which account works on a unit's tasks."""
    found: dict[int, str] = {}
    for username, unit, role in _appointments():
        if role in ("unit_staff", "unit_head", "police", "health_station", "officer", "epidemiologist", "hospital"):
            found.setdefault(unit, username)
    return found


def _appointments() -> Iterator[tuple[str, int, str]]:
    rows = Account.objects.filter(appointments__withdrawn_at=None).order_by("pk")
    yield from rows.values_list("username", "appointments__unit_id", "appointments__role")
