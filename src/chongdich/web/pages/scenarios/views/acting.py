"""A scenario is run, stopped, run again."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from chongdich.application.journeys import scenarios
from chongdich.core.errors import Refused
from chongdich.web.access import Request, page


@page("scenarios.plan")
@require_POST
def run(request: Request, scenario_id: int) -> HttpResponse:
    """Ask for a run."""
    said = request.POST.get("runs", "400")
    if not said.isdigit():
        raise Refused("Số lần chạy phải là số nguyên.", "runs")
    scenarios.ask_run(request.desk, scenario_id=scenario_id, runs=int(said))
    return redirect("scenario", scenario_id=scenario_id)


@page("scenarios.plan")
@require_POST
def cancel(request: Request, run_id: int) -> HttpResponse:
    """Stop it; nothing of it is kept."""
    stopped = scenarios.cancel_run(request.desk, run_id=run_id)
    return redirect("scenario", scenario_id=stopped.scenario_id)


@page("scenarios.plan")
@require_POST
def again(request: Request, run_id: int) -> HttpResponse:
    """The same question and seed, to see that the answer is the same."""
    made = scenarios.run_again(request.desk, run_id=run_id)
    return redirect("run", run_id=made.pk)
