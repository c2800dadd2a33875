"""What the outside world does in a drill: people fall ill and go for a test, samples are taken, patients die."""

from datetime import datetime, timedelta

from chongdich.application.journeys.cases import close_case
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact
from chongdich.jobs import timetable
from chongdich.universe.drill import notebook
from chongdich.universe.drill.chance import waiting_days
from chongdich.universe.drill.held import held_now
from chongdich.universe.drill.house import TRACER, station
from chongdich.universe.drill.notebook import Happening
from chongdich.universe.drill.outbreak import Infection
from chongdich.universe.drill.recognising import recognise
from chongdich.universe.drill.registering import register
from chongdich.universe.drill.stage import Stage

SEEKS = 0.35  # of the people with symptoms who go for a test on a day
TO_HOSPITAL = 0.25  # of them go to the hospital, which tells of its cases in lists
BETWEEN_RELEASES = (10, 16, 21)  # hours at which the laboratory lets results go
LAB_HOURS = 9.0  # median hours from sample to result
STUCK = 0.06  # of the samples lie a day longer
CT = (14.0, 34.0)
QUARANTINE_SAMPLES = (1, 6, 13)  # days after the start of quarantine, as the simulator's response has them
CLOCK_EVERY = timedelta(hours=6)


def a_day(stage: Stage, one: Happening) -> None:
    """A new day: whom the house holds is told to the outbreak, which goes on; who fell ill will go for a test."""
    recognise(stage, again=True)
    held = held_now(stage)
    one.data["isolated"], one.data["quarantined"] = list(held.isolated), list(held.quarantined)
    for infection in stage.truth.live(held):
        _plan_illness(stage, infection)
    one.data["mark"] = stage.truth.mark()
    _plan_other_samples(stage)
    _plan_quarantine_samples(stage)
    if stage.day + 1 < stage.options.days:
        stage.plan(f"day:{stage.day + 1}", stage.moment(stage.day + 1, 0), "day")


def _plan_illness(stage: Stage, infection: Infection) -> None:
    person = infection.person
    if infection.onset is not None:
        _plan_seeking(stage, person, max(infection.onset, stage.day))
    if infection.severe is not None:
        day = max(infection.severe, stage.day)
        stage.plan(f"admitted:{person}", stage.moment(day, 11), "sampled", person=person, site="hospital", try_=0)
    if infection.dies:
        stage.plan(f"died:{person}", stage.moment(infection.end, 15), "died", person=person)


def _plan_seeking(stage: Stage, person: int, since: int, attempt: int = 0) -> None:
    """When somebody with symptoms goes for a test, and where."""
    chance = stage.lot("seeks", person, attempt)
    day = since + waiting_days(chance, SEEKS)
    site = "hospital" if chance.random() < TO_HOSPITAL else "station"
    at = stage.moment(day, chance.uniform(7.5, 16.5))
    end = stage.truth.infection(person).end
    if day < end and at >= stage.at:
        stage.plan(f"sampled:{person}:{attempt}", at, "sampled", person=person, site=site, try_=attempt)


def _plan_other_samples(stage: Stage) -> None:
    """People with a cough of another cause are tested too: work for everybody, and noise."""
    chance = stage.lot("others", stage.day)
    for number in range(stage.options.other_samples):
        person, hour = chance.randrange(stage.town.people), chance.uniform(7.5, 16.5)
        stage.plan(
            f"other:{stage.day}:{number}", stage.moment(stage.day, hour), "sampled", person=person, site="station",
            try_=99,
        )  # fmt: skip


def _plan_quarantine_samples(stage: Stage) -> None:
    """Whoever was put into quarantine yesterday, by people or by automatic staff, will be sampled there."""
    since = stage.at - timedelta(days=1)
    for row in Contact.objects.filter(quarantined_at__gte=since, state="quarantined").select_related("person"):
        person = stage.truth_of(row.person_id)
        for after in QUARANTINE_SAMPLES if person >= 0 else ():
            hour = stage.lot("quarantine sample", row.person.uid, after).uniform(8, 16)
            stage.plan(
                f"quarantined:{row.person.uid}:{stage.day}:{after}", stage.moment(stage.day + after - 1, hour),
                "sampled", person=person, site="quarantine", try_=99, row=row.person_id,
            )  # fmt: skip


def sampled(stage: Stage, one: Happening) -> None:
    """Somebody is written down and a sample is taken; the result comes when the laboratory has it."""
    person, site = one.data["person"], one.data["site"]
    if case_of(person):
        return
    positive = stage.truth.tests_positive(person, stage.day)
    if site == "quarantine":
        release_result(stage, one.name, one.data["row"], positive, stage.lot("lab", one.name).uniform(*CT))
        return
    if site == "hospital":
        if positive:
            _plan_listed(stage, one, person)
        return
    desk = stage.desk(station(stage.town.code(person)))
    row = register(stage, desk, person, one.name)
    release_result(stage, one.name, row.pk, positive, stage.lot("lab", one.name).uniform(*CT))
    if not positive and stage.truth.is_infected(person) and one.data["try_"] < 5:
        _plan_seeking(stage, person, stage.day + 1, one.data["try_"] + 1)


def case_of(person: int) -> Case | None:
    """The confirmed case under way of a simulated person, if the house has one."""
    rows = notebook.rows_of(person)
    found = Case.objects.filter(person__in=rows, outcome="active", classification="confirmed")
    return found.order_by("pk").first() if rows else None


def release_result(stage: Stage, name: str, row: int, positive: bool, ct: float) -> None:
    """Plan the result of a sample taken now."""
    at = release_after(stage, stage.at, name)
    stage.plan(
        f"result:{name}", at, "result", row=row, taken=stage.at.isoformat(), positive=positive,
        ct=round(ct, 1) if positive else None,
    )  # fmt: skip


def release_after(stage: Stage, taken: datetime, name: str) -> datetime:
    """When the laboratory lets a result go: hours later, at one of its times of the day; some lie a day longer."""
    chance = stage.lot("delay", name)
    hours = LAB_HOURS * chance.lognormvariate(0, 0.5)
    ready = taken + timedelta(hours=hours, days=chance.random() < STUCK * stage.options.noise)
    day = (ready - stage.moment(0, 0)).days
    times = [stage.moment(day + further, hour) for further in (0, 1) for hour in BETWEEN_RELEASES]
    return next(at for at in times if at >= ready)


def _plan_listed(stage: Stage, one: Happening, person: int) -> None:
    """The hospital tells of its positives in the list of the evening on which it has the result."""
    ready = stage.at + timedelta(hours=LAB_HOURS * stage.lot("delay", one.name).lognormvariate(0, 0.5))
    day = (ready - stage.moment(0, 0)).days
    at = next(moment for moment in (stage.moment(day, 20.4), stage.moment(day + 1, 20.4)) if moment >= ready)
    stage.plan(
        f"listed:{one.name}", at, "listed", person=person, taken=stage.at.isoformat(), ready=ready.isoformat()
    )  # fmt: skip


def clock_work(stage: Stage, one: Happening) -> None:
    """A few times a day what the house's own clock sets off: deadlines, digests, releases."""
    at = stage.at + CLOCK_EVERY
    stage.plan(f"clock:{at:%Y%m%d%H}", at, "clock")
    timetable.run_due(stage.at)


def died(stage: Stage, one: Happening) -> None:
    """A patient dies; the hospital closes the case where there is one."""
    case = case_of(one.data["person"])
    if case:
        note = "Tử vong tại bệnh viện (diễn tập)."
        close_case(stage.desk(TRACER), case_id=case.pk, action="die", on=stage.today, note=note)
