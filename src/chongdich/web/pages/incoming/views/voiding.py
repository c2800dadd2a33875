"""A document is struck out of the register, or settled with the one it seems to be."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chongdich.application.journeys import voiding
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.core.errors import NotFound, Refused
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.forms import VoidForm
from chongdich.web.pages.incoming.views.document import document_context


@page("directives.review")
@require_POST
def void(request: Request, directive_id: int) -> HttpResponse:
    """With a reason; what was typed stays when it is refused."""
    found = get_visible_directive(request.desk, directive_id)
    form = VoidForm(request.POST)
    if form.is_valid():
        try:
            voiding.void_directive(request.desk, directive_id=directive_id, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã hủy đăng ký; việc chưa xong của văn bản này được hủy giao."))
            return redirect("directive", directive_id)
    return render(request, "incoming/document.html", document_context(request, found, voiding=form), status=422)


@page("directives.review")
@require_POST
def same(request: Request, directive_id: int, other_id: int, deed: str) -> HttpResponse:
    """`dinh-vao`: this one is a copy of the other; `thay`: this one stands and the other falls."""
    if deed == "dinh-vao":
        voiding.merge_into(request.desk, directive_id=directive_id, other_id=other_id)
        messages.success(request, _("Đã đính tệp vào văn bản có trước và hủy đăng ký bản trùng."))
        return redirect("directive", other_id)
    if deed == "thay":
        voiding.replace_other(request.desk, directive_id=directive_id, other_id=other_id)
        messages.success(request, _("Đã hủy đăng ký văn bản có trước; bản này thay nó."))
        return redirect("directive", directive_id)
    raise NotFound(_("Không có thao tác này."))
