"""Who may open a page: declared at the page, checked in one place, refused when nothing is declared."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from chongdich.application.desk import Desk
from chongdich.registry.accounts.models import Account, Appointment
from chongdich.registry.accounts.roles import PERMISSIONS

PUBLIC = "public"
SIGNED_IN = "signed_in"

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request after the desk middleware, on a page that needs an account: who acts, when, in which posts."""

    desk: Desk
    user: Account
    appointments: list[Appointment]


def page(needs: str) -> Callable[[View], View]:
    """Declare what a view needs: PUBLIC, SIGNED_IN, or a permission held somewhere.

    Which rows of it the actor sees is the query's part (`desk.visible`); what the actor may do is the journey's.
    """
    if needs not in (PUBLIC, SIGNED_IN) and needs not in PERMISSIONS:
        raise ValueError(f"no such permission: {needs}")

    def declare(view: View) -> View:
        view.access = needs  # type: ignore[attr-defined]
        return view

    return declare


def access_of(view: Any) -> str | None:
    """What a view declared; None when it declared nothing, which is refused."""
    return getattr(view, "access", None)
