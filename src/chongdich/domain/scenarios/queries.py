"""Ask the scenarios room."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from chongdich.core.errors import NotFound
from chongdich.domain.scenarios.models import Resource, Run, Scenario

SILENT = timedelta(seconds=60)  # a run whose worker gave no sign for so long is taken up by another


def get_scenario(scenario_id: int) -> Scenario:
    """A scenario by its number. Raises NotFound."""
    found = Scenario.objects.select_related("unit").filter(pk=scenario_id).first()
    if found is None:
        raise NotFound("Không tìm thấy kịch bản.")
    return found


def get_run(run_id: int) -> Run:
    """A run by its number. Raises NotFound."""
    found = Run.objects.select_related("scenario", "scenario__unit").filter(pk=run_id).first()
    if found is None:
        raise NotFound("Không tìm thấy lần chạy.")
    return found


def get_resource(resource_id: int) -> Resource:
    """A registered resource by its number. Raises NotFound."""
    found = Resource.objects.select_related("unit", "place").filter(pk=resource_id).first()
    if found is None:
        raise NotFound("Không tìm thấy nguồn lực.")
    return found


def find_runs(scenario_id: int) -> QuerySet[Run]:
    """A scenario's runs, the latest first, without their answers."""
    return Run.objects.filter(scenario_id=scenario_id).defer("answers", "spec").order_by("-asked_at", "-pk")


def find_next_run(at: datetime) -> Run | None:
    """The run that has waited longest, or one whose worker fell silent."""
    silent = Q(state="running", beat_at__lt=at - SILENT)
    return Run.objects.filter(Q(state="waiting") | silent).defer("answers").order_by("asked_at", "pk").first()


def find_twin(run: Run) -> Run | None:
    """An earlier run of the same scenario that gave exactly the same."""
    if not run.digest:
        return None
    same = Run.objects.filter(scenario_id=run.scenario_id, digest=run.digest).exclude(pk=run.pk)
    return same.defer("answers", "spec").order_by("pk").first()
