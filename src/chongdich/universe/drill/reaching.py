"""Automatic tracers: contacts are called, asked to quarantine and sampled; classes and shifts send their lists."""

from datetime import date, datetime, timedelta

from chongdich.application.journeys import contacts
from chongdich.application.journeys.presences import Stay, record_list
from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.presences import NewVenue
from chongdich.kernels.simulation.population import SCHOOL, WORK
from chongdich.registry.people.queries import phones_of
from chongdich.universe.drill import house
from chongdich.universe.drill.chance import happens
from chongdich.universe.drill.life import HOURS, group_name
from chongdich.universe.drill.notebook import Happening
from chongdich.universe.drill.pools import awake, done_by
from chongdich.universe.drill.registering import register
from chongdich.universe.drill.stage import Stage

# How calls go, set by hand: whoever has a telephone on record answers more often than somebody looked for at home.
ANSWERS, FOUND_AT_HOME, FOUND_BY_NAME = 0.75, 0.6, 0.3
REFUSES = 0.03
MOST_ATTEMPTS = 4
BETWEEN_ATTEMPTS = timedelta(hours=3)
LIST_AFTER = timedelta(hours=5)  # until a school or an employer has found its list


def contacts_to_reach(stage: Stage) -> list[tuple[Contact, str]]:
    """Whoever waits for a call, F1 first, with a key that is the same in every run of the drill."""
    rows = Contact.objects.filter(state="to_reach").select_related("person").order_by("generation", "-rank", "pk")
    return [(row, f"{row.person.uid}:{row.found_at:%m%d%H%M}") for row in rows]


def call(stage: Stage, one: Happening) -> None:
    """One attempt; nobody answering is tried again, somebody never reached is lost."""
    row = Contact.objects.select_related("person").get(pk=one.data["contact"])
    if row.state != "to_reach":
        return
    desk, chance = stage.desk(house.TRACER), stage.lot("call", one.name)
    if not happens(chance, _answers(stage, row)):
        _not_reached(stage, one, row)
    elif happens(chance, REFUSES):
        contacts.record_call(desk, contact_id=row.pk, outcome="refused")
    else:
        contacts.record_call(desk, contact_id=row.pk, outcome="reached")
        _withdraw(stage, row)


def _answers(stage: Stage, row: Contact) -> float:
    if stage.truth_of(row.person_id) < 0:
        return FOUND_BY_NAME
    return ANSWERS if phones_of([row.person_id]) else FOUND_AT_HOME


def _not_reached(stage: Stage, one: Happening, row: Contact) -> None:
    desk, attempt = stage.desk(house.TRACER), one.data["attempt"]
    contacts.record_call(desk, contact_id=row.pk, outcome="no_answer")
    if attempt < MOST_ATTEMPTS:
        at = awake(stage.at + BETWEEN_ATTEMPTS * max(1.0, stage.options.slowness))
        base = one.name.rsplit("#", 1)[0]
        stage.plan(f"{base}#{attempt + 1}", at, "call", contact=row.pk, attempt=attempt + 1)
    else:
        contacts.move_contact(desk, contact_id=row.pk, action="lose", note="Nhiều lần không liên hệ được (diễn tập).")


def _withdraw(stage: Stage, row: Contact) -> None:
    """F1 go into quarantine, F2 are followed at home."""
    action = "quarantine" if row.generation == 1 else "follow"
    contacts.move_contact(stage.desk(house.TRACER), contact_id=row.pk, action=action)


def plan_lists(stage: Stage, case: Case, person: int, since: date) -> None:
    """The patient's class and shift are asked who was there; the lists come hours later."""
    for layer in (SCHOOL, WORK):
        group = stage.town.group(person, layer)
        if group is not None:
            at = done_by(stage, "schools", 3, 60, f"{layer}:{group}") + LIST_AFTER * stage.options.slowness
            stage.plan(f"roll:{layer}:{group}:{stage.day}", at, "roll", layer=layer, person=person, since=f"{since}")


def roll(stage: Stage, one: Happening) -> None:
    """The list of a class or shift for the days of the patient's window: everybody on it was there."""
    layer, person = one.data["layer"], one.data["person"]
    desk, group = stage.desk(house.TRACER), stage.town.group(person, layer)
    assert group is not None
    days = _school_days(date.fromisoformat(one.data["since"]), stage.today - timedelta(days=1))
    members = [person, *stage.town.around(person, layer)]
    stays = [
        _stay(register(stage, desk, member, f"roll:{layer}:{member}").uid, layer, day)
        for member in members for day in days
    ]  # fmt: skip
    commune = stage.town.commune(group)
    name = group_name(stage.town, stage.names[commune], group, layer)
    kind = "class" if layer == SCHOOL else "shift"
    venue = NewVenue(kind="class" if layer == SCHOOL else "workplace", name=name, place_id=stage.places[commune].pk)
    try:
        if stays:
            record_list(desk, kind=kind, venue=venue, stays=stays)
    except Refused as refused:
        one.data["refused"] = refused.message


def _school_days(since: date, until: date) -> list[date]:
    days = [since + timedelta(days=offset) for offset in range(max(0, (until - since).days + 1))]
    return [day for day in days if day.weekday() != 6]


def _stay(uid: object, layer: int, day: date) -> Stay:
    since, until = (datetime.combine(day, at, VIETNAM) for at in HOURS[layer])
    return Stay(person=uid, since=since, until=until)  # type: ignore[arg-type]
