"""Organisations as rows: a body at a place, for as long as it exists, and who it stands under."""

from typing import ClassVar

from django.db import models


class Line(models.TextChoices):
    """How one body stands under another."""

    TERRITORIAL = "territorial", "theo lãnh thổ"
    PROFESSIONAL = "professional", "theo ngành dọc"


class Organisation(models.Model):
    """One body. `kind` is a slug of data/kinds.yaml; `key` says kind and place: "ubnd:061@2020-02-01"."""

    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)  # "Ủy ban nhân dân huyện Ba Bể"
    short_name = models.CharField(max_length=120)  # "UBND huyện Ba Bể"
    kind = models.CharField(max_length=40, db_index=True)
    symbol = models.CharField(max_length=20, blank=True)  # as it stands in document numbers: "SYT"
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day it no longer exists
    search = models.CharField(max_length=330, db_index=True)  # name and short name, folded

    FIELD_CLASSES: ClassVar[dict[str, str]] = {
        "id": "none",
        "key": "none",
        "name": "none",
        "short_name": "none",
        "kind": "none",
        "symbol": "none",
        "place": "none",
        "since": "none",
        "until": "none",
        "search": "none",
    }

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="organisation_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["place", "kind"])]

    def __str__(self) -> str:
        return self.short_name


class Standing(models.Model):
    """`child` stands under `parent` on one line from `since` up to `until`."""

    parent = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="below")
    child = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="above")
    line = models.CharField(max_length=12, choices=Line.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    FIELD_CLASSES: ClassVar[dict[str, str]] = {
        "id": "none",
        "parent": "none",
        "child": "none",
        "line": "none",
        "since": "none",
        "until": "none",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "child", "line", "since"], name="organisation_standing_once")
        ]

    def __str__(self) -> str:
        return f"{self.child_id} under {self.parent_id} ({self.line})"
