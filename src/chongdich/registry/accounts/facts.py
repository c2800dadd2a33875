"""What the registry of accounts announces."""

from dataclasses import dataclass
from datetime import date

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Fact):
    label = "Mở tài khoản"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class AppointmentMade(Fact):
    label = "Giao vai trò"
    account_id: int
    unit_id: int
    role: str
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AppointmentWithdrawn(Fact):
    label = "Thu hồi vai trò"
    account_id: int
    appointment_id: int


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Fact):
    label = "Khóa tài khoản"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class AccountReopened(Fact):
    label = "Mở lại tài khoản"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class AccountInvited(Fact):
    label = "Cấp liên kết dùng một lần"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Fact):
    label = "Kết thúc mọi phiên làm việc"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class TokenMade(Fact):
    label = "Tạo khóa truy cập"
    account_id: int
    token_id: int


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    label = "Thu hồi khóa truy cập"
    account_id: int
    token_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Fact):
    label = "Đặt mật khẩu"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorSet(Fact):
    label = "Bật xác thực hai lớp"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Fact):
    label = "Đặt lại xác thực hai lớp"
    account_id: int
