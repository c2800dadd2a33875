"""The drill's loop: the next happening, its effects and its mark in one transaction, then everything that follows."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from chongdich.application.settling import settle_all
from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.universe.drill import notebook, reaching, sending, staff, world
from chongdich.universe.drill.chance import lot
from chongdich.universe.drill.clock import Pace
from chongdich.universe.drill.house import open_house
from chongdich.universe.drill.notebook import Happening
from chongdich.universe.drill.options import Options, check
from chongdich.universe.drill.outbreak import Held, begin_outbreak
from chongdich.universe.drill.stage import Stage
from chongdich.universe.drill.town import build_town

Act = Callable[[Stage, Happening], None]
ACTS: dict[str, Act] = {
    "day": world.a_day, "clock": world.clock_work, "sampled": world.sampled, "died": world.died,
    "result": sending.results, "listed": sending.listed, "dispatch": sending.dispatch,
    "look": staff.look, "confirm": staff.confirm, "begin": staff.begin, "report": staff.report, "judge": staff.judge,
    "import": staff.take_list, "decide": staff.decide, "interview": staff.interview, "merge": staff.merge,
    "call": reaching.call, "roll": reaching.roll,
}  # fmt: skip
WORKER = "drill"


def set_up(options: Options) -> Stage:
    """The stage of a new drill: accounts opened, the first happenings written down. One transaction."""
    town = build_town(check(options))
    stage = Stage(options, town, begin_outbreak(town))
    with transaction.atomic():
        stage.enter(stage.moment(0, 0), "set up")
        open_house(stage.machine, options)
        notebook.open_notebook()
        notebook.note("options", options.as_json())
        stage.plan("day:0", stage.moment(0, 0), "day")
        stage.plan("clock:0:1", stage.moment(0, 1), "clock")
        stage.plan("dispatch:0", stage.moment(0, 9), "dispatch", round=0)
        if options.staff == "auto":
            stage.plan("look:first", stage.moment(0, 7), "look")
    return stage


def take_up(options: Options | None = None) -> Stage:
    """The stage of a drill under way: the outbreak is lived again with whom the house held on each day.

    Refused when that no longer gives the outbreak that was played, because the simulator has changed.
    """
    given = options or Options.of_json(notebook.noted("options"))
    town = build_town(given)
    stage = Stage(given, town, begin_outbreak(town))
    stage.at = stage.moment(0, 0)
    for day in notebook.done("day"):
        stage.truth.live(Held(day.data["isolated"], day.data["quarantined"]))
        if stage.truth.mark() != day.data["mark"]:
            raise Refused(
                f"Từ {day.at.astimezone(VIETNAM):%d/%m/%Y} ổ dịch không còn như lúc đã diễn: bộ giả lập đã đổi phiên "
                "bản. Hãy bắt đầu cuộc diễn tập mới trong thư mục khác.", "drill", "other_version",
            )  # fmt: skip
    stage.at = notebook.last_moment() or stage.at
    return stage


def play(
    stage: Stage,
    pace: Pace,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Stage, Happening], None] = lambda stage, one: None,
) -> bool:
    """Play on until the end (True), or until `stop` says so (False). Between two happenings nothing is half done."""
    settle(stage, "before")
    while (one := notebook.next_waiting(stage.end)) is not None:
        if stop():
            pace.stop(stage.at)
            return False
        pace.wait_until(one.at, stage.at)
        perform(stage, one)
        tell(stage, one)
    pace.stop(stage.end)
    return True


def perform(stage: Stage, one: Happening) -> None:
    """One happening, whole or not at all, and what follows from it."""
    began = time.perf_counter()
    stage.enter(one.at, one.name)
    with transaction.atomic():
        ACTS[one.kind](stage, one)
        notebook.mark_done([one], time.perf_counter() - began)
    settle(stage, one.name)


def settle(stage: Stage, name: str) -> int:
    """Everything that follows from what was written."""
    luck = lot(stage.options.seed, "settling", name).randbytes
    return settle_all(worker=WORKER, clock=lambda: stage.at, entropy=luck)


def hours_since_start(stage: Stage, at: datetime) -> float:
    """How far the drill is."""
    return (at - stage.moment(0, 0)) / timedelta(hours=1)
