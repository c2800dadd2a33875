"""What messages are about, for the filter of the inbox."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOPICS: dict[str, str | Promise] = {
    "directive_received": _("Văn bản đến"),
    "task_given": _("Việc mới"),
    "task_due": _("Sắp đến hạn"),
    "task_overdue": _("Quá hạn"),
    "task_answered": _("Báo cáo, đề nghị của đơn vị"),
    "task_judged": _("Ý kiến của bên giao"),
    "signing": _("Trình ký, phát hành"),
    "digest": _("Tóm tắt hằng ngày"),
    "withdrawn": _("Văn bản bị thu hồi"),
    "updated": _("Văn bản được cập nhật"),
}
ICONS = {
    "directive_received": "box-arrow-in-down",
    "task_given": "inbox", "task_due": "clock", "task_overdue": "exclamation-octagon-fill", "task_answered": "send",
    "task_judged": "clipboard-check", "signing": "pen", "digest": "calendar-check", "withdrawn": "arrow-return-left",
    "updated": "arrow-repeat",
}  # fmt: skip
