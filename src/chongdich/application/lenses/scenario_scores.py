"""How far to trust forecasts: what a run said of each day against the cases that were found on it."""

from dataclasses import dataclass

from chongdich.application.desk import Desk
from chongdich.application.lenses.scenarios import answers_in, find_observed, find_visible_runs, samples_of
from chongdich.domain.scenarios.models import Run
from chongdich.domain.scenarios.rules import Score, score_forecast

LATEST = 10
FORECASTS = ("now",)  # only what began from a real day forecasts it; templates are what-ifs


@dataclass(frozen=True)
class Judged:
    """A forecast, what happened on its days so far, and its score (None while no day has passed)."""

    run: Run
    observed: list[int]
    score: Score | None


def judge(desk: Desk, run: Run) -> Judged:
    """Score one finished run by its first policy."""
    desk.require("scenarios.read")
    observed, before = find_observed(desk, run)
    if not observed or not run.samples:
        return Judged(run, observed, None)
    figures = samples_of(run)["detected"]
    fan = answers_in(run)["policies"][0]["fans"]["detected"]
    return Judged(run, observed, score_forecast(fan, figures, observed, before))


def judge_latest(desk: Desk) -> list[Judged]:
    """The latest forecasts with their scores, those that began from a real day."""
    desk.require("scenarios.read")
    rows = find_visible_runs(desk).filter(state="done", scenario__template__in=FORECASTS, day__lt=desk.today)
    return [judge(desk, run) for run in rows.order_by("-asked_at")[:LATEST]]
