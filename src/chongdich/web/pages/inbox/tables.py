"""The list of messages, unread first."""

from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.registry.inbox.models import Message
from chongdich.web.kit.columns import Column, DayColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import BulkAction, Table
from chongdich.web.kit.templatetags import kit
from chongdich.web.pages.inbox.topics import ICONS, TOPICS


class TopicColumn(Column):
    """What a message is about, in a word and a shape; a topic without a word of its own is plain news."""

    def raw(self, row: Message) -> str:
        return str(TOPICS.get(row.topic, gettext("Tin khác")))

    def cell(self, row: Message, today: date) -> SafeString:
        tone = "bad" if row.topic == "task_overdue" else "neutral"
        return kit.badge(self.raw(row), tone, ICONS.get(row.topic, "bell"))


def _title(row: Message) -> SafeString:
    if row.read_at is None:
        new = kit.badge(gettext("Chưa đọc"), "info", "envelope")
        return format_html('<span class="message-new">{}</span> {}', row.title, new)
    return format_html('<span class="message-read">{}</span>', row.title)


def _address(row: Message) -> str:
    return reverse("message", args=[row.pk])


def _narrow(rows: Rows, chosen: str) -> Rows:
    return rows.filter(read_at__isnull=chosen == "chua-doc")  # type: ignore[union-attr]


class Messages(Table):
    """One account's messages."""

    name = "tin"
    caption = _("Hộp tin")
    columns = [
        Column(name="title", label=_("Tin"), title=True, show=_title, link=_address),
        Column(name="body", label=_("Nội dung"), css="message-body"),
        TopicColumn(name="topic", label=_("Loại")),
        DayColumn(name="at", label=_("Lúc"), clock=True),
    ]
    filters = [
        ChoiceFilter(
            name="doc",
            label=_("Trạng thái"),
            narrow=_narrow,
            choices=[("chua-doc", _("Chưa đọc")), ("da-doc", _("Đã đọc"))],
        ),
        ChoiceFilter(name="loai", label=_("Loại"), path="topic", choices=list(TOPICS.items())),
    ]
    bulk = (BulkAction("read", _("Đánh dấu đã đọc")),)
    files = ()
    empty_title = _("Chưa có tin nào")
    empty_text = _("Việc mới, báo cáo chờ duyệt, nhắc hạn đều được báo ở đây.")

    def _ordered(self, rows: Rows) -> Rows:
        return unread_first(rows)  # type: ignore[arg-type]


def unread_first(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Unread ones first, then the newest."""
    unread = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
    return rows.annotate(unread=unread).order_by("-unread", "-at", "-pk")
