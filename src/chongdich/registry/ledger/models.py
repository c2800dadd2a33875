"""Tables of the ledger. Entries are written once; settlements say what still has to follow."""

from django.db import models


class Entry(models.Model):
    """One fact, in its place in the chain. Never updated, never deleted: triggers refuse it on both databases."""

    seq = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)  # no foreign key: the ledger outlives accounts
    unit_id = models.BigIntegerField(null=True)
    because_of = models.UUIDField(null=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    FIELD_CLASSES = dict.fromkeys(
        (
            "seq",
            "id",
            "kind",
            "payload",
            "occurred_at",
            "recorded_at",
            "account_id",
            "unit_id",
            "because_of",
            "previous_hash",
            "hash",
        ),
        "none",
    )

    class Meta:
        indexes = [
            models.Index(fields=["kind", "seq"], name="entry_kind"),
            models.Index(fields=["because_of"], name="entry_cause"),
            models.Index(fields=["recorded_at"], name="entry_recorded"),
        ]


class Head(models.Model):
    """The last link of the chain: one row. Whoever appends locks it, so that numbers have no gap."""

    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    FIELD_CLASSES = {"id": "none", "seq": "none", "hash": "none"}


class Subject(models.Model):
    """Which record an entry is about, so that a record's whole story is one query."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects")
    subject = models.CharField(max_length=80)  # "directive:41"

    FIELD_CLASSES = {"id": "none", "entry": "none", "subject": "none"}

    class Meta:
        indexes = [models.Index(fields=["subject", "entry"], name="subject_story")]


class Settlement(models.Model):
    """One (fact, journey): waiting, at work under a lease, settled, or dead after too many attempts."""

    class State(models.TextChoices):
        WAITING = "waiting", "đang chờ"
        SETTLED = "settled", "đã xong"
        DEAD = "dead", "dừng sau nhiều lần lỗi"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="settlements")
    journey = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_by = models.CharField(max_length=40, default="", blank=True)
    error = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    FIELD_CLASSES = dict.fromkeys(
        ("id", "entry", "journey", "state", "attempts", "due_at", "leased_by", "error", "settled_at"), "none"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "journey"], name="settled_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="settlement_due")]


class Heartbeat(models.Model):
    """When each worker and each timed job was last alive or last done: what `doctor` and the screens look at."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, default="", blank=True)

    FIELD_CLASSES = {"id": "none", "name": "none", "at": "none", "detail": "none"}


class History(models.Model):
    """The row as it was before an update or a delete, written by triggers so that no bulk statement escapes."""

    table = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    operation = models.CharField(max_length=6)
    before = models.JSONField()
    at = models.DateTimeField()
    after_seq = models.BigIntegerField()  # the ledger's head at that moment: leads to who did it

    FIELD_CLASSES = {
        "id": "none",
        "table": "none",
        "row": "none",
        "operation": "none",
        "before": "sensitive",
        "at": "none",
        "after_seq": "none",
    }

    class Meta:
        indexes = [models.Index(fields=["table", "row"], name="history_row")]
