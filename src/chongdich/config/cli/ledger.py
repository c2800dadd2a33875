"""`chongdich ledger verify | head`."""

import sys

import click

from chongdich.config.cli import _django


@click.group(help="Sổ cái: kiểm tra chuỗi, xem mắt xích cuối.")
def command() -> None:
    _django.start()


@command.command(help="Kiểm tra từng dòng của sổ cái và lịch sử sửa đổi; báo mọi dòng bị sửa, bị mất hoặc đổi thứ tự.")
@click.option("--head", "kept_head", help="Mắt xích cuối đã ghi lại ở nơi khác (SỐ:MÃ); phát hiện sổ bị cắt đuôi.")
def verify(kept_head: str | None) -> None:
    from chongdich.registry.ledger.models import Entry
    from chongdich.registry.ledger.queries import find_ledger_breaks, get_head
    from chongdich.registry.ledger.sealing import count_unsealed

    found = list(find_ledger_breaks())
    for one in found:
        click.echo(f"Dòng {one.seq}: {one.message}")
    count = len(found)
    if kept_head and not _holds(kept_head):
        count += 1
        click.echo(f"Sổ cái không còn chứa mắt xích {kept_head}: sổ đã bị cắt hoặc viết lại.")
    seq, own_hash = get_head()
    if count:
        click.echo(f"Sổ cái KHÔNG nguyên vẹn: {count} chỗ sai trong {Entry.objects.count()} dòng.", err=True)
        sys.exit(1)
    click.echo(f"Sổ cái nguyên vẹn: {seq} dòng. Mắt xích cuối {seq}:{own_hash}")
    if unsealed := count_unsealed():
        click.echo(f"{unsealed} dòng lịch sử sửa đổi mới chưa niêm phong; máy niêm phong mỗi giờ.")


def _holds(kept_head: str) -> bool:
    from chongdich.registry.ledger.models import Entry

    seq, _, own_hash = kept_head.partition(":")
    return seq.isdigit() and Entry.objects.filter(seq=int(seq), hash=own_hash).exists()


@command.command(help="In mắt xích cuối, để ghi lại ở nơi khác (giấy, cơ quan khác).")
def head() -> None:
    from chongdich.registry.ledger.queries import get_head

    seq, own_hash = get_head()
    click.echo(f"{seq}:{own_hash}")
