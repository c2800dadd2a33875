"""Tables of the scenarios room: scenarios, their runs, and what is registered against their needs."""

from django.db import models

from chongdich.domain.scenarios.asking.kinds import KINDS
from chongdich.domain.scenarios.states import RUN

UNIT = "organisations.Organisation"


def _classes(fields: str) -> dict[str, str]:
    return dict.fromkeys(fields.split(), "none")


class Scenario(models.Model):
    """One question of a unit, as its file says it (see `asking.shape`)."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    spec = models.JSONField()
    template = models.CharField(max_length=40, blank=True)  # what it began from; "now": the state of a day
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id unit name spec template created_at version by")

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at"], name="scenario_list")]


class Run(models.Model):
    """One answer: the question as it was asked, its luck, the versions behind it, and what came out.

    The same question, seed and versions give the same `digest` again.
    """

    UNTRACKED = True  # written many times while it refines; asking, finishing and stopping are facts
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="runs")
    spec = models.JSONField()
    seed = models.BigIntegerField()
    runs = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=[(name, state.label) for name, state in RUN.items()])
    done = models.PositiveIntegerField(default=0)  # runs that the answers rest on so far
    answers = models.JSONField(null=True)
    day = models.DateField()  # day 0, whose law is used
    law = models.CharField(max_length=64, blank=True)  # fingerprint of the tables
    population = models.CharField(max_length=64, blank=True)  # fingerprint
    program = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of every run's daily figures
    samples = models.CharField(max_length=64, blank=True)  # the file of them
    problem = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)  # the worker's last sign of life
    finished_at = models.DateTimeField(null=True)
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes(
        "id scenario spec seed runs state done answers day law population program digest samples problem asked_at "
        "beat_at finished_at by"
    )

    class Meta:
        indexes = [
            models.Index(fields=["scenario", "-asked_at"], name="run_of_scenario"),
            models.Index(fields=["state", "asked_at"], name="run_waiting"),
        ]


class Resource(models.Model):
    """What a unit has of one kind at one site, until the rooms for beds, stock and sites hold it."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")  # who answers for it
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", null=True)  # where; none: the province
    kind = models.CharField(max_length=20, choices=[(name, kind.label) for name, kind in KINDS.items()])
    name = models.CharField(max_length=160)
    quantity = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id unit place kind name quantity note updated_at version by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "place", "name"], name="resource_once")]
        indexes = [models.Index(fields=["unit", "kind"], name="resource_of_unit")]
