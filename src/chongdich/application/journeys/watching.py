"""Those who watch over the house set stopped work going again, and have the whole ledger checked."""

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.lenses.system import VERIFIED, get_settlement, watches_all
from chongdich.core.errors import Conflict, NotAllowed
from chongdich.registry.ledger.facts import LedgerVerified, SettlementRevived
from chongdich.registry.ledger.models import Heartbeat
from chongdich.registry.ledger.operations import record
from chongdich.registry.ledger.queries import find_ledger_breaks, get_head
from chongdich.registry.ledger.settlement import revive


def revive_settlement(desk: Desk, *, settlement_id: int) -> None:
    """Give work that stopped after too many errors a fresh set of attempts."""
    desk.require("system.watch")
    found = get_settlement(desk, settlement_id)
    with transaction.atomic():
        if not revive(found.pk, at=desk.at):
            raise Conflict("Việc này không còn ở trạng thái dừng.")
        record(SettlementRevived(settlement_id=found.pk), by=desk.author, about=[f"settlement:{found.pk}"])


def verify_ledger(desk: Desk) -> int:
    """Walk the whole chain; how many breaks there are. The answer is kept as a mark and as a fact."""
    desk.require("system.watch")
    if not watches_all(desk):
        raise NotAllowed("Chỉ quản trị viên cấp tỉnh kiểm tra toàn bộ sổ cái.")
    seq, _ = get_head()
    breaks = len(list(find_ledger_breaks()))
    with transaction.atomic():
        detail = f"{seq} dòng, {breaks} chỗ sai"
        Heartbeat.objects.update_or_create(name=VERIFIED, defaults={"at": desk.at, "detail": detail})
        record(LedgerVerified(last_seq=seq, breaks=breaks), by=desk.author)
    return breaks
