"""Those who watch over the house set stopped work going again, and have the whole ledger sealed and checked."""

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.lenses.system import VERIFIED, find_watchers, get_settlement, watches_all
from chongdich.core.errors import Conflict, NotAllowed
from chongdich.registry.inbox.operations import Telling, tell
from chongdich.registry.ledger.facts import LedgerVerified, SettlementRevived
from chongdich.registry.ledger.models import Heartbeat
from chongdich.registry.ledger.operations import record
from chongdich.registry.ledger.queries import find_ledger_breaks, get_head
from chongdich.registry.ledger.sealing import seal
from chongdich.registry.ledger.settlement import revive


def revive_settlement(desk: Desk, *, settlement_id: int) -> None:
    """Give work that stopped after too many errors a fresh set of attempts."""
    desk.require("system.watch")
    found = get_settlement(desk, settlement_id)
    with transaction.atomic():
        if not revive(found.pk, at=desk.at):
            raise Conflict("Việc này không còn ở trạng thái dừng.")
        record(SettlementRevived(settlement_id=found.pk), by=desk.author, about=[f"settlement:{found.pk}"])


def seal_history(desk: Desk) -> None:
    """Put the history of changed rows under the chain's hash."""
    desk.require("system.act")
    seal(by=desk.author)


def verify_ledger(desk: Desk) -> int:
    """Walk the whole chain; how many breaks there are. The answer is kept as a mark and as a fact.

    Breaks are told to who watches a province, once a day.
    """
    desk.require("system.watch")
    if not watches_all(desk):
        raise NotAllowed("Chỉ quản trị viên cấp tỉnh kiểm tra toàn bộ sổ cái.")
    seq, _ = get_head()
    breaks = len(list(find_ledger_breaks()))
    with transaction.atomic():
        detail = f"{seq} dòng, {breaks} chỗ sai"
        Heartbeat.objects.update_or_create(name=VERIFIED, defaults={"at": desk.at, "detail": detail})
        record(LedgerVerified(last_seq=seq, breaks=breaks), by=desk.author)
        if breaks:
            _tell_breaks(desk, breaks)
    return breaks


def _tell_breaks(desk: Desk, breaks: int) -> None:
    title = f"Sổ cái có {breaks} chỗ không khớp: báo ngay người phụ trách an toàn"
    body = "Xem từng chỗ bằng lệnh: chongdich ledger verify"
    key = f"ledger:broken:{desk.today}"
    tell([Telling(account_id, key, "system", title, body, "/he-thong/", mail=True)
          for account_id in find_watchers(desk.today)], at=desk.at)  # fmt: skip
