"""The sample province on 29 November 2021: accounts at every level, and dispatches on their way to being done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from chongdich.application.desk import Desk
from chongdich.application.journeys import receive, review, work
from chongdich.application.journeys.files import Upload
from chongdich.application.settling import settle_all
from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold
from chongdich.domain.directives.models import Clause, Directive, Task
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.queries import get_actor
from chongdich.registry.organisations.models import Organisation
from chongdich.universe import samples
from chongdich.universe.cluster import build_cluster
from chongdich.universe.people import POSTS, Post, names

HEAD_OFFICE = "tinh.chuyenvien"
SHOWN_AT_START = ("tinh.chuyenvien", "tinh.lanhdao", "babe.bcd", "phucloc.canbo")


def build_province(desk: Desk, address: str) -> Iterator[str]:
    """Build it once; a second call finds it there and does nothing."""
    if Account.objects.filter(username=POSTS[0].username).exists():
        return
    yield "Đang dựng tỉnh mẫu (người và số liệu bịa ra) …"
    open_posts(desk)
    office = desk_of(desk, HEAD_OFFICE)
    for path in samples.texts():
        bring_in(office, path.name, path.read_bytes())
    settle(desk)
    confirm_first(office, keep_open=2)
    settle(desk)
    work_a_little(desk)
    settle(desk)
    build_cluster(desk_of(desk, "cdc.dichte"), desk_of(desk, "phucloc.tyt"), lambda: settle(desk))
    yield f"Tỉnh mẫu có {Directive.objects.count()} văn bản, {Task.objects.count()} nhiệm vụ, {len(POSTS)} tài khoản."
    yield "Liên kết dùng một lần để vào thử (thêm: .venv/bin/chongdich link TÊN…):"
    for username in SHOWN_AT_START:
        yield f"    {username:16} {address}/loi-moi/{_invitation(desk, username)}/"


def _invitation(desk: Desk, username: str) -> str:
    token = desk.entropy(32).hex()
    operations.invite(account_id=Account.objects.get(username=username).pk, token=token, at=desk.at)
    return token


def open_posts(desk: Desk) -> list[Account]:
    """One account per post of the sample."""
    since = desk.today - timedelta(days=300)
    return [_open_post(desk, post, name, since) for post, name in zip(POSTS, names())]


def _open_post(desk: Desk, post: Post, name: str, since: object) -> Account:
    unit = find_unit(desk, post.kind, post.place)
    email = f"{fold(post.username)}@mau.example"
    account = operations.open_account(username=post.username, display_name=name, email=email, by=desk.author)
    operations.appoint(account_id=account.pk, unit_id=unit.pk, role=post.role, since=since, by=desk.author)  # type: ignore[arg-type]
    return account


def find_unit(desk: Desk, kind: str, place_code: str) -> Organisation:
    """The body of a kind at a place on the desk's day."""
    rows = Organisation.objects.filter(kind=kind, place__code=place_code, since__lte=desk.today)
    return rows.exclude(until__lte=desk.today).get()


def desk_of(desk: Desk, username: str) -> Desk:
    """The same moment, at somebody's desk."""
    account = Account.objects.get(username=username)
    return replace(desk, actor=get_actor(account, desk.today))


def bring_in(office: Desk, name: str, data: bytes) -> Directive | None:
    """Receive one document; one that cannot be read is left, as in life."""
    unit_id = office.actor.unit_id
    assert unit_id is not None
    try:
        return receive.receive_directive(office, unit_id=unit_id, main=Upload(name, data))
    except Refused:
        return None


def settle(desk: Desk) -> int:
    """Everything that follows, at once."""
    return settle_all(worker="universe", clock=lambda: desk.at, entropy=desk.entropy)


def confirm_first(office: Desk, keep_open: int) -> None:
    """The clerk confirms all documents but the last few, dropping what has no known unit."""
    for directive in Directive.objects.filter(state="read").order_by("pk")[: max(0, _count_read() - keep_open)]:
        for clause in directive.clauses.filter(state=Clause.State.READ):
            if clause.units.filter(lead=True).exists():
                review.confirm_clause(office, clause_id=clause.pk)
            else:
                review.drop_clause(office, clause_id=clause.pk)
        review.confirm_directive(office, directive_id=directive.pk)


def _count_read() -> int:
    return Directive.objects.filter(state="read").count()


def work_a_little(desk: Desk) -> None:
    """Units with an account take up their first tasks; some report, some are judged."""
    office = desk_of(desk, HEAD_OFFICE)
    for number, post in enumerate(post for post in POSTS if post.role in ("unit_staff", "unit_head", "police")):
        unit = find_unit(desk, post.kind, post.place)
        mine = desk_of(desk, post.username)
        for place, task in enumerate(Task.objects.filter(unit=unit, state="received").order_by("pk")[:3]):
            work.start_task(mine, task_id=task.pk)
            if (number + place) % 2 == 0:
                work.report_task(mine, task_id=task.pk, text="Đơn vị đã triển khai, kết quả gửi kèm theo báo cáo ngày.")
            if (number + place) % 4 == 0:
                work.judge_report(office, task_id=task.pk, accept=True)
