"""Accounts as an administrator sees them: those that hold a post in the units the administrator cares for."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from chongdich.application.desk import Desk
from chongdich.core.errors import NotFound
from chongdich.registry.accounts.models import Account, ApiToken, Appointment
from chongdich.registry.accounts.queries import covers, needs_second_factor
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import find_organisations

PERMISSION = "accounts.manage"


def _lasting(desk: Desk) -> Q:
    """Appointments that count today or later."""
    return Q(withdrawn_at=None) & (Q(until=None) | Q(until__gt=desk.today))


def _of_units(desk: Desk) -> QuerySet[Appointment]:
    """Appointments in the units cared for."""
    return Appointment.objects.filter(desk.visible(PERMISSION, "unit_id"))


def find_accounts(desk: Desk) -> QuerySet[Account]:
    """Accounts with a post in the units cared for; one without any post belongs to where it held its last."""
    posts = Appointment.objects.filter(account=OuterRef("pk"))
    # Two steps out: the last post is asked for inside a question about posts inside one about accounts.
    last = Appointment.objects.filter(account=OuterRef(OuterRef("pk"))).order_by("-pk").values("pk")[:1]
    here = Exists(_of_units(desk).filter(_lasting(desk), account=OuterRef("pk")))
    was_here = Q(~Exists(posts.filter(_lasting(desk)))) & Exists(_of_units(desk).filter(pk=Subquery(last)))
    return Account.objects.filter(Q(here) | was_here)


def with_posts(desk: Desk, rows: QuerySet[Account]) -> QuerySet[Account]:
    """The same accounts carrying `posts`: their lasting appointments in the units cared for."""
    posts = _of_units(desk).filter(_lasting(desk)).select_related("unit").order_by("pk")
    return rows.prefetch_related(Prefetch("appointments", queryset=posts, to_attr="posts"))


def get_account(desk: Desk, account_id: int) -> Account:
    """One account; NotFound also when it belongs to units the administrator does not care for."""
    found = find_accounts(desk).filter(pk=account_id).first()
    if found is None:
        raise NotFound("Không tìm thấy tài khoản này trong phạm vi của bạn.")
    return found


def find_posts(desk: Desk, account_id: int) -> list[Appointment]:
    """Every appointment the account holds or held in the units cared for, the newest first."""
    rows = _of_units(desk).filter(account_id=account_id).select_related("unit", "unit__place")
    return list(rows.order_by("-since", "-pk"))


def find_foreign_posts(desk: Desk, account_id: int) -> bool:
    """Whether the account holds a post outside the units cared for: then only those above may touch its way in."""
    lasting = Appointment.objects.filter(_lasting(desk), account_id=account_id)
    return lasting.exclude(pk__in=_of_units(desk).values("pk")).exists()


@dataclass(frozen=True)
class AccountView:
    """What the page of an account shows. `mine` when every post lies within the administrator's care."""

    account: Account
    posts: list[Appointment]
    mine: bool
    wants_second_factor: bool
    tokens: int


def get_account_view(desk: Desk, account_id: int) -> AccountView:
    """One account with its posts."""
    account = get_account(desk, account_id)
    posts = find_posts(desk, account_id)
    lasting = [row for row in posts if row.withdrawn_at is None and (row.until is None or row.until > desk.today)]
    tokens = ApiToken.objects.filter(account=account, revoked_at=None, expires_at__gt=desk.at).count()
    mine = not find_foreign_posts(desk, account_id) and account_id != desk.actor.account_id
    return AccountView(account, posts, mine, needs_second_factor(lasting), tokens)


def find_cared_unit(desk: Desk, appointment_id: int) -> int | None:
    """The unit of an appointment in the administrator's care; NotFound when there is none."""
    unit_id = Appointment.objects.filter(pk=appointment_id).values_list("unit_id", flat=True).first()
    if unit_id is None or not covers(desk.actor.bounds(PERMISSION), unit_id, desk.today):
        raise NotFound("Không tìm thấy vai trò này trong phạm vi của bạn.")
    return unit_id


def find_cared_units(desk: Desk, text: str = "", limit: int = 200) -> list[Organisation]:
    """Units of today that the administrator cares for, the higher first; all words of a text must be in the name."""
    rows = find_organisations(text[:120], desk.today).filter(desk.visible(PERMISSION, "pk"))
    return list(rows[:limit])
