"""Automatic staff: look at what waits, take it up, and do it later through the same doors as people at the screens."""

from datetime import timedelta
from typing import Any

from chongdich.application.journeys import cases, importing, interviewing, people, review, work
from chongdich.core.errors import Refused
from chongdich.domain.cases.interviews import days_to_ask
from chongdich.domain.cases.models import Case, Import, ImportRow, Interview
from chongdich.domain.directives.models import Clause, Directive, Task
from chongdich.registry.people.models import Likeness
from chongdich.registry.people.queries import find_people_by_ids
from chongdich.universe.drill import house, notebook
from chongdich.universe.drill.interviewing import told_by
from chongdich.universe.drill.notebook import Happening
from chongdich.universe.drill.pools import done_by, is_awake
from chongdich.universe.drill.reaching import contacts_to_reach, plan_lists
from chongdich.universe.drill.recognising import recognise
from chongdich.universe.drill.stage import Stage

REPORTED = "Đơn vị đã triển khai, kết quả kèm theo báo cáo ngày (diễn tập)."


def look(stage: Stage, one: Happening) -> None:
    """Once an hour somebody looks at each list of work and takes up what is new on it."""
    stage.plan(f"look:{stage.at + timedelta(hours=1):%Y%m%d%H}", stage.at + timedelta(hours=1), "look")
    if not is_awake(stage.at):
        return
    recognise(stage)
    _documents(stage)
    _tasks(stage)
    _lists(stage)
    _cases(stage)
    _contacts(stage)
    _duplicates(stage)


def _take_up(stage: Stage, kind: str, key: str, pool: str, size: int, minutes: float, **data: Any) -> None:
    """Plan a piece of work once. Keys are made of what the drill knows, not of row numbers, which may differ."""
    name = f"{kind}:{key}"
    if not notebook.is_planned(name):
        stage.plan(name, done_by(stage, pool, size, minutes, name), kind, **data)


def _documents(stage: Stage) -> None:
    for directive in Directive.objects.filter(state="read", direction="in").order_by("pk"):
        key = f"{directive.number}/{directive.symbol}"
        _take_up(stage, "confirm", key, "office", 1, 120, directive=directive.pk)


def confirm(stage: Stage, one: Happening) -> None:
    """The office confirms a dispatch: clauses with a known unit are given, the others dropped."""
    desk = stage.desk(house.OFFICE)
    directive = Directive.objects.get(pk=one.data["directive"])
    for clause in directive.clauses.filter(state=Clause.State.READ).order_by("pk"):
        if clause.units.filter(lead=True).exists():
            review.confirm_clause(desk, clause_id=clause.pk)
        else:
            review.drop_clause(desk, clause_id=clause.pk)
    review.confirm_directive(desk, directive_id=directive.pk)


def _tasks(stage: Stage) -> None:
    workers = house.workers_of_units(stage.machine)
    rows = Task.objects.select_related("unit", "clause", "directive").order_by("pk")
    for task in rows.filter(state="received", unit__in=workers):
        key, pool, who = _key_of(task), f"unit:{task.unit.key}", workers[task.unit_id]
        minutes = 60 * stage.lot("task", key).choice((3, 6, 12, 30, 60))
        _take_up(stage, "begin", key, pool, 1, 30, task=task.pk, who=who)
        _take_up(stage, "report", key, f"{pool}:reports", 3, minutes, task=task.pk, who=who)
    for task in rows.filter(state="reported"):
        _take_up(stage, "judge", _key_of(task), "office", 2, 240, task=task.pk)


def _key_of(task: Task) -> str:
    return f"{task.directive.number}:{task.clause.order}:{task.unit.key}"


def begin(stage: Stage, one: Happening) -> None:
    """A unit takes up a task."""
    if Task.objects.filter(pk=one.data["task"], state="received").exists():
        work.start_task(stage.desk(one.data["who"]), task_id=one.data["task"])


def report(stage: Stage, one: Happening) -> None:
    """A unit reports a task done."""
    if Task.objects.filter(pk=one.data["task"], state__in=("received", "in_progress")).exists():
        work.report_task(stage.desk(one.data["who"]), task_id=one.data["task"], text=REPORTED)


def judge(stage: Stage, one: Happening) -> None:
    """The office accepts a report."""
    if Task.objects.filter(pk=one.data["task"], state="reported").exists():
        work.judge_report(stage.desk(house.OFFICE), task_id=one.data["task"], accept=True)


def _lists(stage: Stage) -> None:
    size = stage.options.interviewers
    for found in Import.objects.filter(state=Import.State.MAPPING).order_by("pk"):
        _take_up(stage, "import", found.name, "tracing", size, 20, list=found.pk)
    rows = ImportRow.objects.filter(fate=ImportRow.Fate.DECIDE).select_related("import_of")
    for row in rows.order_by("pk"):
        _take_up(stage, "decide", f"{row.import_of.name}:{row.number}", "tracing", size, 5, row=row.pk)


