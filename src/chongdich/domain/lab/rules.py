"""What the laboratory room decides from values in hand. Pure."""

from datetime import date, datetime

from chongdich.core.errors import Refused

CT_RANGE = (1.0, 50.0)  # cycles a PCR machine can run: outside it is a typing error, not a finding


def check_result(taken_at: datetime, resulted_at: datetime, now: datetime, ct: float | None) -> None:
    """Refuse what cannot be: a result before its sample, from the future, a Ct no machine gives."""
    if taken_at > now:
        raise Refused("Giờ lấy mẫu ở tương lai.", "taken_at")
    if resulted_at < taken_at:
        raise Refused("Kết quả không thể có trước giờ lấy mẫu.", "resulted_at")
    if resulted_at > now:
        raise Refused("Giờ trả kết quả ở tương lai.", "resulted_at")
    if ct is not None and not CT_RANGE[0] <= ct <= CT_RANGE[1]:
        raise Refused("Giá trị Ct phải từ 1 đến 50.", "ct")


def earlier(first: date | None, second: date | None) -> date | None:
    """The earlier of two days, either of which may be unknown."""
    return min((day for day in (first, second) if day), default=None)
