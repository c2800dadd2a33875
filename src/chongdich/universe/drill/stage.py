"""What everybody in a drill acts on: the town, the true outbreak, the moment, and whose desk is whose."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from chongdich.application.desk import Desk
from chongdich.core.periods import VIETNAM, vietnam_day
from chongdich.registry.accounts.actor import THE_MACHINE, Actor
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.queries import get_actor
from chongdich.registry.places.models import Place
from chongdich.universe.drill import notebook
from chongdich.universe.drill.chance import lot
from chongdich.universe.drill.options import Options
from chongdich.universe.drill.outbreak import Living
from chongdich.universe.drill.town import Town


@dataclass
class Stage:
    """One drill under way. `at` is the drill's moment; `luck` gives the bytes of identifiers made at it."""

    options: Options
    town: Town
    truth: Living
    at: datetime = datetime(2021, 1, 1, tzinfo=UTC)
    luck: Callable[[int], bytes] = random.Random(0).randbytes
    directory: Any = None  # the true people by what identifies them, once somebody was looked up
    _actors: dict[tuple[str, date], Actor] = field(default_factory=dict)

    def enter(self, at: datetime, name: str) -> None:
        """A happening begins: the moment, and luck of its own."""
        self.at = at
        self.luck = lot(self.options.seed, "entropy", name).randbytes

    def desk(self, username: str) -> Desk:
        """Somebody's desk now."""
        today = vietnam_day(self.at)
        if (username, today) not in self._actors:
            self._actors[username, today] = get_actor(Account.objects.get(username=username), today)
        return Desk(self._actors[username, today], self.at, self.luck)

    @property
    def machine(self) -> Desk:
        """The machine's desk now."""
        return Desk(THE_MACHINE, self.at, self.luck)

    def lot(self, purpose: str, *key: object) -> random.Random:
        """Luck for a purpose and a key."""
        return lot(self.options.seed, purpose, *key)

    @property
    def today(self) -> date:
        return vietnam_day(self.at)

    @property
    def day(self) -> int:
        """The day of the drill, from 0."""
        return (self.today - self.options.start).days

    def date_of(self, day: int) -> date:
        """The date of a day of the drill."""
        return self.options.start + timedelta(days=day)

    def moment(self, day: int, hours: float) -> datetime:
        """A moment of a day of the drill, whole minutes, by Vietnam's clock."""
        midnight = datetime.combine(self.date_of(day), time(0), VIETNAM)
        return (midnight + timedelta(minutes=round(hours * 60))).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after the drill."""
        return self.moment(self.options.days, 0)

    def plan(self, name: str, at: datetime, kind: str, **data: Any) -> None:
        """Something is to happen, not before now."""
        notebook.plan([(name, max(at, self.at), kind, data)])

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The communes of the drill as the registry holds them on the first day, in the order of the options."""
        alive = Place.objects.filter(code__in=self.options.communes, valid_from__lte=self.options.start)
        found = {place.code: place for place in alive.exclude(valid_until__lte=self.options.start)}
        return tuple(found[code] for code in self.options.communes)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The communes' names in the order of the options."""
        return tuple(place.name for place in self.places)

    def know(self, person_id: int, truth: int) -> None:
        """A row of the registry is this simulated person (-1: nobody of the drill)."""
        notebook.know(person_id, truth)

    def truth_of(self, person_id: int) -> int:
        """The simulated person behind a row of the registry; -1 when there is none."""
        return notebook.truth_of(person_id)

    def at_moment(self, at: datetime) -> "Stage":
        """The same stage at another moment."""
        return replace(self, at=at)
