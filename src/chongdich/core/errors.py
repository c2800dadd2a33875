"""How the house says no: always in words the user can act on."""

from dataclasses import dataclass


@dataclass
class Refused(Exception):
    """Something asked for cannot be done. `message` is Vietnamese and names what is wrong and how to mend it.

    `where` names the field, line, row or clause; `code` is stable for the API and for tests.
    """

    message: str
    where: str = ""
    code: str = "refused"

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class NotAllowed(Refused):
    """The actor lacks the right, or the thing is outside what the actor may see."""

    def __init__(self, message: str = "Tài khoản của bạn không có quyền làm việc này.", where: str = "") -> None:
        super().__init__(message, where, "not_allowed")


class NotFound(Refused):
    """No such thing, or none that the actor may see: the two look alike on purpose."""

    def __init__(self, message: str = "Không tìm thấy.", where: str = "") -> None:
        super().__init__(message, where, "not_found")


class Conflict(Refused):
    """The thing changed since it was read, or is in a state that does not allow this."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message, where, "conflict")
