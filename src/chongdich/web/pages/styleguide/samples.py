"""Made-up rows for the styleguide: enough of them that paging, sorting and long words show."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from chongdich.core.periods import VIETNAM
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.states import TASK
from chongdich.web.kit import forms
from chongdich.web.kit.columns import Column, DueColumn, NumberColumn, StateColumn
from chongdich.web.kit.filters import ChoiceFilter, PeriodFilter, YesFilter
from chongdich.web.kit.forms import DayField, Form, ManyPicker, Picker
from chongdich.web.kit.tables import BulkAction, Table

TODAY = date(2021, 11, 29)
UNITS = [
    "UBND huyện Ba Bể", "UBND huyện Chợ Đồn", "UBND thành phố Bắc Kạn", "Sở Y tế", "Công an tỉnh",
    "Trung tâm Kiểm soát bệnh tật tỉnh", "UBND huyện Na Rì", "Sở Giáo dục và Đào tạo",
]  # fmt: skip
DEEDS = [
    "Khẩn trương truy vết, lập danh sách toàn bộ F1, F2 của chùm ca bệnh tại xã Thượng Giáo",
    "Tổ chức xét nghiệm sàng lọc người về từ vùng dịch",
    "Rà soát, bổ sung cơ sở cách ly tập trung, bảo đảm tối thiểu 500 chỗ",
    "Báo cáo tiến độ tiêm chủng hằng ngày trước 16 giờ",
    "Tăng cường kiểm tra việc thực hiện 5K tại chợ, trường học và cơ sở kinh doanh dịch vụ",
]


@dataclass(frozen=True)
class SampleTask:
    pk: int
    text: str
    unit: str
    state: str
    due: date | None
    done: date | None
    people: int

    @property
    def search_key(self) -> str:
        return fold_words(f"{self.text} {self.unit}")


def tasks() -> list[SampleTask]:
    """A hundred and twenty tasks in all states."""
    return [_task(number) for number in range(120)]


def _task(number: int) -> SampleTask:
    state = list(TASK)[number % len(TASK)]
    due = None if number % 7 == 6 else TODAY + timedelta(days=number % 11 - 4)
    done = due - timedelta(days=number % 3 - 1) if due and state == "accepted" else None
    return SampleTask(number, DEEDS[number % 5], UNITS[number % 8], state, due, done, number * 137 % 5000)


class SampleTasks(Table):
    name = "viec"
    caption = _("Việc của các đơn vị")
    columns = [
        Column(name="text", label=_("Nội dung"), link=lambda row: f"#viec-{row.pk}", title=True, sort="text"),
        Column(name="unit", label=_("Đơn vị chủ trì"), sort="unit"),
        StateColumn(name="state", label=_("Trạng thái")),
        DueColumn(name="due", label=_("Thời hạn"), sort="due", done="done"),
        NumberColumn(name="people", label=_("Số người"), sort="people"),
    ]
    filters = [
        ChoiceFilter(
            name="state", label=_("Trạng thái"), path="state", choices=[(k, s.label) for k, s in TASK.items()]
        ),
        PeriodFilter(name="due", label=_("Thời hạn"), path="due"),
        YesFilter(
            name="late",
            label=_("Chỉ việc quá hạn"),
            narrow=lambda rows, _on: [row for row in rows if row.due and row.due < TODAY],
        ),
    ]
    search = ("search_key",)
    default_sort = "due"
    per_page = 12
    bulk = (
        BulkAction("remind", _("Nhắc đơn vị")),
        BulkAction("cancel", _("Hủy giao"), _("Hủy các việc đã chọn?"), "btn-outline-danger"),
    )

    def row_tone(self, row: SampleTask) -> str:
        late = row.due and row.due < TODAY and row.state not in ("accepted", "closed", "cancelled")
        return "bad" if late else ""


class NoTasks(SampleTasks):
    name = "trong"
    empty_title = _("Chưa có việc nào được giao")
    empty_text = _("Việc xuất hiện ở đây khi một văn bản được xác nhận và giao cho đơn vị của bạn.")


class SampleForm(Form):
    subject = forms.forms.CharField(label=_("Trích yếu"), max_length=200, help_text=_("Một câu, như ghi trên văn bản"))
    due = DayField(label=_("Thời hạn"))
    people = forms.forms.IntegerField(label=_("Số người"), min_value=0, required=False)
    unit = forms.forms.ChoiceField(
        label=_("Đơn vị chủ trì"), choices=[("", "---------"), *((u, u) for u in UNITS)], widget=Picker
    )
    together = forms.forms.MultipleChoiceField(
        label=_("Đơn vị phối hợp"), choices=[(u, u) for u in UNITS], widget=ManyPicker, required=False
    )
    urgency = forms.forms.ChoiceField(
        label=_("Độ khẩn"),
        choices=[("normal", _("Thường")), ("urgent", _("Khẩn")), ("express", _("Hỏa tốc"))],
        widget=forms.forms.RadioSelect,
    )
    areas = forms.forms.MultipleChoiceField(
        label=_("Lĩnh vực"),
        choices=[("tracing", _("Truy vết")), ("testing", _("Xét nghiệm")), ("zone", _("Phong tỏa"))],
        widget=forms.forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.forms.CharField(label=_("Ghi chú"), widget=forms.forms.Textarea({"rows": 3}), required=False)
    file = forms.forms.FileField(
        label=_("Tệp văn bản"), required=False, help_text=_(".docx, .pdf, ảnh quét; tối đa 25 MB")
    )
    sure = forms.forms.BooleanField(label=_("Tôi đã đối chiếu với bản gốc"))


def events() -> list[dict[str, object]]:
    """What happened to one task."""
    start = datetime(2021, 11, 27, 8, 15, tzinfo=VIETNAM)
    told = [
        (0, _("Giao việc"), "Ban Chỉ đạo tỉnh", "", "info", "send"),
        (2, _("Đã nhận"), "UBND huyện Ba Bể", "", "info", "inbox"),
        (30, _("Báo cáo"), "UBND huyện Ba Bể", "Đã lập danh sách 42 F1, lấy mẫu 40.", "waiting", "paperclip"),
        (33, _("Trả lại"), "Văn phòng Ban Chỉ đạo", "Bổ sung kết quả của 2 người còn lại.", "warn", "reply"),
    ]
    names = ("at", "title", "by", "text", "tone", "icon")
    return [dict(zip(names, (start + timedelta(hours=hours), *rest))) for hours, *rest in told]
