"""Make a drill's house ready: database, lists, accounts; whatever is not a drill's is refused."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from chongdich.core.errors import Refused
from chongdich.core.periods import start_of_day
from chongdich.universe.drill import apart, notebook
from chongdich.universe.drill.clock import Setting, read_setting, real_now, write_setting
from chongdich.universe.drill.options import Options
from chongdich.universe.drill.play import set_up, take_up
from chongdich.universe.drill.stage import Stage


def prepare(folder: Path, options: Options, address: str) -> None:
    """An empty database becomes the drill's; one that holds something else is refused."""
    if connection.introspection.table_names() and not _is_ours(folder):
        raise Refused(
            "Cơ sở dữ liệu này đã có dữ liệu và không phải của cuộc diễn tập; không diễn tập trên dữ liệu thật.",
            "database", "real_data",
        )  # fmt: skip
    apart.write_mark(folder, options, address)
    if read_setting(folder) is None:
        write_setting(folder, Setting(start_of_day(options.start), real_now(), 0.0))
    call_command("migrate", verbosity=0, interactive=False)
    from chongdich.config.first_start import load_lists

    load_lists()
    if not notebook.is_drill():
        set_up(options)


def _is_ours(folder: Path) -> bool:
    """A drill's notebook is in it, or it was being made ready in this folder when that was stopped."""
    if notebook.is_drill():
        return True
    return apart.read_mark(folder) is not None and not _holds_accounts()


def _holds_accounts() -> bool:
    if "accounts_account" not in connection.introspection.table_names():
        return False
    from chongdich.registry.accounts.models import Account

    return Account.objects.exists()


def stage_of(options: Options) -> Stage:
    """The stage of the drill at hand, where it was left."""
    return take_up(options)


def invitations(usernames: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(username, path of a one-time link) of drill accounts."""
    from chongdich.registry.accounts import operations
    from chongdich.registry.accounts.models import Account
    from chongdich.web.pages.entry.views import new_token

    for username in usernames:
        account = Account.objects.filter(username=username.lower()).first()
        if account is None:
            raise Refused(f"Không có tài khoản “{username}”.", "username")
        token = new_token()
        operations.invite(account_id=account.pk, token=token, at=real_now())
        yield username, f"/loi-moi/{token}/"
