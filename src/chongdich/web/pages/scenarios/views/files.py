"""What goes out of the room: the plan as a document or a draft, the figures of every run."""

import csv
import io
import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys.issuing import DOCX, PDF
from chongdich.application.journeys.scenarios_plan import draft_plan, make_plan
from chongdich.application.lenses.scenarios import answers_in, get_visible_run, samples_of
from chongdich.application.ports import ports
from chongdich.core.errors import NotFound
from chongdich.web.access import Request, page
from chongdich.web.kit.exports import harmless
from chongdich.web.pages.scenarios.showing import chosen_policy


@page("scenarios.read")
@require_safe
def plan(request: Request, run_id: int, form: str) -> HttpResponse:
    """The plan as .docx or PDF."""
    if form not in ("pdf", "docx"):
        raise NotFound("Không có dạng tệp này.")
    run = get_visible_run(request.desk, run_id)
    document = make_plan(request.desk, run_id=run_id, policy=chosen_policy(run, request.GET))
    if form == "pdf":
        return _saved(ports.render_pdf(document), PDF, f"phuong-an-{run_id}.pdf")
    return _saved(ports.render_docx(document), DOCX, f"phuong-an-{run_id}.docx")


@page("scenarios.read")
@require_POST
def draft(request: Request, run_id: int) -> HttpResponse:
    """The plan becomes a draft to be signed."""
    run = get_visible_run(request.desk, run_id)
    policy, unit = chosen_policy(run, request.POST), run.scenario.unit_id
    made = draft_plan(request.desk, run_id=run_id, policy=policy, unit_id=unit)
    return redirect("draft", made.pk)


@page("scenarios.read")
@require_safe
def figures(request: Request, run_id: int, form: str) -> HttpResponse:
    """Every replicate's daily figures as CSV, or the answers as JSON."""
    run = get_visible_run(request.desk, run_id)
    if form == "json":
        told = {"scenario": run.spec, "seed": run.seed, "digest": run.digest, "answers": answers_in(run)}
        return _saved(json.dumps(told, ensure_ascii=False).encode(), "application/json", f"kich-ban-{run_id}.json")
    if form != "csv":
        raise NotFound("Không có dạng tệp này.")
    return _saved(_csv(run, answers_in(run)), "text/csv; charset=utf-8", f"kich-ban-{run_id}.csv")


def _csv(run: Any, answers: dict[str, Any]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for number, policy in enumerate(answers["policies"]):
        figures_of, name = samples_of(run, number), harmless(policy["name"])
        if number == 0:
            writer.writerow(["policy", "run", "day", *figures_of])
        runs, days = next(iter(figures_of.values())).shape
        for replicate in range(runs):
            columns = [values[replicate].tolist() for values in figures_of.values()]
            writer.writerows([name, replicate, day, *row] for day, row in zip(range(days), zip(*columns)))
    return text.getvalue().encode("utf-8-sig")


def _saved(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
