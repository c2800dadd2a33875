"""The short deeds on a task's page: for each its form, its words, and the journey it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chongdich.application.desk import Desk
from chongdich.application.journeys import work
from chongdich.web.pages.tasks import forms

Words = str | Promise
Call = Callable[[Desk, int, Any], object]


@dataclass(frozen=True)
class Deed:
    """One thing that can be done with a task: `slug` in the address, `action` as the rights name it."""

    slug: str
    action: str
    label: Words
    icon: str
    key: str
    form: type[forms.TaskForm]
    done: Words
    call: Call
    css: str = "btn-quiet"
    explain: Words = ""
    ready: bool = False  # its form stands open, so that its key does it at once


def _decide(desk: Desk, _task_id: int, form: forms.TaskForm) -> object:
    data = form.cleaned_data
    return work.decide_extension(
        desk, extension_id=data["extension"], grant=form.data.get("grant") == "1", note=data["note"]
    )


def _judge(accept: bool) -> Call:
    return lambda desk, pk, form: work.judge_report(
        desk, task_id=pk, accept=accept, note=form.cleaned_data["note"], version=form.cleaned_data["version"]
    )


DEEDS = (
    Deed(
        "bat-dau", "start", _("Bắt đầu thực hiện"), "play-circle", "s", forms.NoWords, _("Đã ghi nhận đang thực hiện."),
        lambda desk, pk, form: work.start_task(desk, task_id=pk, version=form.cleaned_data["version"]), "btn-primary",
    ),
    Deed(
        "chap-nhan", "accept", _("Chấp nhận"), "check-lg", "c", forms.Note, _("Đã chấp nhận."), _judge(True),
        "btn-primary", ready=True,
    ),
    Deed("tra-lai", "return", _("Trả lại"), "reply", "t", forms.ReturnNote, _("Đã trả lại kèm lý do."), _judge(False)),
    Deed(
        "gia-han", "decide_extension", _("Quyết định gia hạn"), "hourglass-split", "g", forms.DecideExtension,
        _("Đã quyết định đề nghị gia hạn."), _decide, "btn-primary", ready=True,
    ),
    Deed(
        "xin-gia-han", "ask_extension", _("Xin gia hạn"), "hourglass-split", "g", forms.AskExtension,
        _("Đã gửi đề nghị gia hạn."),
        lambda desk, pk, form: work.ask_extension(
            desk, task_id=pk, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"]
        ),
    ),
    Deed(
        "khong-lam-duoc", "decline", _("Báo không thực hiện được"), "slash-circle", "k", forms.Decline,
        _("Đã báo không thực hiện được, chờ bên giao quyết định."),
        lambda desk, pk, form: work.decline_task(
            desk, task_id=pk, reason=form.cleaned_data["reason"], files=form.uploads(),
            version=form.cleaned_data["version"],
        ),
    ),
    Deed(
        "mo-lai", "reopen", _("Mở lại"), "arrow-counterclockwise", "o", forms.ReopenNote, _("Đã mở lại nhiệm vụ."),
        lambda desk, pk, form: work.reopen_task(desk, task_id=pk, note=form.cleaned_data["note"]),
    ),
    Deed(
        "huy", "cancel", _("Hủy giao"), "x-circle-fill", "h", forms.NoWords, _("Đã hủy giao."),
        lambda desk, pk, form: work.cancel_tasks(desk, task_ids=[pk]), "btn-outline-danger",
        explain=_("Nhiệm vụ này và mọi việc con của nó sẽ bị hủy; các đơn vị được báo."),
    ),
)  # fmt: skip

BY_SLUG = {deed.slug: deed for deed in DEEDS}