def take_list(stage: Stage, one: Happening) -> None:
    """Somebody looks at how the columns of a list were understood, and takes it in."""
    found = Import.objects.get(pk=one.data["list"])
    if found.state == Import.State.MAPPING:
        importing.start_import(
            stage.desk(house.TRACER), import_id=found.pk, mapping=found.mapping, accepted=bool(found.warnings)
        )


def decide(stage: Stage, one: Happening) -> None:
    """Somebody says who a row of a list is: the first of the candidates."""
    row = ImportRow.objects.get(pk=one.data["row"])
    if row.fate == ImportRow.Fate.DECIDE:
        person = row.candidates[0] if row.candidates else None
        importing.decide_row(stage.desk(house.TRACER), row_id=row.pk, person_id=person)


def _cases(stage: Stage) -> None:
    asked = Interview.objects.values("case")
    waiting = Case.objects.filter(classification="confirmed", outcome="active").exclude(pk__in=asked)
    for case in waiting.order_by("pk"):
        person = stage.truth_of(case.person_id)
        if person >= 0:
            key = f"{person}:{case.sampled_on}"
            _take_up(stage, "interview", key, "tracing", stage.options.interviewers, 75, case=case.pk)


def interview(stage: Stage, one: Happening) -> None:
    """A patient is asked day by day; illness and isolation are written down with it."""
    desk, case = stage.desk(house.TRACER), Case.objects.get(pk=one.data["case"])
    person = stage.truth_of(case.person_id)
    if case.outcome != "active":
        return
    cases.correct_case(desk, case_id=case.pk, version=case.version, values=_told_of_illness(stage, person))
    case.refresh_from_db()
    days = days_to_ask(case.infectious_from, stage.today)
    content = told_by(stage, person, days[0], days[-1])
    half = {"days": content["days"], "people": []}
    begun = interviewing.begin_interview(desk, case_id=case.pk).interview
    begun = interviewing.keep_interview(desk, case_id=case.pk, content=half, version=begun.version)
    interviewing.keep_interview(desk, case_id=case.pk, content=content, version=begun.version, finish=True)
    plan_lists(stage, case, person, days[0])


def _told_of_illness(stage: Stage, person: int) -> dict[str, Any]:
    """Onset as remembered (a third are a day or two off), symptoms, and isolation from now on."""
    chance, true = (
        stage.lot("onset", person),
        stage.truth.infection(person) if stage.truth.is_infected(person) else None,
    )
    values: dict[str, Any] = {
        "isolated_on": stage.today,
        "isolated_where": "Tại nhà, nơi lưu trú",
        "home_treated": True,
    }
    if true and true.onset is not None and true.onset <= stage.day:
        off = chance.choice((0, 0, 0, 0, 1, -1)) if stage.options.noise else 0
        values["onset_on"] = min(stage.date_of(true.onset + off), _first_sample(stage, person))
        values["symptoms"] = ["fever", "cough"]
    return values


def _first_sample(stage: Stage, person: int) -> Any:
    rows = Case.objects.filter(person__in=notebook.rows_of(person), sampled_on__isnull=False).order_by("sampled_on")
    return rows.values_list("sampled_on", flat=True).first() or stage.today


def _contacts(stage: Stage) -> None:
    for row, key in contacts_to_reach(stage):
        _take_up(stage, "call", f"{key}#1", "calls", stage.options.tracers, 12, contact=row.pk, attempt=1)


def _duplicates(stage: Stage) -> None:
    pairs = Likeness.objects.filter(state=Likeness.State.OPEN).select_related("first", "second")
    for pair in pairs.order_by("pk"):
        sides = [
            f"{stage.truth_of(p.pk)}.{p.name_folded}.{p.birth_date or p.birth_year}" for p in (pair.first, pair.second)
        ]
        _take_up(stage, "merge", "/".join(sorted(sides))[:100], "records", 1, 15, pair=pair.pk)


def merge(stage: Stage, one: Happening) -> None:
    """Somebody compares two records that are alike: merged when the certain facts agree, else said to be distinct."""
    pair = Likeness.objects.filter(pk=one.data["pair"], state=Likeness.State.OPEN).first()
    if pair is None:
        return
    desk, rows = stage.desk(house.TRACER), find_people_by_ids([pair.first_id, pair.second_id])
    same = stage.truth_of(pair.first_id) == stage.truth_of(pair.second_id) >= 0
    try:
        if same:
            people.merge_people(desk, kept=rows[pair.first_id].uid, gone=rows[pair.second_id].uid)
        else:
            people.say_distinct(desk, likeness_id=pair.pk)
    except Refused as refused:  # both ill at once, or out of sight: left to people, as on the screen
        one.data["refused"] = refused.message
