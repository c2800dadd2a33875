"""The scenarios there are, and how good forecasts were."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chongdich.application.lenses.scenario_scores import Judged, judge_latest
from chongdich.application.lenses.scenarios import find_scenarios
from chongdich.web.access import Request, page
from chongdich.web.pages.scenarios.tables import Scenarios
from chongdich.web.pages.scenarios.tabs import tabs_of
from chongdich.web.pages.scenarios.words import n


@page("scenarios.read")
@require_safe
def scenarios(request: Request) -> HttpResponse:
    """Newest first."""
    desk = request.desk
    table = Scenarios(find_scenarios(desk), request, today=desk.today, may_export=desk.may("exports.make"))
    context = {"tabs": tabs_of(desk, "scenarios"), "may_plan": desk.may("scenarios.plan")}
    return table.respond("scenarios/scenarios.html", context)


@page("scenarios.read")
@require_safe
def forecasts(request: Request) -> HttpResponse:
    """What runs from a real day said, against what came."""
    judged = judge_latest(request.desk)
    scored = [one.score for one in judged if one.score]
    days = sum(score.days for score in scored)
    inside = {
        "half": round(100 * sum(s.inside_50 * s.days for s in scored) / days) if days else None,
        "most": round(100 * sum(s.inside_90 * s.days for s in scored) / days) if days else None,
    }
    rows = [_judged(one) for one in judged if one.score]
    context = {"rows": rows, "inside": inside, "days": days, "tabs": tabs_of(request.desk, "forecasts")}
    return render(request, "scenarios/forecasts.html", context)


def _judged(one: Judged) -> dict[str, Any]:
    score = one.score
    assert score is not None
    figures = [("WIS", score.wis), ("CRPS", score.crps), (_("WIS nếu “như hôm trước”"), score.persistence)]
    shares = [(_("Trong dải 50 %"), score.inside_50), (_("Trong dải 90 %"), score.inside_90)]
    better = score.wis < score.persistence
    return {
        "run": one.run, "days": score.days, "cases": sum(one.observed),
        "sentence": _("Tốt hơn cách đoán “như hôm trước”.") if better else _("Chưa tốt hơn cách đoán “như hôm trước”."),
        "values": [(label, n(round(value, 1))) for label, value in figures]
        + [(label, f"{round(100 * share)} %") for label, share in shares],
    }  # fmt: skip
