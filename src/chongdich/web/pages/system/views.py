"""Pages of those who watch over the house."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from chongdich.application.journeys import watching
from chongdich.application.lenses.system import find_settlements, get_house, get_settlement, watches_all
from chongdich.application.ports import ports
from chongdich.core.errors import NotAllowed
from chongdich.web.access import Request, page
from chongdich.web.pages.system.tables import Settlements

PERMISSION = "system.watch"
JOBS = {
    "press_overdue": gettext_lazy("Nhắc việc sắp và quá hạn"),
    "send_digests": gettext_lazy("Bản tóm tắt hằng ngày"),
    "send_due_mail": gettext_lazy("Gửi thư"),
    "take_packets": gettext_lazy("Nhận gói từ trục liên thông"),
}


@page(PERMISSION)
@require_GET
def system(request: Request) -> HttpResponse:
    """Worker, timed jobs, stopped work, ledger."""
    house = get_house(request.desk)
    jobs = [(JOBS.get(beat.name.removeprefix("job:"), beat.name), beat) for beat in house.jobs]
    return render(request, "system/system.html", {"house": house, "jobs": jobs})


@page(PERMISSION)
@require_GET
def settlements(request: Request) -> HttpResponse:
    """What waits and what stopped, with its error."""
    desk = request.desk
    return Settlements(find_settlements(desk), request, desk.at, desk.today).respond("system/settlements.html")


@page(PERMISSION)
@require_POST
def revive(request: Request, settlement_id: int) -> HttpResponse:
    """Try stopped work again."""
    get_settlement(request.desk, settlement_id)
    watching.revive_settlement(request.desk, settlement_id=settlement_id)
    messages.success(request, _("Việc sẽ được chạy lại ngay."))
    return redirect("settlements")


@page(PERMISSION)
@require_GET
def checkup(request: Request) -> HttpResponse:
    """What `chongdich doctor` says; it looks at the whole house, so only for who watches the whole."""
    if not watches_all(request.desk):
        raise NotAllowed(_("Chỉ quản trị viên cấp tỉnh khám toàn hệ thống."))
    return render(request, "system/checkup.html", {"findings": list(ports.examine())})


@page(PERMISSION)
@require_POST
def verify_ledger(request: Request) -> HttpResponse:
    """Walk the whole chain now."""
    breaks = watching.verify_ledger(request.desk)
    if breaks:
        words = _("Sổ cái có %(number)d chỗ không khớp: báo ngay người phụ trách an toàn.")
        messages.error(request, words % {"number": breaks})
    else:
        messages.success(request, _("Sổ cái nguyên vẹn."))
    return redirect("system")
