"""The plan's needs against what is registered; what is lacking becomes a duty of a unit."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys.scenarios_plan import draft_gaps
from chongdich.application.lenses.scenarios import Readiness, get_visible_run, see_readiness
from chongdich.core.errors import NotAllowed, Refused
from chongdich.domain.scenarios.asking.kinds import COLUMNS, KINDS
from chongdich.domain.scenarios.rules import Gap
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.scenarios import showing
from chongdich.web.pages.scenarios.forms import GapForm
from chongdich.web.pages.scenarios.views.answers import may_draft
from chongdich.web.pages.scenarios.words import kind_label

TIME_TO_PREPARE = timedelta(days=10)


@page("scenarios.read")
@require_safe
def readiness(request: Request, run_id: int) -> HttpResponse:
    """Gaps by place and kind."""
    form = GapForm(initial={"due": request.desk.today + TIME_TO_PREPARE})
    return _show(request, run_id, form, set())


def _show(request: Request, run_id: int, form: GapForm, chosen: set[str]) -> HttpResponse:
    run = get_visible_run(request.desk, run_id)
    policy = showing.chosen_policy(run, request.GET)
    high = request.GET.get("muc") != "50"
    ready = see_readiness(request.desk, run, policy, high)
    gaps = ready.gaps if request.GET.get("tat-ca") else ready.lacking
    context = {
        "run": run, "scenario": run.scenario, "rows": [_row(gap, ready, chosen) for gap in gaps], "form": form,
        "lacking": len(ready.lacking), "all": len(ready.gaps), "high": high, "chosen": policy,
        "policy": ready.policy, "may_draft": may_draft(request.desk, run.scenario),
        "everything": bool(request.GET.get("tat-ca")),
        "tabs": showing.policy_tabs(run, policy, request.path),
    }  # fmt: skip
    return form_response(request, "scenarios/readiness.html", context, form)


def _row(gap: Gap, ready: Readiness, chosen: set[str]) -> dict[str, Any]:
    key = f"{gap.kind}@{gap.place}"
    return {
        "gap": gap, "key": key, "label": kind_label(gap.kind), "column": COLUMNS[KINDS[gap.kind].column],
        "place": ready.names.get(gap.place, gap.place), "share": min(100, round(100 * gap.there / gap.wanted)),
        "picked": key in chosen,
    }  # fmt: skip


@page("scenarios.read")
@require_POST
def give(request: Request, run_id: int) -> HttpResponse:
    """The chosen gaps become a draft with a duty for each unit."""
    run = get_visible_run(request.desk, run_id)
    if not may_draft(request.desk, run.scenario):
        raise NotAllowed
    form = GapForm(request.POST)
    keys = request.POST.getlist("gap")
    if form.is_valid():
        chosen = [(kind, place) for kind, _at, place in (key.partition("@") for key in keys)]
        policy = showing.chosen_policy(run, {"pa": request.POST.get("policy", "0")})
        try:
            made = draft_gaps(
                request.desk, run_id=run_id, policy=policy, unit_id=run.scenario.unit_id,
                chosen=chosen, due=form.cleaned_data["due"],
            )  # fmt: skip
            return redirect("draft", made.pk)
        except Refused as refused:
            form.refuse(refused)
    return _show(request, run_id, form, set(keys))
