"""The styleguide: nothing here is stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chongdich.core.errors import Conflict
from chongdich.domain.directives.states import DIRECTIVE, STANDINGS, TASK
from chongdich.web.access import PUBLIC, page
from chongdich.web.pages.styleguide.samples import TODAY, NoTasks, SampleForm, SampleTasks, events, tasks

WRONG = {"subject": "", "due": "31/02/2021", "people": "-5", "urgency": "normal", "unit": "Sở Y tế"}
ROOMS = [
    ("", "Việc của tôi", "list-check", 12),
    ("", "Hộp thư", "inbox", 3),
    ("Chỉ đạo", "Văn bản đến", "box-arrow-in-down", 0),
    ("Chỉ đạo", "Việc đã giao", "send", 0),
    ("Chỉ đạo", "Văn bản đi", "file-earmark-text", 0),
    ("Dịch bệnh", "Ca bệnh", "virus", 0),
    ("Dịch bệnh", "Truy vết", "diagram-3", 0),
    ("Dịch bệnh", "Cách ly", "house-lock", 0),
    ("Dịch bệnh", "Cấp độ dịch", "geo-alt", 0),
    ("Quản trị", "Tài khoản", "people", 0),
    ("Quản trị", "Sổ ghi", "journal-text", 0),
]


@page(PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """All parts; a table on it sorts, filters, pages and exports for real."""
    listed = SampleTasks(tasks(), request, today=TODAY)
    return listed.respond("styleguide/index.html", _context(request))


@page(PUBLIC)
def plain(request: HttpRequest) -> HttpResponse:
    """A page without the house around it, with a form that has just been refused."""
    form = SampleForm(WRONG)
    form.refuse(Conflict("Số 3121 đã được cấp cho một công văn khác."))
    return render(request, "styleguide/plain.html", {"form": form, **_shell()}, status=422)


def _context(request: HttpRequest) -> dict[str, Any]:
    return {
        **_shell(),
        "today": TODAY,
        "none": NoTasks([], request),
        "form": SampleForm(),
        "wrong": SampleForm(WRONG),
        "events": events(),
        "states": [("task", list(TASK)), ("directive", list(DIRECTIVE)), ("standing", list(STANDINGS))],
        "shares": [("done_in_time", 412), ("done_late", 38), ("open_in_time", 120), ("overdue", 17)],
        "tones": ["neutral", "info", "active", "waiting", "good", "warn", "bad"],
        "days": [TODAY.replace(day=day) for day in (24, 29, 30)] + [TODAY.replace(month=12, day=20), None],
        "tabs": [
            {"label": "Việc đang làm", "url": "#", "active": True, "count": 12},
            {"label": "Chờ duyệt", "url": "#", "count": 3},
            {"label": "Đã xong", "url": "#"},
        ],
    }


def _shell() -> dict[str, Any]:
    return {
        "navigation": [
            {
                "group": group,
                "label": label,
                "url": "#",
                "icon": icon,
                "count": count,
                "active": label == "Việc của tôi",
            }
            for group, label, icon, count in ROOMS
        ],
        "unit": "Văn phòng Ban Chỉ đạo phòng, chống dịch tỉnh Bắc Kạn",
        "units": [
            {"id": 1, "label": "Văn phòng Ban Chỉ đạo phòng, chống dịch tỉnh Bắc Kạn", "current": True},
            {"id": 2, "label": "Trung tâm Kiểm soát bệnh tật tỉnh"},
        ],
        "inbox_count": 3,
        "user_name": "Nguyễn Thị Hoà",
        "user_role": "Chuyên viên",
    }
