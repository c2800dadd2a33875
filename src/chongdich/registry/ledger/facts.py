"""What the ledger announces about itself."""

from dataclasses import dataclass

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SettlementRevived(Fact):
    label = "Chạy lại việc đã dừng"
    settlement_id: int


@dataclass(frozen=True, kw_only=True)
class LedgerVerified(Fact):
    label = "Kiểm tra sổ cái"
    last_seq: int
    breaks: int


@dataclass(frozen=True, kw_only=True)
class HistorySealed(Fact):
    """Rows of the history in (after, up_to], hashed together; `stood` was the newest row then, for the next seal."""

    label = "Niêm phong lịch sử sửa đổi"
    after: int
    up_to: int
    rows: int
    sha256: str
    stood: int
