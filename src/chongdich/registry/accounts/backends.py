"""How an account is recognised: name and password. Rights are never taken from here."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from chongdich.registry.accounts.models import Account


class AccountBackend(BaseBackend):
    """The same work for a name that does not exist, so that timing tells nothing."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        account = Account.objects.filter(username=(username or "").strip().lower()).first()
        if account is None:
            Account().set_password(password or "")
            return None
        return account if account.check_password(password or "") and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()
