"""The list of the law on a day."""

from dataclasses import replace
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.web.kit.columns import Column, DayColumn
from chongdich.web.kit.filters import ChoiceFilter, YesFilter
from chongdich.web.kit.on_day import OnDay
from chongdich.web.kit.tables import Table
from chongdich.web.kit.templatetags import kit
from chongdich.web.pages.law.rows import SUBJECTS, Rule, diseases, subject_label


def verified_badge(verified: bool, recorded: bool = True) -> SafeString | str:
    """Whether anybody has held it against the document: said loudly when not."""
    if not recorded:
        return ""
    if verified:
        return kit.badge(gettext("đã kiểm chứng"), "good", "patch-check")
    return kit.badge(gettext("chưa kiểm chứng"), "warn", "exclamation-triangle-fill")


def _document_words(rule: Rule) -> str:
    return f"{rule.document} {rule.clause}".strip()


def _document(rule: Rule) -> SafeString | str:
    if not rule.document:
        return ""
    clause = format_html('<div class="soft small">{}</div>', rule.clause) if rule.clause else ""
    return format_html('<span title="{}">{}</span>{}', rule.title, rule.document, clause)


class Rules(Table):
    """The law on a day."""

    name = "quy_dinh"
    caption = _("Quy định")
    columns = [
        Column(name="label", label=_("Nội dung"), title=True, sort="label", css="wide-label"),
        Column(name="value", label=_("Giá trị"), css="breaks"),
        Column(name="document", label=_("Văn bản, điều khoản"), value=_document_words, show=_document,
               sort="document"),
        DayColumn(name="since", label=_("Từ ngày"), sort="since"),
        Column(name="verified", label=_("Kiểm chứng"),
               value=lambda rule: gettext("đã kiểm chứng") if rule.verified else gettext("chưa kiểm chứng"),
               show=lambda rule: verified_badge(rule.verified, rule.recorded)),
        Column(name="subject", label=_("Lĩnh vực"), value=lambda rule: subject_label(rule.subject), sort="subject",
               css="nowrap"),
    ]  # fmt: skip
    filters = [
        OnDay(),
        ChoiceFilter(name="linh_vuc", label=_("Lĩnh vực"), path="subject",
                     choices=lambda: [(name, subject_label(name)) for name in SUBJECTS]),
        ChoiceFilter(name="benh", label=_("Bệnh"), choices=diseases, narrow=lambda rows, value: rows),
        YesFilter(name="chua", label=_("Chưa kiểm chứng"),
                  narrow=lambda rows, value: [row for row in rows if row.recorded and not row.verified]),
    ]  # fmt: skip
    search = ("search",)
    default_sort = "subject"
    per_page = 60
    empty_title = _("Không có quy định nào")

    def __init__(self, rows: list[Rule], request: HttpRequest, *, today: date) -> None:
        super().__init__(rows, request, today=today)
        first, *others = self.columns
        self.columns = [replace(first, link=self._address), *others]  # type: ignore[misc]

    def _address(self, rule: Rule) -> str:
        return table_address(rule.name, self.params.get("ngay", ""), self.params.get("benh", ""))


def table_address(name: str, day: str, disease: str) -> str:
    """The page of one table on the same day, for the same disease."""
    kept = {key: value for key, value in (("ngay", day), ("benh", disease)) if value}
    return reverse("law_table", args=[name]) + (f"?{urlencode(kept)}" if kept else "")
