"""The province's own rules: what was recorded, and the form that records one."""

from typing import Any

import yaml
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chongdich.application.journeys.overlays import record_overlay, withdraw_overlay
from chongdich.core.errors import Conflict, Refused
from chongdich.registry.local_law.queries import find_rules
from chongdich.regulations import Law
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import DayField, Form, form_response

LONGEST = 20_000  # characters of an edition


class LocalRuleForm(Form):
    """A document of the province and what it makes of one table."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signatory = forms.CharField(label=_("Người ký"), max_length=120)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    table = forms.ChoiceField(label=_("Bảng quy định"))
    since = DayField(label=_("Áp dụng từ ngày"))
    until = DayField(label=_("Đến trước ngày"), required=False, help_text=_("Để trống nếu chưa hết hiệu lực."))
    clause = forms.CharField(label=_("Điều, khoản"), max_length=120, required=False)
    content = forms.CharField(
        label=_("Nội dung"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 12, "class": "mono"}),
        help_text=_("Viết như trong bảng: một dòng “value: …”, hoặc “rows:” với các dòng “when” và “then”."),
    )  # fmt: skip

    def __init__(self, law: Law, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["table"].choices = choices_of(law)  # type: ignore[attr-defined]

    def edition(self) -> dict[str, Any]:
        """The edition as the tables' YAML has it. Refused where the text is no YAML of that form."""
        told = _read(self.cleaned_data["content"])
        days = {"since": self.cleaned_data["since"], "until": self.cleaned_data["until"]}
        extra = {**days, "clause": self.cleaned_data["clause"]}
        return {**told, **{name: value for name, value in extra.items() if value}}


def _read(text: str) -> dict[str, Any]:
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (dòng {mark.line + 1}, cột {mark.column + 1})" if mark else ""
        raise Refused(f"Nội dung không đúng cú pháp YAML{where}.", "content") from error
    if not isinstance(told, dict) or not {"value", "rows"} & told.keys():
        raise Refused("Nội dung phải có “value: …” hoặc “rows: …”.", "content")
    return told


def choices_of(law: Law) -> list[tuple[str, str]]:
    """The disease's own tables, by name, with what they decide."""
    folder = f"{law.disease}/"
    names = sorted(name for name in law.catalogue.sources.tables if name.startswith(folder))
    return [(name.removeprefix(folder), f"{law.catalogue.sources.tables[name].label} ({name.removeprefix(folder)})")
            for name in names]  # fmt: skip


def written(law: Law, name: str) -> str:
    """The latest edition of a table as text to begin from; nothing when there is no such table."""
    source = law.catalogue.sources.tables.get(f"{law.disease}/{name}")
    latest = next((one for one in reversed(source.editions) if not one.gap), None) if source else None
    if latest is None:
        return ""
    kept = latest.model_dump(mode="json", exclude_defaults=True, include={"value", "rows"})
    return str(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100))


@page("registry.read")
@require_GET
def local_rules(request: Request) -> HttpResponse:
    """Every rule of the province, those withdrawn too."""
    rows = find_rules()
    context = {"rows": rows, "may_record": request.desk.may("law.record")}
    return render(request, "law/local.html", context)


@page("law.record")
@require_http_methods(["GET", "POST"])
def local_rule_new(request: Request) -> HttpResponse:
    """Record one; wrong content is refused by the table itself, with what is wrong."""
    law, asked = Law.shipped(), request.GET.get("bang", "")
    usual = {"table": asked, "content": written(law, asked), "since": request.desk.today}
    form = LocalRuleForm(law, request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            record_overlay(
                request.desk, number=told["number"], signed_on=told["signed_on"], signatory=told["signatory"],
                issuer=told["issuer"], editions={told["table"]: form.edition()},
            )  # fmt: skip
        except (Refused, Conflict) as refused:
            form.refuse(refused if refused.where in form.fields else Refused(refused.message, "content"))
        else:
            messages.success(request, _now("Đã ghi quy định; các quyết định từ nay tính theo đó."))
            return redirect("local_rules")
    return form_response(request, "law/local_new.html", {"form": form}, form)


@page("law.record")
@require_POST
def local_rule_withdraw(request: Request, rule_id: int) -> HttpResponse:
    """A rule counts no longer; it stays in the list."""
    withdraw_overlay(request.desk, rule_id=rule_id)
    messages.success(request, _now("Đã bỏ quy định."))
    return redirect("local_rules")
