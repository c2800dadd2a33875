"""Places as rows. A unit that changes its name, kind or borders is a new row; one that only changes parent is not."""

from typing import ClassVar

from django.db import models

from chongdich.registry.places.kinds import Level, PlaceKind


class Place(models.Model):
    """One administrative unit for as long as it is that unit. Identity: (code, valid_from); codes are reused."""

    code = models.CharField(max_length=5)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the first day it no longer exists
    kind = models.CharField(max_length=12, choices=PlaceKind.choices())
    level = models.PositiveSmallIntegerField(choices=Level.choices())
    name = models.CharField(max_length=80)  # without the kind: "Phúc Lộc"
    full_name = models.CharField(max_length=100)  # with the kind: "xã Phúc Lộc"
    search = models.CharField(max_length=100, db_index=True)  # full name, folded
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    dates_verified = models.BooleanField(default=True)

    FIELD_CLASSES: ClassVar[dict[str, str]] = {
        "id": "none",
        "code": "none",
        "valid_from": "none",
        "valid_until": "none",
        "kind": "none",
        "level": "none",
        "name": "none",
        "full_name": "none",
        "search": "none",
        "latitude": "none",
        "longitude": "none",
        "area_km2": "none",
        "source": "none",
        "dates_verified": "none",
    }

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="place_key"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=models.F("valid_from")),
                name="place_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["level", "kind"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def key(self) -> str:
        """The identity as text: "01894@2020-02-01"."""
        return f"{self.code}@{self.valid_from:%Y-%m-%d}"


class Within(models.Model):
    """The dated closure of "lies in": every place is within itself (distance 0), its parent (1), its grandparent (2).

    Ancestors and descendants on a day are one join; `load_places` rebuilds it.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="within")
    above = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="holds")
    distance = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    FIELD_CLASSES: ClassVar[dict[str, str]] = {
        "id": "none",
        "place": "none",
        "above": "none",
        "distance": "none",
        "since": "none",
        "until": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "above", "since"], name="place_within_once")]
        indexes = [models.Index(fields=["above", "distance"])]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.above_id} ({self.distance})"


class Succession(models.Model):
    """Land that went from one unit to another on a day, and who says so."""

    earlier = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="became")
    later = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="came_from")
    day = models.DateField()
    source = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)

    FIELD_CLASSES: ClassVar[dict[str, str]] = {
        "id": "none",
        "earlier": "none",
        "later": "none",
        "day": "none",
        "source": "none",
        "verified": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="place_succession_once")]

    def __str__(self) -> str:
        return f"{self.earlier_id} -> {self.later_id}"


class Population(models.Model):
    """How many people a source gives for a place on a day."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="populations")
    day = models.DateField()
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)

    FIELD_CLASSES: ClassVar[dict[str, str]] = {
        "id": "none",
        "place": "none",
        "day": "none",
        "people": "none",
        "source": "none",
        "verified": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "day", "source"], name="place_population_once")]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.people} ({self.day})"


class Border(models.Model):
    """Two places that touch; one row per pair, the lower key first."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")

    FIELD_CLASSES: ClassVar[dict[str, str]] = {
        "id": "none",
        "place": "none",
        "other": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "other"], name="place_border_once")]

    def __str__(self) -> str:
        return f"{self.place_id} | {self.other_id}"
