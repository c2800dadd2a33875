"""The list of work that still has to follow from facts."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.application.lenses.system import fact_title, narrow
from chongdich.registry.ledger.models import Settlement
from chongdich.web.kit.columns import Column, DayColumn, NumberColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.tables import Table
from chongdich.web.kit.templatetags import kit

JOURNEYS = {
    "read_directive": _("Đọc văn bản"), "assign_tasks": _("Giao nhiệm vụ"), "tell_unit": _("Báo cho đơn vị"),
    "tell_giver": _("Báo cho bên giao"), "tell_judged": _("Báo kết quả duyệt"), "tell_cancelled": _("Báo hủy giao"),
    "tell_pressed": _("Nhắc hạn"), "tell_signers": _("Báo người ký"), "tell_drafter": _("Báo người soạn"),
    "tell_clerks": _("Báo văn thư"), "print_issued": _("In bản phát hành"), "deliver_directive": _("Gửi văn bản"),
    "recall_deliveries": _("Thu hồi văn bản đã gửi"), "answer_sender": _("Trả lời bên gửi"),
}  # fmt: skip
LOOKS = {"dead": ("bad", "x-circle-fill"), "waiting": ("waiting", "hourglass-split")}


def journey_label(name: str) -> str:
    """A journey in words; a new one shows its name."""
    return str(JOURNEYS.get(name, name))


class Settlements(Table):
    """Waiting and stopped work."""

    name = "viec_nen"
    caption = _("Việc nền")
    search = ("journey", "error")
    default_sort = "state"
    empty_title = _("Không có việc nào đang chờ hay dừng lại")
    empty_text = _("Mọi việc phải làm sau mỗi sự kiện đã xong.")

    def __init__(self, rows: Any, request: HttpRequest, at: datetime, today: Any) -> None:
        super().__init__(rows, request, today=today)
        self.filters = [self._state_filter(at)]  # type: ignore[misc]
        self.columns = [  # type: ignore[misc]
            Column(name="journey", label=_("Việc"), value=lambda row: journey_label(row.journey), title=True),
            Column(name="fact", label=_("Sau sự kiện"), value=lambda row: fact_title(row.entry)),
            Column(name="state", label=_("Trạng thái"), value=lambda row: row.get_state_display(),
                   show=lambda row: kit.badge(row.get_state_display(), *LOOKS[row.state]), sort=("state", "due_at")),
            NumberColumn(name="attempts", label=_("Lần thử"), sort="attempts"),
            DayColumn(name="due_at", label=_("Lần thử tới"), sort="due_at", clock=True),
            Column(name="error", label=_("Lỗi")),
            Column(name="revive", label="", value=lambda row: "", show=self._button, export=False),
        ]  # fmt: skip

    @staticmethod
    def _state_filter(at: datetime) -> ChoiceFilter:
        choices = [("dead", _("dừng sau nhiều lần lỗi")), ("late", _("chờ quá lâu")), ("waiting", _("đang chờ"))]
        return ChoiceFilter(name="trang_thai", label=_("Trạng thái"), choices=choices,
                            narrow=lambda rows, value: narrow(rows, value, at))  # type: ignore[arg-type]  # fmt: skip

    def _button(self, row: Settlement) -> SafeString | str:
        if row.state != Settlement.State.DEAD:
            return ""
        return format_html(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="btn btn-quiet btn-sm">{}{}</button></form>',
            reverse("settlement_revive", args=[row.pk]), get_token(self.request), kit.icon("arrow-repeat"),
            gettext("Chạy lại"),
        )  # fmt: skip

    def row_tone(self, row: Settlement) -> str:
        return "bad" if row.state == Settlement.State.DEAD else ""
