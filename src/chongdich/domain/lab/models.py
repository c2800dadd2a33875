"""Tables of the laboratory room: samples and their results."""

from django.db import models

PERSON = "people.Person"
UNIT = "organisations.Organisation"


class Sample(models.Model):
    """What was taken from one person. A code made on the spot ties it to its tube."""

    class Kind(models.TextChoices):
        PCR = "pcr", "RT-PCR"
        ANTIGEN = "antigen", "Kháng nguyên nhanh"

    code = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=40, blank=True)

    FIELD_CLASSES = {
        "id": "none", "code": "none", "person": "none", "kind": "none", "taken_at": "sensitive", "taken_by": "none",
        "place": "none", "reason": "sensitive",
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], name="sample_code_once", condition=~models.Q(code=""))]
        indexes = [models.Index(fields=["person", "taken_at"], name="sample_of_person")]


class Result(models.Model):
    """What a laboratory says of a sample. A corrected result is a new row that supersedes the old one."""

    class Outcome(models.TextChoices):
        POSITIVE = "positive", "dương tính"
        NEGATIVE = "negative", "âm tính"
        INVALID = "invalid", "không xác định"

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    ct = models.FloatField(null=True)  # cycles
    resulted_at = models.DateTimeField()
    laboratory = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)
    permitted = models.BooleanField(default=True)  # the laboratory may confirm
    batch = models.CharField(max_length=60, blank=True)
    supersedes = models.OneToOneField("self", models.PROTECT, related_name="superseded_by", null=True)
    recorded_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = {
        "id": "none", "sample": "none", "outcome": "sensitive", "ct": "sensitive", "resulted_at": "sensitive",
        "laboratory": "none", "permitted": "none", "batch": "none", "supersedes": "none", "recorded_at": "none",
        "by": "none",
    }  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["resulted_at"], name="result_day"),
            models.Index(fields=["batch"], name="result_batch"),
        ]
