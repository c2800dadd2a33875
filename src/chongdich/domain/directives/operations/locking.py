"""Read a row for change, and take a step its state allows."""

from typing import TypeVar

from django.db import connection, models

from chongdich.core.errors import Conflict, NotFound
from chongdich.domain.directives.states import State, next_state

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], key: int) -> Row:
    """The row, locked until commit where the database can (SQLite's write transaction is exclusive already)."""
    rows = model._default_manager.all()
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound()
    return found


def step(table: dict[str, State], state: str, action: str, what: str) -> str:
    """The next state; Conflict when the present one does not allow the action."""
    found = next_state(table, state, action)
    if found is None:
        raise Conflict(f"{what} đang ở trạng thái “{table[state].label}”, không thể làm việc này.")
    return found


def unchanged_since(row: models.Model, version: int | None) -> None:
    """Conflict when somebody saved the row after this version was read; None means the caller does not mind."""
    if version is not None and row.version != version:  # type: ignore[attr-defined]
        raise Conflict("Người khác vừa sửa nội dung này. Hãy tải lại trang rồi làm lại.")
