"""The inbox. A message belongs to one account, and only that account sees it or marks it read."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chongdich.core.errors import NotFound
from chongdich.registry.inbox.models import Message
from chongdich.registry.inbox.operations import mark_read
from chongdich.web.access import SIGNED_IN, Request, page
from chongdich.web.pages.inbox.tables import Messages


def _own(request: Request) -> QuerySet[Message]:
    return Message.objects.filter(account_id=request.desk.actor.account_id or 0)


@page(SIGNED_IN)
@require_GET
def inbox(request: Request) -> HttpResponse:
    """All my messages, unread first."""
    table = Messages(_own(request), request, today=request.desk.today, bulk_url=reverse("inbox_mark"))
    return table.respond("inbox/inbox.html", {"today": request.desk.today})


@page(SIGNED_IN)
@require_GET
def open_message(request: Request, message_id: int) -> HttpResponse:
    """Read: marked so, and on to the page it speaks of. Opening it again changes nothing."""
    found = _own(request).filter(pk=message_id).first()
    if found is None:
        raise NotFound(_("Không tìm thấy tin này trong hộp tin của bạn."))
    mark_read(account_id=found.account_id, message_ids=[found.pk], at=request.desk.at)
    inside = found.address.startswith("/") and url_has_allowed_host_and_scheme(found.address, {request.get_host()})
    return HttpResponseRedirect(found.address if inside else reverse("inbox"))


@page(SIGNED_IN)
@require_POST
def mark(request: Request) -> HttpResponse:
    """Mark those chosen read, or all of them."""
    account = request.desk.actor.account_id or 0
    chosen = [int(key) for key in request.POST.getlist("selected")[:1000] if key.isascii() and key.isdigit()]
    everything = request.POST.get("action") == "all"
    number = mark_read(account_id=account, message_ids=None if everything else chosen, at=request.desk.at)
    messages.success(request, _("Đã đánh dấu đã đọc %(n)d tin.") % {"n": number})
    return redirect("inbox")
