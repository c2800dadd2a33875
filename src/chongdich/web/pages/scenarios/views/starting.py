"""A scenario is begun: from a template, from today, from a file; and changed as a file."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from chongdich.application.desk import Desk
from chongdich.application.journeys import scenarios
from chongdich.application.lenses.scenarios import Now, get_visible_scenario, see_now
from chongdich.core.errors import Refused
from chongdich.domain.scenarios.asking.reading import read_spec, spec_of, written
from chongdich.domain.scenarios.models import Scenario
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.scenarios.forms import FROM_NOW, NewScenario, ScenarioFile
from chongdich.web.pages.scenarios.words import kind_label, n


def planning_unit(desk: Desk, permission: str = "scenarios.plan") -> int:
    """The unit one acts for; else the first in which one may."""
    units = [grant.unit_id for grant in desk.actor.grants if permission in grant.permissions]
    acting = desk.actor.unit_id
    return acting if acting in units else units[0]


@page("scenarios.plan")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose what to begin from, what is done, how often: the first answer follows in seconds."""
    begun = request.GET.get("mau", FROM_NOW)
    form = NewScenario(request.POST or None, initial={"template": begun, "policies": []})
    now = see_now(request.desk)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request.desk, form, now)
            return redirect("scenario", scenario_id=made.pk)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "now": now,
        "registered": [(kind_label(kind), n(count)) for kind, count in {**now.capacities, **now.stock}.items()],
        "missing": [kind_label(kind) for kind in now.missing],
    }
    return form_response(request, "scenarios/new.html", context, form)


def _make(desk: Desk, form: NewScenario, now: Now) -> Scenario:
    unit = planning_unit(desk)
    spec = form.spec(now)
    made = scenarios.keep_scenario(desk, unit_id=unit, spec=spec, template=form.cleaned_data["template"])
    scenarios.ask_run(desk, scenario_id=made.pk, runs=form.cleaned_data["runs"])
    return made


@page("scenarios.plan")
@require_http_methods(["GET", "POST"])
def from_file(request: Request) -> HttpResponse:
    """A scenario written elsewhere, pasted."""
    form = ScenarioFile(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = scenarios.keep_file(
                request.desk, unit_id=planning_unit(request.desk), text=form.cleaned_data["text"]
            )
            return redirect("scenario", scenario_id=made.pk)
        except Refused as refused:
            refused.where = "text"
            form.refuse(refused)
    return form_response(request, "scenarios/file.html", {"form": form}, form)


@page("scenarios.plan")
@require_http_methods(["GET", "POST"])
def edit(request: Request, scenario_id: int) -> HttpResponse:
    """Every assumption can be changed; runs made before keep theirs."""
    found = get_visible_scenario(request.desk, scenario_id)
    initial = {"text": written(spec_of(found.spec)), "version": found.version}
    form = ScenarioFile(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            spec = read_spec(form.cleaned_data["text"])
            scenarios.change_scenario(
                request.desk, scenario_id=scenario_id, spec=spec, version=form.cleaned_data["version"]
            )
            return redirect("scenario", scenario_id=scenario_id)
        except Refused as refused:
            refused.where = "text"
            form.refuse(refused)
    return form_response(request, "scenarios/file.html", {"form": form, "scenario": found}, form)
