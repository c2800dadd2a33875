"""Simulated people become people of the registry when somebody first writes them down, with the slips of a form."""

from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.journeys.people import register_person
from chongdich.core.errors import Refused
from chongdich.registry.people.models import Person
from chongdich.universe.drill import noise
from chongdich.universe.drill.chance import happens
from chongdich.universe.drill.stage import Stage

OVERLOOKS = 0.15  # share of the forms on which somebody who is there already is entered anew


def register(stage: Stage, desk: Desk, person: int, key: str) -> Person:
    """Write somebody down as a form does; whoever is recognised among those there is taken instead."""
    chance = stage.lot("form", key)
    raw = form(stage, person, key)
    told = register_person(desk, raw=raw)
    if told.person is None:
        own = [other for other, _ in told.alike if stage.truth_of(other.pk) == person]
        if own and not happens(chance, OVERLOOKS * stage.options.noise):
            return own[0]
        told = _insist(desk, raw)
    assert told.person is not None
    stage.know(told.person.pk, person)
    return told.person


def _insist(desk: Desk, raw: dict[str, Any]) -> Any:
    try:
        return register_person(desk, raw=raw, sure=True)
    except Refused:  # the citizen number is there already: the form goes in without it
        return register_person(desk, raw={**raw, "cccd": ""}, sure=True)


def form(stage: Stage, person: int, key: str) -> dict[str, Any]:
    """What is written of somebody, as typed."""
    chance, level, true = stage.lot("slips", key), stage.options.noise, stage.town.identity(person)
    only_year = happens(chance, noise.ONLY_YEAR * level)
    place = stage.places[noise.commune(stage.town.commune(person), range(len(stage.places)), chance, level)]
    return {
        "name": noise.name(true.name, chance, level),
        "birth": str(true.born.year) if only_year else f"{true.born:%d/%m/%Y}",
        "sex": "Nam" if true.sex == "m" else "Nữ",
        "phone": noise.kept(true.phone, chance, noise.NO_PHONE * level),
        "cccd": noise.kept(true.cccd, chance, noise.NO_CARD * level),
        "residence_id": place.pk,
        "residence_hamlet": noise.kept(true.hamlet, chance, noise.NO_HAMLET * level),
    }


def uid_now(person_id: int) -> Any:
    """The identifier under which a row stands today: of a merged one that of the one that was kept."""
    person = Person.objects.get(pk=person_id)
    while person.merged_into_id:
        person = Person.objects.get(pk=person.merged_into_id)
    return person.uid
