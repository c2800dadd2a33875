"""What a run says: charts, needs, reserves, sensitivity; policies side by side; progress while it refines."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chongdich.application.desk import Desk
from chongdich.application.lenses.scenarios import answers_in, get_visible_run, get_visible_scenario, place_names
from chongdich.application.lenses.scenarios_compared import Compared, Difference, compare_policies
from chongdich.domain.scenarios.answering.levels import RISKS
from chongdich.domain.scenarios.models import Run, Scenario
from chongdich.domain.scenarios.queries import find_runs, find_twin
from chongdich.domain.scenarios.states import UNFINISHED
from chongdich.web.access import Request, page
from chongdich.web.pages.scenarios import looks, showing
from chongdich.web.pages.scenarios.charts import lines_chart
from chongdich.web.pages.scenarios.words import kind_label, localised, n

LISTED = 20
_SWAP = str.maketrans(",.", ".,")


@page("scenarios.read")
@require_safe
def scenario(request: Request, scenario_id: int) -> HttpResponse:
    """A scenario with the answers of its latest run."""
    found = get_visible_scenario(request.desk, scenario_id)
    runs = list(find_runs(scenario_id)[:LISTED])
    latest = get_visible_run(request.desk, runs[0].pk) if runs else None
    return _show(request, found, latest, runs)


@page("scenarios.read")
@require_safe
def run(request: Request, run_id: int) -> HttpResponse:
    """An earlier run."""
    found = get_visible_run(request.desk, run_id)
    return _show(request, found.scenario, found, list(find_runs(found.scenario_id)[:LISTED]))


@page("scenarios.read")
@require_safe
def progress(request: Request, run_id: int) -> HttpResponse:
    """The answers so far, asked again until they are final."""
    found = get_visible_run(request.desk, run_id)
    return render(request, "scenarios/answers.html", _answers(request, found))


def _show(request: Request, found: Scenario, shown: Run | None, runs: list[Run]) -> HttpResponse:
    desk = request.desk
    context: dict[str, Any] = {
        "scenario": found,
        "runs": [(one, looks.state(one)) for one in runs],
        "may_plan": desk.may("scenarios.plan", found.unit_id),
        "may_draft": may_draft(desk, found),
    }
    if shown is not None:
        context |= _answers(request, shown) | {"twin": find_twin(shown)}
    return render(request, "scenarios/scenario.html", context)


def may_draft(desk: Desk, found: Scenario) -> bool:
    """Whether the person may draft in the name of the scenario's unit."""
    return desk.may("directives.draft", found.unit_id)


def _answers(request: Request, found: Run) -> dict[str, Any]:
    """What the answers' part of the page needs; little while there are none."""
    context: dict[str, Any] = {
        "run": found,
        "state": looks.state(found),
        "unfinished": found.state in UNFINISHED,
        "params": request.GET.urlencode(),
    }
    if found.answers is None:
        return context
    chosen = showing.chosen_policy(found, request.GET)
    policy = found.answers["policies"][chosen]
    risk, days = showing.asked_reserve(request.GET, found.answers["days"])
    names = place_names(found, dict.fromkeys(found.answers["districts"]))
    short, enough = showing.need_charts(found, policy)
    low, _quarter, middle, _three, high = policy["totals"]["detected"]
    return context | {
        "chosen": chosen,
        "policy": policy,
        "tabs": showing.policy_tabs(found, chosen, reverse("run", args=[found.pk])),
        "cases": {"middle": n(middle), "low": n(low), "high": n(high)},
        "over": round(100 * policy["over"]),
        "charts": showing.fans_of(found, policy),
        "short_charts": short,
        "need_charts": enough,
        "needs": showing.need_rows(found, policy, risk, days),
        "risk": risk,
        "risk_words": f"{round(100 * risk)} %",
        "horizon": days,
        "risks": [(one, f"{round(100 * one)} %") for one in RISKS],
        "horizons": sorted({*showing.HORIZONS, days}),
        "sensitivities": showing.sensitivities(policy),
        "places": showing.place_rows(found, policy, names),
        "local": showing.local_labels(),
    }


@page("scenarios.read")
@require_safe
def compare(request: Request, run_id: int) -> HttpResponse:
    """The policies of one run side by side, on one luck."""
    found = get_visible_run(request.desk, run_id)
    answers = answers_in(found)
    named = [(policy["name"], policy["fans"]) for policy in answers["policies"]]
    charts = [
        lines_chart(_(label), "", [(name, fans[figure]) for name, fans in named], found.day)
        for figure, label in showing.wording.FIGURE_LABELS.items()
    ]
    context = {
        "run": found, "scenario": found.scenario, "state": looks.state(found), "charts": charts,
        "compared": [_compared(one) for one in compare_policies(found)],
        "short": _shortages(answers["policies"]), "names": [policy["name"] for policy in answers["policies"]],
    }  # fmt: skip
    return render(request, "scenarios/compare.html", context)


def _compared(one: Compared) -> dict[str, Any]:
    """A policy's row: its figures, and against the first policy a sentence for each."""
    return {
        "name": one.name,
        "cells": [
            {"middle": n(d.middle), "low": n(d.low), "high": n(d.high), "change": d.change, "sentence": _change(d)}
            for d in one.differences
        ],
    }


def _change(difference: Difference) -> str:
    if difference.change is None or difference.smaller is None:
        return ""
    pattern = _("ít hơn ở {percent} % số lần chạy; chênh lệch giữa {middle} ({low} đến {high})")
    low, middle, high = (_signed(value) for value in difference.change)
    return pattern.format(percent=round(100 * difference.smaller), middle=middle, low=low, high=high)


def _signed(value: float) -> str:
    return localised(f"{value:+,.0f}".translate(_SWAP)) if round(value) else "0"


def _shortages(policies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each kind that runs short under some policy, the probability under each."""
    rows = []
    for kind in policies[0]["needs"]:
        short = [policy["needs"][kind]["shortage"] for policy in policies]
        if any(one and one["probability"] for one in short):
            said = [showing.percent_words(one["probability"]) if one else "–" for one in short]
            rows.append({"label": kind_label(kind), "values": said})
    return rows
