"""What a patient tells when asked: true stays and people, as far as they are remembered, with what was mixed up."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from chongdich.core.periods import VIETNAM
from chongdich.kernels.simulation.population import COMMUNITY, HOUSEHOLD, SCHOOL, WORK
from chongdich.universe.drill import noise
from chongdich.universe.drill.chance import happens
from chongdich.universe.drill.life import Stay, day_of, met_between
from chongdich.universe.drill.stage import Stage

# Shares that are remembered at noise 1, by where people met; set by hand, not measured.
NAMES = {HOUSEHOLD: 0.98, SCHOOL: 0.7, WORK: 0.75, COMMUNITY: 0.55}
RELATION = {HOUSEHOLD: "household", SCHOOL: "school", WORK: "work", COMMUNITY: "friend"}
FORGETS_STAY, VAGUE, KNOWS_PHONE = 0.2, 0.3, 0.6
MOST_NAMED = 60


def told_by(stage: Stage, person: int, since: date, until: date) -> dict[str, Any]:
    """The content of an interview (`domain/cases/interviews.py`) about the days from one to another."""
    days = {}
    for offset in range((until - since).days + 1):
        day = since + timedelta(days=offset)
        days[day.isoformat()] = [_told(stage, person, stay) for stay in _remembered(stage, person, day)]
    return {"days": {day: stays for day, stays in days.items() if stays}, "people": _named(stage, person, since, until)}


def _remembered(stage: Stage, person: int, day: date) -> list[Stay]:
    level = stage.options.noise
    stays = [_until_now(stage, stay) for stay in day_of(stage.town, stage.names, person, day)]
    return [
        stay for stay in stays if stay.since < stay.until
        and not happens(stage.lot("forgets", person, day, stay.place), FORGETS_STAY * level * (stay.kind != "home"))
    ]  # fmt: skip


def _until_now(stage: Stage, stay: Stay) -> Stay:
    """What of a stay has been: nobody tells of the evening at noon."""
    local = stage.at.astimezone(VIETNAM)
    if stay.day < local.date():
        return stay
    now = local.time().replace(second=0, microsecond=0) if stay.day == local.date() else time(0)
    return replace(stay, until=min(stay.until, now))


def _told(stage: Stage, person: int, stay: Stay) -> dict[str, Any]:
    chance = stage.lot("told", person, stay.day, stay.place)
    vague = happens(chance, VAGUE * stage.options.noise) and stay.kind != "home"
    return {
        "from": "" if vague else f"{stay.since:%H:%M}", "until": "" if vague else f"{stay.until:%H:%M}",
        "place": stay.place, "commune": stage.places[stay.commune].pk, "kind": stay.kind, "plate": "", "seat": "",
        "masked": chance.choice((True, False, None)) if stay.kind != "home" else False, "with": "", "note": "",
    }  # fmt: skip


def named_by(stage: Stage, person: int, since: date, until: date) -> dict[int, date]:
    """Whom a patient remembers -> the last day they truly met."""
    met = met_between(stage.town, stage.names, person, since, until)
    nearest = stage.town.contacts(person)
    kept = {
        other: day for other, day in met.items()
        if stage.lot("remembers", person, other).random() < NAMES[nearest[other]] ** stage.options.noise
    }  # fmt: skip
    return dict(sorted(kept.items(), key=lambda one: (nearest[one[0]], one[0]))[:MOST_NAMED])


def _named(stage: Stage, person: int, since: date, until: date) -> list[dict[str, Any]]:
    nearest = stage.town.contacts(person)
    named = named_by(stage, person, since, until)
    return [_contact(stage, person, other, day, nearest[other]) for other, day in named.items()]


def _contact(stage: Stage, person: int, other: int, day: date, layer: int) -> dict[str, Any]:
    chance, true = stage.lot("names", person, other), stage.town.identity(other)
    own = layer == HOUSEHOLD
    return {
        "name": noise.name(true.name, chance, stage.options.noise * (not own)),
        "phone": true.phone if own or chance.random() < KNOWS_PHONE**stage.options.noise else "",
        "relation": RELATION[layer],
        "place": f"{true.hamlet}, xã {stage.names[stage.town.commune(other)]}",
        "last_met": day.isoformat(),
        "minutes": {HOUSEHOLD: 360, SCHOOL: 240, WORK: 300, COMMUNITY: 45}[layer],
        "masked": False if own else chance.choice((True, False, None)),
    }
