"""Tables of local rules."""

from django.db import models


class LocalRule(models.Model):
    """A document of the province and the editions it adds to tables of the law. Never changed; it may be withdrawn."""

    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    signatory = models.CharField(max_length=120)
    issuer = models.CharField(max_length=200, blank=True)
    editions = models.JSONField()  # table -> edition, as `regulations.Overlay` takes them
    unit = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    FIELD_CLASSES = {
        **dict.fromkeys(
            ("id", "number", "signed_on", "issuer", "editions", "unit", "at", "by", "withdrawn_at", "withdrawn_by"),
            "none",
        ),
        "signatory": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "signed_on"], name="local_rule_once", condition=models.Q(withdrawn_at=None)
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"local rule {self.pk}"
