"""`chongdich link USERNAME…`: a one-time link with which an account enters (and sets its password)."""

import click

from chongdich.config.cli import _django


@click.command(help="In liên kết dùng một lần cho tài khoản (quên mật khẩu, tài khoản mới).")
@click.argument("usernames", nargs=-1, required=True)
@click.option("--address", default="http://127.0.0.1:8000", help="Địa chỉ máy chủ.")
def command(usernames: tuple[str, ...], address: str) -> None:
    _django.start()
    from chongdich.jobs import clock
    from chongdich.registry.accounts import operations
    from chongdich.registry.accounts.models import Account
    from chongdich.web.pages.entry.views import new_token

    for username in usernames:
        account = Account.objects.filter(username=username.lower()).first()
        if account is None:
            raise click.ClickException(f"Không có tài khoản “{username}”.")
        token = new_token()
        operations.invite(account_id=account.pk, token=token, at=clock.now())
        click.echo(f"{username:20} {address.rstrip('/')}/loi-moi/{token}/")
