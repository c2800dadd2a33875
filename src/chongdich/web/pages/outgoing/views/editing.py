"""The editor of a draft: the form beside the paper, saved when a person says so, versions kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys import drafting
from chongdich.application.lenses.outgoing import find_deeds, get_outgoing
from chongdich.core.errors import Conflict, NotAllowed, Refused
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.web.access import Request, page
from chongdich.web.pages.outgoing import editor
from chongdich.web.pages.outgoing.editor import Editor
from chongdich.web.pages.outgoing.paper import count_pages
from chongdich.web.pages.outgoing.words import name_words


@page("directives.draft")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, directive_id: int) -> HttpResponse:
    """Without a script rows are added and removed by submit buttons; nothing is saved until "Lưu"."""
    directive = get_outgoing(request.desk, directive_id)
    if "edit" not in find_deeds(request.desk, directive):
        return _too_late(request, directive)
    if request.method != "POST":
        return _show(request, directive, Editor.of_content(directive.content or {}))
    typed = Editor.of_post(request.POST)
    wanted = request.POST.get("do", "save")
    if wanted not in ("save", "submit"):
        typed.change(wanted)
        return _show(request, directive, typed, changed=True)
    return _save(request, directive, typed, submit=wanted == "submit")


def _too_late(request: Request, directive: Directive) -> HttpResponse:
    """Somebody submitted, signed or discarded it while it was being typed: the words stay on the page."""
    if directive.state == "draft":
        raise NotAllowed()
    label = gettext(DIRECTIVE[directive.state].label)
    gone = Conflict(_("Văn bản không còn ở bước soạn: đã chuyển sang “%(state)s”.") % {"state": label})
    if request.method != "POST":
        raise gone
    typed = Editor.of_post(request.POST)
    return _show(request, directive, typed, changed=True, refused=gone, locked=True, status=409)


def _save(request: Request, directive: Directive, typed: Editor, *, submit: bool) -> HttpResponse:
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() else 0
    document = typed.to_document((directive.content or {})["document"])
    try:
        typed.check_size()
        saved = drafting.edit_draft(
            request.desk, directive_id=directive.pk, content={"document": document}, version=known,
            note=request.POST.get("note", "")[:280],
        )  # fmt: skip
        if submit:
            drafting.submit_draft(request.desk, directive_id=directive.pk, version=saved.version)
    except Refused as refused:
        directive.refresh_from_db()
        status = 409 if isinstance(refused, Conflict) else 422
        return _show(request, directive, typed, changed=True, refused=refused, status=status, saved_version=known)
    messages.success(request, _("Đã lưu và trình ký.") if submit else _("Đã lưu bản thảo."))
    return redirect("outgoing_detail" if submit else "draft", directive.pk)


def _show(request: Request, directive: Directive, typed: Editor, status: int = 200, **more: Any) -> HttpResponse:
    content = directive.content or {}
    context = {
        "directive": directive,
        "name": name_words(directive),
        "editor": typed,
        "issuing_body": content["document"]["issuing_body"],
        "unclear": content.get("unclear") or [],
        "send_total": len(content.get("send_to") or []),
        "levels": editor.LEVELS,
        "channels": editor.CHANNELS,
        "urgencies": editor.URGENCIES,
        "kinds": editor.KIND_CHOICES,
        "pages": range(1, count_pages(directive) + 1),
        "saved_version": directive.version,
        "note": request.POST.get("note", ""),
        **more,
    }
    return render(request, "outgoing/draft.html", context, status=status)
